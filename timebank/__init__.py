"""Tijd voor elkaar: neighbours exchange hours, and nobody is left out."""
