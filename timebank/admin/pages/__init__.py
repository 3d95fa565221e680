"""Pages of the admin."""

from timebank.admin.pages import (
    community,
    desks,
    erasures,
    hours,
    jobs,
    letters,
    own_erasure,
    own_file,
    own_words,
    roles,
    terms,
)

ROUTES = [
    *desks.ROUTES,
    *jobs.ROUTES,
    *letters.ROUTES,
    *roles.ROUTES,
    *community.ROUTES,
    *own_words.ROUTES,
    *hours.ROUTES,
    *own_erasure.ROUTES,
    *own_file.ROUTES,
    *erasures.ROUTES,
    *terms.ROUTES,
]
