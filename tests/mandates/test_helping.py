"""A member chooses a helper: what the helper may, what stays closed, and how it ends."""

import pytest

from tests import makers_exchanges as talks
from tests.makers_mandates import helper_of, helps, told
from tests.makers_membership import act_for, press, send, suspend
from tests.makers_posts import need
from tests.world import World
from timebank.app import COMMUNITY_ROUTES
from timebank.web.policy import HELPER, OWN_HAND, may_go
from timebank.web.viewer import POWERS

pytestmark = pytest.mark.anyio


async def test_a_member_chooses_by_number_looks_once_more_and_it_begins_a_day_later(
    world: World,
) -> None:
    mother, anna = await world.member("Bep Molenaar"), await world.member("Anna Molenaar")
    browser = await mother.browser()
    page = await browser.page("/mandates/new")
    check = await browser.submit(
        page, "/mandates", number=anna.number, powers=["confirm", "give"], most_choice="120"
    )
    assert "Anna Molenaar" in check.text and "hooguit 2 uur in dertig dagen" in check.text
    done = await browser.submit(check, "/mandates")
    assert "Laat Anna stoppen" in done.text
    assert await told(world, mother) == ["helper_chosen"]
    assert await told(world, anna) == ["helping_asked"]
    hers = await anna.browser()
    waiting = await hers.page("/mandates")
    assert "Dat begint" in waiting.text
    mandate = await world.owner.fetchval("select id from mandate where party_id = $1", mother.id)
    assert await press(hers, f"/mandates/{mandate}/acting") == 404
    world.clock.move(days=1, minutes=1)
    hers = await anna.browser()
    start = await hers.page("/")
    assert "U helpt Bep Molenaar." in start.text
    acting = await hers.submit(start, "/acting")
    assert "U handelt nu voor Bep, nummer" in acting.html.replace(
        '<bdi translate="no">Bep</bdi>', "Bep"
    )


async def test_a_wrong_number_a_blocked_or_a_hidden_neighbour_reads_the_same(world: World) -> None:
    mother, rob = await world.member("Bep Molenaar"), await world.member("Rob Kwaad")
    hidden = await world.member("Hes Dijk")
    await send(await mother.browser(), f"/parties/{rob.id}/block", "/block")
    await send(await hidden.browser(), "/parties/me", "/settings", hidden="1")
    for number in ("99999", rob.number, hidden.number, mother.number):
        page = await send(
            await mother.browser(), "/mandates/new", "/mandates", status=422, number=number
        )
        assert "Met dit nummer lukt het niet" in page.text


@pytest.mark.parametrize("power", POWERS)
async def test_each_power_opens_its_own_routes_and_nothing_else(world: World, power: str) -> None:
    mother, anna = await world.member("Bep Molenaar"), await world.member("Anna Molenaar")
    bram = await world.member("Bram Bakker")
    id_ = await talks.done(world, mother, bram)
    browser = await helps(anna, await helper_of(world, mother, anna, power))
    opened = {
        "exchanges.show": f"/exchanges/{id_}", "exchanges.propose": f"/exchanges/{id_}/proposals/new",
        "exchanges.show_confirm": f"/exchanges/{id_}/confirmation", "posts.new": "/posts/new",
        "hours.give": "/hours/transfers/new", "hours.mine": "/hours",
        "parties.me": "/parties/me", "signals.views": "/parties/me/views",
        "introductions.wish": "/introductions/wish", "parties.list": "/parties",
        "mandates.new": "/mandates/new", "mandates.mine": "/mandates", "gatherings.list": "/gatherings",
    }  # fmt: skip
    for route, path in opened.items():
        may = HELPER.get(route) in ("see", power)
        answer = await browser.get(f"/{world.slug}{path}")
        assert (answer.status_code != 404) == may, (route, answer.status_code)
    talk = (await browser.page(f"/exchanges/{id_}")).text
    assert ("Dag, ik help graag." in talk) == (power == "agree")
    assert ("Ja, dat klopt" in talk) == (power == "confirm")


def test_what_is_not_in_the_table_of_helpers_is_not_for_a_helper() -> None:
    """Closed by default: a new route is for no helper until it stands in the table."""
    names = {str(route.name) for route in COMMUNITY_ROUTES}
    assert set(HELPER) | OWN_HAND <= names
    care = {"parties.me", "signals.views", "signals.consent", "parties.settings", "membership.change",
            "membership.block", "introductions.mine", "own_file.show", "mandates.choose",
            "mandates.end", "reports.create"}  # fmt: skip
    assert not care & set(HELPER)
    assert may_go(None, "posts.create")


async def test_the_mothers_log_says_what_her_daughter_did_and_nothing_counts_as_hers(
    world: World,
) -> None:
    mother, anna = await world.member("Bep Molenaar"), await world.member("Anna Molenaar")
    bram = await world.member("Bram Bakker")
    id_ = await talks.done(world, mother, bram)
    mandate = await helper_of(world, mother, anna, "confirm")
    browser = await helps(anna, mandate)
    await send(browser, f"/exchanges/{id_}/confirmation", "/confirmation")
    log = (await (await mother.browser()).page("/parties/me/views")).text
    assert "Anna Molenaar, helper Zei dat de tijd klopt. De tijd is geboekt." in log
    assert await talks.balances(world, mother, bram, anna) == [240, 360, 300]
    opened = await world.owner.fetchval(
        "select count(*) from audit_entry where subject_id = $1 and act = 'session.opened'"
        " and actor_id <> $1", mother.id,
    )  # fmt: skip
    assert opened == 0


