"""Meld dit: who may report what, who handles it, and what the reported one never learns."""

import asyncio
from datetime import date

import pytest

from tests import makers_exchanges, makers_moderation, makers_posts
from tests.makers_moderation import decide
from tests.world import World
from timebank import audit, moderation
from timebank.kernel.ids import new_id
from timebank.moderation.model import due_on

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("today", "due"),
    [
        (date(2026, 3, 10), date(2026, 3, 12)),  # Tuesday: Thursday
        (date(2026, 3, 12), date(2026, 3, 16)),  # Thursday: Monday
        (date(2026, 3, 13), date(2026, 3, 17)),  # Friday: Tuesday
        (date(2026, 3, 14), date(2026, 3, 17)),  # Saturday: Tuesday
        (date(2026, 3, 15), date(2026, 3, 17)),  # Sunday: Tuesday
    ],
)
def test_two_working_days_pass_over_the_weekend(today: date, due: date) -> None:
    assert due_on(today) == due


async def test_a_report_has_an_owner_and_a_date_and_the_reporter_gets_thanks(world: World) -> None:
    fatima = await world.worker("Fatima Bakir")
    anna, piet = await world.member("Anna de Vries"), await world.member("Piet Smit")
    post = await makers_posts.offer(world, piet, "Ik snoei uw heg")
    thanks = await makers_moderation.report(world, anna, "post", post)
    assert thanks.h1 == "Dank u" and "donderdag 12 maart" in thanks.text
    [report] = await makers_moderation.reports(world)
    assert report["owner_id"] == fatima.id and report["subject_id"] == piet.id
    assert report["due_on"] == date(2026, 3, 12)


async def test_the_form_says_what_is_wrong_and_keeps_what_was_typed(world: World) -> None:
    await world.worker("Fatima Bakir")
    anna, piet = await world.member("Anna de Vries"), await world.member("Piet Smit")
    browser = await anna.browser()
    page = await browser.page(f"/reports/new?about=party&id={piet.id}")
    assert "112" in page.text and "0800-0113" in page.text and "0800-2000" in page.text
    wrong = await browser.submit(page, "/reports?", status=422, words="Hij schold mij uit")
    assert wrong.errors() and wrong.form("/reports?").data["words"] == "Hij schold mij uit"
    wrong = await browser.submit(page, "/reports?", status=422, reason="other")
    assert 'id="words-error"' in wrong.html
    assert await makers_moderation.reports(world) == []


async def test_one_person_counts_once_and_others_join_the_same_case(world: World) -> None:
    fatima = await world.worker("Fatima Bakir")
    anna, bram = await world.member("Anna de Vries"), await world.member("Bram Bakker")
    piet = await world.member("Piet Smit")
    post = await makers_posts.offer(world, piet, "Ik snoei uw heg")
    for member, words in ((anna, "Eerst dit"), (anna, "En dit ook"), (bram, "Vind ik ook")):
        await makers_moderation.report(world, member, "post", post, words=words)
    [report] = await makers_moderation.reports(world)
    page = await (await fatima.browser()).page(f"/reports/{report['id']}")
    for part in ("Anna de Vries", "Bram Bakker", "Eerst dit", "En dit ook", "Vind ik ook"):
        assert part in page.text
    desk = await (await fatima.browser()).page("/reports")
    assert "2 mensen meldden dit" in desk.text


async def test_a_second_press_of_the_button_reports_nothing_new(world: World) -> None:
    await world.worker("Fatima Bakir")
    anna, piet = await world.member("Anna de Vries"), await world.member("Piet Smit")
    browser = await anna.browser()
    page = await browser.page(f"/reports/new?about=party&id={piet.id}")
    for _press in range(2):
        await browser.submit(page, "/reports?", reason="rude", words="Naar")
    said = await world.owner.fetchval(
        "select count(*) from report_words where community_id = $1 and kind = 'reported'",
        world.community,
    )
    assert said == 1 and len(await makers_moderation.reports(world)) == 1


async def test_nobody_has_more_than_five_open_reports_even_all_at_once(world: World) -> None:
    await world.worker("Fatima Bakir")
    anna = await world.member("Anna de Vries")
    others = [await world.member(f"Buur Nummer{n}") for n in "ABCDEFGH"]
    browser = await anna.browser()
    pages = [await browser.page(f"/reports/new?about=party&id={other.id}") for other in others]
    forms = [page.form("/reports?") for page in pages]
    answers = await asyncio.gather(
        *(browser.post(form.action, data=form.data | {"reason": "rude"}) for form in forms)
    )
    codes = sorted(answer.status_code for answer in answers)
    assert codes == [303] * 5 + [429] * 3
    assert len(await makers_moderation.reports(world)) == 5


