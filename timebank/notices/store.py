"""Queries of the notices."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from timebank import areas, parties
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db, load, rows
from timebank.kernel.i18n import language, speaking
from timebank.kernel.ids import new_id
from timebank.notices.model import (
    ForPaper,
    Line,
    Mailable,
    Notice,
    Told,
    asks_answer,
    call_me,
    href,
    may_be_mailed,
    sentence,
)
from timebank.web.community import Words

q = load("notices")
AMOUNTS = {"minutes", "was"}
"""Details that are told in the community's own word for an hour."""
MOST_COPIES = 3
"""A member has three helpers at most."""


async def insert(
    db: Db, *, community: int, id_: UUID, party: UUID, kind: str, details: dict[str, Any],
    about: tuple[str, UUID] | None, now: datetime,
) -> str | None:  # fmt: skip
    """A new notice; the way it goes, or None when its receiver is not told anything any more."""
    about_kind, about_id = about or (None, None)
    await q.tell(
        db, community=community, id=id_, party=party, kind=kind, details=details,
        about_kind=about_kind, about_id=about_id, now=now,
    )  # fmt: skip
    way: str | None = await q.way(db, community=community, id=id_)
    return way


async def insert_copies(db: Db, *, community: int, id_: UUID, now: datetime) -> list[UUID]:
    """The same notice for helpers who may hear it; the ids of those that go by mail."""
    found = await q.tell_helpers(
        db, community=community, id=id_, ids=[new_id() for _n in range(MOST_COPIES)], now=now,
        today=local_date(now),
    )  # fmt: skip
    return [r["id"] for r in found if r["way"] == "email"]


async def withdraw_copies(
    db: Db, *, community: int, of: UUID, helper: UUID | None, now: datetime
) -> None:
    """What a helper did not read yet of this member."""
    await q.withdraw_copies(db, community=community, of=str(of), helper=helper, now=now)


async def unheard_of_hand(
    db: Db, *, community: int, party: UUID, hand: str, on: str
) -> tuple[UUID, str] | None:
    """What this hand did for this member on that day, as far as she did not hear it: id and words."""
    found = await q.unheard_of_hand(db, community=community, party=party, hand=hand, on=on)
    return (found["id"], found["acts"]) if found else None


async def put_acts(db: Db, *, community: int, id_: UUID, acts: str) -> None:
    """One word more of what was done."""
    await q.put_acts(db, community=community, id=id_, acts=acts)


async def withdraw(
    db: Db, *, community: int, about_id: UUID, kind: str | None, now: datetime
) -> None:
    """Take back what nobody heard yet."""
    await q.withdraw(db, community=community, about_id=about_id, kind=kind, now=now)


async def take_over(db: Db, *, community: int, party: UUID, kind: str, now: datetime) -> int:
    """A new notice takes the place of those of this kind that were not heard yet: how many times
    they told of."""
    taken = await q.take_over(db, community=community, party=party, kind=kind, now=now)
    return sum(r["times"] for r in taken)


async def _names(db: Db, community: int, found: list[Notice]) -> dict[UUID, parties.Card]:
    wanted = {
        UUID(value)
        for notice in found
        for key, value in notice.details.items()
        if key.endswith("_id")
    }
    return await parties.cards(db, community, wanted) if wanted else {}


async def _words(db: Db, community: int, found: list[Notice], code: str) -> Words:
    """The community's own words for a reader of this language, looked up where an amount is told."""
    with speaking(code):
        if any(AMOUNTS & notice.details.keys() for notice in found):
            return (await areas.community(db, community, area=None, language=code)).words
        return areas.usual_words()


def _notice(found: Any) -> Notice:
    return Notice(**{name: found[name] for name in Notice.__struct_fields__})


