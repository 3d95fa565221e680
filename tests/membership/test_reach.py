"""Row 36, "I am Mrs Jansen": another phone, mail or address waits for a day and is told the old way."""

from typing import Any

import pytest

from tests.makers_exchanges import told
from tests.makers_membership import a_day_later, act_for, outbox, send
from tests.world import Member, World
from timebank import notices, parties
from timebank.kernel.db import Pool
from timebank.kernel.settings import Settings

pytestmark = pytest.mark.anyio
OLD = {"phone": "06 12 34 56 78", "phone_key": "+31612345678"}
NEW = "06 87654321"


async def phone_of(world: World, member: Member) -> str | None:
    async with world.transaction() as db:
        return (await parties.party(db, world.community, member.id)).phone


async def test_a_call_by_somebody_else_turns_nothing_for_a_day_and_the_member_hears_it(
    world: World, work_pool: Pool, settings: Settings
) -> None:
    samira = await world.worker("Samira Bouali")
    jansen = await world.member("Ria Jansen", reachable_by="phone", **OLD)
    browser = await act_for(samira, jansen)
    page = await send(browser, "/parties/me/edit", "/parties/me", phone=NEW)
    if "/session/proof" in page.url:
        pytest.fail("the worker just signed in")
    assert "verandert na een dag" in page.html
    assert await phone_of(world, jansen) == OLD["phone"]
    async with world.transaction() as db:
        [line] = await notices.to_pass_on(db, community=world.community, areas=[world.north])
    assert line.party_id == jansen.id and "op een andere manier te bereiken" in line.sentence
    world.clock.move(hours=23)
    await a_day_later_less_a_day(world, work_pool, settings)
    assert await phone_of(world, jansen) == OLD["phone"]
    await a_day_later(world, work_pool, settings)
    assert await phone_of(world, jansen) == "06 87 65 43 21"
    assert await told(world, jansen) == ["reach_held", "reach_changed"]


async def a_day_later_less_a_day(world: World, work_pool: Pool, settings: Settings) -> None:
    """What waits now is done, at this very moment."""
    world.clock.move(days=-1, minutes=-1)
    await a_day_later(world, work_pool, settings)


@pytest.mark.parametrize(
    "changed",
    [
        {"phone": NEW}, {"phone": ""}, {"email": "nieuw@example.org"}, {"street": "Dorpsweg 1"},
        {"postcode": "3581 AB"}, {"reach_words": "Bel mijn zoon"},
        {"reachable_by": "via_someone", "reach_words": "Via mijn zoon"},
    ],
    ids=lambda fields: "-".join(fields),
)  # fmt: skip
async def test_whatever_says_how_somebody_is_reached_waits(
    world: World, work_pool: Pool, settings: Settings, changed: dict[str, Any]
) -> None:
    ria = await world.member(
        "Ria Vos", reachable_by="app", email="ria@example.org", street="Maasplein 3", **OLD
    )
    async with world.transaction() as db:
        before = await parties.party(db, world.community, ria.id)
    await send(
        await ria.browser(), "/parties/me/edit", "/parties/me", likes="Soep koken", **changed
    )
    async with world.transaction() as db:
        after = await parties.party(db, world.community, ria.id)
        assert await parties.held(db, world.community, ria.id) is not None
    assert parties.same_reach(before, parties.details_of(after)) and after.likes == "Soep koken"
    assert await told(world, ria) == ["reach_held"]
    assert len(await outbox(world, "mail.moved")) == ("email" in changed)
    assert len(await outbox(world, "notice.mail")) == 1
    await a_day_later(world, work_pool, settings)
    async with world.transaction() as db:
        after = await parties.party(db, world.community, ria.id)
    assert not parties.same_reach(before, parties.details_of(after))


async def test_a_name_alone_waits_for_nothing(world: World) -> None:
    ria = await world.member("Ria Vos", **OLD)
    page = await send(await ria.browser(), "/parties/me/edit", "/parties/me", call_name="Marie")
    assert "na een dag" not in page.html and await told(world, ria) == []
    async with world.transaction() as db:
        assert await parties.held(db, world.community, ria.id) is None


async def test_it_was_not_me_keeps_it_as_it_was(
    world: World, work_pool: Pool, settings: Settings
) -> None:
    ria = await world.member("Ria Vos", **OLD)
    await send(await ria.browser(), "/parties/me/edit", "/parties/me", phone=NEW)
    browser = await ria.browser()
    page = await browser.page("/parties/me")
    assert "06 87 65 43 21" in page.text and OLD["phone"] in page.text
    edit = await browser.page("/parties/me/edit")
    assert edit.form("/parties/me").data["phone"] == "06 87 65 43 21"
    page = await browser.submit(page, "/reach/end")
    assert "Het blijft zoals het was" in page.text
    await a_day_later(world, work_pool, settings)
    assert await phone_of(world, ria) == OLD["phone"]
    assert await told(world, ria) == ["reach_held"]


async def test_a_worker_stops_it_when_the_member_says_so_by_phone(
    world: World, work_pool: Pool, settings: Settings
) -> None:
    samira = await world.worker("Samira Bouali")
    evert = await world.worker("Evert Post", world.south)
    ria = await world.member("Ria Vos", **OLD)
    await send(await ria.browser(), "/parties/me/edit", "/parties/me", phone=NEW)
    await (await evert.browser()).page(f"/parties/{ria.id}/admin", status=404)
    await send(await samira.browser(), f"/parties/{ria.id}/admin", "/reach/end")
    await a_day_later(world, work_pool, settings)
    assert await phone_of(world, ria) == OLD["phone"]


async def test_a_second_change_waits_a_day_of_its_own(
    world: World, work_pool: Pool, settings: Settings
) -> None:
    ria = await world.member("Ria Vos", **OLD)
    await send(await ria.browser(), "/parties/me/edit", "/parties/me", phone=NEW)
    world.clock.move(hours=23)
    await send(await ria.browser(), "/parties/me/edit", "/parties/me", phone="030 1234567")
    world.clock.move(hours=2)
    await a_day_later_less_a_day(world, work_pool, settings)
    assert await phone_of(world, ria) == OLD["phone"]
    await a_day_later(world, work_pool, settings)
    assert await phone_of(world, ria) == "030 123 45 67"


async def test_typing_it_back_as_it_was_takes_it_back(world: World) -> None:
    ria = await world.member("Ria Vos", **OLD)
    for phone in (NEW, OLD["phone"]):
        await send(await ria.browser(), "/parties/me/edit", "/parties/me", phone=phone)
    async with world.transaction() as db:
        assert await parties.held(db, world.community, ria.id) is None


async def test_a_forgotten_password_is_mailed_to_the_old_address_meanwhile(world: World) -> None:
    ria = await world.member("Ria Vos", email="ria@example.org", password=True)
    await send(await ria.browser(), "/parties/me/edit", "/parties/me", email="dief@example.org")
    async with world.transaction() as db:
        assert await parties.by_email(db, world.community, "dief@example.org") == []
        assert await parties.by_email(db, world.community, "ria@example.org") != []
