"""My own data: what is known, the consent question, settings, blocks, the log."""

from datetime import UTC, datetime

import pytest

from tests.world import Browser, Member, World
from timebank import access, audit, parties

pytestmark = pytest.mark.anyio


async def act_for(world: World, worker: Member, member: Member) -> Browser:
    """A browser of the worker, who acts for the member."""
    browser = await worker.browser()
    page = await browser.page(f"/parties/{member.id}/admin")
    await browser.submit(page, "/acting-for")
    return browser


async def test_the_page_says_everything_we_know(world: World) -> None:
    ria = await world.member(
        "Ria van der Meer", likes="Wandelen", dislikes="Ladders", email="ria@voorbeeld.nl",
        phone="06-12345678", phone_key="+31612345678", birth_year=1948, street="Maasplein 3",
        postcode="1234 AB", reach_words="Liefst na tien uur", place_id=world.square,
    )  # fmt: skip
    page = await (await ria.browser()).page("/parties/me")
    for fact in (
        "Ria van der Meer", ria.number, "Wandelen", "Ladders", "ria@voorbeeld.nl", "06-12345678",
        "1948", "Maasplein 3, 1234 AB", "Liefst na tien uur", "Maasplein", "Noord",
    ):  # fmt: skip
        assert fact in page.text, fact


async def test_who_joined_at_night_joined_on_the_day_it_was_here(world: World) -> None:
    world.clock.set(datetime(2026, 6, 30, 22, 30, tzinfo=UTC))  # half past midnight in Amsterdam
    ria = await world.member("Ria Vos")
    page = await (await ria.browser()).page("/parties/me")
    assert "1 juli" in page.text and "30 juni" not in page.text


async def test_no_answer_is_ticked_before_it_is_given_and_it_counts_as_no(world: World) -> None:
    ria = await world.member("Ria Vos")
    page = await (await ria.browser()).page("/parties/me")
    assert "answer" not in page.form("/parties/me/consents").data
    assert "Dat telt als nee" in page.text
    async with world.transaction() as db:
        assert await parties.consent(db, world.community, ria.id, parties.WORKER_CALL) is None


async def test_the_question_about_calls_says_through_what_and_by_name_who_sees_it(
    world: World,
) -> None:
    ria = await world.member("Ria Vos")
    browser = await ria.browser()
    community = f"Wij kijken dan of u nog contact heeft met buren via Proefbuurt {world.slug}."
    page = await browser.page("/parties/me")
    assert f"{community} Alleen wie buurtwerker is in uw buurt ziet dat. U kunt dit" in page.text
    joining = await world.browser().page("/parties/new")
    assert f"{community} Alleen wie buurtwerker is in uw buurt ziet dat. U kunt" in joining.text
    await world.worker("Fatima O'Brien")
    page = await browser.page("/parties/me")
    assert f"{community} Alleen Fatima O'Brien ziet dat. U kunt" in page.text
    await world.worker("Joris Blom")
    await world.worker("Evert Post", world.south)
    page = await browser.page("/parties/me")
    assert "Alleen Fatima O'Brien en Joris Blom zien dat." in page.text.replace("Joris Blom en "
        "Fatima O'Brien", "Fatima O'Brien en Joris Blom")  # fmt: skip


async def test_an_answer_counts_at_once_and_the_earlier_ones_stay_in_sight(world: World) -> None:
    ria = await world.member("Ria Vos", consent="yes")
    browser = await ria.browser()
    page = await browser.page("/parties/me")
    assert page.form("/parties/me/consents").data["answer"] == "yes"
    after = await browser.submit(page, "/parties/me/consents", answer="no")
    assert "Het geldt vanaf nu" in after.html
    assert "Ja, dat mag. Dat zei u op deze site." in after.text
    assert "Nee, liever niet. Dat zei u op deze site." in after.text
    async with world.transaction() as db:
        assert await parties.consent(db, world.community, ria.id, parties.WORKER_CALL) == "no"


@pytest.mark.parametrize("answer", [None, "", "ja", "YES"])
async def test_an_answer_that_is_none_changes_nothing(world: World, answer: str | None) -> None:
    ria = await world.member("Ria Vos", consent="later")
    browser = await ria.browser()
    page = await browser.page("/parties/me")
    wrong = await browser.submit(page, "/parties/me/consents", status=422, answer=answer)
    assert wrong.errors()
    async with world.transaction() as db:
        assert await parties.consent(db, world.community, ria.id, parties.WORKER_CALL) == "later"


