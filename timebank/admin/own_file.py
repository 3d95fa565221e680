"""All that is kept about one member, in words, for that member (GDPR, articles 15 and 20).

What is left out, and why, stands in one list, which a test compares with the database:
tests/admin/test_own_file.py.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from timebank import audit, contacts, hours, membership, notices, parties, signals
from timebank.admin import own_file_store as store
from timebank.admin.own_file_twice import Twice
from timebank.admin.own_file_words import lists_of
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db
from timebank.kernel.i18n import NAMES
from timebank.kernel.i18n import gettext as _
from timebank.parties import Party, wording
from timebank.web.community import Words

MOST_LINES = 100_000


async def everything(
    db: Db, *, community: int, party: UUID, words: Words, own: bool, now: datetime
) -> dict[str, Any]:
    """What stands about this member here, under headings in the reader's language, for `as_data` and
    `in_words`. Nothing says who reported them, or who does not want to meet them. `own`: the member
    reads it; without, what only they may read stays away."""
    found = await parties.party(db, community, party)
    rows = await store.records(db, community=community, party=party)
    household = bool(rows.pop("household"))
    lists = lists_of(rows, words)
    return {
        _("Gemaakt op"): now,
        _("Gegevens"): _details(found) | {_("Woont samen met anderen"): household},
        _("Zo bereiken wij u vanaf morgen"): lists["reach_waiting"],
        _("Antwoorden"): await _consents(db, community, party, words),
        _("Wie u niet wilt tegenkomen"): [
            {_("Naam"): blocked.full_name or wording.former_member(), _("Sinds"): blocked.at}
            for blocked in await parties.blocks(db, community, party)
        ],
        _("Taken"): lists["roles"],
        _("Waar buren u bellen"): lists["helps_in"],
        _("Redenen die wij u gaven"): [
            {_("Wanneer"): reason.at, _("Reden"): reason.words}
            for reason in await membership.reasons(db, community=community, party=party)
        ],
        _("Wat u ons liet weten"): [
            {_("Wanneer"): appeal.at, _("Tekst"): appeal.words}
            for appeal in await membership.appeals(db, community=community, party=party)
        ],
        _("Wie u helpt, en wie u zelf helpt"): lists["helpers"],
        _("Stoppen en terugkomen"): lists["leavings"],
        _("Vraag om uw gegevens te wissen"): lists["erasures"],
        _("Vragen en aanbod"): lists["posts"],
        _("Wat wij van de site haalden"): lists["hidden_posts"],
        _("Afspraken"): lists["exchanges"],
        _("Wat u voorstelde"): lists["proposals"],
        _("Wat u vroeg te herstellen"): lists["repairs"],
        _("Wat u schreef"): lists["written"],
        _("Berichten die wachten"): lists["held_messages"],
        _("Wat u typte en niet verstuurde"): lists["drafts"],
        _("Groepen"): lists["gatherings"],
        _("Waar u bij was"): lists["attended"],
        _("Uw tijd"): await _statement(db, community, party, words),
        _("Tijd op papier"): lists["vouchers"],
        _("Ruimere grenzen voor uw tijd"): await _exceptions(db, community, party, words),
        _("Berichten van de site"): [
            {_("Wanneer"): line.made_at, _("Tekst"): line.sentence}
            for line in await notices.recent(
                db, community=community, party=party, limit=MOST_LINES
            )
        ],
        _("Waar u inlogde"): lists["sessions"],
        _("Toestellen die wij kennen"): lists["devices"],
        _("Uw kaart"): lists["cards"],
        _("Uw wachtwoord"): lists["password"],
        _("Codes om in te loggen"): lists["tickets"],
        **(await _for_own_eyes(db, community, party, words, now) if own else {}),
        _("Wie keek en wat er gedaan is"): await _log(db, community, party, words.worker.one),
    }  # fmt: skip


async def _for_own_eyes(
    db: Db, community: int, party: UUID, words: Words, now: datetime
) -> dict[str, Any]:
    """What the member said and what was noted about it; reports without who made them."""
    lists = lists_of(await store.care_records(db, community=community, party=party), words)
    return {
        _("Wat u vertelde in een gesprek"): await _talks(db, community, party),
        _("Waarom wij aan u dachten"): await _signals(db, community, party, now),
        _("Wat u zei over contact"): lists["checkins"],
        _("Wanneer u rust wilt"): lists["mutes"],
        _("Buren ontmoeten"): lists["introductions"],
        _("Nieuwe buren"): lists["meeting_wish"],
        _("Wat u vertelde aan wie hier werkt"): lists["worries"],
        _("Wat u meldde"): lists["reports_made"],
        _("Meldingen over u"): lists["reports_about"],
    }


def _details(party: Party) -> dict[str, Any]:
    return {
        _("Nummer"): party.number,
        _("Naam"): party.full_name,
        _("Zo noemen buren u"): party.call_name,
        _("Hoe het staat"): wording.state_word(party.state),
        _("Aangemeld op"): party.applied_at,
        _("Doet mee sinds"): party.admitted_at,
        _("Rust tot en met"): party.paused_until,
        _("Waar u woont"): party.area_name,
        _("Plek"): party.place_name,
        _("Zo bereiken wij u"): wording.reach_word(party.reachable_by),
        _("Daarbij zei u"): party.reach_words,
        _("E-mailadres"): party.email,
        _("Telefoon"): party.phone,
        _("Straat en nummer"): party.street,
        _("Postcode"): party.postcode,
        _("Taal"): Twice(party.language, NAMES.get(party.language)),
        _("Geboortejaar"): party.birth_year,
        _("Dit doet u graag"): party.likes,
        _("Dit doet u liever niet"): party.dislikes,
        _("Hele tekst in de mail"): party.mail_whole,
        _("Verborgen voor buren"): party.hidden,
    }


async def _consents(db: Db, community: int, party: UUID, words: Words) -> list[dict[str, Any]]:
    asked = _("Mag een %(worker)s u bellen als het stil om u heen wordt?", worker=words.worker.one)
    return [
        {
            _("Waarover"): _("Bellen als het stil wordt"),
            _("Antwoord"): wording.answer_word(consent.answer),
            _("Hoe"): wording.way_word(consent.way),
            _("Wanneer"): consent.at,
            _("Hoe wij het vroegen"): Twice(
                consent.wording, asked if consent.wording == parties.WORKER_CALL_WORDING else None
            ),
        }
        for consent in await parties.consents(db, community, party)
    ]


async def _statement(db: Db, community: int, party: UUID, words: Words) -> list[dict[str, Any]]:
    lines = await hours.statement(db, community=community, party=party, limit=MOST_LINES)
    names = await parties.cards(db, community, {other for line in lines for other in line.others})
    return [
        {
            _("Wanneer"): line.booked_at,
            _("Gedaan op"): line.done_on,
            _("Minuten"): Twice(line.minutes, _moved(line.minutes, words)),
            _("Daarna had u"): Twice(
                line.balance_after, hours.wording.balance_after(line.balance_after, words)
            ),
            _("Met"): [names[other].call_name for other in line.others if other in names],
            _("Tekst"): line.words,
        }
        for line in lines
    ]


def _moved(minutes: int, words: Words) -> str:
    """What came or went, in words."""
    time = words.time(abs(minutes))
    return _("%(time)s gegeven", time=time) if minutes < 0 else _("%(time)s gekregen", time=time)


async def _exceptions(db: Db, community: int, party: UUID, words: Words) -> list[dict[str, Any]]:
    return [
        {
            _("Vanaf"): found.starts_on,
            _("Tot en met"): found.ends_on,
            _("Minuten, laagste"): found.low
            if found.low is None
            else Twice(found.low, words.time(abs(found.low))),
            _("Minuten, hoogste"): found.high
            if found.high is None
            else Twice(found.high, words.time(abs(found.high))),
            _("Reden"): found.reason,
        }
        for found in await hours.exceptions(db, community=community, party=party)
    ]


async def _talks(db: Db, community: int, party: UUID) -> list[dict[str, Any]]:
    return [
        {
            _("Wanneer"): talk.held_on,
            _("Hoe"): contacts.wording.heard_words(talk.heard),
            _("Door"): contacts.wording.who_spoke(talk),
            _("Waarvoor"): contacts.wording.topic_words(talk.topic),
            _("Tekst"): talk.words,
            _("Hoe het ging"): talk.mood,
            _("Wat u wilt"): contacts.wording.wish_words(talk.wish) if talk.wish else None,
            _("Volgende keer"): talk.follow_up_on,
        }
        for talk in await contacts.of(db, community, party, limit=MOST_LINES)
    ]


async def _signals(db: Db, community: int, party: UUID, now: datetime) -> list[dict[str, Any]]:
    found = await signals.explain_all(db, community, party, today=local_date(now))
    return [
        {
            _("Sinds"): one.since,
            _("Hoe het staat"): signals.wording.state_words(one.state),
            _("Waarom"): one.reasons,
            _("Bij wie"): one.owner_name,
            _("Wat er gebeurde"): [
                {
                    _("Wanneer"): step.at,
                    _("Wie"): step.actor_name,
                    _("Wat"): signals.wording.step_words(step.reason),
                }
                for step in one.steps
            ],
        }
        for one in found
    ]


async def _log(db: Db, community: int, party: UUID, worker_word: str) -> list[dict[str, Any]]:
    entries = await audit.shown_to(db, community=community, subject=party, limit=MOST_LINES)
    lines = [parties.log_line(entry, subject=party, worker=worker_word) for entry in entries]
    return [
        {
            _("Wanneer"): line.entry.at,
            _("Wie"): line.who,
            _("Taak"): line.function,
            _("Wat"): line.what,
        }
        for line in lines
    ]
