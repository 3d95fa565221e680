"""What else happens in a town: gifts, an exception, who rests, stops or is gone, who waits outside."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from timebank import access, hours, membership, moderation, parties, vouchers
from timebank.demo import arrival, talk
from timebank.demo.everyday import asks
from timebank.demo.people import Neighbour
from timebank.demo.stage import Story, Town
from timebank.demo.texts import Bag, written
from timebank.kernel.dates import local_date

Begun = tuple[datetime, Story]


def everywhere(town: Town, needs: Bag) -> Iterator[Begun]:
    """Stories that both towns have."""
    for person in town.folk:
        if person.life == "seeking":
            for days_ago in town.rng.sample(range(24, 85), 2):
                yield town.moment(days_ago), asks(town, person, needs.draw())
    rests = next(p for p in town.folk if p.life == "sometimes" and p.joined > 100)
    rests.stops = 20
    yield town.moment(12), rest(town, rests)
    busy = [
        p for p in town.folk
        if p.life in ("connected", "sometimes") and p.joined > 120 and p is not rests
    ]  # fmt: skip
    helpers = [p for p in town.folk if p.life in ("hub", "connected") and p.joined > 60]
    for person in town.rng.sample(busy, len(busy) // 6):
        answered = [h for h in town.rng.sample(helpers, 2) if h is not person]
        count = town.rng.choice([0, 0, 1])
        story = asks(town, person, needs.draw(), *answered[:count])
        yield town.moment(town.rng.randint(1, 20)), story
    for person in (p for p in town.folk if p.life == "helper" and p.joined > 200):
        if town.rng.random() < 0.5:
            yield town.moment(town.rng.randint(20, 120)), gives(town, person, None, 60)
    drifted = [p for p in town.folk if p.life == "drifted"]
    yield town.moment(drifted[0].stops - 20), stops(town, drifted[0])


def in_south(town: Town) -> Iterator[Begun]:
    """Stories of Utrecht-Zuid alone."""
    marijke, ahmed, greet, sunita, halina = (
        town.who(name) for name in (
            "Marijke van Dongen", "Ahmed Yılmaz", "Greet Hoekstra", "Sunita Ramdin", "Halina Nowak",
        )
    )  # fmt: skip
    admin = town.who("Joris Blom")
    yield town.moment(352, "10.00"), exception(town, admin, greet)
    yield town.moment(1, "9.00"), stands_in(town, admin, town.who("Karim Ouali"), "Rivierenwijk")
    yield town.moment(200), gives(town, marijke, None, 900)
    yield town.moment(90), gives(town, ahmed, None, 300)
    yield town.moment(60), gives(town, marijke, None, 600)
    yield town.moment(21), gives(town, sunita, halina, 60)
    yield town.moment(50, "10.00"), on_paper(town, marijke, [greet, halina])
    connected = [p for p in town.folk if p.life == "sometimes" and p.joined > 250 and p.online]
    yield town.moment(95), blocks(town, connected[0], connected[1])
    yield town.moment(130), hides(town, admin, connected[2])
    drifted = [p for p in town.folk if p.life == "drifted"]
    yield town.moment(drifted[1].stops - 30), dies(town, drifted[1])
    silent = [p for p in town.folk if p.life == "silent" and p.online]
    yield town.moment(30), asks_money(town, admin, silent[0])
    yield town.moment(2), asks_money(town, None, silent[1])
    for days_ago, outsider in _outsiders(town):
        yield town.moment(days_ago), waits(town, outsider)


def _outsiders(town: Town) -> Iterator[tuple[int, Neighbour]]:
    """Who asked to join and has no answer yet; the last one may be somebody who is here already."""
    named = [
        (3, "Desta Tesfaye", "Rivierenwijk", "Maasplein", "Fietsen maken. Ik spreek Tigrinya."),
        (1, "Jolanda Smits", "Rivierenwijk", "Waalstraat", "Ik kan goed luisteren."),
        (2, "Ivan Petrenko", "Hoograven", "Flat Hoog en Droog", "Klussen, muziek."),
        (4, "Anna de Vries", "Rivierenwijk", "Rozenstraat", "Koken en verstellen."),
    ]
    for n, (days_ago, name, area, place, likes) in enumerate(named):
        outsider = Neighbour(
            full_name=name, call_name=name.split()[0], area=area, place=place, life="new",
            joined=days_ago, phone=f"06 55 50 09 1{n}", likes=likes, consent="later",
            reach="phone" if n == 1 else "app",
        )  # fmt: skip
        if name == "Anna de Vries":
            outsider.phone = town.who("Annie de Vries").phone
        yield days_ago, outsider


async def waits(town: Town, person: Neighbour) -> Story:
    """Somebody asks to join; the workers hear of it, and have not answered."""
    person.id = await membership.ask_to_join(
        town.db, community=town.community, details=arrival.details_of(town, person),
        consent=person.consent, way="page", entered_by=None, now=town.now,
    )  # fmt: skip
    return
    yield town.now  # never told: this makes it a story


async def gives(town: Town, giver: Neighbour, to: Neighbour | None, minutes: int) -> Story:
    """Hours for a neighbour, or for the pot; as much as there is to give."""
    balance = await hours.balance(town.db, community=town.community, party=giver.id, now=town.now)
    minutes = min(minutes, balance.givable_minutes // 15 * 15)
    if minutes > 0:
        account: hours.Account = hours.Fund.POT if to is None else to.id
        await hours.give(
            town.db, community=town.community, idem=f"gift:{giver.id}:{town.now:%Y%m%d}",
            giver=giver.id, to=account, minutes=minutes, booked_by=giver.id, now=town.now,
            words="Van harte.",
        )  # fmt: skip
    return
    yield town.now


async def on_paper(town: Town, maker: Neighbour, bearers: list[Neighbour]) -> Story:
    """Four hours on paper; some neighbours bring theirs, the rest is still in a drawer."""
    viewer = town.viewer(maker)
    made = await vouchers.make(
        town.db, viewer, count=4, minutes=60, idem=f"vouchers:{maker.id}", now=town.now
    )
    printed = await vouchers.print_own(town.db, viewer, made, now=town.now)
    for days_ago, bearer, (note, _code) in zip((43, 12), bearers, printed, strict=False):
        yield town.moment(days_ago, "15.00")
        await vouchers.redeem(town.db, town.viewer(bearer), note, now=town.now)


async def exception(town: Town, admin: Neighbour, person: Neighbour) -> Story:
    """Somebody may receive more than they can give back, with the reason."""
    today = local_date(town.now)
    await hours.grant_exception(
        town.db, community=town.community, party=person.id, low=-4800, high=None,
        reason="Greet laat zich elke week voorlezen. Daarvoor mag zij meer tijd krijgen.",
        starts_on=today, ends_on=town.day(-180), granted_by=admin.id, now=town.now,
    )  # fmt: skip
    return
    yield town.now


async def stands_in(town: Town, admin: Neighbour, worker: Neighbour, area: str) -> Story:
    """A worker gets a second neighbourhood: a colleague there has somebody to hand work to."""
    await access.grant_role(
        town.db, community=town.community, party=worker.id, kind="worker", area=town.areas[area],
        starts_on=local_date(town.now), ends_on=None, by=admin.id, now=town.now,
    )  # fmt: skip
    return
    yield town.now


async def stops(town: Town, person: Neighbour) -> Story:
    """Somebody says goodbye; two weeks later the time goes to the pot."""
    await membership.leave(
        town.db, community=town.community, party=person.id, by=person.id, now=town.now
    )
    return
    yield town.now


async def rest(town: Town, person: Neighbour) -> Story:
    """Somebody takes a rest until a date that is still to come."""
    await membership.pause(
        town.db, community=town.community, party=person.id, until=town.day(-25), by=person.id,
        now=town.now,
    )  # fmt: skip
    return
    yield town.now


async def blocks(town: Town, one: Neighbour, other: Neighbour) -> Story:
    """Two who would rather not meet."""
    await membership.block(town.db, town.viewer(one), other.id, now=town.now)
    return
    yield town.now


async def hides(town: Town, admin: Neighbour, person: Neighbour) -> Story:
    """Somebody is kept out of finding, for their safety."""
    await parties.set_hidden(town.db, community=town.community, id_=person.id, hidden=True)
    return
    yield town.now


async def dies(town: Town, person: Neighbour) -> Story:
    """The sad news."""
    worker = town.viewer(town.worker_of(person))
    await membership.record_death(town.db, worker, person.id, now=town.now)
    return
    yield town.now


async def asks_money(town: Town, admin: Neighbour | None, person: Neighbour) -> Story:
    """Somebody asks money for help and a neighbour says so. `admin` suspends them; without one it
    waits for a look."""
    post = await talk.posts_it(town, person, written("Zolder leeghalen").wish())
    yield town.later(1, 1)
    await _report(town, post)
    if admin is None:
        return
    yield town.later(2, 2)
    await membership.suspend(
        town.db, town.viewer(admin), person.id, now=town.now,
        words="U vroeg een paar keer om geld voor hulp. Hier geven buren elkaar tijd. Wij praten er "
        "graag met u over.",
    )  # fmt: skip


async def _report(town: Town, post: UUID) -> None:
    neighbour = next(p for p in town.folk if p.life == "connected" and p.online and p.number)
    viewer = town.viewer(neighbour)
    thing = await moderation.thing_for(town.db, viewer, "post", post, now=town.now)
    await moderation.make(
        town.db, viewer, thing, reason="money", words="Hier wordt om geld gevraagd.", now=town.now
    )
