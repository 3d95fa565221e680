"""Suspension and back, rest, death."""

import asyncio
from typing import Any

import pytest

from tests import makers_exchanges, makers_posts
from tests.makers_membership import outbox, press, send, state_of, suspend
from tests.world import PASSWORD, Member, World
from timebank import exchanges, hours, membership, parties, posts
from timebank.kernel.db import Pool, transaction
from timebank.kernel.outbox import Errand, Job
from timebank.kernel.settings import Settings
from timebank.membership.mail import mail_reason

pytestmark = pytest.mark.anyio


async def balance(world: World, member: Member) -> int:
    async with world.transaction() as db:
        found = await hours.balance(
            db, community=world.community, party=member.id, now=world.clock()
        )
    return found.minutes


async def post_states(world: World, member: Member) -> list[str]:
    async with world.transaction() as db:
        found = await db.fetch("select state from post where by_id = $1 order by id", member.id)
    return [r["state"] for r in found]


async def exchange(world: World, id_: Any) -> exchanges.Exchange:
    async with world.transaction() as db:
        found = await db.fetchrow("select * from exchange where id = $1", id_)
        open_ = await exchanges.open_of(db, community=world.community, party=found["started_by_id"])
    return next(e for e in open_ if e.id == id_)


async def test_a_suspended_member_is_out_at_once_and_nothing_open_is_without_owner(
    world: World,
) -> None:
    ada = await world.admin("Ada Zaak", area=world.south)
    fatima = await world.worker("Fatima Bouali")
    piet, ria = await world.member("Piet Klok"), await world.member("Ria Vos")
    await makers_posts.offer(world, piet, "Fietsen maken")
    appointment = await makers_exchanges.planned(world, ria, piet)
    browser = await piet.browser()
    page = await send(
        await ada.browser(), f"/parties/{piet.id}/suspension/new", "/suspension",
        words="U schold een buur uit.",
    )  # fmt: skip
    assert "kan nu niet inloggen en leest de reden" in page.html
    assert await state_of(world, piet.id) == "suspended"
    answer = await browser.get(f"/{world.slug}/parties/me")
    assert answer.status_code == 303 and "/session" in answer.headers["location"]
    assert await post_states(world, piet) == ["paused"]
    assert (await exchange(world, appointment)).owner_id == fatima.id
    await (await ria.browser()).page(f"/parties/{piet.id}", status=404)


async def test_a_suspended_member_reads_why_and_who_calls_and_nothing_else(world: World) -> None:
    ada = await world.admin("Ada Zaak")
    fatima = await world.worker("Fatima Bouali")
    piet = await world.member("Piet Klok", password=True)
    await suspend(world, ada, piet, "U schold een buur uit.")
    browser = world.browser()
    page = await send(browser, "/session", "/session", who=piet.number, password=PASSWORD)
    assert page.url.endswith("/suspension") and page.h1 == "U kunt nu even niet meedoen"
    assert "U schold een buur uit." in page.text
    assert "Fatima belt u, op zijn laatst vrijdag 13 maart" in page.text
    for path in ("/parties/me", "/posts?direction=need", "/hours", "/exchanges", "/sessions"):
        answer = await browser.get(f"/{world.slug}{path}")
        assert answer.status_code == 303 and "/session" in answer.headers["location"], path
    file = await browser.get(f"/{world.slug}/suspension/download")
    assert "attachment" in file.headers["content-disposition"] and "Piet Klok" in file.text
    out = await browser.submit(page, "/suspension/end")
    assert "U bent uitgelogd" in out.html
    answer = await browser.get(f"/{world.slug}/suspension")
    assert answer.status_code == 303
    assert fatima.id


async def test_a_wrong_password_of_a_suspended_member_answers_like_any_other(
    world: World,
) -> None:
    """6.3.8: the page does not tell that somebody is suspended."""
    ada = await world.admin("Ada Zaak")
    piet = await world.member("Piet Klok", password=True)
    anna = await world.member("Anna de Vries", password=True)
    await suspend(world, ada, piet)
    texts = set()
    for who in (piet.number, anna.number, "ikbesta@nergens.nl"):
        page = await send(
            world.browser(), "/session", "/session", status=422, who=who, password="fout fout fout"
        )
        texts.add(page.text)
    assert len(texts) == 1


