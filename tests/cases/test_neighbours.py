"""Blocks, deaths and reports, wherever two members could meet (cases P1, P2; the words of a death)."""

import json
from datetime import timedelta

import pytest

from tests import makers_exchanges as talks
from tests.browser.crawl import crawl
from tests.makers_membership import press, send
from tests.makers_moderation import report
from tests.makers_posts import need, offer
from tests.pages import Page
from tests.world import Browser, Member, World
from timebank import areas, hours, notices
from timebank.kernel.ids import new_id
from timebank.kernel.numbers import member_number

pytestmark = pytest.mark.anyio

BOOKS = {
    "/hours", "/hours/statement", "/parties/me", "/parties/me/file", "/parties/me/views",
    "/print/receipt",
}  # fmt: skip
"""What stays one's own: the books keep their lines, and one sees whom one blocked."""


async def _pair(world: World) -> tuple[Member, Member, dict[str, str]]:
    """Two who did and do everything with each other: the paths that lead from one to the other."""
    await world.worker("Samira Bouali")
    aleid = await world.member("Aleid Zonneveld", place_id=world.square, likes="Tuinhulp")
    bertus = await world.member("Bertus Kwakkel", place_id=world.square, likes="Tuinhulp")
    for member in (aleid, bertus):
        await offer(world, member, f"{member.call_name} snoeit de heg", category="garden")
        await need(world, member, f"{member.call_name} zoekt hulp in de tuin", category="garden")
    paths = {}
    for one, other in ((aleid, bertus), (bertus, aleid)):
        await talks.confirmed(world, one, other, title=f"Klus van {one.call_name}")
        paths[f"planned {one.call_name}"] = str(await talks.planned(world, one, other))
        paths[f"talk {one.call_name}"] = str(await talks.talk(world, one, other, "Lamp ophangen"))
        paths[f"done {one.call_name}"] = str(await talks.done(world, one, other, title="Was doen"))
    world.clock.move(days=31)
    async with world.transaction() as db:
        for one, other in ((aleid, bertus), (bertus, aleid)):
            await hours.give(
                db, community=world.community, idem=f"g{one.id}", giver=one.id, to=other.id,
                minutes=15, booked_by=one.id, now=world.clock(), words=None,
            )  # fmt: skip
            await notices.tell(
                db, community=world.community, to=other.id, kind="time_given", now=world.clock(),
                about=("hours", other.id), who_id=one.id, minutes=15,
            )  # fmt: skip
    return aleid, bertus, paths


def _reads_of(page: Page, name: str) -> bool:
    return name in page.html


async def _pages_with(browser: Browser, world: World, name: str) -> set[str]:
    """Kinds of pages, reached by clicking on, that name somebody."""
    found = await crawl(browser, world.slug, each=3, most=120)
    return {
        kind.removeprefix(f"/{world.slug}").partition("?")[0]
        for kind, pages in found.items()
        if any(_reads_of(page, name) for page in pages)
    }


async def test_p1_after_a_block_no_page_leads_from_one_to_the_other(world: World) -> None:
    aleid, bertus, _ids = await _pair(world)
    before = await _pages_with(await aleid.browser(), world, "Bertus")
    assert {"", "/exchanges", "/posts", "/posts/search", "/hours/transfers/new"} - before <= {
        "/posts/search"
    }
    await send(await aleid.browser(), f"/parties/{bertus.id}/block", "/block")
    hers = await _pages_with(await aleid.browser(), world, "Bertus")
    his = await _pages_with(await bertus.browser(), world, "Aleid")
    assert hers <= BOOKS, hers - BOOKS
    assert his <= BOOKS - {"/parties/me"}, his - BOOKS


