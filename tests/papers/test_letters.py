"""Letters: worded for who reads them, the rights asked again, and only what stood in one is posted."""

from datetime import UTC, datetime

import pytest

from tests.makers_papers import by_post, letter_news, letter_rule, news
from tests.world import Member, World
from timebank import hours, notices, parties
from timebank.kernel.ids import new_id
from timebank.papers.model import Receiver, address, letter

pytestmark = pytest.mark.anyio


def receiver(name: str, street: str = "Rijnlaan 12") -> Receiver:
    return Receiver(new_id(), "100014", "Wil", name, street, "3522 BN", "nl", new_id())


@pytest.mark.parametrize(
    ("name", "street", "lines"),
    [
        ("Wil de Boer", "Rijnlaan 12", ["Wil de Boer", "Rijnlaan 12", "3522 BN  Utrecht"]),
        (
            "Wilhelmina Catharina Johanna van der Meer-van Wijngaarden tot Rijn",
            "Rijnlaan 12",
            ["Wilhelmina Catharina Johanna van", "der Meer-van Wijngaarden tot Rijn",
             "Rijnlaan 12", "3522 BN  Utrecht"],
        ),
        (
            "Wilhelmina Catharina Johanna van der Meer-van Wijngaarden",
            "Burgemeester van de Weijerlaan 1024, derde verdieping",
            ["Wilhelmina Catharina Johanna van", "Burgemeester van de Weijerlaan",
             "1024, derde verdieping", "3522 BN  Utrecht"],
        ),
        ("Wil de Boer", "", ["Wil de Boer", "3522 BN  Utrecht"]),
    ],
)  # fmt: skip
def test_an_address_has_four_lines_at_most_and_never_loses_its_street(
    name: str, street: str, lines: list[str]
) -> None:
    assert address(receiver(name, street), "Utrecht") == lines


async def told_of(world: World, worker: Member, member: Member) -> list[notices.ForPaper]:
    async with world.transaction() as db:
        found = await notices.to_post(db, community=world.community, areas=[worker.area])
    return [one for one in found if one.party_id == member.id]


async def test_a_letter_asks_first_in_the_language_of_who_reads_it(world: World) -> None:
    samira, bram = await world.worker("Samira Bouali"), await world.member("Bram Bakker")
    els = await by_post(world, "Els Jansen", language="en")
    await letter_news(world, els, bram)
    await letter_rule(world)
    page = await (await samira.browser()).page(f"/print/letters/{els.id}")
    sheet = page.html.partition("<article")[2]
    assert 'lang="en"' in sheet and "Hello" in sheet and "3522 BN  Utrecht" in sheet
    assert sheet.index("Bram asks") < sheet.index("Bram gave you")
    assert "U heeft" not in sheet and "Afdrukken" in page.html
    made = letter(receiver("Els Jansen"), await told_of(world, samira, els), "")
    assert [told.asks for told in made.first] == [True, False, False]
    assert [n for n, _told in made.asking] == [1]


async def test_a_long_row_of_news_goes_on_to_a_second_sheet_and_the_rest_waits(
    world: World,
) -> None:
    told = [
        notices.ForPaper(new_id(), new_id(), "Bram gaf u tijd. " * 5, n == 20, world.clock())
        for n in range(40)
    ]
    made = letter(receiver("Els Jansen"), told, "")
    assert made.first[0].asks and 2 < len(made.first) < 6
    assert len(made.first) < len(made.told) < 40
    assert made.told[1:] == [one for one in told if not one.asks][: len(made.told) - 1]


def test_the_strip_has_room_for_every_question_of_its_sheet() -> None:
    now = datetime(2026, 3, 10, tzinfo=UTC)
    told = [notices.ForPaper(new_id(), new_id(), "Bram wacht.", True, now) for _n in range(9)]
    made = letter(receiver("Els Jansen"), told, "")
    assert (len(made.first), len(made.more)) == (5, 4)


async def test_no_letter_says_what_a_worker_cares_about_who_is_blocked_or_who_died(
    world: World,
) -> None:
    samira, joris = await world.worker("Samira Bouali"), await world.admin("Joris Smit")
    bram, dirk, ria = [await world.member(n) for n in ("Bram Bakker", "Dirk Post", "Ria Bos")]
    wil = await by_post(world)
    await news(world, wil, "introduction_asked", who_id=samira.id)
    for other in (bram, dirk, ria):
        await news(world, wil, "time_given", who_id=other.id, minutes=30)
    async with world.transaction() as db:
        place = {"community": world.community, "now": world.clock()}
        await parties.block(db, blocker=wil.id, blocked=dirk.id, by=wil.id, **place)
        await parties.set_state(
            db, party=ria.id, state="deceased", from_states=("active",), by=joris.id, **place
        )
    page = (await (await samira.browser()).page("/print/letters")).html.partition("<article")[2]
    assert "Bram" in page and "Dirk" not in page and "Ria" not in page
    assert "Ik wil u graag even spreken" in page
    assert "ontmoeten" not in page and "kent een buur" not in page


