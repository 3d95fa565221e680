"""Pages of the introductions: the map of its routes."""

from timebank.introductions.pages import mine, work

ROUTES = [*work.ROUTES, *mine.ROUTES]