async def test_p1_after_a_block_no_address_and_no_form_works_either_way(world: World) -> None:
    aleid, bertus, ids = await _pair(world)
    posts = {
        row["by_id"]: row["id"]
        for row in await world.owner.fetch(
            "select by_id, id from post where community_id = $1 and title like '%zoekt hulp%'",
            world.community,
        )
    }
    open_pages = {}
    for one, other in ((aleid, bertus), (bertus, aleid)):
        browser = await one.browser()
        form = (await browser.page(f"/posts/{posts[other.id]}/replies/new")).form("/replies")
        gift = (await browser.page("/hours/transfers/new")).form("/transfers")
        open_pages[one.id] = (browser, form, gift)
    await send(await bertus.browser(), f"/parties/{aleid.id}/block", "/block")
    for one, other in ((aleid, bertus), (bertus, aleid)):
        browser, form, gift = open_pages[one.id]
        answer = await browser.post(form.action, data=form.data | {"words": "Dag"})
        assert answer.status_code == 404
        sentences = set()
        for number in (other.number, member_number(4321), one.number):
            data = gift.data | {"to": "number", "number": number, "minutes_choice": "15"}
            refused = await browser.post(gift.action, data=data | {"_key": ""})
            assert refused.status_code == 422
            sentences.add(Page(refused).errors()[0])
        assert len(sentences) == 1
        chosen = gift.data | {"to": str(other.id), "minutes_choice": "15", "_key": ""}
        assert (await browser.post(gift.action, data=chosen)).status_code == 422
        for path in (f"/parties/{other.id}", f"/posts/{posts[other.id]}"):
            here = await browser.get(f"/{world.slug}{path}")
            nowhere = await browser.get(f"/{world.slug}{path.rsplit('/', 1)[0]}/{new_id()}")
            assert (here.status_code, nowhere.status_code) == (404, 404), path
        for id_ in ids.values():
            await browser.page(f"/exchanges/{id_}", status=404)
            status = await press(browser, f"/exchanges/{id_}/messages", words="Dag")
            assert status == 404
        for words in ("tuin", other.call_name, "Lamp"):
            for direction in ("need", "offer"):
                page = await browser.page(f"/posts/search?direction={direction}&q={words}")
                assert "snoeit de heg" not in page.text and "zoekt hulp" not in page.text


async def test_p1_after_a_block_notices_download_and_mail_name_the_other_no_more(
    world: World,
) -> None:
    aleid, bertus, _ids = await _pair(world)
    assert any("Bertus" in line for line in await _told(world, aleid))
    await send(await aleid.browser(), f"/parties/{bertus.id}/block", "/block")
    for one, other in ((aleid, bertus), (bertus, aleid)):
        assert not [line for line in await _told(world, one) if other.call_name in line]
        answer = await (await one.browser()).get(f"/{world.slug}/parties/me/download")
        found = json.loads(answer.content)
        assert other.call_name not in json.dumps(found["Berichten van de site"])
    his = json.loads(
        (await (await bertus.browser()).get(f"/{world.slug}/parties/me/download")).text
    )
    assert "block" not in json.dumps(his["Wie keek en wat er gedaan is"]).lower()


async def _told(world: World, member: Member) -> list[str]:
    async with world.transaction() as db:
        unread = await notices.unread(db, community=world.community, party=member.id, limit=50)
        recent = await notices.recent(db, community=world.community, party=member.id, limit=50)
        return [line.sentence for line in (*unread, *recent)]


async def test_p1_what_was_common_lies_with_a_worker_who_is_told_the_rest(world: World) -> None:
    aleid, bertus, ids = await _pair(world)
    await send(await aleid.browser(), f"/parties/{bertus.id}/block", "/block")
    rows = await world.owner.fetch(
        "select next_action, owner_id, due_on from exchange where community_id = $1"
        " and id = any($2)", world.community, list(ids.values()),
    )  # fmt: skip
    today = world.clock().date()
    assert {row["next_action"] for row in rows} == {"take_over"}
    assert all(row["owner_id"] not in (aleid.id, bertus.id) for row in rows)
    assert all(today <= row["due_on"] <= today + timedelta(days=7) for row in rows)


