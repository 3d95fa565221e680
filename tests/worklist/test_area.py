"""The neighbourhood's page: whose it is, who is named on it and who is not, what came of signals."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.house.rows import put
from tests.makers_signals import as_worker, met, raised, signal_of, spoke
from tests.world import Member, World
from timebank import contacts, signals
from timebank.kernel.ids import new_id

pytestmark = pytest.mark.anyio


async def looks_at(world: World, member: Member) -> int:
    found: int = await world.owner.fetchval(
        "select count(*) from audit_entry where community_id = $1 and act = 'party.looked'"
        " and subject_id = $2",
        world.community, member.id,
    )  # fmt: skip
    return found


async def test_the_page_is_for_the_workers_of_that_neighbourhood(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    others = (await world.worker("Evert Post", world.south), await world.admin("Joris Smit"),
              await world.member("Anna de Vries"))  # fmt: skip
    page = await (await samira.browser()).page("/")
    [mine] = {link for link in page.links() if "/worklist/areas/" in link}
    assert mine.endswith(f"/worklist/areas/{world.north}")
    for other in others:
        browser = await other.browser()
        nothing = await browser.get(f"/{world.slug}/worklist/areas/{uuid4()}")
        found = await browser.get(f"/{world.slug}/worklist/areas/{world.north}")
        assert found.status_code == 404 and found.content == nothing.content


async def test_who_stands_apart_is_named_under_a_yes_alone_and_reads_of_it(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    yes = await world.member("Ja Jansen", consent="yes")
    no, silent = await world.member("Nee Nagel", consent="no"), await world.member("Stil Stam")
    hides = await world.member("Weg Wever", consent="yes")
    aside = await world.member("Neef Bouali", consent="yes")
    one, other = await world.member("Een Evers", consent="yes"), await world.member("Twee Tol")
    await world.owner.execute(
        "update person set hidden = true where community_id = $1 and party_id = $2",
        world.community, hides.id,
    )  # fmt: skip
    async with world.transaction() as db:
        await contacts.step_aside(db, as_worker(world, samira), aside.id, now=world.clock())
    rests = await world.member("Rust Roos", consent="yes")
    world.clock.move(days=91)
    await world.member("Pas Peters", consent="yes")
    await met(world, one, other)
    for member in (yes, no, silent, hides, aside):
        await put(world, "signal", id=new_id(), party_id=member.id, state="taken",
                  state_at=world.clock(), opened_on=world.clock().date(), version=1, score=60,
                  reasons='[{"code": "none_lately"}]', reasons_on=world.clock().date(),
                  owner_id=samira.id, due_on=world.clock().date())  # fmt: skip
    browser = await samira.browser()
    page = await browser.page(f"/worklist/areas/{world.north}")
    assert "Ja Jansen" in page.text and "Een Evers" in page.text
    for name in (
        "Nee",
        "Stil",
        "Weg",
        "Neef",
        "Pas Peters",
        "Twee",
        "Rust",
        "Samira Bouali</bdi></a>",
    ):
        assert name not in page.text, name
    assert page.html.count("a6 6 0 1 0 12 0a") == 6, "an open circle for each, named or not"
    for member, times in (
        (yes, 1),
        (one, 1),
        (no, 0),
        (silent, 0),
        (hides, 0),
        (aside, 0),
        (rests, 0),
    ):
        assert await looks_at(world, member) == times, member.full_name
    await browser.page(f"/worklist/areas/{world.north}")
    assert await looks_at(world, yes) == 1, "once a day"
    assert "6 mensen zagen niemand. Voor minder dan 5 mensen is één buur de enige." in page.text


async def test_what_came_of_signals_is_counted_in_three_that_exclude_each_other(
    world: World,
) -> None:
    samira = await world.worker("Samira Bouali")
    riet = await world.member("Riet Smit")
    people = {}
    ends: dict[str, signals.Outcome] = {"Mia": "not_reached", "Ans": "prefers", "Bep": "grown"}
    for name, outcome in ends.items():
        people[name] = await raised(world, name)
        if outcome != "not_reached":
            await spoke(world, samira, people[name])
        found = await signal_of(world, people[name])
        assert found is not None
        async with world.transaction() as db:
            await signals.close(
                db, as_worker(world, samira), found.id, outcome=outcome, now=world.clock()
            )

    async def came() -> tuple[int, int, int]:
        async with world.transaction() as db:
            got = await signals.came_of_it(
                db, world.community, world.north, today=world.clock().date()
            )
        return got.tied, got.spoke, got.nothing

    assert await came() == (0, 2, 1)
    world.clock.move(days=30)
    await met(world, riet, people["Bep"])
    assert await came() == (1, 1, 1), "a new tie within three months counts as what came of it"
    world.clock.move(days=5)
    await met(world, riet, people["Ans"])
    assert await came() == (1, 1, 1), "this one came later"
    page = await (await samira.browser()).page(f"/worklist/areas/{world.north}")
    assert "Een nieuwe band met een buur minder dan 5" in page.text


async def test_new_ties_are_counted_once_in_the_month_of_the_first_meeting(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    bep = await world.member("Bep Molenaar")
    here = [await world.member(f"Buur {n}") for n in range(4)]
    there = await world.member("Verre Vera", world.south)
    world.clock.move(days=40)
    for other in (*here, there):
        await met(world, bep, other, days_ago=2)
    await met(world, here[0], bep)
    page = await (await samira.browser()).page(f"/worklist/areas/{world.north}")
    today = world.clock().date() - timedelta(days=2)
    assert page.html.count('class="number"') == 24 and ">5</text>" in page.html
    assert str(today.year) in page.text


async def test_the_page_of_a_closed_signal_shows_the_circle_before_and_after(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    otto, riet = await world.member("Oude Otto"), await world.member("Riet Smit")
    bep = await raised(world, "Bep Molenaar")
    await met(world, otto, bep, days_ago=20)
    await spoke(world, samira, bep)
    found = await signal_of(world, bep)
    assert found is not None
    browser = await samira.browser()
    answer = await browser.get(f"/{world.slug}/signals/{found.id}")
    assert answer.status_code == 303 and str(bep.id) in answer.headers["location"], "still open"
    async with world.transaction() as db:
        await signals.close(
            db, as_worker(world, samira), found.id, outcome="grown", now=world.clock()
        )
    world.clock.move(days=30)
    await met(world, riet, bep, days_ago=2)
    browser = await samira.browser()
    answer = await browser.get(f"/{world.slug}/signals/{found.id}")
    assert answer.status_code == 303, "first why she looks"
    async with world.transaction() as db:
        await contacts.look(db, as_worker(world, samira), bep.id, now=world.clock(), purpose="call")
    page = await browser.page(f"/worklist/parties/{bep.id}")
    assert f"/{world.slug}/signals/{found.id}" in page.links()
    page = await browser.page(f"/signals/{found.id}")
    assert "Er kwam één buur bij: Riet Smit." in page.text
    assert "Riet Smit nog niet 1 keer" in page.text and "Oude Otto 1 keer 1 keer" in page.text
    assert page.html.count('role="img"') == 4, "two circles, each for a phone and a wide screen"
    assert await looks_at(world, bep) >= 1
    joris = await world.admin("Joris Smit")
    nothing = await (await joris.browser()).get(f"/{world.slug}/signals/{found.id}")
    assert nothing.status_code == 404
