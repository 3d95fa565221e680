"""The last day of a post: by the calendar in Amsterdam, with a warning, and never in silence."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from tests.makers_posts import need, offer, viewer
from tests.world import Member, World
from timebank import notices, posts
from timebank.kernel.db import Pool, transaction
from timebank.kernel.search import tsvector_text

pytestmark = pytest.mark.anyio

MADE = datetime(2025, 12, 31, 12, 0, tzinfo=UTC)
"""The community's term is 90 days: the last day is 31 March 2026, when summer time has begun."""
LAST_EVENING = datetime(2026, 3, 31, 21, 30, tzinfo=UTC)
"""23.30 uur in Amsterdam."""
NEXT_DAY = datetime(2026, 3, 31, 22, 5, tzinfo=UTC)
"""1 April, 0.05 uur in Amsterdam."""


async def post_made(world: World, anna: Member) -> UUID:
    world.clock.set(MADE)
    return await need(world, anna, "Wie hangt mijn lamp op?")


async def told(world: World, anna: Member) -> list[str]:
    async with world.transaction() as db:
        lines = await notices.unread(db, community=world.community, party=anna.id)
    return [line.sentence for line in lines]


async def daily(world: World, work_pool: Pool) -> None:
    """What the worker process does every day, as its own role."""
    async with transaction(work_pool, world.community) as db:
        await posts.warn_and_expire(db, community=world.community, now=world.clock())


async def test_the_last_day_is_a_day_in_amsterdam(world: World) -> None:
    anna, bob = await world.member("Anna de Vries"), await world.member("Bob Bakker")
    id_ = await post_made(world, anna)
    seen = {}
    for moment in (LAST_EVENING, NEXT_DAY):
        world.clock.set(moment)
        browser = await bob.browser()
        seen[moment] = (
            (await browser.page(f"/posts/{id_}")).h1,
            "mijn lamp" in (await browser.page("/posts?direction=offer")).text,
            "mijn lamp" in (await browser.page("/posts/search?direction=offer&q=lamp")).text,
        )
    assert seen[LAST_EVENING] == ("Wie hangt mijn lamp op?", True, True)
    assert seen[NEXT_DAY] == ("Dit staat er niet meer", False, False)


async def test_the_owner_is_warned_once_days_before_and_asked_after(
    world: World, work_pool: Pool
) -> None:
    anna = await world.member("Anna de Vries")
    id_ = await post_made(world, anna)
    world.clock.set(datetime(2026, 3, 23, 22, 30, tzinfo=UTC))  # 23.30 uur on the 23rd
    await daily(world, work_pool)
    assert await told(world, anna) == []
    world.clock.set(
        datetime(2026, 3, 23, 23, 30, tzinfo=UTC)
    )  # 0.30 uur on the 24th, 7 days before
    await daily(world, work_pool)
    await daily(world, work_pool)
    assert await told(world, anna) == [
        "Uw vraag staat er nog tot en met dinsdag 31 maart. Nog nodig?"
    ]
    world.clock.set(LAST_EVENING)
    await daily(world, work_pool)
    browser = await anna.browser()
    assert "tot en met dinsdag 31 maart" in (await browser.page(f"/posts/{id_}")).text
    world.clock.set(NEXT_DAY)
    await daily(world, work_pool)
    await daily(world, work_pool)
    assert await told(world, anna) == [
        "Uw vraag staat er nu niet meer. Nog nodig? Dan zetten wij hem er weer op."
    ]
    page = await (await anna.browser()).page("/posts?direction=need")
    assert "Nog nodig?" in page.text and "Wie hangt mijn lamp op?" in page.text


async def test_yes_puts_it_back_for_the_whole_term(world: World, work_pool: Pool) -> None:
    anna, bob = await world.member("Anna de Vries"), await world.member("Bob Bakker")
    id_ = await post_made(world, anna)
    world.clock.set(NEXT_DAY)
    await daily(world, work_pool)
    browser = await anna.browser()
    page = await browser.submit(await browser.page("/posts?direction=need"), "/renewal")
    assert "Het staat er weer" in page.text and "dinsdag 30 juni" in page.text
    assert await told(world, anna) == []
    assert (await (await bob.browser()).page(f"/posts/{id_}")).h1 == "Wie hangt mijn lamp op?"
    world.clock.set(datetime(2026, 6, 23, 12, 0, tzinfo=UTC))
    await daily(world, work_pool)
    assert len(await told(world, anna)) == 1


