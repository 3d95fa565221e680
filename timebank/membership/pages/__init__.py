"""Pages of membership: the map of its routes."""

from timebank.membership.pages import (
    applicants,
    details,
    join,
    leaving,
    own_data,
    person,
    standing,
    suspension,
)

ROUTES = [
    *join.ROUTES,
    *details.ROUTES,
    *applicants.ROUTES,
    *person.ROUTES,
    *standing.ROUTES,
    *leaving.ROUTES,
    *own_data.ROUTES,
    *suspension.ROUTES,
]
