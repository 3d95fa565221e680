"""Every kind of line: one owner, one date, one step; handed over in one action; said on paper."""

import re
from datetime import timedelta

import pytest

from tests import makers_exchanges as talks
from tests.makers_gatherings import gathering, was_there
from tests.makers_introductions import chosen
from tests.makers_moderation import report
from tests.makers_posts import need
from tests.makers_signals import raised, spoke
from tests.makers_vouchers import asked_on_paper
from tests.world import Browser, Member, World
from timebank import exchanges, notices
from timebank.kernel.dates import local_date

pytestmark = pytest.mark.anyio
KINDS = {
    "signal", "follow_up", "introduction", "notice", "need", "exchange", "repair", "list",
    "applicant", "report", "voucher",
}  # fmt: skip


async def a_full_desk(world: World, samira: Member) -> None:
    """Something of every kind that a worker meets."""
    await raised(world, "Bep Molenaar")
    anna, bram = await world.member("Anna de Vries"), await world.member("Bram Bakker")
    wim = await world.member("Wim Kuipers", reachable_by="phone", phone="06 12 34 56 78",
                             phone_key="0612345678")  # fmt: skip
    await spoke(world, samira, anna, follow_up_on=local_date(world.clock()) + timedelta(days=7))
    riet = await world.member("Riet Smit", consent="yes", place_id=world.square)
    toos = await world.member("Toos Vos", place_id=world.square)
    await chosen(world, samira, riet, toos)
    differ = await talks.done(world, anna, bram, title="Boodschappen doen")
    await talks.disagree(world, differ, anna, minutes=30)
    await talks.disagree(world, differ, bram, minutes=60, round_=2)
    wrong = await talks.confirmed(world, anna, bram, title="Koffie drinken")
    async with world.transaction() as db:
        await exchanges.ask_repair(
            db, talks.by(world, anna), wrong, words="Korter.", now=world.clock()
        )
        await notices.tell(
            db, community=world.community, to=wim.id, kind="pause_over", now=world.clock()
        )
    await report(world, bram, "post", await need(world, anna, "Wie heeft er geld?"))
    await need(world, bram, "Wie leest mij voor?")
    await gathering(world, samira)
    await asked_on_paper(world, riet)
    world.clock.move(days=5)
    await world.applicant("Desta Tesfaye")


async def test_every_kind_of_line_has_an_owner_and_is_handed_over_in_one_action(
    world: World,
) -> None:
    samira = await world.worker("Samira Bouali")
    await a_full_desk(world, samira)
    joris = await world.worker("Joris Blom")
    browser = await samira.browser()
    page = await browser.page("/worklist")
    assert "Nog van niemand" not in page.text
    handed = set()
    for path in set(re.findall(r'href="/[^/]+(/(?:worklist/lines|signals|contacts)/[^"]+/owner)"',
                               page.html)):  # fmt: skip
        form = await browser.page(path)
        await browser.submit(form, "/owner", to=str(joris.id))
        noun, about = path.split("/")[1], path.split("/")[3]
        handed.add({"signals": "signal", "contacts": "follow_up"}.get(noun, about))
    assert handed == KINDS
    other = await joris.browser()
    page = await other.page("/worklist")
    assert page.text.count("Ligt bij u.") >= len(KINDS)


async def test_the_paper_says_what_to_do_for_every_kind_and_never_why(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    await a_full_desk(world, samira)
    page = await (await samira.browser()).page("/worklist/print")
    for said in (
        "Bellen", "Bellen en iets doorgeven", "Hulp zoeken bij een vraag", "Lijst invullen",
        "Een afspraak uitzoeken", "Een melding bekijken", "Kennismaken", "Koffieochtend",
        "Vragen om een buur te ontmoeten",
    ):  # fmt: skip
        assert said in page.text, said
    for hidden in (
        "Molenaar",
        "Vries",
        "ignaal",
        "voor",
        "geld",
        "Boodschappen",
        "zonder antwoord",
    ):
        assert hidden not in page.text.replace("Mijn lijst op papier", "").replace(
            "doorgeven", ""
        ), hidden


async def test_a_need_without_a_reply_waits_and_one_with_a_reply_does_not(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    anna, bram = await world.member("Anna de Vries"), await world.member("Bram Bakker")
    post = await need(world, anna, "Wie leest mij voor?")
    await need(world, anna, "Wie snoeit de heg?")
    browser = await samira.browser()
    assert "Anna" not in (await browser.page("/worklist")).text, "not in the first days"
    world.clock.move(days=4)
    browser = await samira.browser()
    page = await browser.page("/worklist")
    assert "Hulp zoeken voor Anna de Vries: Wie leest mij voor?" in page.text
    assert "En nog 1 vraag zonder antwoord." in page.text
    await talks.answer(world, post, bram)
    page = await browser.page("/worklist")
    assert "Wie leest mij voor?" not in page.text and "Wie snoeit de heg?" in page.text


async def test_a_group_whose_list_was_not_kept_waits_until_it_is(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    group = await gathering(world, samira)
    met_on = local_date(world.clock())
    browser = await samira.browser()
    assert "Wie was er bij" not in (await browser.page("/worklist")).text, "it meets today"
    world.clock.move(days=1)
    browser = await samira.browser()
    assert "Wie was er bij: Koffieochtend" in (await browser.page("/worklist")).text
    await was_there(world, samira, group, await world.member("Anna de Vries"), on=met_on)
    assert "Wie was er bij" not in (await browser.page("/worklist")).text


async def desk(member: Member, path: str = "/worklist") -> tuple[Browser, str]:
    browser = await member.browser()
    return browser, (await browser.page(path)).text


async def test_a_desk_that_nobody_opens_shows_to_a_colleague_and_comes_back_when_opened(
    world: World,
) -> None:
    samira = await world.worker("Samira Bouali")
    joris = await world.worker("Joris Blom")
    anna = await world.member("Anna de Vries")
    await spoke(world, samira, anna, follow_up_on=local_date(world.clock()) + timedelta(days=30))
    await desk(samira)
    for days, seen in ((7, False), (1, True)):
        world.clock.move(days=days)
        _browser, text = await desk(joris)
        assert ("Van Samira Bouali, die er nu niet is." in text) is seen
    page = await (await joris.browser()).page("/worklist?show=all")
    assert "Neem alles over van Samira Bouali" in page.text
    await desk(samira)
    assert "Anna" not in (await desk(joris))[1]
