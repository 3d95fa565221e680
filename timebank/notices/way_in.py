"""What members hear about their own way in: a device that is new, a password that changed."""

from email.message import EmailMessage
from uuid import UUID

from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.kernel.outbox import Errand, handles
from timebank.notices.actions import tell_by_mail_too
from timebank.notices.model import Told, worded


@handles("notice.way_in")
async def tell_way_in(db: Db, errand: Errand) -> EmailMessage | None:
    """Payload: party and kind. On the site, by the way the member chose, and by mail if they have
    it. Nobody is told who has left."""
    party = UUID(errand.job.payload["party"])
    await tell_by_mail_too(
        db, community=errand.community, to=party, kind=errand.job.payload["kind"],
        now=errand.now, about=("sessions", party),
    )  # fmt: skip
    return None


@worded("new_device")
def new_device(told: Told) -> str:
    """Somebody signed in where this member never did."""
    return _(
        "U logde in op een toestel dat wij nog niet kenden. Was u dat niet? Kies dan meteen een "
        "ander wachtwoord, en bel ons."
    )


@worded("password_changed")
def password_changed(told: Told) -> str:
    """There was an older password."""
    return _("Uw wachtwoord is veranderd. Was u dat niet? Bel ons dan meteen.")
