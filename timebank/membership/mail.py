"""The letter with a no: why, and who to call. The one mail that goes to somebody who is out."""

from email.message import EmailMessage
from uuid import UUID

from timebank import access, areas, parties
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.kernel.i18n import speaking
from timebank.kernel.outbox import Errand, handles
from timebank.kernel.refusals import NotFound
from timebank.kernel.words import day
from timebank.membership import store
from timebank.membership.model import Reason
from timebank.parties import Party
from timebank.web.doors import absolute, mail_message


@handles("mail.reason")
async def mail_reason(db: Db, errand: Errand) -> EmailMessage | None:
    """Payload: reason. Not sent when it is no longer so, or the person is gone."""
    reason = await store.reason(db, community=errand.community,
                                id_=UUID(errand.job.payload["reason"]))  # fmt: skip
    if reason is None:
        return None
    try:
        party = await parties.party(db, errand.community, reason.party_id)
    except NotFound:
        return None
    if party.email is None or party.state != reason.kind:
        return None
    with speaking(party.language):
        about = await areas.community(
            db, errand.community, area=party.area_id, language=party.language
        )
        link = absolute(errand.settings.public_url, f"/{about.slug}/session")
        lines = [_("Dag %(name)s,", name=party.call_name), ""]
        if reason.kind == "refused":
            lines += _refused(reason)
        else:
            lines += _suspended(reason, party, link, await _caller(db, errand, reason), errand)
        if about.helper is not None and about.helper.phone:
            lines += [
                _("Wilt u erover praten? Bel %(name)s: %(phone)s.", name=about.helper.call_name,
                  phone=about.helper.phone), "",
            ]  # fmt: skip
        lines += [_("Wij vragen nooit uw wachtwoord of geld."), "", about.name]
        subject = _("Over meedoen")
    return mail_message(
        sender=errand.settings.mail_from or "noreply@localhost", sender_name=about.name,
        to=party.email, to_name=party.full_name, subject=subject, text="\n".join(lines),
        message_id=access.message_id(errand), at=errand.now,
    )  # fmt: skip


async def _caller(db: Db, errand: Errand, reason: Reason) -> str:
    if reason.caller_id is None:
        return ""
    cards = await parties.cards(db, errand.community, [reason.caller_id])
    return cards[reason.caller_id].call_name if cards else ""


def _refused(reason: Reason) -> list[str]:
    return [
        _("Dank u wel voor uw aanmelding. Meedoen kan nu niet. Dit is waarom:"), "",
        reason.words, "",
    ]  # fmt: skip


def _suspended(reason: Reason, party: Party, link: str, caller: str, errand: Errand) -> list[str]:
    """Neutral, unless the member said that the whole message may stand in a mail."""
    lines = [_("U kunt nu even niet meedoen. Uw tijd blijft bewaard.")]
    if party.mail_whole:
        lines += [_("Dit is de reden: %(reason)s", reason=reason.words)]
    if caller and reason.call_by is not None:
        today = local_date(errand.now)
        lines += [
            _(
                "%(name)s belt u, op zijn laatst %(day)s.",
                name=caller,
                day=day(reason.call_by, today),
            )
        ]
    lines += [_("De reden leest u als u inlogt. Daar kunt u ook zeggen dat u het er niet mee eens "
                "bent."), "", link, ""]  # fmt: skip
    return lines


@handles("mail.moved")
async def mail_moved(db: Db, errand: Errand) -> EmailMessage | None:
    """Payload: party and the address it has for a day still. Told there, so that a theft is noticed
    in time."""
    try:
        party = await parties.party(db, errand.community, UUID(errand.job.payload["party"]))
    except NotFound:
        return None
    with speaking(party.language):
        about = await areas.community(
            db, errand.community, area=party.area_id, language=party.language
        )
        lines = [
            _("Dag %(name)s,", name=party.call_name), "",
            _("Er is gevraagd om u geen mail meer op dit adres te sturen. Dat geldt vanaf morgen."),
            _("Was u dit niet? Bel ons dan meteen."), "",
        ]  # fmt: skip
        if about.helper is not None and about.helper.phone:
            lines += [_("%(name)s: %(phone)s.", name=about.helper.call_name,
                        phone=about.helper.phone), ""]  # fmt: skip
        lines += [_("Wij vragen nooit uw wachtwoord of geld."), "", about.name]
        subject = _("Uw e-mailadres verandert")
    return mail_message(
        sender=errand.settings.mail_from or "noreply@localhost", sender_name=about.name,
        to=errand.job.payload["to"], to_name=party.full_name, subject=subject,
        text="\n".join(lines), message_id=access.message_id(errand), at=errand.now,
    )  # fmt: skip
