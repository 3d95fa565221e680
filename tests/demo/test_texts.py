"""What the made-up neighbours write keeps the rules that real ones have to keep."""

import re
from random import Random

import pytest

from timebank import posts
from timebank.demo.people import folk
from timebank.demo.plan import HIGHEST, LOWEST, meetings
from timebank.demo.texts import Bag, Text, read, texts

ALL = [*texts("need"), *texts("offer")]
ENGLISH = re.compile(r"\b(the|and|with|please|help me|looking for|you|for)\b", re.I)
TOWNS = {facts["slug"]: facts for facts in read("towns")["town"]}


def chance(seed: str) -> Random:
    """The same draws every time."""
    return Random(seed)  # noqa: S311  # the same town every time


def test_no_two_posts_have_the_same_words() -> None:
    assert len({text.title for text in ALL}) == len(ALL) >= 150


@pytest.mark.parametrize("text", ALL, ids=lambda text: text.title)
def test_a_post_could_have_been_typed_on_its_page(text: Text) -> None:
    assert 1 <= len(text.title) <= 80
    assert len(text.words) <= 600
    assert text.kind in posts.CATEGORIES
    assert text.minutes is None or text.minutes % 15 == 0
    assert not ENGLISH.search(f"{text.title} {text.words}")
    # One asks for money, on purpose: it is the one that is reported.
    worries = posts.worries(text.title, text.words)
    assert worries == (["money"] if text.title == "Zolder leeghalen" else [])


def test_a_bag_gives_everything_once_before_anything_twice() -> None:
    bag = Bag(ALL[:20], chance("bag"))
    drawn = [bag.draw().title for _n in range(40)]
    assert len(set(drawn[:20])) == len(set(drawn[20:])) == 20


@pytest.mark.parametrize("slug", TOWNS)
def test_the_same_seed_gives_the_same_town(slug: str) -> None:
    def made() -> list[object]:
        rng = chance(slug)
        people = folk(TOWNS[slug], rng, 2026)
        met = meetings(people, rng, 300)
        return [
            *[(p.full_name, p.area, p.life, p.email, p.phone, p.consent) for p in people],
            *[(m.giver.full_name, m.getter.full_name, m.days_ago, m.minutes) for m in met],
        ]

    assert made() == made()


@pytest.mark.parametrize("slug", TOWNS)
def test_nobody_is_reached_at_a_real_number_or_address(slug: str) -> None:
    for person in folk(TOWNS[slug], chance(slug), 2026):
        assert person.email is None or person.email.endswith("@example.org")
        assert person.phone is None or person.phone.startswith(("06 55 50 0", "030 555 0"))


def test_the_plan_stays_away_from_the_limits() -> None:
    rng = chance("zuid")
    balance: dict[str, int] = {}
    for meeting in meetings(folk(TOWNS["zuid"], rng, 2026), rng, 300):
        giver, getter = meeting.giver.full_name, meeting.getter.full_name
        assert giver != getter
        balance[giver] = balance.get(giver, 300) + meeting.minutes
        balance[getter] = balance.get(getter, 300) - meeting.minutes
        assert balance[giver] <= HIGHEST
        assert balance[getter] >= LOWEST
