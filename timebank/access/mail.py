"""Mails with a one-time code: an invitation, or a new password. Neutral, with one link."""

from email.message import EmailMessage
from uuid import UUID

from timebank import areas, parties
from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.kernel.i18n import speaking
from timebank.kernel.outbox import Errand, handles
from timebank.kernel.refusals import NotFound
from timebank.web.doors import absolute, mail_message


@handles("mail.ticket")
async def mail_ticket(db: Db, errand: Errand) -> EmailMessage | None:
    """Payload: party, kind (invite or reset) and code. Nothing is sent to who has left."""
    payload = errand.job.payload
    try:
        party = await parties.party(db, errand.community, UUID(payload["party"]))
    except NotFound:
        return None
    if party.email is None or party.state not in parties.TAKING_PART:
        return None
    with speaking(party.language):
        about = await areas.community(
            db, errand.community, area=party.area_id, language=party.language
        )
        link = absolute(errand.settings.public_url, f"/{about.slug}/tickets/{payload['code']}")
        subject = _("Er staat iets voor u klaar")
        if payload["kind"] == "invite":
            first = _("U kunt nu inloggen. Kies eerst een wachtwoord.")
            last = _("Deze link werkt 14 dagen, en één keer.")
        else:
            first = _("U kunt een nieuw wachtwoord kiezen.")
            last = _(
                "Deze link werkt een uur, en één keer. Vroeg u dit niet? Dan hoeft u niets te doen."
            )
        lines = [_("Dag %(name)s,", name=party.call_name), "", first, "", link, "", last, ""]
        if about.helper is not None and about.helper.phone:
            lines += [
                _(
                    "Komt u er niet uit? Bel %(name)s: %(phone)s.",
                    name=about.helper.call_name,
                    phone=about.helper.phone,
                ),
                "",
            ]
        lines += [_("Wij vragen nooit uw wachtwoord of geld."), "", about.name]
    return mail_message(
        sender=errand.settings.mail_from or "noreply@localhost",
        sender_name=about.name,
        to=party.email,
        to_name=party.full_name,
        subject=subject,
        text="\n".join(lines),
        message_id=message_id(errand),
        at=errand.now,
    )


def message_id(errand: Errand) -> str:
    """The same at a repeat, so that a mail that was sent twice is shown once."""
    host = errand.settings.public_host.partition(":")[0] or "localhost"
    return f"<{errand.job.id}@{host}>"
