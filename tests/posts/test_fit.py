"""What fits, and why: never a made-up reason."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from tests.makers_moderation import report
from tests.makers_posts import need, offer, viewer
from tests.world import Member, World
from timebank import parties, posts
from timebank.posts.fit import Reader, Subject, reason, telling_stems
from timebank.posts.model import Author, Post

SQUARE, STREET, FAR = (UUID(int=n) for n in (1, 2, 3))


def post(title: str, **more: Any) -> Post:
    plain: dict[str, Any] = {
        "id": UUID(int=9), "direction": "need", "state": "open", "beneficiary_id": None,
        "by": Author(UUID(int=8), "Bob", "Bob Bakker"), "entered_by_id": UUID(int=8), "words": "",
        "category": "other", "together": False, "minutes": None, "when_text": "", "lang": "nl",
        "area_id": UUID(int=7), "area_name": "Noord", "place_id": None, "place": "",
        "expires_on": date(2026, 6, 1), "created_at": datetime(2026, 3, 1, tzinfo=UTC),
        "paused_for": None, "hidden_at": None,
    }  # fmt: skip
    return Post(title=title, **(plain | more))


def reader(*titles: str, category: str = "other", together: bool = False, **more: Any) -> Reader:
    """Somebody who has these open on both sides, or on the `side` that is told."""
    own = tuple(
        Subject(side, title, category, together, telling_stems(title))
        for side in more.get("sides", ("need", "offer"))
        for title in titles
    )
    return Reader(own, more.get("place"), frozenset(more.get("near", ())))


def plain(text: str | None) -> str | None:
    return text and text.replace("\u2068", "").replace("\u2069", "")


@pytest.mark.parametrize(
    ("seen", "to", "why"),
    [
        (post("Wie snoeit mijn heg?"), reader("Heg snoeien"), "u biedt “Heg snoeien”."),
        (post("Heg snoeien", direction="offer"), reader("Mijn heg"), "u vraagt “Mijn heg”."),
        (post("Wie helpt mij?"), reader("Ik help u met de computer"), None),
        (post("Hulp in huis deze week"), reader("Hulp in huis, elke week"), None),
        (post("Lamp", category="repair"), reader("Kraan", category="repair"),
         "u biedt ook iets bij “Klussen in huis”."),
        (post("Lamp"), reader("Kraan"), None),
        (post("Lopen", together=True), reader("Thee drinken", together=True),
         "u wilt ook graag iets samen doen."),
        (post("Lopen", together=True), reader("Thee drinken"), None),
        (post("Lamp", place_id=STREET, place="Lekstraat"),
         reader(place=SQUARE, near=[SQUARE, STREET]), "Lekstraat is bij u om de hoek."),
        (post("Lamp", place_id=SQUARE, place="Maasplein"), reader(place=SQUARE, near=[SQUARE]),
         "Maasplein is ook uw plek."),
        (post("Lamp", place_id=FAR, place="De Flat"), reader(place=SQUARE, near=[SQUARE]), None),
        (post("Lamp", place_id=STREET, place="Lekstraat"), reader(near=[STREET]), None),
        (post("Heg", place_id=STREET, place="Lekstraat"),
         reader("Heg snoeien", place=SQUARE, near=[SQUARE, STREET]),
         "u biedt “Heg snoeien”, en Lekstraat is bij u om de hoek."),
    ],
)  # fmt: skip
def test_a_reason_is_said_only_of_facts(seen: Post, to: Reader, why: str | None) -> None:
    assert plain(reason(seen, to)) == why


@pytest.mark.anyio
async def test_what_fits_comes_first_with_its_reason(world: World) -> None:
    anna, bob = await world.member("Anna de Vries"), await world.member("Bob Bakker")
    await need(world, anna, "Wie snoeit mijn heg?", category="garden")
    heg = await offer(world, bob, "Heggen snoeien doe ik graag")
    near = await offer(world, bob, "Ik kook soep", place_id=world.square)
    garden = await offer(world, bob, "Balkonbakken vullen", category="garden")
    await offer(world, bob, "Ik leer u schaken", place_id=world.flat)
    await need(world, bob, "Mijn heg is te hoog")
    who = viewer(world, anna, place=world.square)
    async with world.transaction() as db:
        fits = await posts.fitting(db, who, "offer", limit=9, now=world.clock())
        assert [fit.post.id for fit in fits] == [heg, garden, near]
        assert [plain(fit.why) for fit in fits] == [
            "u vraagt “Wie snoeit mijn heg?”.", "u vraagt ook iets bij “Tuin en balkon”.",
            "Maasplein is ook uw plek.",
        ]  # fmt: skip
        fewer = await posts.fitting(db, who, "offer", limit=1, now=world.clock())
        assert [fit.post.id for fit in fewer] == [heg]


@pytest.mark.anyio
async def test_nothing_fits_who_has_nothing_open_and_no_place(world: World) -> None:
    anna, bob = await world.member("Anna de Vries"), await world.member("Bob Bakker")
    await offer(world, bob, "Ik snoei uw heg")
    closed = await need(world, anna, "Wie snoeit mijn heg?")
    async with world.transaction() as db:
        who = viewer(world, anna)
        await posts.withdraw(db, who, closed, now=world.clock())
        assert await posts.fitting(db, who, "offer", limit=9, now=world.clock()) == []


@pytest.mark.anyio
async def test_what_fits_is_never_of_somebody_one_shall_not_meet(world: World) -> None:
    anna, bob = await world.member("Anna de Vries"), await world.member("Bob Bakker")
    await need(world, anna, "Wie snoeit mijn heg?")
    await offer(world, bob, "Ik snoei uw heg")
    who = viewer(world, anna)
    async with world.transaction() as db:
        assert len(await posts.fitting(db, who, "offer", limit=9, now=world.clock())) == 1
        await parties.block(
            db, community=world.community, blocker=bob.id, blocked=anna.id, by=bob.id,
            now=world.clock(),
        )  # fmt: skip
        assert await posts.fitting(db, who, "offer", limit=9, now=world.clock()) == []


def test_posts_on_the_readers_own_side_are_no_match() -> None:
    same = reader("Tuin wieden", category="garden", together=True, sides=("need",))
    theirs = post("Wie helpt mij in de tuin?", direction="need", category="garden", together=True)
    assert reason(theirs, same) is None
    assert reason(theirs, reader("Tuin wieden", sides=("offer",))) is not None


@pytest.mark.anyio
async def test_what_i_reported_is_not_suggested_to_me_and_search_finds_it(world: World) -> None:
    await world.worker("Fatima El Idrissi")
    anna, bob, carla = [
        await world.member(name) for name in ("Anna de Vries", "Bob Bakker", "Carla Mol")
    ]
    for member in (anna, carla):
        await offer(world, member, "Zolders leeghalen")
    post_id = await need(world, bob, "Zolder leeghalen")
    assert post_id in await suggested(world, anna)
    await report(world, anna, "post", post_id)
    browser = await anna.browser()
    assert post_id not in await suggested(world, anna)
    assert str(post_id) not in (await browser.page("/")).html
    assert str(post_id) not in (await browser.page("/posts?direction=offer")).html
    assert str(post_id) in (await browser.page("/posts/search?direction=offer&q=zolder")).html
    # Others read it where they browse, but nobody recommends it until somebody has looked.
    assert post_id not in await suggested(world, carla)
    assert str(post_id) in (await (await carla.browser()).page("/posts?direction=offer")).html
    await world.owner.execute(
        "update report set closed_at = now(), closed_by_id = owner_id, outcome = 'left'"
        " where community_id = $1", world.community,
    )  # fmt: skip
    assert post_id in await suggested(world, carla)
    assert post_id not in await suggested(world, anna)


async def suggested(world: World, member: Member) -> list[UUID]:
    """What is recommended to this member now."""
    async with world.transaction() as db:
        fits = await posts.fitting(db, viewer(world, member), "need", limit=9, now=world.clock())
    return [fit.post.id for fit in fits]
