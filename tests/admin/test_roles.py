"""Taken: given with proof, told to all, ended at once; the last admin stays (P5)."""

import asyncio
from typing import Any

import pytest

from tests import makers_moderation
from tests.world import PASSWORD, Browser, Member, World
from timebank import notices
from timebank.kernel.ids import new_id

pytestmark = pytest.mark.anyio


async def _roles(world: World, member: Member) -> list[Any]:
    found: list[Any] = await world.owner.fetch(
        "select id, kind, area_id, starts_on, ends_on from role"
        " where community_id = $1 and party_id = $2 order by id",
        world.community, member.id,
    )  # fmt: skip
    return found


async def _told(world: World, member: Member) -> list[str]:
    async with world.transaction() as db:
        lines = await notices.unread(db, community=world.community, party=member.id)
    return [line.sentence for line in lines]


async def _end(browser: Browser, role: Any, status: int | None = None) -> Any:
    page = await browser.page(f"/roles/{role['id']}/end")
    return await browser.submit(page, "/end", status=status)


async def test_a_task_is_given_after_a_look_at_who_it_is_and_told_to_all(world: World) -> None:
    ada, bea = await world.admin("Ada Beheer"), await world.admin("Bea Baas")
    joris = await world.worker("Joris Vink", world.south)
    fatima = await world.worker("Fatima Bakir")
    anna = await world.member("Anna de Vries")
    hers = await anna.browser()
    browser = await ada.browser()
    page = await browser.page("/roles/new")
    check = await browser.submit(
        page, "/roles", number=anna.number, kind="worker", area=str(world.north),
        ends_on_choice="other", ends_on_day="31", ends_on_month="12", ends_on_year="2026",
    )  # fmt: skip
    assert "Anna de Vries" in check.text and "donderdag 31 december 2026" in check.text
    assert await _roles(world, anna) == []
    done = await browser.submit(check)
    assert "Anna de Vries" in done.text
    [role] = await _roles(world, anna)
    assert (role["kind"], role["area_id"], str(role["ends_on"])) == (
        "worker", world.north, "2026-12-31",
    )  # fmt: skip
    for colleague in (bea, fatima):
        assert await _told(world, colleague) == [
            "Anna is nu uw collega en helpt buren. Ada regelde dat."
        ]
    assert await _told(world, joris) == [] and await _told(world, ada) == []
    assert len(await _told(world, anna)) == 1
    assert (await hers.page("/")).h1 != "Dag Anna"  # her long session is over
    again = await browser.submit(check)
    assert "al gedaan" in again.text and len(await _roles(world, anna)) == 1


async def test_the_password_comes_first_and_what_was_typed_comes_back(world: World) -> None:
    ada, anna = await world.admin("Ada Beheer", password=True), await world.member("Anna de Vries")
    browser = await ada.browser()
    page = await browser.page("/roles/new")
    world.clock.move(minutes=11)
    proof = await browser.submit(page, "/roles", number=anna.number, kind="admin")
    assert proof.h1 == "Bent u het echt?"
    assert await _roles(world, anna) == []
    back = await browser.submit(proof, password=PASSWORD)
    assert back.h1 == "Geef iemand een taak"
    data = back.form("/roles").data
    assert data["number"] == anna.number and data["kind"] == "admin"
    check = await browser.submit(back, "/roles")
    await browser.submit(check)
    assert [role["kind"] for role in await _roles(world, anna)] == ["admin"]
    world.clock.move(minutes=11)
    [role] = await _roles(world, anna)
    asked = await _end(browser, role)
    assert asked.h1 == "Bent u het echt?"
    assert (await _roles(world, anna))[0]["ends_on"] is None


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"number": "abc", "kind": "admin"}, "number"),
        ({"number": "", "kind": "admin"}, "number"),
        ({"kind": "worker"}, "area"),
        ({"kind": "chef"}, "kind"),
        ({"kind": "worker", "area": str(new_id())}, "area"),
        ({"kind": "admin", "ends_on_choice": "other", "ends_on_day": "1",
          "ends_on_month": "3", "ends_on_year": "2026"}, "ends_on"),
    ],
)  # fmt: skip
async def test_what_is_wrong_is_said_and_what_was_typed_stays(
    world: World, fields: dict[str, str], wrong: str
) -> None:
    ada, anna = await world.admin("Ada Beheer"), await world.member("Anna de Vries")
    browser = await ada.browser()
    page = await browser.page("/roles/new")
    typed = {"number": anna.number, "kind": "admin"} | fields
    answer = await browser.submit(page, "/roles", status=422, **typed)
    assert f'id="{wrong}-error"' in answer.html
    assert answer.form("/roles").data["number"] == typed["number"]
    assert await _roles(world, anna) == []


