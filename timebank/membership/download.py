"""All that is kept about one member, in words, for that member (GDPR, articles 15 and 20)."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from timebank import access, audit, hours, notices, parties
from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.kernel.words import AMSTERDAM
from timebank.membership import store
from timebank.parties import Party, wording

MOST_LINES = 100_000


async def everything(
    db: Db, *, community: int, party: UUID, worker_word: str, now: datetime
) -> dict[str, Any]:
    """What stands about this member here, under headings in the reader's language. Times are by the
    clock in Amsterdam, amounts of time in minutes. Nothing says who reported them."""
    found = await parties.party(db, community, party)
    own = await store.own_records(db, community=community, party=party)
    return {
        _("Gemaakt op"): _plain(now),
        _("Gegevens"): _details(found),
        _("Antwoorden"): await _consents(db, community, party),
        _("Wie u niet wilt tegenkomen"): [
            {_("Naam"): blocked.full_name or wording.former_member(), _("Sinds"): _plain(blocked.at)}
            for blocked in await parties.blocks(db, community, party)
        ],
        _("Taken"): [
            role.kind
            for role in await access.roles_of(db, community=community, party=party, today=now.date())
        ],
        _("Redenen die wij u gaven"): [
            {_("Wanneer"): _plain(reason.at), _("Reden"): reason.words}
            for reason in await store.reasons(db, community=community, party=party)
        ],
        _("Wat u ons liet weten"): [
            {_("Wanneer"): _plain(appeal.at), _("Tekst"): appeal.words}
            for appeal in await store.appeals(db, community=community, party=party)
        ],
        _("Vragen en aanbod"): [_row(post) for post in own["posts"]],
        _("Afspraken"): [_row(exchange) for exchange in own["exchanges"]],
        _("Wat u schreef"): [_row(words) for words in own["words"]],
        _("Uw tijd"): await _statement(db, community, party),
        _("Berichten van de site"): [
            {_("Wanneer"): _plain(line.made_at), _("Tekst"): line.sentence}
            for line in await notices.recent(
                db, community=community, party=party, limit=MOST_LINES
            )
        ],
        _("Waar u inlogde"): [_row(session) for session in own["sessions"]],
        _("Wie keek en wat er gedaan is"): await _log(db, community, party, worker_word),
    }  # fmt: skip


def _details(party: Party) -> dict[str, Any]:
    return {
        _("Nummer"): party.number,
        _("Naam"): party.full_name,
        _("Zo noemen buren u"): party.call_name,
        _("Hoe het staat"): wording.state_word(party.state),
        _("Aangemeld op"): _plain(party.applied_at),
        _("Doet mee sinds"): _plain(party.admitted_at),
        _("Rust tot en met"): _plain(party.paused_until),
        _("Waar u woont"): party.area_name,
        _("Plek"): party.place_name,
        _("Zo bereiken wij u"): wording.reach_word(party.reachable_by),
        _("Daarbij zei u"): party.reach_words,
        _("E-mailadres"): party.email,
        _("Telefoon"): party.phone,
        _("Straat en nummer"): party.street,
        _("Postcode"): party.postcode,
        _("Taal"): party.language,
        _("Geboortejaar"): party.birth_year,
        _("Dit doet u graag"): party.likes,
        _("Dit doet u liever niet"): party.dislikes,
        _("Hele tekst in de mail"): party.mail_whole,
        _("Verborgen voor buren"): party.hidden,
    }


async def _consents(db: Db, community: int, party: UUID) -> list[dict[str, Any]]:
    return [
        {
            _("Waarover"): consent.kind,
            _("Antwoord"): wording.answer_word(consent.answer),
            _("Hoe"): wording.way_word(consent.way),
            _("Wanneer"): _plain(consent.at),
            _("Hoe wij het vroegen"): consent.wording,
        }
        for consent in await parties.consents(db, community, party)
    ]


async def _statement(db: Db, community: int, party: UUID) -> list[dict[str, Any]]:
    lines = await hours.statement(db, community=community, party=party, limit=MOST_LINES)
    names = await parties.cards(db, community, {other for line in lines for other in line.others})
    return [
        {
            _("Wanneer"): _plain(line.booked_at),
            _("Gedaan op"): _plain(line.done_on),
            _("Minuten"): line.minutes,
            _("Daarna had u"): line.balance_after,
            _("Met"): [
                names[other].call_name if other in names else wording.former_member()
                for other in line.others
            ],
            _("Tekst"): line.words,
        }
        for line in lines
    ]


async def _log(db: Db, community: int, party: UUID, worker_word: str) -> list[dict[str, Any]]:
    entries = await audit.shown_to(db, community=community, subject=party, limit=MOST_LINES)
    lines = [parties.log_line(entry, subject=party, worker=worker_word) for entry in entries]
    return [
        {
            _("Wanneer"): _plain(line.entry.at),
            _("Wie"): line.who,
            _("Taak"): line.function,
            _("Wat"): line.what,
        }
        for line in lines
    ]


_COLUMNS = {
    "direction": lambda: _("Soort"), "state": lambda: _("Hoe het staat"),
    "title": lambda: _("Titel"), "words": lambda: _("Tekst"), "category": lambda: _("Onderwerp"),
    "together": lambda: _("Samen"), "minutes": lambda: _("Minuten"),
    "when_text": lambda: _("Wanneer het past"), "created_at": lambda: _("Gemaakt op"),
    "expires_on": lambda: _("Te zien tot en met"), "mode": lambda: _("Waarvoor"),
    "gives": lambda: _("U helpt"), "gets": lambda: _("U wordt geholpen"),
    "planned_on": lambda: _("Afgesproken voor"), "done_on": lambda: _("Gedaan op"),
    "with_names": lambda: _("Met"), "at": lambda: _("Wanneer"), "device": lambda: _("Toestel"),
    "made_at": lambda: _("Ingelogd op"), "seen_at": lambda: _("Laatst gebruikt"),
    "ended_at": lambda: _("Uitgelogd op"), "id": lambda: _("Code"),
    "exchange_id": lambda: _("Afspraak"),
}  # fmt: skip


def _row(values: dict[str, Any]) -> dict[str, Any]:
    return {_COLUMNS[name](): _plain(value) for name, value in values.items()}


def _plain(value: Any) -> Any:
    """Something JSON knows, times by the clock in Amsterdam."""
    if isinstance(value, datetime):
        return value.astimezone(AMSTERDAM).isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    return value
