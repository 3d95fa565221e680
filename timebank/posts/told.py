"""Notices about posts, in words."""

from timebank.kernel.dates import local_date
from timebank.kernel.i18n import gettext as _
from timebank.kernel.words import day
from timebank.notices import Told, worded


@worded("post_expiring", asks=True)
def post_expiring(told: Told) -> str:
    """Before the last day."""
    when = day(told.day("on"), local_date(told.notice.made_at))
    if told.text("direction") == "need":
        return _("Uw vraag staat er nog tot en met %(day)s. Nog nodig?", day=when)
    return _("Uw aanbod staat er nog tot en met %(day)s. Wilt u het nog bieden?", day=when)


@worded("post_expired", asks=True)
def post_expired(told: Told) -> str:
    """After it."""
    if told.text("direction") == "need":
        return _("Uw vraag staat er nu niet meer. Nog nodig? Dan zetten wij hem er weer op.")
    return _("Uw aanbod staat er nu niet meer. Wilt u het nog bieden? Dan zetten wij het terug.")
