"""Notices: what people should hear. What other slices may call."""

from timebank.notices import for_you, way_in
from timebank.notices.actions import tell, tell_by_mail_too, withdraw, withdraw_copies
from timebank.notices.mail import mail_notice
from timebank.notices.model import ForPaper, Line, Told, worded
from timebank.notices.store import (
    forget,
    mark_about_read,
    mark_read,
    passed_on,
    recent,
    to_pass_on,
    to_post,
    unread,
)

__all__ = [
    "ForPaper",
    "Line",
    "Told",
    "for_you",
    "forget",
    "mail_notice",
    "mark_about_read",
    "mark_read",
    "passed_on",
    "recent",
    "tell",
    "tell_by_mail_too",
    "to_pass_on",
    "to_post",
    "unread",
    "way_in",
    "withdraw",
    "withdraw_copies",
    "worded",
]
