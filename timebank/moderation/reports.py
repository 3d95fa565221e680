"""Verbs of the reports: a member says "meld dit", somebody who works here looks at it and decides.

Reports are care data. Who it is about never sees a report, not even as a worker or admin; whoever
reads one is written in the log first, and that line names nobody it is about.
"""

from datetime import date, datetime
from uuid import UUID

from timebank import access, areas, audit, parties, posts
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import Conflict, NotFound, TooMany
from timebank.moderation import hiding, store
from timebank.moderation.model import (
    MOST_OPEN,
    WORDS_KEPT,
    About,
    Colleague,
    Outcome,
    Reason,
    Report,
    Thing,
    due_on,
)
from timebank.web.viewer import Viewer


async def thing_for(db: Db, viewer: Viewer, kind: About, id_: UUID, *, now: datetime) -> Thing:
    """What this member wants to report, as they may see it. Raises NotFound."""
    if kind == "post":
        post = await posts.post_for(db, viewer, id_, now=now)
        text = "\n".join(part for part in (post.title, post.words) if part)
        return Thing("post", post.id, post.by.id, post.area_id, text, post.id)
    load = store.message_thing if kind == "message" else store.party_thing
    found = await load(db, viewer, id_)
    if found is None:
        raise NotFound
    return found


async def make(
    db: Db, viewer: Viewer, thing: Thing, *, reason: Reason, words: str | None, now: datetime
) -> None:
    """Somebody reports a thing. A second report of the same thing by the same person adds their
    words and counts once. "Dit gaat over mij" takes a post out of sight first.

    Raises Conflict for one's own thing, and when nobody but the one it is about could read it;
    TooMany beyond five open reports.
    """
    community, reporter = viewer.community_id, viewer.subject_id
    if thing.subject_id == reporter:
        raise Conflict(_("Dit is van uzelf. U kunt het zelf aanpassen of weghalen."))
    await parties.lock(db, community=community, ids=[reporter])  # one report of theirs at a time
    report = await _case(db, community, thing, last=[reporter, viewer.party_id], now=now)
    if await store.insert_voice(
        db, community=community, report=report, party=reporter, entered_by=viewer.party_id,
        reason=reason, now=now,
    ):  # fmt: skip
        await _not_too_many(db, community, reporter)
        await audit.note(
            db, community=community, act="report.made", actor=viewer.party_id, subject=reporter,
            on_behalf_of=reporter if viewer.acting_for else None, about=("report", report), now=now,
        )  # fmt: skip
    if words:
        await store.insert_words(
            db, community=community, report=report, by=reporter, kind="reported", words=words,
            now=now,
        )  # fmt: skip
    if reason == "about_me" and thing.kind == "post":
        await hiding.take_down_first(db, community, thing.id, report, now=now)


async def look_again(
    db: Db, viewer: Viewer, thing: Thing, *, words: str | None, last: list[UUID], now: datetime
) -> None:
    """The author of a hidden post asks somebody (rather not those in `last`) to look again."""
    community = viewer.community_id
    report = await _case(db, community, thing, last=[*last, thing.subject_id], now=now)
    await store.insert_voice(
        db, community=community, report=report, party=thing.subject_id,
        entered_by=viewer.party_id, reason="look_again", now=now,
    )  # fmt: skip
    if viewer.acting_for is not None:
        await audit.note(
            db, community=community, act="post.look_again_asked", actor=viewer.party_id,
            on_behalf_of=thing.subject_id, subject=thing.subject_id, about=("post", thing.id),
            now=now,
        )  # fmt: skip
    if words:
        await store.insert_words(
            db, community=community, report=report, by=thing.subject_id, kind="reported",
            words=words, now=now,
        )  # fmt: skip


async def _case(db: Db, community: int, thing: Thing, *, last: list[UUID], now: datetime) -> UUID:
    """The open report about this thing: the one there is, or a new one with an owner and a date."""
    found = await store.open_report(db, community, thing.kind, thing.id)
    if found is not None:
        return found.id
    today = local_date(now)
    area = thing.area_id or (await areas.areas(db, community))[0].id
    owner = await store.next_owner(
        db, community=community, area=area, subject=thing.subject_id, last=last, today=today
    )
    if owner is None:
        raise await _nobody_reads(db, community, thing.subject_id, today)
    made = await store.insert_report(
        db, community=community, thing=thing, area=area, owner=owner, due_on=due_on(today), now=now
    )
    if made is None:  # somebody else reported it at the same moment
        again = await store.open_report(db, community, thing.kind, thing.id)
        if again is None:
            raise Conflict(_("Dit is net veranderd. Probeer het nog een keer."))
        return again.id
    if thing.text:
        await store.insert_words(
            db, community=community, report=made, by=thing.subject_id, kind="shown",
            words=thing.text[:2500], now=now,
        )  # fmt: skip
    return made