async def _lines(
    db: Db, community: int, found: list[Notice], words: Words | None = None
) -> list[Line]:
    names = await _names(db, community, found)
    words = words or await _words(db, community, found, language.get())
    return [
        Line(
            notice.id,
            notice.party_id,
            sentence(Told(notice, names, words)),
            href(notice),
            notice.made_at,
            notice.way,
            notice.read_at is not None,
        )
        for notice in found
    ]


async def unread(
    db: Db, *, community: int, party: UUID, limit: int = 20, words: Words | None = None
) -> list[Line]:
    """What this party has not read yet, newest first, in words: the community's own, looked up unless
    `words` are given."""
    found = await rows(Notice, q.unread(db, community=community, party=party, limit=limit))
    return await _lines(db, community, found, words)


async def recent(
    db: Db, *, community: int, party: UUID, before: UUID | None = None, limit: int = 20
) -> list[Line]:
    """All notices of this party, newest first."""
    query = q.recent(db, community=community, party=party, before=before, limit=limit)
    return await _lines(db, community, await rows(Notice, query))


async def mark_read(db: Db, *, community: int, party: UUID, up_to: UUID, now: datetime) -> None:
    """This party read everything up to a notice."""
    await q.mark_read(db, community=community, party=party, up_to=up_to, now=now)


async def mark_about_read(
    db: Db, *, community: int, party: UUID, about_id: UUID, now: datetime
) -> None:
    """This party did what the notices about something were for."""
    await q.mark_about_read(db, community=community, party=party, about_id=about_id, now=now)


async def to_pass_on(
    db: Db, *, community: int, areas: Sequence[UUID], limit: int = 50
) -> list[Line]:
    """What workers still have to tell by phone or on paper."""
    query = q.to_pass_on(db, community=community, areas=list(areas), limit=limit)
    return await _lines(db, community, await rows(Notice, query))


async def to_post(
    db: Db, *, community: int, areas: Sequence[UUID], party: UUID | None = None, limit: int = 200
) -> list[ForPaper]:
    """What waits to go on paper to members of some neighbourhoods (or to one of them), the oldest
    first, each in its receiver's own language; whether it may still be told is asked again here."""
    found = await q.to_post(db, community=community, areas=list(areas), party=party, limit=limit)
    told = [(_notice(r), str(r["language"])) for r in found]
    names = await _names(db, community, [notice for notice, _spoken in told])
    words = {
        code: await _words(
            db, community, [notice for notice, spoken in told if spoken == code], code
        )
        for code in {spoken for _about, spoken in told}
    }
    return [_for_paper(Told(notice, names, words[spoken]), spoken) for notice, spoken in told]


def _for_paper(told: Told, language: str) -> ForPaper:
    notice = told.notice
    with speaking(language):
        said = sentence(told) if may_be_mailed(notice.kind) else call_me()
    asks = asks_answer(notice.kind) and may_be_mailed(notice.kind)
    return ForPaper(notice.id, notice.party_id, said, asks, notice.made_at)


async def passed_on(db: Db, *, community: int, id_: UUID, by: UUID, now: datetime) -> UUID | None:
    """A worker told it; the receiver's id, or None when somebody else did already."""
    found = await q.passed_on(db, community=community, id=id_, by=by, now=now)
    return found["party_id"] if found else None


async def line(db: Db, community: int, notice: Notice) -> Line:
    """One notice in words, in the language that is being spoken."""
    return (await _lines(db, community, [notice]))[0]


async def for_mail(db: Db, *, community: int, id_: UUID) -> Mailable | None:
    """A notice that is still worth a mail, with where it goes; the rights are checked again."""
    found = await q.for_mail(db, community=community, id=id_)
    if found is None:
        return None
    return Mailable(
        notice=_notice(found),
        email=found["email"],
        call_name=found["call_name"],
        language=found["language"],
        mail_whole=found["mail_whole"],
    )


async def forget(db: Db, *, community: int, party: UUID, now: datetime) -> list[UUID]:
    """Erasure: all that was told to this party goes; the ids, under which mails may still wait."""
    return [r["id"] for r in await q.forget(db, community=community, party=party)]
