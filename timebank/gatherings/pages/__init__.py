"""Pages of the gatherings: the map of its routes."""

from timebank.gatherings.pages import lists, show, write

ROUTES = [*write.ROUTES, *lists.ROUTES, *show.ROUTES]
