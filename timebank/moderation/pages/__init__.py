"""Pages of moderation."""

from timebank.moderation.pages import correcting, desk, exempting, hidden, reporting

ROUTES = [
    *reporting.ROUTES,
    *desk.ROUTES,
    *hidden.ROUTES,
    *correcting.ROUTES,
    *exempting.ROUTES,
]
