"""'Klopt niet', 'nu niet', 'nooit meer': obeyed at once, taken back where that is possible; and what the
member reads is what the rule sees."""

from datetime import timedelta

import pytest

from tests.makers_posts import need
from tests.makers_signals import met, raised, rows_about, run, run_for, signal_of, spoke
from tests.world import Browser, Member, World
from timebank.kernel.dates import local_date

pytestmark = pytest.mark.anyio

KEPT = (
    "signal",
    "signal_score",
    "checkin",
    "signal_mute",
    "signal_chance",
    "signal_told",
    "contact",
)


async def kept_of(world: World, member: Member) -> dict[str, int]:
    """Rows of care data about a member, by table; without the empty ones."""
    found = {
        table: await world.owner.fetchval(
            f"select count(*) from {table} where community_id = $1 and party_id = $2",
            world.community, member.id,
        )
        for table in KEPT
    }  # fmt: skip
    return {table: count for table, count in found.items() if count}


async def not_now(browser: Browser) -> str:
    page = await browser.page("/parties/me/views")
    return (await browser.submit(page, "/parties/me/objection")).html


async def test_the_reasons_of_today_are_there_before_any_run(world: World) -> None:
    await world.worker("Samira Bouali")
    bep = await raised(world, "Bep Molenaar")
    await met(world, await world.member("Riet Smit"), bep)
    page = await (await bep.browser()).page("/parties/me/views")
    stored, live = page.text.split("Zo zien wij het vandaag")
    assert "Het laatste jaar geen contact" in stored and "met één buur" not in stored
    assert "In drie maanden contact met één buur." in live
    assert "Dit ligt bij Samira Bouali" in page.text and "Nog niet gebeld." in page.text
    assert "versie 2" in page.text


async def test_who_is_looked_at_without_a_signal_reads_what_is_seen(world: World) -> None:
    anna = await world.member("Anna de Vries", consent="yes")
    world.clock.move(days=60)
    page = await (await anna.browser()).page("/parties/me/views")
    assert "Het is nu geen reden om u te bellen." in page.text
    assert "Het laatste jaar geen contact met buren via een afspraak." in page.text
    assert await kept_of(world, anna) == {}, "looking keeps nothing"


async def test_who_is_not_looked_at_reads_why(world: World) -> None:
    year = world.clock().year
    people = {
        "U zei niet dat wij mogen bellen": await world.member("Nee Nora"),
        "De eerste zes weken": await world.member("Nieuwe Nel", consent="yes"),
        "alleen naar volwassenen": await world.member(
            "Jonge Job", consent="yes", birth_year=year - 18
        ),
        "U werkt hier": await world.worker("Samira Bouali", consent="yes"),
    }
    for sentence, member in people.items():
        page = await (await member.browser()).page("/parties/me/views")
        assert sentence in page.text, member.full_name


async def test_not_right_ends_it_for_half_a_year_and_her_words_reach_the_worker(
    world: World,
) -> None:
    samira = await world.worker("Samira Bouali")
    bep = await raised(world, "Bep Molenaar")
    tomorrow = local_date(world.clock()) + timedelta(days=9)
    await spoke(world, samira, bep, follow_up_on=tomorrow)
    browser = await bep.browser()
    page = await browser.page("/parties/me/objection")
    page = await browser.submit(page, "/parties/me/objection", words="Mijn zus komt elke dag.")
    assert "een half jaar niet over" in page.html
    found = await signal_of(world, bep)
    assert found is not None and (found.state, found.owner_id) == ("objected", None)
    kind, owner, words = await world.owner.fetchrow(
        "select t.kind, t.owner_id, w.words from signal_told t join signal_told_words w"
        " on w.told_id = t.id where t.community_id = $1", world.community,
    )  # fmt: skip
    assert (kind, owner, words) == ("not_right", samira.id, "Mijn zus komt elke dag.")
    person = await (await samira.browser()).page(f"/worklist/parties/{bep.id}")
    assert "Zei zelf: nu niet, of dit klopt niet." in person.text
    world.clock.move(days=90)
    await need(world, bep, "Wie leest voor?")
    await need(world, bep, "Wie kookt er mee?")
    assert await run_for(world, 91) == 0
    assert await run_for(world, 12) == 1, "half a year is over"


async def test_not_now_is_one_press_and_can_be_taken_back(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    bep = await raised(world, "Bep Molenaar")
    browser = await bep.browser()
    assert "Wij bellen u hier een half jaar niet over." in await not_now(browser)
    page = await browser.page("/parties/me/views")
    assert "Nu niet. U zei op" in page.text and "Waarom wij aan u denken" not in page.text
    await browser.submit(page, "/objection/end")
    found = await signal_of(world, bep)
    assert found is not None and (found.state, found.owner_id) == ("raised", samira.id)
    assert (await kept_of(world, bep)).get("signal_mute") is None
    assert "Zei: toch wel." in (await browser.page("/parties/me/views")).text
    assert await run(world) == 0


async def test_who_asks_herself_is_heard_in_spite_of_a_not_now(world: World) -> None:
    await world.worker("Samira Bouali")
    bep = await raised(world, "Bep Molenaar")
    browser = await bep.browser()
    await not_now(browser)
    page = await browser.page("/checkins/new")
    await browser.submit(page, "/checkins", talks="0", wants="yes")
    found = await signal_of(world, bep)
    assert found is not None and (found.state, found.lane) == ("raised", "asks")


async def test_never_again_asks_once_and_erases_all_of_it(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    bep = await raised(world, "Bep Molenaar")
    await spoke(world, samira, bep)
    browser = await bep.browser()
    page = await browser.page("/checkins/new")
    await browser.submit(page, "/checkins", talks="1", wants="unsure")
    page = await browser.page("/parties/me/objection")
    await browser.submit(page, "/parties/me/objection", words="Dit wil ik niet.")
    assert set(await kept_of(world, bep)) == {
        "signal", "signal_score", "checkin", "signal_mute", "signal_told", "contact",
    }  # fmt: skip
    page = await browser.page("/parties/me/views/end")
    assert "Terughalen kan niet." in page.text
    await browser.submit(page, "/parties/me/consents")
    assert await kept_of(world, bep) == {}
    words = await world.owner.fetchval(
        "select count(*) from signal_told_words where community_id = $1", world.community
    )
    assert words == 0
    assert "Wij kijken dus niet" in (await browser.page("/parties/me/views")).text


async def test_without_a_yes_an_objection_keeps_nothing(world: World) -> None:
    nora = await world.member("Nee Nora", consent="yes")
    browser = await nora.browser()
    page = await browser.page("/parties/me/objection")
    await world.owner.execute("delete from consent where community_id = $1", world.community)
    await browser.submit(page, "/parties/me/objection", status=409, words="x")
    assert await kept_of(world, nora) == {}


async def test_r8_the_run_tells_nobody_anything(world: World) -> None:
    """A signal is for a worker to look at; no notice, no mail, no letter comes of it."""
    await world.worker("Samira Bouali", email="s@example.org", reachable_by="email")
    told = "select (select count(*) from notice) + (select count(*) from outbox)"
    before = await world.owner.fetchval(told)
    bep = await raised(world, "Bep Molenaar", email="b@example.org", reachable_by="email")
    assert (await rows_about(world, bep))["signal"] == 1
    assert await world.owner.fetchval(told) == before
