"""One neighbour helps another: from the question, or from the offer, to the confirmed hours."""

from collections.abc import Iterator
from contextlib import aclosing
from datetime import datetime, timedelta
from uuid import UUID

from timebank import exchanges, posts
from timebank.demo import talk
from timebank.demo.people import Neighbour
from timebank.demo.plan import Meeting
from timebank.demo.stage import Story, Town
from timebank.demo.texts import Bag
from timebank.exchanges import Plan
from timebank.kernel.dates import at, local_date

TURNS = {
    "good": 76, "differs": 5, "silent": 5, "declined": 5, "cancelled": 4, "no_show": 2, "free": 3
}  # fmt: skip
"""How meetings go, out of a hundred."""


async def meet(town: Town, meeting: Meeting, needs: Bag) -> Story:
    """By an offer of the one who helps, when there is one to take up; else by a need."""
    offer = town.offers.get(meeting.giver.full_name)
    if offer is not None and await exchanges.my_open_talk(
        town.db, talk.by(town, meeting.getter), offer
    ):
        offer = None
    if offer is not None and town.rng.random() < 0.55:
        story = from_offer(town, meeting, offer)
    else:
        story = from_need(town, meeting, needs, list(may_help(town, meeting)))
    async with aclosing(story) as scenes:
        async for moment in scenes:
            yield moment


async def from_need(town: Town, meeting: Meeting, needs: Bag, others: list[Neighbour]) -> Story:
    """Somebody asks, somebody helps; now and then a second neighbour had wanted to help too."""
    getter, giver = meeting.getter, meeting.giver
    text = needs.draw()
    post = await talk.posts_it(town, getter, text.wish(town.place_of(getter)))
    yield town.later(0, 6)
    kind = "together" if text.together else "help"
    id_ = await talk.answers(town, giver, post, talk.line(town, kind, giver, getter))
    if others and town.rng.random() < 0.15:
        yield town.later(0, 0)
        other = town.rng.choice(others)
        await talk.answers(town, other, post, talk.line(town, kind, other, getter))
    async with aclosing(_goes_on(town, meeting, id_, asker=getter, other=giver)) as rest:
        async for moment in rest:
            yield moment
    yield town.later(2, 5)
    viewer = town.viewer(getter)
    if (await posts.post_for(town.db, viewer, post, now=town.now)).is_open:
        await posts.withdraw(town.db, viewer, post, now=town.now)  # it found no helper after all


async def from_offer(town: Town, meeting: Meeting, offer: UUID) -> Story:
    """Somebody takes up what a neighbour offers."""
    getter, giver = meeting.getter, meeting.giver
    id_ = await talk.answers(town, getter, offer, talk.line(town, "ask", getter, giver))
    async with aclosing(_goes_on(town, meeting, id_, asker=giver, other=getter)) as rest:
        async for moment in rest:
            yield moment


async def _goes_on(
    town: Town, meeting: Meeting, id_: UUID, *, asker: Neighbour, other: Neighbour
) -> Story:
    """`asker` owns the post and was answered by `other`."""
    turn = town.rng.choices(list(TURNS), list(TURNS.values()))[0]
    yield town.later(0, 2)
    if turn == "declined":
        reason = town.rng.choice(["no_time", "solved", "none"])
        await exchanges.refuse(town.db, talk.by(town, asker), id_, reason=reason, now=town.now)
        return
    await talk.says(town, asker, id_, talk.line(town, "answer", asker, other))
    plan = talk.a_day(town, meeting.minutes)
    proposal = await talk.proposes(town, asker, id_, plan)
    yield _before(town, plan)
    await talk.agrees(town, other, id_, proposal)
    if turn == "cancelled":
        yield _before(town, plan)
        await _calls_off(town, town.rng.choice([asker, other]), id_)
        return
    yield after(town, plan)
    async with aclosing(_after_it(town, meeting, id_, plan, turn)) as rest:
        async for moment in rest:
            yield moment


def _before(town: Town, plan: Plan) -> datetime:
    """Some hours from now, and before the appointment."""
    start = moment_of(plan)
    return min(town.later(0, 1), max(town.now, start - timedelta(hours=1)))


def moment_of(plan: Plan) -> datetime:
    """When a planned appointment begins."""
    if plan.on_date is None or plan.at_time is None:
        raise ValueError("a plan without a day and a time")
    return at(plan.on_date, plan.at_time)


def after(town: Town, plan: Plan) -> datetime:
    """Some hours after it was over, sometimes a day or two."""
    hours = town.rng.choice([1, 2, 3, 20, 26, 48])
    return moment_of(plan) + timedelta(minutes=plan.minutes + hours * 60)


async def _calls_off(town: Town, who: Neighbour, id_: UUID) -> None:
    await exchanges.cancel(
        town.db, talk.by(town, who), id_, reason=town.rng.choice(["ill", "no_time", "not_needed"]),
        words=talk.line(town, "cancel", who, who), now=town.now,
    )  # fmt: skip


async def _after_it(town: Town, meeting: Meeting, id_: UUID, plan: Plan, turn: str) -> Story:
    giver, getter = meeting.giver, meeting.getter
    day = plan.on_date or local_date(town.now)
    if turn == "no_show":
        await exchanges.no_show(
            town.db, talk.by(town, giver), id_, reason="mix_up", words="", now=town.now
        )
        return
    if turn == "free":
        await exchanges.close(
            town.db, talk.by(town, giver), id_, reason="free_help", words="", now=town.now
        )
        return
    thanks = talk.line(town, "thanks", giver, getter) if town.rng.random() < 0.4 else ""
    await talk.done(town, giver, id_, plan.minutes, day, thanks)
    if turn == "silent":
        return
    yield town.later(0, 4)
    if turn == "differs" and plan.minutes > 30:
        await talk.says_other(town, getter, id_, plan.minutes - 15, "")
        yield town.later(0, 2)
        await talk.says_yes(town, giver, id_)
        return
    await talk.says_yes(town, getter, id_)
    if town.rng.random() < 0.2:
        yield town.later(0, 2)
        await talk.says(town, getter, id_, talk.line(town, "after", getter, giver))


def may_help(town: Town, meeting: Meeting) -> Iterator[Neighbour]:
    """Neighbours who might have answered the same need."""
    busy = (meeting.giver, meeting.getter)
    for person in town.folk:
        takes_part = person.number and person.active(max(meeting.days_ago, 0))
        if person.life in ("hub", "connected") and takes_part and person not in busy:
            yield person
