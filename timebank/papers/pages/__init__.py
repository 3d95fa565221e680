"""Pages of what is printed."""

from timebank.papers.pages.cards import ROUTES as CARD_ROUTES
from timebank.papers.pages.desk import ROUTES as DESK_ROUTES
from timebank.papers.pages.leaflets import ROUTES as LEAFLET_ROUTES
from timebank.papers.pages.letters import ROUTES as LETTER_ROUTES
from timebank.papers.pages.members import ROUTES as MEMBER_ROUTES
from timebank.papers.pages.statements import ROUTES as STATEMENT_ROUTES

ROUTES = [
    *DESK_ROUTES,
    *LETTER_ROUTES,
    *CARD_ROUTES,
    *LEAFLET_ROUTES,
    *MEMBER_ROUTES,
    *STATEMENT_ROUTES,
]