async def test_after_a_death_the_other_reads_it_and_nothing_leads_to_who_died(
    world: World,
) -> None:
    samira = await world.worker("Samira Bouali")
    async with world.transaction() as db:
        await areas.set_helper(
            db, community=world.community, area=world.north, helper=samira.id,
            phone="030 555 01 42", hours=None, walk_in=None,
        )  # fmt: skip
    aleid = await world.member("Aleid Zonneveld")
    ria = await world.member("Ria Vos", phone="06 11122333", phone_key="+31611122333")
    ahead = await talks.planned(world, aleid, ria, meet_at="Rozenstraat 31")
    behind = await talks.done(world, aleid, ria, title="Ramen zemen")
    thanked = await talks.confirmed(world, aleid, ria, title="Soep koken")
    browser = await aleid.browser()
    talk = (await browser.page(f"/exchanges/{thanked}")).form("/messages")
    await send(await samira.browser(), f"/parties/{ria.id}/death/new", "/death")
    sad = "Wij hebben het verdrietige bericht gekregen dat Ria is overleden."
    page = await browser.page(f"/exchanges/{ahead}")
    assert f"{sad} Uw afspraak gaat niet door. Wilt u erover praten? Bel Samira." in page.text
    assert sad in (await browser.page("/exchanges")).text
    after = await browser.page(f"/exchanges/{behind}")
    assert f"{sad} U hoeft nu niets te doen." in after.text and "gaat niet door" not in after.text
    for id_ in (ahead, behind, thanked):
        shown = await browser.page(f"/exchanges/{id_}")
        assert "06 11122333" not in shown.html and "0611122333" not in shown.html
        assert not any("/messages" in form.action for form in shown.forms())
    late = await browser.post(talk.action, data=talk.data | {"words": "Dank je wel"})
    assert late.status_code == 409
    staff = await (await samira.browser()).page(f"/exchanges/{ahead}")
    assert "Rond het af" in staff.text


async def test_after_a_suspension_the_words_stay_the_ordinary_ones(world: World) -> None:
    await world.worker("Samira Bouali")
    ada, piet = await world.admin("Ada Zaak"), await world.member("Piet Klok")
    aleid = await world.member("Aleid Zonneveld")
    id_ = await talks.planned(world, aleid, piet)
    browser = await ada.browser()
    await send(browser, f"/parties/{piet.id}/suspension/new", "/suspension", words="Rust")
    page = await (await aleid.browser()).page(f"/exchanges/{id_}")
    assert "Dit zoekt Samira uit. U hoeft nu niets te doen." in page.text
    assert "overleden" not in page.text and "Rust" not in page.text
    assert not any("/messages" in form.action for form in page.forms())


async def test_p2_the_reported_one_finds_no_trace_of_who_reported(world: World) -> None:
    await world.worker("Samira Bouali")
    ada = await world.admin("Ada Zaak")
    aleid, rob = await world.member("Aleid Zonneveld"), await world.member("Rob Kwaad")
    post = await need(world, rob, "Wie schuift er geld voor?")
    world.clock.move(minutes=7)
    await report(world, aleid, "post", post, words="Hij vroeg mij op de Rozenstraat om geld")
    world.clock.move(hours=3)
    reported = await world.owner.fetchrow(
        "select * from report where community_id = $1", world.community
    )
    desk = await ada.browser()
    page = await desk.page(f"/reports/{reported['id']}")
    check = await desk.submit(page, "/outcome", outcome="hidden", reason="money")
    await desk.submit(check, "/outcome")
    browser = await rob.browser()
    read = await crawl(browser, world.slug, each=4, most=150)
    everything = " ".join(page.html for pages in read.values() for page in pages)
    everything += " ".join(await _told(world, rob))
    everything += (await browser.get(f"/{world.slug}/parties/me/download")).text
    assert "niet meer op de site" in everything
    for trace in ("Aleid", "Zonneveld", aleid.number, str(aleid.id), "Rozenstraat",
                  str(reported["id"]), "10.07 uur", "T10:07", "report.made"):  # fmt: skip
        assert trace not in everything, trace
