"""What stands on the board: offers that stay, offers that lapse, needs that wait for an answer."""

from collections.abc import Iterator

from timebank import posts
from timebank.demo import talk
from timebank.demo.people import LIKES, Neighbour
from timebank.demo.stage import Story, Town
from timebank.demo.texts import Bag, Text, written

OFFERS = {"hub": 2, "connected": 1, "helper": 1, "drifted": 1, "sometimes": 1, "new": 1}
"""How many offers somebody makes; of `sometimes` and `new` half make one."""
LAPSED = 200
"""An offer of so many days ago that nobody renewed is long gone."""


async def offers(town: Town, person: Neighbour, text: Text, stays: bool) -> Story:
    """An offer; when it `stays` its owner says "ja, nog steeds" before each last day."""
    post = await talk.posts_it(town, person, text.wish(town.place_of(person)))
    town.offers.setdefault(person.full_name, post)
    while stays:
        yield town.later(70, 88)
        await posts.renew(town.db, town.viewer(person), post, now=town.now)
    yield town.later(75, 85)
    if town.offers.get(person.full_name) == post:
        del town.offers[person.full_name]
    if town.rng.random() < 0.4:
        await posts.withdraw(town.db, town.viewer(person), post, now=town.now)


async def asks(town: Town, person: Neighbour, text: Text, *helpers: Neighbour) -> Story:
    """A need that is still there today; `helpers` answered and wait, or nobody did."""
    post = await talk.posts_it(town, person, text.wish(town.place_of(person)))
    for helper in helpers:
        yield town.later(0, 1)
        kind = "together" if text.together else "help"
        await talk.answers(town, helper, post, talk.line(town, kind, helper, person))


def share_offers(
    town: Town, texts: Bag, different: int
) -> Iterator[tuple[int, Neighbour, Text, bool]]:
    """Who offers what since how many days, and whether it still stands there.

    There are `different` texts: the first of each stays, so that none stands there twice.
    """
    drawn = 0
    for person in town.folk:
        if person.offer:
            yield max(person.joined - 10, 1), person, written(person.offer), True
        count = 0 if person.written else OFFERS.get(person.life, 0)
        if person.life in ("sometimes", "new") and town.rng.random() < 0.5:
            count = 0
        for _n in range(count):
            text = texts.draw()
            drawn += 1
            stays = drawn <= different and person.life != "drifted"
            days_ago = max(person.joined - town.rng.randint(4, 25), 1)
            person.likes = person.likes or LIKES[text.kind]
            if stays or days_ago > LAPSED:
                yield days_ago, person, text, stays