async def test_an_applicant_gets_no_task_and_the_same_task_is_not_given_twice(
    world: World,
) -> None:
    ada, fatima = await world.admin("Ada Beheer"), await world.worker("Fatima Bakir")
    browser = await ada.browser()
    sends = []
    for _n in range(5):
        page = await browser.page("/roles/new")
        check = await browser.submit(page, "/roles", number=fatima.number, kind="admin")
        sends.append(check.form("/roles"))
    answers = await asyncio.gather(*(browser.post(f.action, data=f.data) for f in sends))
    assert sorted(a.status_code for a in answers) == [303] + [409] * 4
    assert len(await _roles(world, fatima)) == 2


@pytest.mark.parametrize("who", ["member", "worker", "stranger"])
async def test_the_desks_of_the_admin_are_not_there_for_others(world: World, who: str) -> None:
    ada = await world.admin("Ada Beheer")
    [role] = await _roles(world, ada)
    paths = ["/admin", "/roles", "/roles/new", f"/roles/{role['id']}/end", "/jobs", "/audit",
             "/community/edit", "/community/colour", "/community/hours", "/community/words",
             "/community/periods", "/community/welcome"]  # fmt: skip
    if who == "stranger":
        for path in paths:
            assert (await world.browser().page(path)).h1 == "Inloggen"
        return
    member = await (world.member if who == "member" else world.worker)("Anna de Vries")
    browser = await member.browser()
    for path in paths:
        await browser.page(path, status=404)


async def test_an_ended_task_is_gone_at_once_with_its_sessions_and_its_work(world: World) -> None:
    ada, fatima = await world.admin("Ada Beheer"), await world.worker("Fatima Bakir")
    anna, piet = await world.member("Anna de Vries"), await world.member("Piet Smit")
    await makers_moderation.report(world, anna, "party", piet.id)
    hers = await fatima.browser()
    await hers.page("/reports")
    [role] = await _roles(world, fatima)
    done = await _end(await ada.browser(), role)
    assert "voorbij" in done.text and "Fatima" not in done.text
    page = await hers.page("/reports")
    assert page.h1 == "Inloggen"
    again = await fatima.browser()
    await again.page("/reports", status=404)
    [report] = await makers_moderation.reports(world)
    assert report["owner_id"] == ada.id
    assert await _told(world, fatima) == ["Uw taak is voorbij. Dank u voor wat u deed."]
    await (await ada.browser()).page(f"/roles/{role['id']}/end", status=404)


async def test_p5_the_last_admin_cannot_go(world: World) -> None:
    ada = await world.admin("Ada Beheer")
    [role] = await _roles(world, ada)
    browser = await ada.browser()
    refused = await _end(browser, role, status=409)
    assert "enige beheerder" in refused.errors()[0]
    assert (await browser.page("/roles")).h1 == "Taken"


async def test_p5_of_two_last_admins_who_go_at_the_same_time_one_stays(world: World) -> None:
    """P5: also when each ends the other's task."""
    for crossed in (False, True):
        other = await make_two(world)
        sends = []
        for mine, theirs in (other, other[::-1]):
            browser = await mine.browser()
            [role] = await _running(world, theirs if crossed else mine)
            page = await browser.page(f"/roles/{role['id']}/end")
            sends.append((browser, page.form("/end")))
        answers = await asyncio.gather(*(b.post(f.action, data=f.data) for b, f in sends))
        done = [a for a in answers if "/roles?said" in a.headers.get("location", "")]
        assert len(done) == 1, crossed  # the other is refused, or has no session any more
        left = await world.owner.fetchval(
            "select count(*) from role where community_id = $1 and kind = 'admin'"
            " and ends_on is null",
            world.community,
        )
        assert left == 1
        await world.owner.execute(
            "update role set ends_on = starts_on where community_id = $1", world.community
        )
        world.clock.move(days=1)


async def make_two(world: World) -> tuple[Member, Member]:
    return await world.admin("Ada Beheer"), await world.admin("Bea Baas")


async def _running(world: World, member: Member) -> list[Any]:
    return [role for role in await _roles(world, member) if role["ends_on"] is None]
