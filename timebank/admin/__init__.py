"""Beheer: roles, the community's own words, colour and rules, and work that failed."""

from timebank.admin import told

__all__ = ["told"]
