"""Pages of the signals: the map of its routes."""

from timebank.signals.pages import checkin, objection, views

ROUTES = [*views.ROUTES, *objection.ROUTES, *checkin.ROUTES]