async def test_settings_are_kept_and_the_pages_speak_the_chosen_language(world: World) -> None:
    ria = await world.member("Ria Vos")
    browser = await ria.browser()
    page = await browser.page("/parties/me")
    form = page.form("/parties/me/settings").data
    assert form["language"] == "nl" and "hidden" not in form and "mail_whole" not in form
    after = await browser.submit(
        page, "/parties/me/settings", language="en", hidden="1", mail_whole="1"
    )
    assert '<html lang="en"' in after.html
    async with world.transaction() as db:
        kept = await parties.party(db, world.community, ria.id)
    assert (kept.language, kept.hidden, kept.mail_whole) == ("en", True, True)


async def test_a_hidden_member_is_not_found_by_neighbours_but_sees_herself(world: World) -> None:
    anna, ria = await world.member("Anna de Vries"), await world.member("Ria Vos")
    browser = await ria.browser()
    page = await browser.page("/parties/me")
    await browser.submit(page, "/parties/me/settings", hidden="1")
    await (await anna.browser()).page(f"/parties/{ria.id}", status=404)
    assert "Zo zien buren u" in (await browser.page(f"/parties/{ria.id}")).text


async def test_who_was_blocked_is_listed_and_can_be_let_back(world: World) -> None:
    anna, ria = await world.member("Anna de Vries"), await world.member("Ria Vos")
    async with world.transaction() as db:
        await parties.block(
            db, community=world.community, blocker=ria.id, blocked=anna.id, by=ria.id,
            now=world.clock(),
        )  # fmt: skip
    browser = await ria.browser()
    page = await browser.page("/parties/me")
    assert "Anna de Vries" in page.text
    after = await browser.submit(page, f"/parties/{anna.id}/block/end")
    assert "elkaar nu weer tegenkomen" in after.html
    await browser.page(f"/parties/{anna.id}")


async def test_a_block_of_somebody_else_cannot_be_ended(world: World) -> None:
    anna, ria = await world.member("Anna de Vries"), await world.member("Ria Vos")
    async with world.transaction() as db:
        await parties.block(
            db, community=world.community, blocker=ria.id, blocked=anna.id, by=ria.id,
            now=world.clock(),
        )  # fmt: skip
    browser = await anna.browser()
    token = (await browser.page("/parties/me")).form("/parties/me/consents").data["_csrf"]
    for path in (f"/parties/{ria.id}/block/end", f"/parties/{anna.id}/block/end"):
        answer = await browser.post(f"/{world.slug}{path}", data={"_csrf": token})
        assert answer.status_code == 404
    await browser.page(f"/parties/{ria.id}", status=404)


async def test_the_log_says_who_did_what_and_names_no_reporter(world: World) -> None:
    fatima = await world.worker("Fatima Bouali")
    piet, ria = await world.member("Piet Klok"), await world.member("Ria Vos")
    async with world.transaction() as db:
        place = {"community": world.community, "subject": ria.id, "now": world.clock()}
        await audit.note(db, act="party.looked", actor=fatima.id, **place)
        await audit.note(db, act="report.made", actor=piet.id, **place)
        await access.make_ticket(
            db, community=world.community, party=ria.id, kind="worker_code", by=fatima.id,
            now=world.clock(),
        )  # fmt: skip
    page = await (await ria.browser()).page("/parties/me/views")
    looks, deeds = page.text.split("Wat is er gedaan?")
    assert "Fatima Bouali, buurtwerker" in looks and "Bekeek uw gegevens." in looks
    assert "Maakte een code" in deeds and "Bekeek" not in deeds
    assert "Piet" not in page.text and "Klok" not in page.text


async def test_nobody_looked_is_said_in_words(world: World) -> None:
    ria = await world.member("Ria Vos")
    page = await (await ria.browser()).page("/parties/me/views")
    assert "Niemand keek." in page.text


async def test_a_changed_name_stands_in_old_lines_too(world: World) -> None:
    """N2: no name is copied, so every page reads the new one."""
    fatima = await world.worker("Fatima Bouali")
    ria = await world.member("Ria Vos")
    async with world.transaction() as db:
        await audit.note(
            db, community=world.community, act="party.looked", actor=fatima.id, subject=ria.id,
            now=world.clock(),
        )  # fmt: skip
        await parties.change_details(
            db, community=world.community, party=fatima.id, by=fatima.id, now=world.clock(),
            details=world.details("Fatima de Wit"),
        )  # fmt: skip
    browser = await ria.browser()
    page = await browser.page("/parties/me/views")
    assert "Fatima de Wit, buurtwerker" in page.text and "Bouali" not in page.text
    own = await (await fatima.browser()).page("/parties/me/views")
    assert "Veranderde uw gegevens." in own.text
    assert "Veranderde uw gegevens." not in page.text


@pytest.mark.parametrize("path", ["/parties/me", "/parties/me/views", "/parties"])
async def test_without_signing_in_no_page_is_shown(world: World, path: str) -> None:
    answer = await world.browser().get(f"/{world.slug}{path}")
    assert answer.status_code == 303 and "/session?next=" in answer.headers["location"]
