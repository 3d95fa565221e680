"""Pages of moderation."""

from timebank.moderation.pages import desk, hidden, reporting

ROUTES = [*reporting.ROUTES, *desk.ROUTES, *hidden.ROUTES]
