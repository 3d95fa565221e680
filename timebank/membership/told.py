"""Notices about membership, in words."""

from timebank.kernel.i18n import gettext as _
from timebank.notices import Told, worded


@worded("application_made")
def application_made(told: Told) -> str:
    """To who admits. The name stands on the page, not in the notice."""
    return _("Iemand wil meedoen en wacht op antwoord.")


@worded("admitted")
def admitted(told: Told) -> str:
    """To the new member."""
    return _("U doet mee. Uw nummer is %(number)s.", number=told.text("number"))


@worded("pause_over")
def pause_over(told: Told) -> str:
    """The day somebody chose has come."""
    return _("Uw rust is voorbij. U doet weer mee. Wilt u langer rust? Dat kan.")


@worded("restored")
def restored(told: Told) -> str:
    """After a suspension."""
    return _("U kunt weer meedoen. Alles staat er nog.")


@worded("appeal_made")
def appeal_made(told: Told) -> str:
    """To the admin who looks again."""
    return _("%(name)s vraagt u om nog eens te kijken.", name=told.name("who_id"))


@worded("reach_held")
def reach_held(told: Told) -> str:
    """The way it was until now: somebody wants it otherwise."""
    return _(
        "Er is gevraagd om u op een andere manier te bereiken. Dat geldt pas na een dag. Klopt het "
        "niet? Kies bij Mijn gegevens “Laat het zoals het was”, of bel ons."
    )


@worded("reach_changed")
def reach_changed(told: Told) -> str:
    """The new way: it holds now."""
    return _("Wij bereiken u nu op de nieuwe manier. Klopt het niet? Bel ons dan.")
