"""Who may change how somebody stands; two who do at once; and a death."""

import asyncio

import pytest

from tests import makers_exchanges, makers_posts
from tests.makers_membership import press, send, state_of
from tests.membership.standing import balance, exchange, post_states
from tests.world import Member, World
from timebank import posts

pytestmark = pytest.mark.anyio

WRITES = ("suspension", "suspension/end", "suspension/answer", "pause", "death", "leaving/end",
          "code", "acting-for", "told")  # fmt: skip


@pytest.mark.parametrize("role", ["member", "worker elsewhere"])
async def test_who_does_not_look_after_somebody_finds_no_page_and_no_verb(
    world: World, role: str
) -> None:
    piet = await world.member("Piet Klok")
    who = await world.member("Wil Jansen") if role == "member" else await world.worker(
        "Sam Zuid", world.south
    )  # fmt: skip
    browser = await who.browser()
    for page in ("admin", "suspension/new", "pause/new", "death/new"):
        await browser.page(f"/parties/{piet.id}/{page}", status=404)
    for verb in WRITES:
        status = await press(browser, f"/parties/{piet.id}/{verb}", words="Nee")
        assert status == 404, verb
    assert await state_of(world, piet.id) == "active"


async def test_a_worker_does_not_suspend_and_an_admin_does_not_act_for_somebody(
    world: World,
) -> None:
    fatima, ada = await world.worker("Fatima Bouali"), await world.admin("Ada Zaak")
    piet = await world.member("Piet Klok")
    browser = await fatima.browser()
    await browser.page(f"/parties/{piet.id}/suspension/new", status=404)
    for verb in ("suspension", "suspension/end", "suspension/answer"):
        assert await press(browser, f"/parties/{piet.id}/{verb}", words="Nee") == 404
    page = await (await ada.browser()).page(f"/parties/{piet.id}/admin")
    assert not any("/acting-for" in form.action for form in page.forms())
    assert await press(await ada.browser(), f"/parties/{piet.id}/acting-for") == 404


async def test_suspending_twice_says_what_changed(world: World) -> None:
    ada, bea = await world.admin("Ada Zaak"), await world.admin("Bea Tweede")
    piet = await world.member("Piet Klok")
    path = f"/parties/{piet.id}/suspension/new"
    one, two = await ada.browser(), await bea.browser()
    pages = [await one.page(path), await two.page(path)]
    forms = [page.form("/suspension") for page in pages]
    answers = await asyncio.gather(
        *(b.post(f.action, data=f.data | {"words": "Rust"})
          for b, f in zip((one, two), forms, strict=True))
    )  # fmt: skip
    assert sorted(a.status_code for a in answers) == [303, 409]
    async with world.transaction() as db:
        assert await db.fetchval("select count(*) from membership_reason") == 1


async def test_the_last_admin_is_not_suspended_and_nobody_suspends_himself(world: World) -> None:
    """P5."""
    ada = await world.admin("Ada Zaak")
    page = await send(
        await ada.browser(), f"/parties/{ada.id}/suspension/new", "/suspension", status=409,
        words="Rust",
    )  # fmt: skip
    assert "Dit bent u zelf" in page.errors()[0]


async def race(world: World, *steps: tuple[Member, str, str, dict[str, str]]) -> list[int]:
    """Everybody sends their form at the same moment; the statuses."""
    sending = []
    for member, path, action, fields in steps:
        browser = await member.browser()
        form = (await browser.page(path)).form(action)
        sending.append(browser.post(form.action, data=form.data | fields))
    return sorted(a.status_code for a in await asyncio.gather(*sending))


@pytest.mark.parametrize("_again", range(4))
async def test_two_admins_who_go_at_once_leave_one_behind(world: World, _again: int) -> None:
    """P5: the second one sees what the first one did."""
    ada, bea = await world.admin("Ada Zaak"), await world.admin("Bea Tweede")
    leave: tuple[str, str, dict[str, str]] = (
        "/parties/me/leaving",
        "/leaving",
        {"choice": "leave"},
    )
    assert await race(world, (ada, *leave), (bea, *leave)) == [303, 409]
    states = {await state_of(world, ada.id), await state_of(world, bea.id)}
    assert states == {"active", "leaving"}


@pytest.mark.parametrize("_again", range(4))
async def test_two_admins_who_suspend_each_other_at_once_leave_one_behind(
    world: World, _again: int
) -> None:
    ada, bea = await world.admin("Ada Zaak"), await world.admin("Bea Tweede")
    steps = [
        (one, f"/parties/{other.id}/suspension/new", "/suspension", {"words": "Weg"})
        for one, other in ((ada, bea), (bea, ada))
    ]
    await race(world, *steps)  # who lost is asked to sign in: they are suspended by now
    states = {await state_of(world, ada.id), await state_of(world, bea.id)}
    assert states == {"active", "suspended"}


async def test_a_death_stops_every_word_and_gives_what_was_open_a_worker(world: World) -> None:
    fatima = await world.worker("Fatima Bouali")
    piet = await world.member("Piet Klok", email="piet@voorbeeld.nl", reachable_by="email")
    ria = await world.member("Ria Vos")
    await makers_posts.offer(world, piet, "Fietsen maken")
    appointment = await makers_exchanges.planned(world, ria, piet)
    browser = await piet.browser()
    page = await send(await fatima.browser(), f"/parties/{piet.id}/death/new", "/death")
    assert "Het is doorgegeven" in page.html and "is overleden" in page.text
    assert await post_states(world, piet) == ["withdrawn"]
    assert (await exchange(world, appointment)).owner_id == fatima.id
    assert (await browser.get(f"/{world.slug}/parties/me")).status_code == 303
    async with world.transaction() as db:
        waiting = await db.fetchval(
            "select count(*) from notice where about_id = $1 and withdrawn_at is null"
            " and read_at is null",
            appointment,
        )
        before = await db.fetchval("select count(*) from notice")
        await posts.warn_and_expire(db, community=world.community, now=world.clock())
        after = await db.fetchval("select count(*) from notice")
    assert waiting == 0 and before == after
    assert await balance(world, piet) == 300
