"""Pages of the signals: the map of its routes."""

from timebank.signals.pages import checkin, views

ROUTES = [*views.ROUTES, *checkin.ROUTES]
