"""Messages: words between members around an exchange. What other slices may call."""

from timebank.messages import told
from timebank.messages.actions import hide, reply, show_again, write
from timebank.messages.model import Message
from timebank.messages.store import forget, message, message_for

__all__ = [
    "Message",
    "forget",
    "hide",
    "message",
    "message_for",
    "reply",
    "show_again",
    "told",
    "write",
]
