"""The written stories of Utrecht-Zuid, so that everybody on the sign-in page has something to do."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from timebank import exchanges
from timebank.demo import talk
from timebank.demo.everyday import asks, offers
from timebank.demo.people import Neighbour
from timebank.demo.series import standing
from timebank.demo.stage import Story, Town
from timebank.demo.texts import written
from timebank.exchanges import Plan

Begun = tuple[datetime, Story]


def stories(town: Town) -> Iterator[Begun]:
    """Each with the moment of its first scene."""
    yield from _hedge(town)
    yield from _bep(town)
    yield from _alone(town)
    wim, rachid = town.who("Wim Kuipers"), town.who("Rachid El Amrani")
    yield town.moment(6, "10.15"), soil(town, wim, rachid)
    jan, lien = town.who("Jan Pietersen"), town.who("Lien Nguyen")
    yield town.moment(9, "11.00"), quarrel(town, jan, lien)
    yield town.moment(12, "9.00"), asks(town, lien, written("Samen soep koken op woensdag"))
    yonas = town.who("Yonas Habte")
    yield (
        town.moment(2, "15.40"),
        offers(town, yonas, written("Fietsen maken in mijn schuur"), True),
    )
    garden = town.who("Buurtmoestuinvereniging Zonnebloem")
    yield town.moment(8), asks(town, garden, written("Verhuizing van een kruidentuin"))
    table = town.who("Eettafel Hoograven")
    yield town.moment(20), asks(town, table, written("Eettafel zoekt iemand die mee afwast"))


def _hedge(town: Town) -> Iterator[Begun]:
    annie, ahmed = town.who("Annie de Vries"), town.who("Ahmed Yılmaz")
    saturday = town.day(1, weekday=5)
    yield town.at(saturday - timedelta(days=10), "9.20"), hedge(town, annie, ahmed, saturday)
    yield town.moment(1, "19.10"), writes(town, town.who("Lien Nguyen"), ahmed)
    yield town.moment(52, "10.00"), put_right(town, annie, ahmed)


def _bep(town: Town) -> Iterator[Begun]:
    bep, marijke, greet = (
        town.who(name) for name in
        ("Bep Molenaar-van Wijngaarden", "Marijke van Dongen", "Greet Hoekstra")
    )  # fmt: skip
    paper = written("Wie leest mij op zondag de krant voor?")
    yield town.moment(200), standing(
        town, written("Wie breit er met mij?"), asker=bep, other=marijke, minutes=60,
        first=town.day(190, weekday=3), at_time=time(14), every="two_weeks", times=6,
    )  # fmt: skip
    yield town.moment(62), asks(town, bep, written("Wie breit er met mij?"))
    yield town.moment(36), asks(town, bep, written("Wie gaat er mee naar de kapper?"))
    for days_ago in (345, 150):
        first = town.day(days_ago - 10, weekday=6)
        yield town.moment(days_ago), standing(
            town, paper, asker=greet, other=marijke, minutes=45, first=first,
            at_time=time(14, 30), every="week", times=24,
        )  # fmt: skip


def _alone(town: Town) -> Iterator[Begun]:
    """People who look for company, and find little."""
    theo, halina, mehmet = (
        town.who(name) for name in ("Theo van Zanten", "Halina Nowak", "Mehmet Kurt")
    )
    sunita, joyce = town.who("Sunita Ramdin"), town.who("Joyce Pinas")
    yield town.moment(64), asks(town, theo, written("Samen zwemmen, baantjes voor langzame mensen"))
    yield town.moment(41), asks(town, theo, written("Voetbal kijken, niet alleen"))
    yield town.moment(50), asks(town, halina, written("Samen leren naaien met de machine"))
    yield town.moment(170), standing(
        town, written("Een praatje bij de koffie"), asker=halina,
        other=sunita, minutes=60, first=town.day(160, weekday=2), at_time=time(17, 30),
        every="month", times=5,
    )  # fmt: skip
    yield town.moment(28), asks(town, mehmet, written("Ik zoek iemand om mee te schaken"))
    for days_ago in (120, 48):
        letter = written("Brief van de bank, wat moet ik hiermee?")
        yield town.moment(days_ago), helped_once(town, mehmet, joyce, letter.title, 30)


async def hedge(town: Town, annie: Neighbour, ahmed: Neighbour, day: date) -> Story:
    """Ahmed cut Annie's hedge on Saturday; she has still to say whether the time is right."""
    text = written("Mijn heg groeit over de stoep")
    post = await talk.posts_it(town, annie, text.wish(town.place_of(annie)))
    yield town.at(day - timedelta(days=9), "19.10")
    id_ = await talk.answers(
        town, ahmed, post,
        "Dag mevrouw De Vries, ik wil uw heg wel doen. Zaterdag kan ik. Heeft u een bak voor het groen?",
    )  # fmt: skip
    yield town.at(day - timedelta(days=8), "9.32")
    await talk.says(town, annie, id_, "Graag! De groene bak staat achter. Ik zet koffie.")
    plan = Plan(minutes=90, on_date=day, at_time=time(10), meet_at="Bij Annie thuis")
    proposal = await talk.proposes(town, annie, id_, plan)
    yield town.at(day - timedelta(days=7), "18.05")
    await talk.agrees(town, ahmed, id_, proposal)
    yield town.at(day, "12.04")
    await talk.says(town, ahmed, id_, "Klaar. Het was anderhalf uur. De koffie was heerlijk.")
    await talk.done(town, ahmed, id_, 90, day)


