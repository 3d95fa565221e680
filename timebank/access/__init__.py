"""Access: sign-in, sessions, codes, roles. What other slices may call."""

from timebank.access.actions import (
    act_for,
    close_all,
    demand_another_admin,
    end_role,
    grant_role,
    help_for,
    make_ticket,
    set_password,
)
from timebank.access.arrival import provide_viewer, provide_visit
from timebank.access.erasing import forget
from timebank.access.interruptions import (
    AlreadyDone,
    ProofNeeded,
    SignInNeeded,
    demand_proof,
)
from timebank.access.mail import message_id
from timebank.access.model import RoleRow
from timebank.access.passwords import Hasher
from timebank.access.sent import provide_form
from timebank.access.sessions import shut_out
from timebank.access.store import (
    admins,
    roles,
    roles_of,
    staff_of,
    tidy,
    time_out_all,
    workers_of,
)
from timebank.access.throttles import network
from timebank.access.transaction import Asked, provide_db, site_of

__all__ = [
    "AlreadyDone",
    "Asked",
    "Hasher",
    "ProofNeeded",
    "RoleRow",
    "SignInNeeded",
    "act_for",
    "admins",
    "close_all",
    "demand_another_admin",
    "demand_proof",
    "end_role",
    "forget",
    "grant_role",
    "help_for",
    "make_ticket",
    "message_id",
    "network",
    "provide_db",
    "provide_form",
    "provide_viewer",
    "provide_visit",
    "roles",
    "roles_of",
    "set_password",
    "shut_out",
    "site_of",
    "staff_of",
    "tidy",
    "time_out_all",
    "workers_of",
]
