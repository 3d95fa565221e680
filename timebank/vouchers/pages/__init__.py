"""Pages of the hour notes: the map of its routes."""

from timebank.vouchers.pages import own, redeeming, work

ROUTES = [*redeeming.ROUTES, *own.ROUTES, *work.ROUTES]
