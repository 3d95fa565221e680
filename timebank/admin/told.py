"""What people are told about tasks, in words."""

from timebank.kernel.i18n import gettext as _
from timebank.notices import Told, worded


@worded("role_granted")
def role_granted(told: Told) -> str:
    """To all admins and the workers of that neighbourhood."""
    name, by = told.name("who_id"), told.name("by_id")
    if told.text("role") == "admin":
        return _("%(name)s is nu beheerder. %(by)s regelde dat.", name=name, by=by)
    return _("%(name)s is nu uw collega en helpt buren. %(by)s regelde dat.", name=name, by=by)


@worded("role_ended")
def role_ended(told: Told) -> str:
    """To all admins and the workers of that neighbourhood."""
    name, by = told.name("who_id"), told.name("by_id")
    if told.text("role") == "admin":
        return _("%(name)s is geen beheerder meer. %(by)s regelde dat.", name=name, by=by)
    return _("%(name)s werkt hier niet meer. %(by)s regelde dat.", name=name, by=by)


@worded("role_yours")
def role_yours(told: Told) -> str:
    """To the one who got the task."""
    if told.text("role") == "admin":
        return _("U bent nu beheerder. Log opnieuw in om te beginnen.")
    return _("U heeft nu de taak om buren te helpen. Log opnieuw in om te beginnen.")


@worded("role_not_yours")
def role_not_yours(told: Told) -> str:
    """To the one whose task ended."""
    return _("Uw taak is voorbij. Dank u voor wat u deed.")