async def test_only_what_stood_in_the_letter_is_posted_and_it_is_written_down(
    world: World,
) -> None:
    samira, bram = await world.worker("Samira Bouali"), await world.member("Bram Bakker")
    wil = await by_post(world)
    browser = await samira.browser()
    assert "Alles is bezorgd" in (await browser.page("/print")).html
    await letter_news(world, wil, bram)
    page = await browser.page(f"/print/letters/{wil.id}")
    await news(world, wil, "time_given", who_id=bram.id, minutes=45)
    desk = await browser.submit(page, "/print/letters/posted")
    assert "Bewaard: deze post is weg." in desk.html and "1 bericht" in desk.html
    assert [one.sentence for one in await told_of(world, samira, wil)] == ["Bram gaf u 45 minuten."]
    acts = await world.owner.fetch(
        "select act from audit_entry where community_id = $1 and subject_id = $2"
        " and actor_id = $3 order by id", world.community, wil.id, samira.id,
    )  # fmt: skip
    assert [row["act"] for row in acts] == ["letter.printed", "notice.posted"]
    log = await (await wil.browser()).page("/parties/me/views")
    assert "Drukte een brief aan u af." in log.html


async def test_what_is_answered_meanwhile_is_asked_no_more(world: World) -> None:
    samira, bram = await world.worker("Samira Bouali"), await world.member("Bram Bakker")
    wil = await by_post(world)
    await letter_news(world, wil, bram)
    async with world.transaction() as db:
        [newest, *_rest] = await notices.unread(db, community=world.community, party=wil.id)
        await notices.mark_read(
            db, community=world.community, party=wil.id, up_to=newest.id, now=world.clock()
        )
    desk = await (await samira.browser()).page("/worklist")
    assert await told_of(world, samira, wil) == [] and "Op papier naar" not in desk.html


async def test_a_worker_elsewhere_sees_no_letter_and_posts_none(world: World) -> None:
    await world.worker("Samira Bouali")
    evert = await (await world.worker("Evert Post", world.south)).browser()
    wil, bram = await by_post(world), await world.member("Bram Bakker")
    await letter_news(world, wil, bram)
    assert "Wil" not in (await evert.page("/print/letters")).html
    await evert.page(f"/print/letters/{wil.id}", status=404)
    await (await bram.browser()).page("/print", status=404)
    zus = await by_post(world, "Zus Bos", area=world.south)
    await letter_news(world, zus, bram)
    page = await evert.page("/print/letters")
    ids = await world.owner.fetch(
        "select id::text from notice where community_id = $1", world.community
    )
    await evert.submit(page, "/print/letters/posted", news=[row["id"] for row in ids])
    left = await world.owner.fetch(
        "select distinct party_id from notice where community_id = $1 and delivered_at is null",
        world.community,
    )
    assert [row["party_id"] for row in left] == [wil.id]


async def test_the_admin_says_where_the_window_is(world: World) -> None:
    joris, samira = await world.admin("Joris Smit"), await world.worker("Samira Bouali")
    wil, bram = await by_post(world), await world.member("Bram Bakker")
    await letter_news(world, wil, bram)
    browser = await joris.browser()
    page = await browser.page("/community/letters")
    refused = await browser.submit(page, "/community/letters", window="above", status=422)
    assert "Kies iets uit de lijst." in refused.html
    await browser.submit(page, "/community/letters", town="Almere", window="right")
    letters = (await (await samira.browser()).page("/print/letters")).html
    assert "3522 BN  Almere" in letters and 'class="sheet letter right"' in letters


async def test_a_statement_for_the_post_is_in_its_owners_language_and_written_down(
    world: World,
) -> None:
    samira, evert = await world.worker("Samira Bouali"), await world.worker("Evert", world.south)
    els, bram = await by_post(world, "Els Jansen", language="en"), await world.member("Bram Bakker")
    world.clock.move(days=31)
    async with world.transaction() as db:
        await hours.give(
            db, community=world.community, idem="a gift on paper", giver=bram.id, to=els.id,
            minutes=90, booked_by=bram.id, now=world.clock(), words="Dank",
        )  # fmt: skip
    path = f"/print/parties/{els.id}/statement"
    sheet = (await (await samira.browser()).page(path)).html.partition("<article")[2]
    assert (
        "Rijnlaan 12 bis" in sheet and "1 hour and 30 minutes" in sheet and "U kreeg" not in sheet
    )
    await (await evert.browser()).page(path, status=404)
    log = await (await els.browser()).page("/parties/me/views")
    assert "Drukte het overzicht van uw tijd af." in log.html