async def test_ended_by_either_it_is_over_at_the_next_click(world: World) -> None:
    mother, anna = await world.member("Bep Molenaar"), await world.member("Anna Molenaar")
    id_ = await talks.done(world, mother, await world.member("Bram Bakker"))
    for who in (mother, anna):
        mandate = await helper_of(world, mother, anna)
        browser = await helps(anna, mandate)
        path = "/parties/me" if who is mother else "/mandates"
        await send(await who.browser(), path, f"{mandate}/end")
        answer = await browser.get(f"/{world.slug}/exchanges/{id_}")
        assert answer.status_code == 303 and "/session?" in answer.headers["location"]
        await (await anna.browser()).page(f"/exchanges/{id_}", status=404)
        assert await press(await anna.browser(), f"/mandates/{mandate}/acting") == 404
    assert (await told(world, mother)).count("helper_ended") == 1
    assert (await told(world, anna)).count("helping_ended") == 1


@pytest.mark.parametrize("how", ["blocked", "suspended", "blocked by the helper", "left"])
async def test_a_helper_who_is_blocked_or_goes_loses_it_at_once(world: World, how: str) -> None:
    mother, anna = await world.member("Bep Molenaar"), await world.member("Anna Molenaar")
    joris = await world.admin("Joris Smit")
    mandate = await helper_of(world, mother, anna)
    browser = await helps(anna, mandate)
    if how == "suspended":
        await suspend(world, joris, anna)
    elif how == "left":
        await send(await joris.browser(), f"/parties/{anna.id}/death/new", "/death")
    else:
        one, other = (mother, anna) if how == "blocked" else (anna, mother)
        await send(await one.browser(), f"/parties/{other.id}/block", "/block")
    answer = await browser.get(f"/{world.slug}/exchanges")
    assert answer.status_code == 303 and "/session?" in answer.headers["location"]
    ended = await world.owner.fetchval("select ended_because from mandate where id = $1", mandate)
    assert ended == ("blocked" if how.startswith("blocked") else "gone")


async def test_a_worker_writes_it_down_by_phone_and_never_chooses_herself(world: World) -> None:
    samira, bep = (
        await world.worker("Samira Bouali"),
        await world.member(
            "Bep Molenaar", reachable_by="phone", phone="06 55500111", phone_key="+31655500111"
        ),
    )
    anna = await world.member("Anna Molenaar")
    browser = await act_for(samira, bep)
    page = await send(browser, "/mandates/new", "/mandates", status=422, number=samira.number)
    assert "Uzelf kunt u niet kiezen" in page.text
    page = await send(browser, "/mandates/new", "/mandates", number=anna.number, powers="agree",
                      way="phone")  # fmt: skip
    await browser.submit(page, "/mandates")
    found = await world.owner.fetchrow("select * from mandate where party_id = $1", bep.id)
    assert (found["way"], found["entered_by_id"]) == ("phone", samira.id)
    assert "Bep" in (await (await samira.browser()).page("/worklist")).text
    log = (await (await bep.browser()).page("/parties/me/views")).text
    assert "Samira Bouali, buurtwerker Schreef op wie u mag helpen." in log


async def test_three_helpers_and_three_who_are_helped_is_the_most(world: World) -> None:
    anna, fourth = await world.member("Anna Molenaar"), await world.member("Dora Kok")
    mothers = [await world.member(f"Bep Molenaar{letter}") for letter in "abcd"]
    for mother in mothers[:3]:
        await helper_of(world, mother, anna)
    browser = await mothers[3].browser()
    page = await send(browser, "/mandates/new", "/mandates", number=anna.number)
    page = await browser.submit(page, "/mandates", status=422)
    assert "helpt al drie anderen" in page.text
    for other in [await world.member(f"Cor Vos{letter}") for letter in "ab"]:
        await helper_of(world, mothers[0], other)
    browser = await mothers[0].browser()
    page = await send(browser, "/mandates/new", "/mandates", number=fourth.number)
    page = await browser.submit(page, "/mandates", status=409)
    assert "Meer dan drie helpers kan niet" in page.text


async def test_a_helper_publishes_in_the_members_name_alone(world: World) -> None:
    mother, anna = await world.member("Bep Molenaar"), await world.member("Anna Molenaar")
    browser = await helps(anna, await helper_of(world, mother, anna, "post"))
    await send(browser, "/posts/new?direction=need", "/posts", title="Wie leest mij voor?")
    found = await world.owner.fetchrow(
        "select by_id, entered_by_id from post where community_id = $1", world.community
    )
    assert tuple(found) == (mother.id, anna.id)
    assert await need(world, mother, "Tuin") is not None