async def test_nobody_else_gets_the_page_for_suspended_people(world: World) -> None:
    anna = await world.member("Anna de Vries")
    for path in ("/suspension", "/suspension/download"):
        answer = await world.browser().get(f"/{world.slug}{path}")
        assert answer.status_code == 303 and "/session" in answer.headers["location"]
    browser = await anna.browser()
    assert (await browser.get(f"/{world.slug}/suspension")).headers["location"] == f"/{world.slug}"
    assert (await browser.get(f"/{world.slug}/suspension/download")).status_code == 303
    assert await press(browser, "/suspension/appeals", words="Ik ben het er niet mee eens") == 303
    async with world.transaction() as db:
        assert await db.fetchval("select count(*) from membership_appeal") == 0


async def test_an_appeal_goes_to_another_admin_and_is_answered_in_words(world: World) -> None:
    ada, bea = await world.admin("Ada Zaak"), await world.admin("Bea Tweede")
    piet = await world.member("Piet Klok", password=True)
    await suspend(world, ada, piet, "U schold een buur uit.")
    browser = world.browser()
    await send(browser, "/session", "/session", who=piet.number, password=PASSWORD)
    page = await browser.page("/suspension")
    wrong = await browser.submit(page, "/appeals", status=422, words=" ")
    assert 'id="words-error"' in wrong.html
    page = await browser.submit(wrong, "/appeals", words="Dat was ik niet.")
    assert "Het is doorgegeven" in page.html
    assert "Bea kijkt ernaar en antwoordt, op zijn laatst dinsdag 17 maart" in page.text
    async with world.transaction() as db:
        waiting = await membership.open_appeals(db, community=world.community)
        told = await db.fetch("select party_id from notice where kind = 'appeal_made'")
    assert [a.owner_id for a in waiting] == [bea.id] == [r["party_id"] for r in told]
    desk = await (await bea.browser()).page(f"/parties/{piet.id}/admin")
    assert "Dat was ik niet." in desk.text
    await send(
        await bea.browser(), f"/parties/{piet.id}/admin", "/suspension/answer",
        words="Twee buren hoorden het.",
    )  # fmt: skip
    page = await browser.page("/suspension")
    assert "Twee buren hoorden het." in page.text and "U schold een buur uit." in page.text
    async with world.transaction() as db:
        assert await membership.open_appeals(db, community=world.community) == []


async def test_two_appeals_at_once_are_one(world: World) -> None:
    ada = await world.admin("Ada Zaak")
    piet = await world.member("Piet Klok", password=True)
    await suspend(world, ada, piet)
    browser = world.browser()
    await send(browser, "/session", "/session", who=piet.number, password=PASSWORD)
    pages = [await browser.page("/suspension") for _n in range(2)]
    forms = [page.form("/appeals") for page in pages]
    answers = await asyncio.gather(
        *(browser.post(f.action, data=f.data | {"words": "Nee"}) for f in forms)
    )
    assert sorted(a.status_code for a in answers) == [303, 409]


async def test_the_letter_with_the_reason_is_the_one_mail_that_goes_out(
    world: World, work_pool: Pool, settings: Settings
) -> None:
    ada = await world.admin("Ada Zaak")
    piet = await world.member("Piet Klok", email="piet@voorbeeld.nl")
    await suspend(world, ada, piet, "U schold een buur uit.")
    job = Job(piet.id, "mail.reason", (await outbox(world, "mail.reason"))[0], 1)
    errand = Errand(world.community, job, world.clock(), settings)
    async with transaction(work_pool, world.community) as db:
        mail = await mail_reason(db, errand)
    assert mail is not None
    text = mail.get_content()
    assert "Ada belt u, op zijn laatst vrijdag 13 maart" in text and "schold" not in text
    async with world.transaction() as db:
        await parties.set_mail_whole(db, community=world.community, id_=piet.id, whole=True)
    async with transaction(work_pool, world.community) as db:
        whole = await mail_reason(db, errand)
    assert whole is not None and "U schold een buur uit." in whole.get_content()
    await send(await ada.browser(), f"/parties/{piet.id}/admin", "/suspension/end")
    async with transaction(work_pool, world.community) as db:
        assert await mail_reason(db, errand) is None


