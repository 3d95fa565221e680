"""Pages of the admin."""

from timebank.admin.pages import community, desks, hours, jobs, own_words, roles

ROUTES = [
    *desks.ROUTES,
    *jobs.ROUTES,
    *roles.ROUTES,
    *community.ROUTES,
    *own_words.ROUTES,
    *hours.ROUTES,
]
