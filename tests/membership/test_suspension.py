"""A member suspended: out at once, told why, heard, and back as they were."""

import asyncio

import pytest

from tests import makers_exchanges, makers_posts
from tests.makers_membership import outbox, press, send, state_of, suspend
from tests.membership.standing import balance, exchange, post_states
from tests.world import PASSWORD, World
from timebank import hours, membership, parties
from timebank.kernel.db import Pool, transaction
from timebank.kernel.outbox import Errand, Job
from timebank.kernel.settings import Settings
from timebank.membership.mail import mail_reason

pytestmark = pytest.mark.anyio


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
    assert "doet nu niet mee, en leest de reden na het inloggen" in page.html
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
