"""What a member prints about themselves: nobody else gets it, and it says no more than the page."""

from datetime import timedelta

import pytest

from tests import makers_exchanges as talks
from tests.makers_membership import act_for, send
from tests.makers_posts import need
from tests.world import World
from timebank import membership
from timebank.kernel.dates import local_date

pytestmark = pytest.mark.anyio


async def test_a_poster_is_of_ones_own_open_post_and_names_nobody(world: World) -> None:
    anna = await world.member("Anna de Vries", phone="06 55500123", phone_key="+31655500123")
    bram = await world.member("Bram Bakker")
    post = await need(world, anna, "Wie helpt mij met de tuin?")
    browser = await anna.browser()
    page = await browser.page(f"/print/posts/{post}")
    sheet = page.html.partition("<article")[2].partition("</article>")[0]
    assert sheet.count("Wie helpt mij met de tuin?") == 9
    assert "Anna" not in sheet and "55500123" not in sheet and anna.number not in sheet
    await (await bram.browser()).page(f"/print/posts/{post}", status=404)
    await send(browser, f"/posts/{post}", "/withdrawal")
    await browser.page(f"/print/posts/{post}", status=404)


async def test_an_appointment_card_is_for_the_two_whose_appointment_it_is(world: World) -> None:
    anna = await world.member("Anna de Vries")
    bram = await world.member("Bram Bakker", phone="06 55500999", phone_key="+31655500999")
    samira = await world.worker("Samira Bouali")
    planned = await talks.planned(world, anna, bram, "De heg snoeien")
    talking = await talks.talk(world, anna, bram, "Een lamp ophangen")
    browser = await anna.browser()
    card = (await browser.page(f"/print/exchanges/{planned}")).html
    assert "De heg snoeien" in card and "06 55500999" in card and "Bakker" not in card
    await browser.page(f"/print/exchanges/{talking}", status=404)
    for other in (samira, await world.member("Carla Smit")):
        await (await other.browser()).page(f"/print/exchanges/{planned}", status=404)


async def test_my_week_ends_after_seven_days(world: World) -> None:
    anna, bram = await world.member("Anna de Vries"), await world.member("Bram Bakker")
    await talks.planned(world, anna, bram, "De heg snoeien")
    day = await world.owner.fetchval(
        "select planned_on from exchange where community_id = $1", world.community
    )
    browser = await anna.browser()
    for days, shown in ((6, True), (9, False)):
        await world.owner.execute(
            "update exchange set planned_on = $2 where community_id = $1",
            world.community, local_date(world.clock()) + timedelta(days=days),
        )  # fmt: skip
        assert day is not None
        page = await browser.page("/print/week")
        assert ("De heg snoeien" in page.html) is shown, days


async def test_a_receipt_is_of_a_line_of_ones_own_statement(world: World) -> None:
    anna, bram = await world.member("Anna de Vries"), await world.member("Bram Bakker")
    await talks.confirmed(world, anna, bram, minutes=90)
    browser = await anna.browser()
    assert "1 uur en 30 minuten" in (await browser.page("/print/receipt?line=2")).html
    assert "/print/receipt?line=2" in (await browser.page("/hours")).html
    for line in ("", "?line=0", "?line=99", "?line=-1", "?line=99999999999"):
        await browser.page(f"/print/receipt{line}", status=404)
    bare = await (await world.member("Carla Smit")).browser()
    await bare.page("/print/receipt?line=2", status=404)


async def test_who_stops_gets_a_letter_about_it_and_nobody_else(world: World) -> None:
    anna = await world.member("Anna de Vries", street="Rijnlaan 1", postcode="3522 BN")
    browser = await anna.browser()
    await browser.page("/print/leaving", status=404)
    async with world.transaction() as db:
        await membership.leave(
            db, community=world.community, party=anna.id, by=anna.id, now=world.clock()
        )
    letter = (await browser.page("/print/leaving")).html
    assert "Rijnlaan 1" in letter and "kunt u terug" in letter
    assert "/print/leaving" in (await browser.page("/parties/me/leaving")).html


async def test_a_code_on_paper_says_the_whole_address(world: World) -> None:
    samira, anna = await world.worker("Samira Bouali"), await world.member("Anna de Vries")
    browser = await samira.browser()
    page = await browser.submit(await browser.page(f"/parties/{anna.id}/admin"), "/code")
    assert f"http://127.0.0.1:8000/{world.slug}/code" in page.html


async def test_help_on_paper_folds_nothing_away(world: World) -> None:
    visitor = world.browser()
    paper, screen = await visitor.page("/print/help"), await visitor.page("/help")
    assert paper.html.count("<dt>") == screen.html.count("<summary>") == 10
    assert "<details" not in paper.html


async def test_what_a_worker_prints_in_somebodys_name_stands_in_that_log(world: World) -> None:
    samira, anna = await world.worker("Samira Bouali"), await world.member("Anna de Vries")
    browser = await act_for(samira, anna)
    for path in ("/print/week", "/print/posts", "/print/receipt?line=1"):
        await browser.page(path)
    acts = await world.owner.fetch(
        "select actor_id, on_behalf_of_id from audit_entry where community_id = $1"
        " and act = 'paper.printed' and subject_id = $2", world.community, anna.id,
    )  # fmt: skip
    assert [tuple(row) for row in acts] == [(samira.id, anna.id)] * 3
    own = await anna.browser()
    await own.page("/print/week")
    assert len(acts) == await world.owner.fetchval(
        "select count(*) from audit_entry where community_id = $1 and act = 'paper.printed'",
        world.community,
    )
