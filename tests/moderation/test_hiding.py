"""A post or message out of sight: by whom, with which words, and how it comes back."""

import asyncio

import pytest

from tests import makers_exchanges, makers_moderation, makers_posts
from tests.makers_moderation import decide
from tests.pages import FormOnPage
from tests.world import Browser, World
from timebank import notices
from timebank.kernel import outbox
from timebank.kernel.db import Pool, transaction
from timebank.kernel.outbox import Errand
from timebank.kernel.settings import Settings

pytestmark = pytest.mark.anyio


async def _told(world: World, party: object) -> list[str]:
    async with world.transaction() as db:
        lines = await notices.unread(db, community=world.community, party=party)
    return [line.sentence for line in lines]


async def test_staff_hides_with_a_reason_the_author_reads_and_a_colleague_shows_it_again(
    world: World,
) -> None:
    fatima, samira = await world.worker("Fatima Bakir"), await world.worker("Samira Idrissi")
    piet, anna = await world.member("Piet Smit"), await world.member("Anna de Vries")
    post = await makers_posts.offer(world, piet, "Ik snoei uw heg")
    browser = await fatima.browser()
    page = await browser.page(f"/posts/{post}/hiding")
    wrong = await browser.submit(page, "/hiding", status=422, reason="other")
    assert 'id="words-error"' in wrong.html
    check = await browser.submit(page, "/hiding", reason="money")
    assert "omdat er om geld of bankgegevens gevraagd wordt" in check.text
    await (await anna.browser()).page(f"/posts/{post}")
    await browser.submit(check)
    await (await anna.browser()).page(f"/posts/{post}", status=404)
    [told] = await _told(world, piet.id)
    assert "om geld" in told and "Fatima" not in told
    his = await piet.browser()
    why = await his.page(f"/posts/{post}/hiding")
    assert "om geld of bankgegevens" in why.text
    await his.submit(why, "/second-look", words="Ik heb het aangepast")
    again = await his.page(f"/posts/{post}/hiding")
    assert "U vroeg op dinsdag 10 maart" in again.text
    [report] = await makers_moderation.reports(world)
    assert report["owner_id"] == samira.id
    hers = await samira.browser()
    assert "Ik heb het aangepast" in (await hers.page(f"/reports/{report['id']}")).text
    await decide(hers, report["id"], outcome="left")
    await (await anna.browser()).page(f"/posts/{post}")
    assert [s for s in await _told(world, piet.id) if "weer op de site" in s]


@pytest.mark.parametrize("apart", [0.0, 0.002, 0.004, 0.008])
async def test_two_who_hide_at_the_same_time_hide_once(world: World, apart: float) -> None:
    """Whatever lies between the two: the second may read before or after the first has written."""
    first, second = await world.worker("Fatima Bakir"), await world.admin("Ada Beheer")
    piet = await world.member("Piet Smit")
    post = await makers_posts.offer(world, piet, "Ik snoei uw heg")
    forms = []
    for member in (first, second):
        browser = await member.browser()
        page = await browser.page(f"/posts/{post}/hiding")
        check = await browser.submit(page, "/hiding", reason="advert")
        forms.append((browser, check.form("/hiding")))

    async def press(browser: Browser, form: FormOnPage, wait: float) -> int:
        await asyncio.sleep(wait)
        return (await browser.post(form.action, data=form.data)).status_code

    answers = await asyncio.gather(
        *(
            press(browser, form, wait)
            for (browser, form), wait in zip(forms, (0, apart), strict=True)
        )
    )
    assert sorted(answers) == [303, 409]
    rows = await world.owner.fetchval(
        "select count(*) from post_hiding where community_id = $1", world.community
    )
    assert rows == 1 and len(await _told(world, piet.id)) == 1


@pytest.mark.parametrize("who", ["member", "elsewhere", "author"])
async def test_others_cannot_hide_or_show(world: World, who: str) -> None:
    piet = await world.worker("Piet Smit")
    post = await makers_posts.offer(world, piet, "Ik snoei uw heg")
    fatima = await world.worker("Fatima Bakir")
    page = await (await fatima.browser()).page(f"/posts/{post}/hiding")
    member = {
        "member": await world.member("Anna de Vries"),
        "elsewhere": await world.worker("Joris Vink", world.south),
        "author": piet,
    }[who]
    browser = await member.browser()
    if who != "author":
        await browser.page(f"/posts/{post}/hiding", status=404)
    start = await browser.page("/parties/me")
    token = next(f.data["_csrf"] for f in start.forms() if "_csrf" in f.data)
    for path in ("hiding", "showing"):
        data = page.form("/hiding").data | {"_csrf": token, "reason": "rude", "sure": "1"}
        answer = await browser.post(f"/{world.slug}/posts/{post}/{path}", data=data)
        assert answer.status_code == 404, (path, answer.headers.get("location"))
    assert (await browser.page(f"/posts/{post}")).status == 200