async def test_what_one_may_not_see_cannot_be_reported(world: World) -> None:
    await world.worker("Fatima Bakir")
    anna, piet = await world.member("Anna de Vries"), await world.member("Piet Smit")
    cora = await world.member("Cora Smit")
    post = await makers_posts.offer(world, piet, "Ik snoei uw heg")
    talk = await makers_exchanges.talk(world, piet, cora)
    message = await world.owner.fetchval(
        "select id from message where community_id = $1 and exchange_id = $2", world.community, talk
    )
    browser = await anna.browser()
    for about, id_ in (("post", new_id()), ("message", message), ("signal", post), ("post", "x")):
        await browser.page(f"/reports/new?about={about}&id={id_}", status=404)
    await browser.page("/reports/new", status=404)


async def test_one_cannot_report_oneself(world: World) -> None:
    await world.worker("Fatima Bakir")
    anna = await world.member("Anna de Vries")
    answer = await makers_moderation.report(world, anna, "party", anna.id, status=409)
    assert "van uzelf" in answer.text
    assert await makers_moderation.reports(world) == []


async def test_whom_one_blocked_can_still_be_reported(world: World) -> None:
    await world.worker("Fatima Bakir")
    anna, piet = await world.member("Anna de Vries"), await world.member("Piet Smit")
    await world.owner.execute(
        "insert into block values ($1, $2, $3, $4, $2)",
        world.community, anna.id, piet.id, world.clock(),
    )  # fmt: skip
    thanks = await makers_moderation.report(world, anna, "party", piet.id)
    assert thanks.h1 == "Dank u"
    await (await piet.browser()).page(f"/reports/new?about=party&id={anna.id}", status=404)


@pytest.mark.parametrize("who", ["member", "elsewhere", "stranger"])
async def test_the_desk_is_not_there_for_others(world: World, who: str) -> None:
    await world.worker("Fatima Bakir")
    anna, piet = await world.member("Anna de Vries"), await world.member("Piet Smit")
    await makers_moderation.report(world, anna, "party", piet.id)
    [report] = await makers_moderation.reports(world)
    if who == "elsewhere":
        joris = await (await world.worker("Joris Vink", world.south)).browser()
        assert "Niets te doen" in (await joris.page("/reports")).text
        await joris.page(f"/reports/{report['id']}", status=404)
        return
    if who == "member":
        browser = await anna.browser()
        await browser.page("/reports", status=404)
        await browser.page(f"/reports/{report['id']}", status=404)
        return
    page = await world.browser().page(f"/reports/{report['id']}")
    assert page.h1 == "Inloggen"


async def test_the_reported_one_learns_nothing_even_as_worker_and_admin(world: World) -> None:
    """P2: no name, no time, no id, no words of the reporter, on any page of the reported one."""
    admin = await world.admin("Ada Beheer")
    piet = await world.worker("Piet Smit")
    await world._grant(piet, "admin", None)
    anna = await world.member("Annabel Meldster")
    post = await makers_posts.offer(world, piet, "Ik snoei uw heg")
    world.clock.set(world.clock().replace(hour=13, minute=37))
    await makers_moderation.report(world, anna, "post", post, words="ZEERBIJZONDEREWOORDEN")
    [report] = await makers_moderation.reports(world)
    assert report["owner_id"] == admin.id
    world.clock.move(hours=5)
    ada = await admin.browser()
    check = await decide(
        ada, report["id"], outcome="hidden", reason="rude", note="Annabel Meldster gesproken"
    )
    await ada.submit(check)
    browser = await piet.browser()
    paths = ["/", "/reports", "/reports/done", f"/posts/{post}", f"/posts/{post}/hiding",
             "/parties/me", "/parties/me/views", "/posts?direction=offer"]  # fmt: skip
    planted = ("Meldster", "ZEERBIJZONDERE", "14.37", "13:37", str(report["id"]))
    for path in paths:
        page = await browser.page(path)
        assert not [mark for mark in planted if mark in page.html], path
    await browser.page(f"/reports/{report['id']}", status=404)
    async with world.transaction() as db:
        log = await audit.about_party(db, community=world.community, subject=piet.id)
    assert "report" not in {entry.object_kind for entry in log}
    assert not [entry for entry in log if entry.actor_id == anna.id]
    notices = await world.owner.fetch(
        "select details::text, about_id from notice where community_id = $1 and party_id = $2",
        world.community, piet.id,
    )  # fmt: skip
    assert notices and str(report["id"]) not in str(notices) and str(anna.id) not in str(notices)


async def test_every_look_is_written_down_and_names_nobody(world: World) -> None:
    fatima = await world.worker("Fatima Bakir")
    anna, piet = await world.member("Anna de Vries"), await world.member("Piet Smit")
    await makers_moderation.report(world, anna, "party", piet.id)
    [report] = await makers_moderation.reports(world)
    await (await fatima.browser()).page(f"/reports/{report['id']}")
    looks = await world.owner.fetch(
        "select actor_id, subject_id, object_id from audit_entry where community_id = $1"
        " and act = 'report.looked'",
        world.community,
    )
    assert [tuple(look) for look in looks] == [(fatima.id, None, report["id"])]


