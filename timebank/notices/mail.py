"""A notice as a mail: neutral, unless the member said the whole message may stand in it."""

from email.message import EmailMessage
from uuid import UUID

from timebank import access, areas
from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.kernel.i18n import speaking
from timebank.kernel.outbox import Errand, handles
from timebank.notices import store
from timebank.notices.model import may_be_mailed
from timebank.web.doors import absolute, mail_message


@handles("notice.mail")
async def mail_notice(db: Db, errand: Errand) -> EmailMessage | None:
    """Payload: notice. What was read, withdrawn, or is for somebody who left, is not sent."""
    found = await store.for_mail(
        db, community=errand.community, id_=UUID(errand.job.payload["notice"])
    )
    if found is None:
        return None
    with speaking(found.language):
        line = await store.line(db, errand.community, found.notice)
        about = await areas.community(db, errand.community, area=None, language=found.language)
        link = absolute(errand.settings.public_url, f"/{about.slug}{line.href}")
        neutral = _("Er staat iets voor u klaar.")
        whole = found.mail_whole and may_be_mailed(found.notice.kind)
        lines = [
            _("Dag %(name)s,", name=found.call_name), "",
            line.sentence if whole else neutral, "", link, "",
            _("Wij vragen nooit uw wachtwoord of geld."), "", about.name,
        ]  # fmt: skip
        subject = _("Er staat iets voor u klaar")
    return mail_message(
        sender=errand.settings.mail_from or "noreply@localhost", sender_name=about.name,
        to=found.email, to_name=found.call_name, subject=subject, text="\n".join(lines),
        message_id=access.message_id(errand), at=errand.now,
    )  # fmt: skip
