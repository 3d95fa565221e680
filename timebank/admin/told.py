"""What people are told about tasks, in words."""

from timebank.kernel.dates import local_date
from timebank.kernel.i18n import gettext as _
from timebank.kernel.words import day
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


@worded("erasure_started")
def erasure_started(told: Told) -> str:
    """To who asked: until when they can come back."""
    on = day(told.day("on"), local_date(told.notice.made_at))
    return _("Op %(day)s wissen wij uw gegevens. Bedenkt u zich? Tot die dag kunt u terug.", day=on)


@worded("erasure_asked_for")
def erasure_asked_for(told: Told) -> str:
    """To somebody for whom it was asked by letter or phone: so that nobody is erased unasked."""
    return _(
        "%(name)s schreef op dat u uw gegevens wilt laten wissen. Een collega belt u hierover. "
        "Vroeg u dit niet? Bel ons dan.",
        name=told.name("who_id"),
    )


@worded("erasure_second")
def erasure_second(told: Told) -> str:
    """To the colleague who asks the member once more."""
    return _(
        "%(name)s vroeg om alle gegevens te wissen, schrijft %(by)s. Vraagt u of dat klopt?",
        name=told.name("who_id"), by=told.name("by_id"),
    )  # fmt: skip