async def _job(world: World, work_pool: Pool, settings: Settings) -> list[outbox.Job]:
    async with transaction(work_pool, world.community) as db:
        jobs = await outbox.claim(db, community=world.community, now=world.clock())
    for job in jobs:
        async with transaction(work_pool, world.community) as db:
            await outbox.do(db, Errand(world.community, job, world.clock(), settings))
    return jobs


async def test_this_is_about_me_takes_a_post_down_first_and_tells_no_time(
    world: World, work_pool: Pool, settings: Settings
) -> None:
    """Abuse, row 29; and P2: the author hears it at the next whole hour."""
    fatima = await world.worker("Fatima Bakir")
    anna, piet = await world.member("Anna de Vries"), await world.member("Piet Smit")
    post = await makers_posts.need(world, piet, "Wie kent Anna uit de Rijnstraat")
    world.clock.move(minutes=37)
    await makers_moderation.report(world, anna, "post", post, reason="about_me")
    await (await anna.browser()).page(f"/posts/{post}", status=404)
    why = await (await piet.browser()).page(f"/posts/{post}/hiding")
    assert "wij er eerst naar willen kijken" in why.text and ".37" not in why.html
    assert await _told(world, piet.id) == []
    assert await _job(world, work_pool, settings) == []
    world.clock.move(minutes=23)
    assert len(await _job(world, work_pool, settings)) == 1
    [told] = await _told(world, piet.id)
    assert "eerst naar willen kijken" in told
    times = await world.owner.fetch(
        "select hidden_at as at from post where community_id = $1"
        " union select at from post_hiding where community_id = $1"
        " union select made_at from notice where community_id = $1 and party_id = $2",
        world.community, piet.id,
    )  # fmt: skip
    assert {row["at"].minute for row in times} == {0}
    [report] = await makers_moderation.reports(world)
    browser = await fatima.browser()
    assert "Het staat nu niet op de site" in (await browser.page("/reports")).text
    await decide(browser, report["id"], outcome="left")
    await (await anna.browser()).page(f"/posts/{post}")
    world.clock.move(hours=1)
    await makers_moderation.report(world, anna, "post", post, reason="about_me")
    await (await anna.browser()).page(f"/posts/{post}")  # looked at before: it stands


async def test_a_taken_down_post_must_be_decided_about(world: World) -> None:
    fatima = await world.worker("Fatima Bakir")
    anna, piet = await world.member("Anna de Vries"), await world.member("Piet Smit")
    post = await makers_posts.need(world, piet, "Wie kent Anna uit de Rijnstraat")
    await makers_moderation.report(world, anna, "post", post, reason="about_me")
    [report] = await makers_moderation.reports(world)
    browser = await fatima.browser()
    await decide(browser, report["id"], outcome="talked", note="Gebeld", status=422)
    check = await decide(browser, report["id"], outcome="hidden", reason="private")
    await browser.submit(check)
    why = await (await piet.browser()).page(f"/posts/{post}/hiding")
    assert "gegevens van iemand anders" in why.text


async def test_a_reported_message_loses_its_words_and_its_sender_hears_why(world: World) -> None:
    fatima = await world.worker("Fatima Bakir")
    anna, piet = await world.member("Anna de Vries"), await world.member("Piet Smit")
    need = await makers_posts.need(world, anna, "Heg snoeien")
    talk = await makers_exchanges.answer(world, need, piet, "Geef mij eerst honderd euro")
    message = await world.owner.fetchval(
        "select id from message where community_id = $1 and exchange_id = $2", world.community, talk
    )
    await makers_moderation.report(world, anna, "message", message, reason="money")
    [report] = await makers_moderation.reports(world)
    browser = await fatima.browser()
    assert "honderd euro" in (await browser.page(f"/reports/{report['id']}")).text
    check = await decide(browser, report["id"], outcome="hidden", reason="money")
    assert "Een bericht van u is weggehaald" in check.text
    await browser.submit(check)
    hidden = await world.owner.fetchval(
        "select hidden_at is not null from message where community_id = $1 and id = $2",
        world.community, message,
    )  # fmt: skip
    assert hidden
    assert [s for s in await _told(world, piet.id) if "Een bericht van u is weggehaald" in s]


async def test_staff_sees_what_was_reported_also_after_it_was_changed(world: World) -> None:
    fatima = await world.worker("Fatima Bakir")
    anna, piet = await world.member("Anna de Vries"), await world.member("Piet Smit")
    post = await makers_posts.offer(world, piet, "Koop mijn oude fiets")
    await makers_moderation.report(world, anna, "post", post, reason="advert")
    await world.owner.execute(
        "update post set title = 'Ik maak fietsen' where community_id = $1 and id = $2",
        world.community, post,
    )  # fmt: skip
    [report] = await makers_moderation.reports(world)
    page = await (await fatima.browser()).page(f"/reports/{report['id']}")
    assert "Ik maak fietsen" in page.text and "Koop mijn oude fiets" in page.text
