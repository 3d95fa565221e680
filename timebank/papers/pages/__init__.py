"""Pages of what is printed."""

from timebank.papers.pages.cards import ROUTES as CARD_ROUTES
from timebank.papers.pages.desk import ROUTES as DESK_ROUTES
from timebank.papers.pages.letters import ROUTES as LETTER_ROUTES

ROUTES = [*DESK_ROUTES, *LETTER_ROUTES, *CARD_ROUTES]