async def test_deciding_keeps_what_was_typed_and_closes_once(world: World) -> None:
    fatima = await world.worker("Fatima Bakir")
    anna, piet = await world.member("Anna de Vries"), await world.member("Piet Smit")
    await makers_moderation.report(world, anna, "party", piet.id)
    [report] = await makers_moderation.reports(world)
    browser = await fatima.browser()
    wrong = await decide(browser, report["id"], outcome="talked", status=422)
    assert 'id="note-error"' in wrong.html and wrong.form("/outcome").data["outcome"] == "talked"
    page = await browser.page(f"/reports/{report['id']}")
    form = page.form("/outcome")
    data = form.data | {"outcome": "talked", "note": "Samen koffie gedronken"}
    first, second = await asyncio.gather(
        browser.post(form.action, data=data),
        browser.post(form.action, data=data | {"_key": form.data["_key"][::-1]}),
    )
    assert sorted((first.status_code, second.status_code)) == [303, 409]
    done = await browser.page("/reports/done")
    assert "Erover gepraat" in done.text
    assert "Niets te doen" in (await browser.page("/reports")).text


async def test_a_report_can_be_handed_over_and_noted(world: World) -> None:
    fatima, samira = await world.worker("Fatima Bakir"), await world.worker("Samira Idrissi")
    south = await world.worker("Joris Vink", world.south)
    anna, piet = await world.member("Anna de Vries"), await world.member("Piet Smit")
    await makers_moderation.report(world, anna, "party", piet.id)
    [report] = await makers_moderation.reports(world)
    owner = next(w for w in (fatima, samira) if w.id == report["owner_id"])
    other = samira if owner is fatima else fatima
    browser = await owner.browser()
    page = await browser.page(f"/reports/{report['id']}")
    await browser.submit(page, "/notes", remark="Maandag bel ik Piet")
    await browser.submit(page, "/owner", status=404, owner=str(south.id), follow=False)
    moved = await browser.submit(page, "/owner", owner=str(other.id))
    assert f"Ligt bij {other.call_name}" in moved.text
    seen = await (await other.browser()).page(f"/reports/{report['id']}")
    assert "Maandag bel ik Piet" in seen.text


async def test_workers_take_turns(world: World) -> None:
    workers = [await world.worker("Fatima Bakir"), await world.worker("Samira Idrissi")]
    anna = await world.member("Anna de Vries")
    for n in "AB":
        other = await world.member(f"Buur Nummer{n}")
        await makers_moderation.report(world, anna, "party", other.id)
    owners = {report["owner_id"] for report in await makers_moderation.reports(world)}
    assert owners == {worker.id for worker in workers}


async def test_a_report_about_the_only_one_who_works_here_is_refused_in_words(
    world: World,
) -> None:
    admin = await world.admin("Ada Beheer")
    anna = await world.member("Anna de Vries")
    refused = await makers_moderation.report(world, anna, "party", admin.id, status=409)
    assert "maar één persoon" in refused.errors()[0] and "0800-2000" in refused.text


async def test_who_stops_working_hands_over_what_lay_with_them(world: World) -> None:
    fatima = await world.worker("Fatima Bakir")
    anna, piet = await world.member("Anna de Vries"), await world.member("Piet Smit")
    await makers_moderation.report(world, anna, "party", piet.id)
    samira = await world.worker("Samira Idrissi")

    async def reassign() -> int:
        async with world.transaction() as db:
            return await moderation.reassign(db, community=world.community, now=world.clock())

    assert await reassign() == 0
    await world.owner.execute(
        "update role set ends_on = starts_on where community_id = $1 and party_id = $2",
        world.community, fatima.id,
    )  # fmt: skip
    assert await reassign() == 0  # her last day
    world.clock.move(days=1)
    assert await reassign() == 1
    [report] = await makers_moderation.reports(world)
    assert report["owner_id"] == samira.id


async def test_the_words_of_a_report_go_a_year_after_it_was_closed(world: World) -> None:
    fatima = await world.worker("Fatima Bakir")
    anna, piet = await world.member("Anna de Vries"), await world.member("Piet Smit")
    await makers_moderation.report(world, anna, "party", piet.id)
    [report] = await makers_moderation.reports(world)
    await decide(await fatima.browser(), report["id"], outcome="left")

    async def left(days: int) -> int:
        world.clock.move(days=days)
        async with world.transaction() as db:
            await moderation.tidy(db, community=world.community, now=world.clock())
        count: int = await world.owner.fetchval(
            "select count(*) from report_words where community_id = $1", world.community
        )
        return count

    assert await left(364) == 1
    assert await left(2) == 0


async def test_where_nobody_works_a_report_says_so_and_keeps_what_was_typed(world: World) -> None:
    anna, bram = await world.member("Anna de Vries"), await world.member("Bram Bakker")
    post = await makers_posts.need(world, bram, "Wie leest mij de krant voor?")
    refused = await makers_moderation.report(
        world, anna, "post", post, status=409, words="Dit is naar"
    )
    assert "Er is nu niemand die meldingen leest" in refused.errors()[0]
    assert "maar één persoon" not in refused.text and "0800-2000" in refused.text
    assert refused.form("/reports?").data["words"] == "Dit is naar"
