"""The paper story in a real browser: a member without e-mail, from a call to a redeemed hour note."""

import re
from contextlib import AsyncExitStack

import pytest

from tests.browser.conftest import Opens
from tests.browser.walk import Walk
from tests.pictures import codes_in
from tests.world import World
from timebank import areas

pytestmark = [pytest.mark.anyio, pytest.mark.browser]
NAME = "Annie Molenaar"


async def test_a_member_without_e_mail_goes_from_a_call_to_a_redeemed_hour_note(
    opens: Opens, world: World
) -> None:
    samira = await world.worker("Samira Bouali")
    bram = await world.member("Bram Bakker", place_id=world.square)
    async with world.transaction() as db:
        await areas.set_helper(
            db, community=world.community, area=world.north, helper=samira.id,
            phone="030 555 01 42", hours=None, walk_in=None,
        )  # fmt: skip
    async with AsyncExitStack() as stack:
        worker = Walk(await stack.enter_async_context(opens(samira)), world, "nl")
        helper = Walk(await stack.enter_async_context(opens(bram, phone=True)), world, "nl")
        annie = await registered_by_phone(worker)
        await worker.to(f"/print/cards/{annie}")
        await worker.press("Maak een kaart")
        card = worker.page.locator(".pass")
        assert "Annie" in await card.inner_text() and codes_in(await card.screenshot())
        post = await asks_by_phone(worker, annie)
        await helper.to(post)
        seen = await helper.page.locator("main").inner_text()
        assert "Annie" in seen and "Molenaar" not in seen and "06 55500123" not in seen
        await helped(worker, helper, annie)
        await helper.to("/hours")
        await helper.reads("U heeft 6 uur en 30 minuten.")
        number = await makes_a_note(helper)
        await brings_it(worker, annie, number)
        await worker.reads("U heeft 4 uur en 30 minuten.")
        await worker.reads(f"Urenbon {number} ingewisseld")
        await worker.page.locator(".behalf button").click()
        await helper.to("/vouchers")
        await helper.reads("Ingewisseld op")


async def registered_by_phone(worker: Walk) -> str:
    """Samira fills in what Annie says, and lets her take part: her id."""
    await worker.to("/parties/new")
    await worker.choose("way", "phone")
    await worker.fill("full_name", NAME)
    await worker.fill("call_name", "Annie")
    await worker.choose("area", str(worker.world.north))
    await worker.choose("reachable_by", "phone")
    await worker.fill("phone", "06 55500123")
    await worker.choose("language", "nl")
    await worker.choose("consent", "yes")
    await worker.press("Aanmelden")
    await worker.to("/applicants")
    async with worker.page.expect_navigation():
        await worker.page.get_by_role("link", name=NAME).first.click()
    annie = worker.path.rpartition("/")[2]
    await worker.press("Ja, deze buur mag meedoen")
    return annie


async def acts_for(worker: Walk, annie: str) -> None:
    """Annie is on the phone, or at the table."""
    await worker.to(f"/parties/{annie}/admin")
    await worker.press("Iets regelen voor Annie")


async def stops(worker: Walk) -> None:
    async with worker.page.expect_navigation():
        await worker.page.locator(".behalf button").click()


async def asks_by_phone(worker: Walk, annie: str) -> str:
    """Her need, in her name: its path."""
    await acts_for(worker, annie)
    await worker.to("/posts/new?direction=need")
    await worker.fill("title", "Wie hangt mijn lamp op?")
    await worker.press("Vraag plaatsen")
    post = worker.path
    await stops(worker)
    return post


async def helped(worker: Walk, helper: Walk, annie: str) -> None:
    """Bram answers, Annie is rung and says yes, he does it, and she says that the time is right."""
    await helper.press("Ik wil helpen")
    await helper.press("Stuur")
    talk = helper.path
    await helper.to(f"{talk}/proposals/new")
    await helper.choose("on_choice", "today")
    await helper.fill("at", "14.00")
    await helper.choose("time_choice", "90")
    await helper.press("Stel dit voor")
    await worker.to("/worklist")
    await worker.reads(f"Doorgeven aan {NAME}")
    await acts_for(worker, annie)
    await worker.to(talk)
    await worker.press("Ja, dat is goed")
    await helper.to(f"{talk}/done")
    await helper.choose("time_choice", "90")
    await helper.press("Doorgeven")
    await worker.to("")
    await worker.press("Bekijk en antwoord")
    await worker.press("Ja, dat klopt")
    await worker.to("/hours")
    await worker.reads("U heeft 3 uur en 30 minuten.")
    await stops(worker)


async def makes_a_note(helper: Walk) -> str:
    """Bram puts an hour on paper for soup that Annie cooks: the number on it."""
    await helper.to("/hours")
    await helper.press("Urenbonnen")
    await helper.press("Maak urenbonnen")
    await helper.fill("count", "1")
    await helper.choose("minutes", "60")
    await helper.press("Maak ze")
    await helper.press("Druk af")
    note = await helper.page.locator(".ticket").inner_text()
    assert "1 uur" in note and "Bram" not in note
    [code] = codes_in(await helper.page.locator(".ticket").screenshot())
    assert "/vouchers/codes/" in code
    found = re.search(r"(\d) (\d) (\d) – (\d) (\d) (\d)", note)
    assert found, note
    digits = "".join(found.groups())
    return f"{digits[:3]}-{digits[3:]}"


async def brings_it(worker: Walk, annie: str, number: str) -> None:
    """Annie has no phone that scans: she brings the paper, and Samira types its number."""
    await acts_for(worker, annie)
    await worker.to("/vouchers")
    await worker.press("Wissel er een in met het nummer")
    await worker.fill("number", number)
    await worker.press("Ga verder")
    await worker.reads("Die tijd gaat naar Annie.")
    await worker.press("Ja, wissel in")
