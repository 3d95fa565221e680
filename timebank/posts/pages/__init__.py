"""Pages of the posts."""

from timebank.posts.pages import find, show, staff, write

ROUTES = [*find.ROUTES, *write.ROUTES, *staff.ROUTES, *show.ROUTES]