async def _nobody_reads(db: Db, community: int, subject: UUID, today: date) -> Conflict:
    """Why a report cannot be taken: it is about the only one who reads them, or nobody does."""
    if await access.roles_of(db, community=community, party=subject, today=today):
        return Conflict(
            _(
                "Hier leest nu maar één persoon de meldingen, en daar gaat dit over. Praat erover "
                "met iemand die u vertrouwt, of bel een van de nummers op deze pagina."
            )
        )
    return Conflict(
        _(
            "Er is nu niemand die meldingen leest. Praat erover met iemand die u vertrouwt, of bel "
            "een van de nummers op deze pagina."
        )
    )


async def _not_too_many(db: Db, community: int, reporter: UUID) -> None:
    if await store.open_voices(db, community, reporter) > MOST_OPEN:
        raise TooMany(
            _(
                "U heeft nu %(count)s meldingen die wij nog bekijken. Wij doen die eerst. "
                "Is er haast? Bel ons dan.",
                count=MOST_OPEN,
            ),
            retry_after=24 * 3600,
        )


async def look(db: Db, viewer: Viewer, id_: UUID, *, now: datetime) -> Report:
    """A report for somebody who may handle it; the look is written down first. The line says who
    looked, and nothing of whom it is about. Raises NotFound."""
    found = await store.report_for(db, viewer, id_)
    await _note(db, viewer, "report.looked", id_, now)
    return found


async def add_note(db: Db, viewer: Viewer, id_: UUID, *, words: str, now: datetime) -> None:
    """Something to remember, for those who handle it. Raises NotFound."""
    await store.report_for(db, viewer, id_)
    await store.insert_words(
        db, community=viewer.community_id, report=id_, by=viewer.party_id, kind="note",
        words=words, now=now,
    )  # fmt: skip
    await _note(db, viewer, "report.noted", id_, now)


async def colleagues_for(db: Db, viewer: Viewer, id_: UUID, *, now: datetime) -> list[Colleague]:
    """Who else may handle it. Raises NotFound for who may not."""
    found = await store.report_for(db, viewer, id_)
    return await store.colleagues(db, viewer.community_id, found, local_date(now))


async def hand_over(db: Db, viewer: Viewer, id_: UUID, *, to: UUID, now: datetime) -> None:
    """A colleague takes it over. Raises NotFound for who may not, Conflict when it is closed."""
    allowed = await colleagues_for(db, viewer, id_, now=now)
    if to not in {colleague.id for colleague in allowed}:
        raise NotFound
    if not await store.set_owner(db, community=viewer.community_id, id_=id_, owner=to):
        raise already_closed()
    await _note(db, viewer, "report.handed_over", id_, now)


async def close(
    db: Db, viewer: Viewer, id_: UUID, *, outcome: Outcome, words: str | None, now: datetime
) -> None:
    """The report ends with an outcome, and a note if there is one. Raises NotFound, Conflict."""
    await store.report_for(db, viewer, id_)
    if not await store.close(
        db, community=viewer.community_id, id_=id_, outcome=outcome, by=viewer.party_id, now=now
    ):
        raise already_closed()
    if words:
        await store.insert_words(
            db, community=viewer.community_id, report=id_, by=viewer.party_id, kind="note",
            words=words, now=now,
        )  # fmt: skip
    await audit.note(
        db, community=viewer.community_id, act="report.closed", actor=viewer.party_id,
        about=("report", id_), now=now, detail={"outcome": outcome},
    )  # fmt: skip


async def reassign(db: Db, *, community: int, now: datetime) -> int:
    """What lies with somebody who does not work here any more gets another owner. Call it after a
    role has ended, and as a chore. Returns how many moved; what nobody can take stays."""
    moved = 0
    for found in await store.orphaned(db, community, local_date(now)):
        owner = await store.next_owner(
            db, community=community, area=found.area_id, subject=found.subject_id,
            last=[found.owner_id], today=local_date(now),
        )  # fmt: skip
        if owner is None:
            continue
        await store.set_owner(db, community=community, id_=found.id, owner=owner)
        await audit.note(
            db, community=community, act="report.handed_over", actor=None,
            about=("report", found.id), now=now,
        )  # fmt: skip
        moved += 1
    return moved


async def tidy(db: Db, *, community: int, now: datetime) -> None:
    """The words of reports that were closed more than a year ago go."""
    await store.tidy(db, community, now - WORDS_KEPT)


def already_closed() -> Conflict:
    """Somebody else was first."""
    return Conflict(_("Een collega heeft deze melding al afgesloten. Kijk hoe het afliep."))


async def _note(db: Db, viewer: Viewer, act: str, id_: UUID, now: datetime) -> None:
    await audit.note(
        db, community=viewer.community_id, act=act, actor=viewer.party_id, about=("report", id_),
        now=now,
    )  # fmt: skip
