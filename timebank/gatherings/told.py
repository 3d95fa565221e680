"""What people are told about groups, and what the log says, in words."""

from timebank import audit
from timebank.kernel.i18n import gettext as _
from timebank.notices import Told, worded


@worded("gathering_host")
def gathering_host(told: Told) -> str:
    """To who was made the host of a group."""
    return _(
        "%(name)s vraagt u om buren te ontvangen bij een groep. U kunt aanvinken wie er was.",
        name=told.name("who_id"),
    )


audit.says("gathering.expected", lambda _e: _("Zette u op de lijst van een groep, of eraf."))
audit.says(
    "gathering.attendance_removed", lambda _e: _("Haalde weg dat u bij een groep was."),
)  # fmt: skip