async def soil(town: Town, wim: Neighbour, rachid: Neighbour) -> Story:
    """Tomorrow Rachid carries Wim's soil upstairs; Wim has no e-mail, so Samira tells him."""
    text = written("Wie helpt mij met twee bakken tuinaarde?")
    post = await talk.posts_it(town, wim, text.wish(town.place_of(wim)))
    yield town.moment(5, "17.30")
    id_ = await talk.answers(town, rachid, post, "Ik breng ze wel even naar boven. Welke dag?")
    yield town.moment(4, "11.10")
    await talk.says(town, wim, id_, "Wim vraagt of het in de ochtend kan. Dan is hij op zijn best.")
    plan = Plan(minutes=30, on_date=town.day(-1), at_time=time(10), meet_at="Maasplein 8")
    proposal = await talk.proposes(town, wim, id_, plan)
    yield town.moment(3, "20.20")
    await talk.agrees(town, rachid, id_, proposal)


async def quarrel(town: Town, jan: Neighbour, lien: Neighbour) -> Story:
    """Jan wrote two hours, Lien one, and Jan two again: somebody asks them both."""
    text = written("Kledingkast in elkaar zetten")
    post = await talk.posts_it(town, lien, text.wish(town.place_of(lien)))
    yield town.moment(8, "16.45")
    id_ = await talk.answers(town, jan, post, "Dat doe ik graag. Gereedschap neem ik mee.")
    yield town.moment(8, "18.10")
    plan = Plan(minutes=120, on_date=town.day(6), at_time=time(13, 30))
    proposal = await talk.proposes(town, lien, id_, plan)
    yield town.moment(7, "9.05")
    await talk.agrees(town, jan, id_, proposal)
    yield town.moment(6, "17.00")
    await talk.done(town, jan, id_, 120, town.day(6), "Mooie kast geworden.")
    yield town.moment(5, "12.15")
    await talk.says_other(
        town, lien, id_, 60, "Hij was om half drie klaar. Daarna dronken we thee."
    )
    yield town.moment(4, "10.40")
    await talk.says_other(
        town, jan, id_, 120, "Ik ben om half twee begonnen en om half vier gegaan."
    )


async def put_right(town: Town, annie: Neighbour, ahmed: Neighbour) -> Story:
    """A quarter of an hour too much was booked; a worker put it right, and both can read it."""
    text = written("Kraan druppelt de hele nacht")
    post = await talk.posts_it(town, annie, text.wish(town.place_of(annie)))
    yield town.moment(51, "12.00")
    id_ = await talk.answers(town, ahmed, post, "Een leertje, tien minuten werk. Ik kom.")
    yield town.moment(51, "14.00")
    plan = Plan(minutes=45, on_date=town.day(49), at_time=time(11))
    proposal = await talk.proposes(town, annie, id_, plan)
    yield town.moment(50, "9.00")
    await talk.agrees(town, ahmed, id_, proposal)
    yield town.moment(49, "12.30")
    await talk.done(town, ahmed, id_, 45, town.day(49))
    yield town.moment(49, "15.00")
    await talk.says_yes(town, annie, id_)
    yield town.moment(47, "10.00")
    await exchanges.ask_repair(
        town.db, talk.by(town, ahmed), id_, words="Het was maar een half uur, ik telde de thee mee.",
        now=town.now,
    )  # fmt: skip
    yield town.moment(45, "9.30")
    worker = town.viewer(town.worker_of(annie))
    await exchanges.repair(
        town.db, worker, id_, minutes=30, words="Ahmed telde per ongeluk 15 minuten te veel.",
        now=town.now,
    )  # fmt: skip


async def writes(town: Town, me: Neighbour, you: Neighbour) -> Story:
    """Somebody wrote to a neighbour about an offer, and waits for the answer."""
    offer = town.offers[you.full_name]
    await talk.answers(
        town, me, offer, f"Dag {you.call_name}, zou u ook naar mijn rozen willen kijken?"
    )
    return
    yield town.now  # never told: this makes it a story


async def helped_once(
    town: Town, getter: Neighbour, giver: Neighbour, title: str, minutes: int
) -> Story:
    """From a need to the confirmed hours in a few days, without anything special."""
    post = await talk.posts_it(town, getter, written(title).wish(town.place_of(getter)))
    yield town.later(1, 1)
    id_ = await talk.answers(town, giver, post, talk.line(town, "help", giver, getter))
    yield town.later(0, 0)
    plan = talk.a_day(town, minutes)
    proposal = await talk.proposes(town, getter, id_, plan)
    yield town.later(0, 0)
    await talk.agrees(town, giver, id_, proposal)
    yield town.at(plan.on_date or town.today, "18.00")
    await talk.done(town, giver, id_, minutes, plan.on_date or town.today)
    yield town.later(1, 2)
    await talk.says_yes(town, getter, id_)
