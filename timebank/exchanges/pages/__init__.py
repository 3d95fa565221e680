"""Pages of the exchanges."""

from timebank.exchanges.pages import confirm, end, plan, show, staff

ROUTES = [*show.ROUTES, *plan.ROUTES, *confirm.ROUTES, *end.ROUTES, *staff.ROUTES]
