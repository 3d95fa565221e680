"""What people are told about hours, in words."""

from timebank.kernel.i18n import gettext as _
from timebank.notices import Told, worded


@worded("time_given")
def time_given(told: Told) -> str:
    """To who received a gift of time."""
    return _("%(name)s gaf u %(time)s.", name=told.name("who_id"), time=told.time())
