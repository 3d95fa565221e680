"""A worker acts for a member: what she hears of it, and what one hand may not do."""

import pytest

from tests import makers_exchanges as talks
from tests.makers_membership import a_day_later, act_for, press, send
from tests.makers_posts import need
from tests.world import World
from timebank import exchanges, hours
from timebank.kernel.db import Pool
from timebank.kernel.refusals import Conflict, Invalid
from timebank.kernel.settings import Settings

pytestmark = pytest.mark.anyio


async def test_a_member_on_the_phone_hears_once_what_was_done_for_her_that_day(
    world: World, work_pool: Pool, settings: Settings
) -> None:
    samira = await world.worker("Samira Bouali")
    bep = await world.member("Bep Molenaar", reachable_by="phone", phone="06 55500111",
        phone_key="+31655500111",
    )  # fmt: skip
    bram = await world.member("Bram Bakker")
    wish = await need(world, bram, "Wie leest mij voor?")
    browser = await act_for(samira, bep)
    await send(browser, f"/posts/{wish}/replies/new", "/replies", words="Dag Bram, dat doe ik.")
    await send(browser, "/parties/me", "/parties/me/consents", answer="later")
    await a_day_later(world, work_pool, settings)
    told = await world.owner.fetch(
        "select way, details from notice where community_id = $1 and party_id = $2", world.community,
        bep.id,
    )  # fmt: skip
    assert [row["way"] for row in told] == ["phone"]
    desk = await (await samira.browser()).page("/worklist")
    assert "Samira regelde op" in desk.text
    assert "een bericht aan een buur en uw gegevens. Klopt dat niet? Bel ons dan." in desk.text


async def test_the_log_names_the_hand_for_what_was_done_and_for_reading_along(world: World) -> None:
    samira, bep = await world.worker("Samira Bouali"), await world.member("Bep Molenaar")
    id_ = await talks.talk(world, bep, await world.member("Bram Bakker"))
    browser = await act_for(samira, bep)
    await send(browser, f"/exchanges/{id_}", "/messages", words="Kan het dinsdag?")
    log = (await (await bep.browser()).page("/parties/me/views")).text
    for line in ("Las met u mee in een gesprek.", "Schreef een bericht in een gesprek."):
        assert f"Samira Bouali, buurtwerker {line}" in log


async def test_nobody_stands_on_both_sides_of_an_appointment_or_a_gift(world: World) -> None:
    samira, bep = await world.worker("Samira Bouali"), await world.member("Bep Molenaar")
    planned = await talks.planned(world, bep, samira, on_date=world.clock().date())
    async with world.transaction() as db:
        with pytest.raises(Conflict, match="U hoort hier zelf bij"):
            await exchanges.say_done(
                db, talks.by(world, bep, samira), planned, minutes=60,
                done_on=world.clock().date(), thanks="", now=world.clock(),
            )  # fmt: skip
        with pytest.raises(Invalid) as no:
            await hours.give(
                db, community=world.community, idem="x" * 20, giver=bep.id, to=samira.id,
                minutes=60, booked_by=samira.id, now=world.clock(),
            )  # fmt: skip
    assert "Aan uzelf" in no.value.errors["to"]
    own = await need(world, samira, "Wie zaagt een plank?")
    browser = await act_for(samira, bep)
    assert await press(browser, f"/posts/{own}/replies", words="Ik zaag.") == 409
    assert await press(browser, f"/exchanges/{planned}/messages", words="Tot dan.") == 409


@pytest.mark.parametrize("path", ["/password", "/sessions"])
async def test_the_way_in_is_not_for_another_hand(world: World, path: str) -> None:
    samira, bep = await world.worker("Samira Bouali"), await world.member("Bep Molenaar")
    browser = await act_for(samira, bep)
    await browser.page(path, status=404)
    assert f"{world.slug}{path}" not in str((await browser.page("/parties/me")).links())


async def test_what_a_member_was_told_is_not_read_away_by_another(world: World) -> None:
    samira, bep = await world.worker("Samira Bouali"), await world.member("Bep Molenaar")
    await talks.talk(world, bep, await world.member("Bram Bakker"))
    browser = await act_for(samira, bep)
    home = await browser.page("/")
    assert "Nieuw voor u" in home.text and "Ik heb dit gelezen" not in home.text
    assert await press(browser, "/notices/reading", up_to=str(bep.id)) == 404


async def test_a_form_from_before_acting_began_or_ended_is_asked_about_first(world: World) -> None:
    """Two tabs of one browser: what the one opened is not sent in the name the other took on."""
    samira, bep = await world.worker("Samira Bouali"), await world.member("Bep Molenaar")
    browser = await samira.browser()
    own = await browser.page("/posts/new?direction=need")
    await send(browser, f"/parties/{bep.id}/admin", "/acting-for")
    page = await browser.submit(own, "/posts", status=403, title="Wie leent mij een boormachine?")
    assert "U handelt nu voor Bep. Toen u dit formulier opende, was dat niet zo." in page.text
    assert page.form("/posts").data["title"] == "Wie leent mij een boormachine?"
    hers = await browser.page("/posts/new?direction=need")
    other_tab = await browser.page("/")
    await browser.post(
        f"/{world.slug}/session/acting-for/end", data={"_csrf": hers.form("/posts").data["_csrf"]}
    )
    again = await browser.submit(hers, "/posts", status=403, title="Wie doet mijn boodschappen?")
    assert "U handelt nu voor uzelf." in again.text and other_tab.h1 == "Dag Bep"
    assert await world.owner.fetchval(
        "select count(*) from post where community_id = $1", world.community
    ) == 0  # fmt: skip
    await browser.submit(again, "/posts")
    owner = await world.owner.fetchval(
        "select by_id from post where community_id = $1", world.community
    )
    assert owner == samira.id
