"""Lines of the log as the member they concern reads them."""

from uuid import UUID

import msgspec

from timebank import audit
from timebank.kernel.i18n import gettext as _
from timebank.parties import wording


class LogLine(msgspec.Struct, frozen=True):
    """One line in words: when, who (name and function), what."""

    entry: audit.Entry
    who: str
    function: str
    what: str


def log_line(entry: audit.Entry, *, subject: UUID, worker: str) -> LogLine:
    """An audit entry as the member it concerns reads it. `worker`: the community's word for one."""
    functions = {"worker": worker, "admin": _("beheerder")}
    function = functions.get(entry.actor_role, "")
    if entry.on_behalf_of_id == subject and entry.actor_role == "member":
        function = _("helper")
    if entry.actor_id is None:
        who = _("Dit ging vanzelf")
    elif entry.actor_id == subject:
        who, function = _("U"), ""
    else:
        who = entry.actor_name if function else entry.actor_call_name
    return LogLine(entry, who or wording.former_member(), function, audit.sentence(entry))