async def test_no_takes_it_away(world: World, work_pool: Pool) -> None:
    anna = await world.member("Anna de Vries")
    await post_made(world, anna)
    world.clock.set(NEXT_DAY)
    await daily(world, work_pool)
    browser = await anna.browser()
    page = await browser.submit(await browser.page("/posts?direction=need"), "/withdrawal")
    assert "Toch weer plaatsen" in page.html
    assert "mijn lamp" not in (await browser.page("/posts?direction=need")).text


async def test_what_its_owner_paused_ends_with_the_question_too(
    world: World, work_pool: Pool
) -> None:
    anna = await world.member("Anna de Vries")
    id_ = await post_made(world, anna)
    async with world.transaction() as db:
        await posts.pause(db, viewer(world, anna), id_, now=world.clock())
    world.clock.set(NEXT_DAY)
    await daily(world, work_pool)
    assert len(await told(world, anna)) == 1


async def test_what_rests_with_its_owner_waits_for_them(world: World, work_pool: Pool) -> None:
    anna, bob = await world.member("Anna de Vries"), await world.member("Bob Bakker")
    id_ = await post_made(world, anna)
    async with world.transaction() as db:
        await posts.pause_all_of(db, community=world.community, party=anna.id, now=world.clock())
    assert (await (await bob.browser()).page(f"/posts/{id_}")).h1 == "Dit staat er niet meer"
    world.clock.set(NEXT_DAY)
    await daily(world, work_pool)
    assert await told(world, anna) == []
    async with world.transaction() as db:
        await posts.resume_all_of(db, community=world.community, party=anna.id, now=world.clock())
        post = await posts.post_for(db, viewer(world, bob), id_, now=world.clock())
        assert post.expires_on.isoformat() == "2026-04-08"


async def test_who_left_asks_and_offers_nothing(world: World) -> None:
    anna, bob = await world.member("Anna de Vries"), await world.member("Bob Bakker")
    ids = [await need(world, anna, "Lamp"), await offer(world, anna, "Koken")]
    theirs = await need(world, bob, "Kraan")
    async with world.transaction() as db:
        await posts.close_of(db, community=world.community, party=anna.id, now=world.clock())
        states = await db.fetch(
            "select id, state from post where community_id = $1", world.community
        )
    assert {r["id"]: r["state"] for r in states} == {
        ids[0]: "withdrawn", ids[1]: "withdrawn", theirs: "open",
    }  # fmt: skip


async def test_an_appointment_keeps_a_post_from_ending_and_being_withdrawn(
    world: World, work_pool: Pool
) -> None:
    anna = await world.member("Anna de Vries")
    id_ = await post_made(world, anna)
    async with world.transaction() as db:
        await posts.mark_matched(db, community=world.community, id_=id_, now=world.clock())
    world.clock.set(NEXT_DAY)
    await daily(world, work_pool)
    assert await told(world, anna) == []
    browser = await anna.browser()
    page = await browser.page(f"/posts/{id_}")
    assert "Hierover heeft u een afspraak" in page.text
    token = page.forms()[0].data["_csrf"]
    answer = await browser.post(
        f"/{world.slug}/posts/{id_}/withdrawal", data={"_csrf": token, "_key": "k" * 20}
    )
    assert answer.status_code == 409
    async with world.transaction() as db:
        assert await posts.close(db, community=world.community, id_=id_, now=world.clock())
        assert not await posts.close(db, community=world.community, id_=id_, now=world.clock())


async def test_reindex_cuts_every_post_anew_and_says_how_far_it_is(
    world: World, work_pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = await world.member("Anna de Vries")
    for n in range(5):
        await offer(world, anna, f"Fietsen maken {n}", words="Ook banden plakken")
    await world.owner.execute(
        "update post set stems = '''oud''' where community_id = $1", world.community
    )
    monkeypatch.setattr(posts.terms, "BATCH", 2)
    async with transaction(work_pool, world.community) as db:
        steps = [step async for step in posts.reindex(db, world.community)]
        assert steps == [(2, 5), (4, 5), (5, 5)]
        found = await db.fetch(
            "select title, words, stems::text from post where community_id = $1", world.community
        )
        for row in found:
            again = await db.fetchval(
                "select $1::text::tsvector::text", tsvector_text(row["title"], row["words"])
            )
            assert row["stems"] == again != "'oud'"
