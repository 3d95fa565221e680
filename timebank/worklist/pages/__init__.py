"""Pages of the work list: the desk, one person, a neighbourhood, a talk, a signal."""

from timebank.worklist.pages.area import ROUTES as AREA_ROUTES
from timebank.worklist.pages.contact import ROUTES as CONTACT_ROUTES
from timebank.worklist.pages.desk import ROUTES as DESK_ROUTES
from timebank.worklist.pages.handing import ROUTES as HANDING_ROUTES
from timebank.worklist.pages.outcome import ROUTES as OUTCOME_ROUTES
from timebank.worklist.pages.person import ROUTES as PERSON_ROUTES
from timebank.worklist.pages.signal import ROUTES as SIGNAL_ROUTES
from timebank.worklist.pages.welcome import ROUTES as WELCOME_ROUTES

ROUTES = [
    *AREA_ROUTES,
    *DESK_ROUTES,
    *HANDING_ROUTES,
    *PERSON_ROUTES,
    *CONTACT_ROUTES,
    *SIGNAL_ROUTES,
    *OUTCOME_ROUTES,
    *WELCOME_ROUTES,
]
