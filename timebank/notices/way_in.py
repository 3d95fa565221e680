"""What members hear about their own way in: a device that is new, a password that changed."""

from email.message import EmailMessage
from uuid import UUID

from timebank.kernel.dates import local_date
from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.kernel.outbox import Errand, handles
from timebank.kernel.words import day
from timebank.notices import store
from timebank.notices.actions import tell_by_mail_too
from timebank.notices.model import Told, worded


@handles("notice.way_in")
async def tell_way_in(db: Db, errand: Errand) -> EmailMessage | None:
    """Payload: party and kind. On the site, by the way the member chose, and by mail if they have
    it. What happened more than once before the member read it is one notice, with how often; each
    time stands in their log. Nobody is told who has left."""
    party, kind = UUID(errand.job.payload["party"]), errand.job.payload["kind"]
    before = await store.take_over(
        db, community=errand.community, party=party, kind=kind, now=errand.now
    )
    await tell_by_mail_too(
        db, community=errand.community, to=party, kind=kind, now=errand.now,
        about=("sessions", party), **({"times": before + 1} if before else {}),
    )  # fmt: skip
    return None


@worded("new_device")
def new_device(told: Told) -> str:
    """Somebody signed in where this member never did."""
    times = int(told.notice.details.get("times", 1))
    if times > 1:
        last = local_date(told.notice.made_at)
        return _(
            "Er is %(times)s keer ingelogd op een toestel dat wij nog niet kenden, het laatst op "
            "%(day)s. Was u dat niet? Kies dan meteen een ander wachtwoord, en bel ons.",
            times=times, day=day(last, last),
        )  # fmt: skip
    return _(
        "U logde in op een toestel dat wij nog niet kenden. Was u dat niet? Kies dan meteen een "
        "ander wachtwoord, en bel ons."
    )


@worded("password_changed")
def password_changed(told: Told) -> str:
    """There was an older password."""
    return _("Uw wachtwoord is veranderd. Was u dat niet? Bel ons dan meteen.")
