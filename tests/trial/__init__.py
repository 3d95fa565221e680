"""Trials on simulated neighbourhoods."""
