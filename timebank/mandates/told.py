"""What both hear about a mandate, in words; and what the log says of it."""

from timebank import audit
from timebank.kernel.dates import local_date
from timebank.kernel.i18n import gettext as _
from timebank.kernel.words import day
from timebank.notices import Told, worded


def _on(told: Told) -> str:
    return day(told.day("on"), local_date(told.notice.made_at))


@worded("helper_chosen")
def helper_chosen(told: Told) -> str:
    """To the member, the way she is reached."""
    return _(
        "%(name)s mag vanaf %(day)s dingen voor u regelen. Wilt u dat niet? Bel ons dan.",
        name=told.name("helper_id"), day=_on(told),
    )  # fmt: skip


@worded("helping_asked")
def helping_asked(told: Told) -> str:
    """To the helper."""
    return _(
        "%(name)s wil dat u helpt. Vanaf %(day)s kunt u dingen regelen voor %(name)s.",
        name=told.name("member_id"), day=_on(told),
    )  # fmt: skip


@worded("helper_ended")
def helper_ended(told: Told) -> str:
    """To the member; no reason, as some reasons are nobody's."""
    return _("%(name)s regelt niets meer voor u.", name=told.name("helper_id"))


@worded("helping_ended")
def helping_ended(told: Told) -> str:
    """To the helper."""
    return _("U regelt niets meer voor %(name)s.", name=told.name("member_id"))


@worded("helper_ends_soon")
def helper_ends_soon(told: Told) -> str:
    """To the member, before the term is over."""
    return _(
        "%(name)s mag tot en met %(day)s dingen voor u regelen. Daarna stopt het. Wilt u het langer? "
        "Kies dan opnieuw.",
        name=told.name("helper_id"), day=_on(told),
    )  # fmt: skip


@worded("helping_ends_soon")
def helping_ends_soon(told: Told) -> str:
    """To the helper."""
    return _(
        "Tot en met %(day)s regelt u dingen voor %(name)s. Daarna stopt het.",
        name=told.name("member_id"), day=_on(told),
    )  # fmt: skip


@worded("helper_eighteen_soon")
def helper_eighteen_soon(told: Told) -> str:
    """To who is nearly eighteen."""
    return _(
        "U wordt achttien. %(name)s regelt dingen voor u tot en met %(day)s. Daarna beslist u zelf.",
        name=told.name("helper_id"), day=_on(told),
    )  # fmt: skip


@worded("helping_eighteen_soon")
def helping_eighteen_soon(told: Told) -> str:
    """To the parent or guardian."""
    return _(
        "%(name)s wordt achttien. U regelt dingen tot en met %(day)s. Daarna beslist %(name)s zelf.",
        name=told.name("member_id"), day=_on(told),
    )  # fmt: skip


audit.says("helper.chosen", lambda _e: _("Schreef op wie u mag helpen."))
audit.says("helper.ended", lambda _e: _("Liet een helper van u stoppen."))
audit.says("helping.begun", lambda _e: _("Schreef op dat u iemand helpt."))
audit.says("helping.ended", lambda _e: _("Stopte uw hulp voor een buur."))
