"""A signal on the list and on its page: who may see it, and what becomes of it."""

from uuid import uuid4

import pytest

from tests.makers_posts import need
from tests.makers_signals import answer, met, raised, run_for, signal_of, spoke
from tests.world import Browser, Member, World, make_world
from timebank import access, parties
from timebank.kernel.db import Db, Pool

pytestmark = pytest.mark.anyio


async def looks_at(world: World, member: Member, by: Member) -> int:
    found: int = await world.owner.fetchval(
        "select count(*) from audit_entry where community_id = $1 and act = 'party.looked'"
        " and subject_id = $2 and actor_id = $3",
        world.community, member.id, by.id,
    )  # fmt: skip
    return found


async def bare(browser: Browser, path: str) -> tuple[int, bytes]:
    answer_ = await browser.get(f"/{browser.slug}{path}")
    return answer_.status_code, answer_.content


async def test_a_signal_stands_on_the_list_with_its_reasons_in_words(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    bep = await raised(world, "Bep Molenaar", reach_words="Liefst in de ochtend")
    page = await (await samira.browser()).page("/worklist")
    assert "Bep Molenaar bellen" in page.text
    assert "Twee vragen zonder antwoord." in page.text and "Liefst in de ochtend" in page.text
    assert "Ligt bij u" in page.text and "2 dingen wachten op u." in page.text
    assert not any(str(n) in page.text.replace("2026", "") for n in (50, 65, 80, 100))
    assert await looks_at(world, bep, samira) == 1
    await (await samira.browser()).page("/worklist")
    assert await looks_at(world, bep, samira) == 1, "the list counts once a day"


async def test_r3_the_look_is_recorded_before_the_page_and_the_member_reads_it(
    world: World,
) -> None:
    samira = await world.worker("Samira Bouali")
    bep = await raised(world, "Bep Molenaar")
    page = await (await samira.browser()).page(f"/worklist/parties/{bep.id}")
    assert "Dit is een reden om te praten. Meer weten wij niet." in page.text
    assert await looks_at(world, bep, samira) == 1
    own = await (await bep.browser()).page("/parties/me/views")
    assert "Samira Bouali" in own.text


async def test_the_circle_comes_with_taking_it(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    riet = await world.member("Riet Smit")
    bep = await world.member("Bep Molenaar", consent="yes", phone="06 12 34 56 78",
                             phone_key="0612345678")  # fmt: skip
    await met(world, riet, bep)
    await raised_again(world, bep)
    browser = await samira.browser()
    page = await browser.page(f"/worklist/parties/{bep.id}")
    assert "06 12 34 56 78" in page.text and "Riet" not in page.text
    page = await browser.submit(page, "/taking")
    assert (
        "U gaat bellen" in page.text and "06 12 34 56 78" in page.text and "Riet Smit" in page.text
    )
    assert "Hielp Bep." in page.text
    found = await signal_of(world, bep)
    assert found is not None and found.state == "taken" and found.owner_id == samira.id


async def raised_again(world: World, bep: Member) -> None:
    """Time goes by, two needs stay unanswered, and a signal is raised."""
    world.clock.move(days=90)
    await need(world, bep, "Wie gaat mee naar de markt?")
    await need(world, bep, "Wie breit er met mij?")
    world.clock.move(days=22)
    await run_for(world, 8)


async def test_nobody_else_can_tell_that_there_is_a_signal(
    world: World, wall: object, web_pool: Pool, owner: Db
) -> None:
    samira = await world.worker("Samira Bouali")
    bep = await raised(world, "Bep Molenaar")
    found = await signal_of(world, bep)
    assert found is not None
    other_world = await make_world(wall, web_pool, owner, world.clock)
    strangers = {
        "resident": await world.member("Anna de Vries"),
        "admin": await world.admin("Fatima Zahra"),
        "worker elsewhere": await world.worker("Evert Post", world.south),
        "herself": bep,
    }
    paths = [f"/worklist/parties/{bep.id}", f"/contacts/new?party={bep.id}"] + [
        f"/signals/{found.id}/{noun}" for noun in ("snooze", "plan", "closing", "owner")
    ]
    for role, member in strangers.items():
        browser = await member.browser()
        nothing = (await bare(browser, f"/worklist/parties/{uuid4()}"))[1]
        for path in paths:
            status, content = await bare(browser, path)
            assert status == 404 and content == nothing, f"{role}: {path}"
    away = await other_world.worker("Verre Vera")
    browser = await away.browser()
    nothing = (await bare(browser, f"/worklist/parties/{uuid4()}"))[1]
    for path in paths:
        assert await bare(browser, path) == (404, nothing)
    assert await looks_at(world, bep, samira) == 0


async def test_a_resident_has_no_desk_and_an_admin_sees_no_signal_on_it(world: World) -> None:
    await world.worker("Samira Bouali")
    await raised(world, "Bep Molenaar")
    anna, fatima = await world.member("Anna de Vries"), await world.admin("Fatima Zahra")
    browser = await anna.browser()
    assert (await bare(browser, "/worklist"))[0] == 404
    assert (await bare(browser, "/worklist/print"))[0] == 404
    desk = await fatima.browser()
    for path in ("/worklist", "/worklist?show=all", "/worklist/print"):
        page = await desk.page(path)
        assert "Bep" not in page.html and "ignaal" not in page.text.replace("Een signaal", "")
    log = await world.owner.fetch(
        "select distinct act from audit_entry where community_id = $1", world.community
    )
    assert not any(row["act"].startswith("signal.") for row in log), "the admin reads this log"


async def test_while_acting_for_a_member_a_worker_sees_no_desk(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    bep = await raised(world, "Bep Molenaar")
    wim = await world.member("Wim Kuipers")
    browser = await samira.browser()
    page = await browser.page(f"/worklist/parties/{wim.id}")
    await browser.submit(page, "/acting-for")
    assert (await bare(browser, f"/worklist/parties/{bep.id}"))[0] == 404
    assert (await bare(browser, "/worklist"))[0] == 404


async def test_a_member_who_moves_and_a_worker_who_stops_close_the_page_at_once(
    world: World,
) -> None:
    samira = await world.worker("Samira Bouali")
    zoe = await world.worker("Zoë Zuid", world.south)
    joris = await world.worker("Joris Blom")
    bep = await raised(world, "Bep Molenaar")
    await spoke(world, samira, bep, words="Breit elke dag.")
    old, new = await samira.browser(), await zoe.browser()
    path = f"/worklist/parties/{bep.id}"
    assert "Breit elke dag." in (await old.page(path)).text
    assert (await bare(new, path))[0] == 404
    async with world.transaction() as db:
        await parties.change_details(
            db, community=world.community, party=bep.id, by=bep.id, now=world.clock(),
            details=world.details("Bep Molenaar", world.south),
        )  # fmt: skip
    assert (await bare(old, path))[0] == 404
    assert "Bep" not in (await old.page("/worklist?show=all")).text
    assert "Bep" not in (await old.page("/worklist/print")).text
    assert "Breit elke dag." in (await new.page(path)).text
    await run_for(world, 1)
    found = await signal_of(world, bep)
    assert found is not None and found.owner_id == zoe.id, "the open line has a new owner"
    async with world.transaction() as db:
        roles = await access.roles(db, community=world.community, today=world.clock().date())
        role = next(r for r in roles if r.party_id == zoe.id)
        await access.end_role(
            db, community=world.community, role=role.id, by=None,
            today=world.clock().date(), now=world.clock(),
        )  # fmt: skip
        await access.grant_role(
            db, community=world.community, party=joris.id, kind="worker", area=world.south,
            starts_on=world.clock().date(), ends_on=None, by=None, now=world.clock(),
        )  # fmt: skip
    assert (await bare(await zoe.browser(), path))[0] == 404
    assert "Breit elke dag." in (await (await joris.browser()).page(path)).text
    await run_for(world, 1)
    found = await signal_of(world, bep)
    assert found is not None and found.owner_id == joris.id


async def test_a_yes_taken_back_empties_list_and_page_at_once(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    bep = await raised(world, "Bep Molenaar")
    await spoke(world, samira, bep, words="Breit elke dag.")
    browser = await samira.browser()
    assert "Breit" in (await browser.page(f"/worklist/parties/{bep.id}")).text
    await answer(world, bep, "no")
    page = await browser.page("/worklist?show=all")
    assert "Bep Molenaar bellen" not in page.text, "her two needs still wait for a reply"
    page = await browser.page(f"/worklist/parties/{bep.id}")
    assert (
        "Breit" not in page.text
        and "zei niet dat wij mogen bellen" in page.text
        and "reden om te praten" not in page.text
    )


async def test_a_signal_goes_from_plan_to_the_end(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    bep = await raised(world, "Bep Molenaar")
    await spoke(world, samira, bep)
    found = await signal_of(world, bep)
    assert found is not None
    browser = await samira.browser()
    page = await browser.page(f"/signals/{found.id}/plan")
    page = await browser.submit(page, "/plan", plan="introduce", next_choice="2")
    assert "Iemand leren kennen" in page.text
    page = await browser.page(f"/signals/{found.id}/snooze")
    page = await browser.submit(page, "/snooze", until_choice="4")
    assert "Komt terug op" in page.text
    assert "Bep Molenaar weer bellen" not in (await browser.page("/worklist")).text
    world.clock.move(days=29)
    browser = await samira.browser()
    assert "Bep Molenaar weer bellen" in (await browser.page("/worklist")).text
    page = await browser.page(f"/signals/{found.id}/closing")
    page = await browser.submit(page, "/closing", outcome="prefers")
    assert "Vindt het zo goed." in page.text
    assert (await bare(browser, f"/signals/{found.id}/closing"))[0] == 409
    assert await run_for(world, 20) == 0, "it does not come straight back"


async def test_who_knows_her_hands_over_and_sees_nothing_any_more(world: World) -> None:
    samira, joris = await world.worker("Samira Bouali"), await world.worker("Joris Blom")
    bep = await raised(world, "Bep Molenaar")
    found = await signal_of(world, bep)
    assert found is not None
    owner, other = (samira, joris) if found.owner_id == samira.id else (joris, samira)
    browser = await owner.browser()
    page = await browser.page(f"/signals/{found.id}/owner")
    page = await browser.submit(page, "/owner", to=str(other.id), aside="1")
    assert "Bep" not in (await browser.page("/worklist?show=all")).text
    assert (await bare(browser, f"/worklist/parties/{bep.id}"))[0] == 404
    assert "Ligt bij u" in (await (await other.browser()).page("/worklist")).text
