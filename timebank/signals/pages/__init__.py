"""Pages of the signals: the map of its routes."""

from timebank.signals.pages import chance, checkin, heard, objection, quarters, telling, views

ROUTES = [
    *views.ROUTES,
    *objection.ROUTES,
    *checkin.ROUTES,
    *telling.ROUTES,
    *heard.ROUTES,
    *chance.ROUTES,
    *quarters.ROUTES,
]