@pytest.mark.parametrize("minutes", [3600, -600, 0])
async def test_restored_at_a_limit_hours_and_history_are_as_they_were(
    world: World, minutes: int
) -> None:
    """L1: at the upper limit only receiving is blocked; suspension and back move no minute."""
    ada, piet = await world.admin("Ada Zaak"), await world.member("Piet Klok")
    async with world.transaction() as db:
        await hours.book(
            db, community=world.community, idem="tot de grens", kind=hours.Kind.POT,
            entries=[(piet.id, minutes - 300), (hours.Fund.POT, 300 - minutes)],
            booked_by=ada.id, now=world.clock(),
        )  # fmt: skip
        before = await hours.statement(db, community=world.community, party=piet.id)
    await makers_posts.offer(world, piet, "Fietsen maken")
    await suspend(world, ada, piet)
    page = await send(await ada.browser(), f"/parties/{piet.id}/admin", "/suspension/end")
    assert "De tijd staat er nog" in page.html and await state_of(world, piet.id) == "active"
    async with world.transaction() as db:
        after = await hours.statement(db, community=world.community, party=piet.id)
    assert after == before and await balance(world, piet) == minutes
    assert await post_states(world, piet) == ["open"]
    await (await piet.browser()).page("/hours")


async def test_a_reason_is_needed_and_said_beside_the_field(world: World) -> None:
    ada, piet = await world.admin("Ada Zaak"), await world.member("Piet Klok")
    page = await send(
        await ada.browser(), f"/parties/{piet.id}/suspension/new", "/suspension", status=422,
        words="",
    )  # fmt: skip
    assert 'id="words-error"' in page.html and await state_of(world, piet.id) == "active"


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


async def test_rest_begins_at_once_and_ends_by_itself(world: World, work_pool: Pool) -> None:
    ria = await world.member("Ria Vos")
    await makers_posts.need(world, ria, "Lamp ophangen")
    browser = await ria.browser()
    page = await send(
        browser, "/parties/me/leaving", "/leaving", choice="pause", until_choice="other",
        until_day="20", until_month="maart", until_year="2026",
    )  # fmt: skip
    assert "U heeft nu rust" in page.html and "vrijdag 20 maart" in page.text
    assert await post_states(world, ria) == ["paused"]
    for day, state in ((10, "paused"), (1, "active")):
        world.clock.move(days=day)
        async with transaction(work_pool, world.community) as db:
            await membership.end_pauses(db, community=world.community, now=world.clock())
        assert await state_of(world, ria.id) == state
    assert await post_states(world, ria) == ["open"]
    async with world.transaction() as db:
        assert await db.fetchval("select count(*) from notice where kind = 'pause_over'") == 1


async def test_rest_is_offered_for_a_week_or_longer(world: World) -> None:
    ria = await world.member("Ria Vos")
    browser = await ria.browser()
    page = await browser.page("/parties/me/leaving")
    assert "Over een week, dinsdag 17 maart" in page.text and "Vandaag" not in page.text
    rest = await browser.submit(page, "/leaving", choice="pause", until_choice="2")
    assert "dinsdag 24 maart" in rest.text and await state_of(world, ria.id) == "paused"


@pytest.mark.parametrize(
    "until",
    [
        {"until_choice": "today"},
        {"until_choice": ""},
        {"until_choice": "other", "until_day": "9", "until_month": "3", "until_year": "2026"},
        {"until_choice": "other", "until_day": "1", "until_month": "1", "until_year": "10000"},
        {"until_choice": "other", "until_day": "1", "until_month": "1", "until_year": "2099"},
        {"until_choice": "other", "until_day": "30", "until_month": "2", "until_year": "2027"},
    ],
)
async def test_a_day_that_is_no_rest_is_said_beside_the_field(
    world: World, until: dict[str, str]
) -> None:
    ria = await world.member("Ria Vos")
    page = await send(
        await ria.browser(), "/parties/me/leaving", "/leaving", status=422, choice="pause", **until
    )
    assert 'id="until-error"' in page.html and await state_of(world, ria.id) == "active"


async def test_a_worker_notes_the_rest_that_a_member_asked_for(world: World) -> None:
    fatima, ria = await world.worker("Fatima Bouali"), await world.member("Ria Vos")
    await send(
        await fatima.browser(), f"/parties/{ria.id}/pause/new", "/pause", until_choice="tomorrow"
    )
    assert await state_of(world, ria.id) == "paused"
    log = await (await ria.browser()).page("/parties/me/views")
    assert "Fatima Bouali, buurtwerker" in log.text and "Zette uw rust aan." in log.text
    await send(await fatima.browser(), f"/parties/{ria.id}/admin", "/leaving/end")
    assert await state_of(world, ria.id) == "active"
