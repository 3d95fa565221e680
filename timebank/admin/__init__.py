"""Beheer: roles, the community's own words, colour and rules, and work that failed."""

from timebank.admin import told
from timebank.admin.erasure import again as erase_again
from timebank.admin.erasure import finish

__all__ = ["erase_again", "finish", "told"]
