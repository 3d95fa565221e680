"""A balance and the lines of a statement, in words."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

import msgspec

from timebank.hours.limits_model import Balance, Level
from timebank.hours.model import ON_PAPER, Kind, Line
from timebank.kernel.dates import local_date
from timebank.kernel.i18n import gettext as _
from timebank.kernel.i18n import ngettext
from timebank.kernel.numbers import short_number
from timebank.kernel.text import capital, isolated
from timebank.kernel.words import day, joined
from timebank.parties import Card
from timebank.web.community import Community, Words


class Row(msgspec.Struct, frozen=True):
    """One line as it is read. Of `gave` and `got` one is empty; none has a sign. `booked_on` stands only
    where it was done on another day: lines are in the order in which they were booked. `what` and `note`
    are always ours; `words` is what a member wrote with it, to be quoted and never to stand as ours."""

    seq: int
    on: date
    booked_on: date | None
    what: str
    who: str
    words: str
    gave: str
    got: str
    after: str
    note: str
    exchange_id: UUID | None


def balance_title(minutes: int, words: Words) -> str:
    """What somebody has: never a minus, never a debt."""
    if minutes == 0:
        return _("U gaf evenveel als u kreeg.")
    if minutes > 0:
        return _("U heeft %(time)s.", time=words.time(minutes))
    return _("U kreeg %(time)s meer dan u gaf.", time=words.time(-minutes))


def balance_after(minutes: int, words: Words) -> str:
    """The balance in a column: short, in words."""
    if minutes == 0:
        return _("evenveel")
    if minutes > 0:
        return words.time(minutes)
    return _("%(time)s meer gekregen", time=words.time(-minutes))


def advice(balance: Balance, community: Community) -> str:
    """What somebody near a limit may do; said long before a limit stops anything."""
    words = community.words
    helper = community.helper.call_name if community.helper else None
    if balance.level == Level.LOW:
        return _(
            "U kreeg tot nu toe %(time)s meer dan u gaf. Dat mag. Bij %(limit)s praten we eerst "
            "even met u. Misschien weet u al iets wat u graag doet. %(helper)s denkt mee.",
            time=words.time(-balance.minutes), limit=words.time(-balance.hard_low),
            helper=helper or capital(words.worker.the),
        )  # fmt: skip
    if balance.level == Level.STOP_LOW:
        return _(
            "Nu kunt u even geen hulp met %(hours)s afspreken. Wat wel kan: iets voor een buur "
            "doen, samen iets doen, of %(helper)s bellen. Bij ziekte maken we een uitzondering.",
            hours=words.hour.many,
            helper=helper or words.worker.the,
        )
    if balance.level in (Level.HIGH, Level.STOP_HIGH):
        return _(
            "U gaf al %(time)s meer dan u kreeg. Prachtig. Nu is het uw beurt: waarmee kan een "
            "buur u helpen? Of geef %(hours)s weg.",
            time=words.time(balance.minutes),
            hours=words.hour.many,
        )
    return ""


def by_number(card: Card) -> str:
    """The number, to stand beside a call name."""
    return _("nummer %(number)s", number=short_number(card.number))


def told_apart(cards: Sequence[Card]) -> dict[UUID, str]:
    """What tells neighbours with one call name apart: their places where these differ, else their
    numbers. Who has a name of their own is not in it."""
    found = {}
    for card in cards:
        alike = [c for c in cards if c.call_name.casefold() == card.call_name.casefold()]
        if len(alike) > 1:
            places = {c.place_name for c in alike}
            differ = len(places) == len(alike) and "" not in places
            found[card.id] = card.place_name if differ else by_number(card)
    return found


def row(
    line: Line, cards: Mapping[UUID, Card], community: Community, today: date,
    vouchers: Mapping[UUID, list[str]] | None = None,
) -> Row:  # fmt: skip
    """The line as its owner reads it. `vouchers`: numbers of hour notes by transfer
    (`store.vouchers_of`); without them a line says only that there were notes."""
    booked_on = local_date(line.booked_at)
    on = line.done_on or booked_on
    return Row(
        seq=line.seq,
        on=on,
        booked_on=booked_on if booked_on != on else None,
        what=(
            _on_paper(line, community.words, (vouchers or {}).get(line.transfer_id, []))
            if line.kind in ON_PAPER
            else _what(line, cards, community, today)
        ),
        who=_who(line, cards, community),
        words="" if line.corrects_minutes is not None else line.words or "",
        gave=community.words.time(-line.minutes) if line.minutes < 0 else "",
        got=community.words.time(line.minutes) if line.minutes > 0 else "",
        after=balance_after(line.balance_after, community.words),
        note=_note(line, today),
        exchange_id=line.exchange_id if line.may_open else None,
    )


def correction(
    *, booked_on: date, was: int, right: int, who: str, corrected_on: date, reason: str,
    today: date, words: Words,
) -> str:  # fmt: skip
    """What both sides read of a booking that was put right (ux.md, delicate moments: hour
    correction). Made when it is read, in the reader's language; only the reason is stored. `was`
    and `right` are minutes; `who` put it right. What people type as a reason seldom fits behind
    "omdat", so it stands in a sentence of its own."""
    then, now = day(booked_on, today), day(corrected_on, today)
    if right:
        what = _(
            "Op %(day)s is %(was)s geboekt. Dat moest %(right)s zijn.",
            day=then, was=words.time(was), right=words.time(right),
        )  # fmt: skip
    else:
        what = _(
            "Op %(day)s is %(was)s geboekt. Dat had niet gemoeten.",
            day=then, was=words.time(was),
        )  # fmt: skip
    done = _("%(name)s heeft dit op %(day)s hersteld.", name=who, day=now)
    why = _("De reden: %(reason)s", reason=isolated(reason)) if reason else ""
    return " ".join(part for part in (what, done, why) if part)


def _corrected(line: Line, cards: Mapping[UUID, Card], community: Community, today: date) -> str:
    if line.corrects_minutes is None or line.corrects_booked_at is None:
        return _("Verbetering")
    was = abs(line.corrects_minutes)
    change = abs(line.minutes) if line.kind == Kind.ADDITION else -abs(line.minutes)
    hand = cards.get(line.booked_by)
    return correction(
        booked_on=local_date(line.corrects_booked_at), was=was, right=was + change,
        who=isolated(hand.call_name) if hand else _("iemand die niet meer meedoet"),
        corrected_on=local_date(line.booked_at), reason=line.words or "", today=today,
        words=community.words,
    )  # fmt: skip


def _on_paper(line: Line, words: Words, numbers: list[str]) -> str:
    """Hour notes that were made, or one that was redeemed or came back."""
    if line.kind == Kind.VOUCHER:
        many = max(1, len(numbers))
        return ngettext(
            "U maakte een %(vouchers)s van %(time)s", "U maakte %(count)d %(vouchers)s van %(time)s",
            many, vouchers=words.voucher.one if many == 1 else words.voucher.many, count=many,
            time=words.time(abs(line.minutes) // many),
        )  # fmt: skip
    named = {
        "voucher": capital(words.voucher.one),
        "number": joined([short_number(number) for number in numbers]),
    }
    if line.kind == Kind.REDEEMED:
        return _("%(voucher)s %(number)s ingewisseld", **named)
    return _("%(voucher)s %(number)s: de tijd kwam terug", **named)


def _what(line: Line, cards: Mapping[UUID, Card], community: Community, today: date) -> str:
    if line.kind in (Kind.CORRECTION, Kind.ADDITION):
        return _corrected(line, cards, community, today)
    if line.kind == Kind.START:
        return _("Tijd om mee te beginnen")
    if line.kind == Kind.POT and line.minutes > 0:
        return _("Uit %(pot)s", pot=community.words.pot.the)
    if line.kind in (Kind.GIFT, Kind.POT):
        return _gift(line, cards, community)
    return _("Hulp gekregen") if line.minutes < 0 else _("Hulp gegeven")


def _gift(line: Line, cards: Mapping[UUID, Card], community: Community) -> str:
    """From whom, or to whom: in our own words, whatever was written with it."""
    if line.with_pot and not line.others:
        return _("Van u aan %(pot)s", pot=community.words.pot.the)
    names = joined(_names(line, cards))
    if line.minutes < 0:
        return _("Van u aan %(name)s", name=names)
    return _("Cadeau van %(name)s", name=names)


def _names(line: Line, cards: Mapping[UUID, Card]) -> list[str]:
    gone = _("iemand die niet meer meedoet")
    return [isolated(cards[id_].call_name) if id_ in cards else gone for id_ in line.others]


def _who(line: Line, cards: Mapping[UUID, Card], community: Community) -> str:
    if line.kind == Kind.START:
        return _("van %(neighbourhood)s", neighbourhood=community.words.neighbourhood.the)
    if line.kind in (Kind.GIFT, Kind.POT):  # the line itself says it
        return ""
    if line.with_pot and not line.others:
        return _("met %(pot)s", pot=community.words.pot.the)
    names = _names(line, cards)
    if not names:
        return ""
    if line.kind in (Kind.CORRECTION, Kind.ADDITION):  # stands behind a whole sentence
        return _("Met %(names)s.", names=joined(names))
    if line.kind == Kind.EXCHANGE and len(names) == 1:
        name = names[0]
        return _("voor %(name)s", name=name) if line.minutes > 0 else _("van %(name)s", name=name)
    return _("met %(names)s", names=joined(names))


def _note(line: Line, today: date) -> str:
    if line.corrected_at is not None:
        return _(
            "Deze regel is hersteld op %(day)s.", day=day(local_date(line.corrected_at), today)
        )
    if line.corrects_booked_at is not None:
        return _(
            "Dit herstelt een regel van %(day)s.",
            day=day(local_date(line.corrects_booked_at), today),
        )
    return ""
