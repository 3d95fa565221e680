"""The written stories of Samen Oost, the smaller town with words of its own."""

from collections.abc import Iterator
from datetime import datetime, time

from timebank.demo import talk
from timebank.demo.lives import waits
from timebank.demo.people import Neighbour
from timebank.demo.series import standing
from timebank.demo.stage import Story, Town
from timebank.demo.texts import written
from timebank.exchanges import Plan


def stories(town: Town) -> Iterator[tuple[datetime, Story]]:
    """Each with the moment of its first scene."""
    chandra = town.who("Chandra Jairam")
    friends = [
        p for p in town.folk
        if p.life in ("connected", "sometimes") and p.joined > 200 and p.online and not p.stops
    ]  # fmt: skip
    yield town.moment(6, "10.00"), market(town, friends[0], chandra)
    yield town.moment(120), standing(
        town, written("Kaarten: wij zijn met z’n drieën, wie wordt de vierde?"), asker=friends[1],
        other=chandra, minutes=120, first=town.day(105, weekday=1), at_time=time(19, 30),
        every="two_weeks", times=11,
    )  # fmt: skip
    outsider = Neighbour(
        full_name="Sjoerd Hiemstra", call_name="Sjoerd", area="Abstede", place="Minstroom",
        life="new", joined=2, phone="06 55 50 09 21", likes="Hardlopen, bomen.", consent="yes",
    )  # fmt: skip
    yield town.moment(2), waits(town, outsider)


async def market(town: Town, neighbour: Neighbour, chandra: Neighbour) -> Story:
    """This week Chandra goes to the market with a neighbour."""
    text = written("Samen naar de markt op zaterdag")
    post = await talk.posts_it(town, neighbour, text.wish(town.place_of(neighbour)))
    yield town.moment(5, "13.00")
    id_ = await talk.answers(town, chandra, post, "Gezellig, ik ga mee. Ik haal u op.")
    yield town.moment(4, "10.00")
    coming = town.day(-3, weekday=5)
    day = coming if coming > town.today else town.day(-8, weekday=5)
    proposal = await talk.proposes(
        town, neighbour, id_, Plan(minutes=120, on_date=day, at_time=time(10))
    )
    yield town.moment(3, "19.00")
    await talk.agrees(town, chandra, id_, proposal)
