"""The whole loop in a real browser: join, be admitted, ask, reply, agree, do, confirm, balance."""

from contextlib import AsyncExitStack
from typing import Any

import pytest

from tests.browser.conftest import LARGE_LETTERS, Opens, launched
from tests.browser.walk import Walk
from tests.world import World
from timebank import areas

pytestmark = [pytest.mark.anyio, pytest.mark.browser]
PASSWORD = "vier gewone woorden samen"


WAYS: dict[str, dict[str, Any]] = {
    "with script": {},
    "without script": {"script": False},
    "on a phone": {"phone": True},
    "in English": {"language": "en"},
    "on a phone, without script, in large letters": {"phone": True, "script": False, "large": True},
}


@pytest.mark.parametrize("way", list(WAYS))
async def test_a_neighbour_asks_a_neighbour_helps_and_the_hours_are_booked(
    opens: Opens, world: World, way: str
) -> None:
    options = dict(WAYS[way])
    language = str(options.get("language", "nl"))
    worker = await world.worker("Samira Bouali")
    bram = await world.member("Bram Bakker", place_id=world.square)
    async with world.transaction() as db:
        await areas.set_helper(
            db, community=world.community, area=world.north, helper=worker.id,
            phone="030 555 01 42", hours=None, walk_in=None,
        )  # fmt: skip
    async with AsyncExitStack() as stack:
        large = options.pop("large", False)
        if large:
            options["browser"] = await stack.enter_async_context(launched(LARGE_LETTERS))

        async def enter(who: object) -> Walk:
            page = await stack.enter_async_context(opens(who, **options))
            return Walk(page, world, language)

        anna = await enter(None)
        await join(anna)
        assert await anna.letters() == ("24px" if large else "16px")
        code, number = await admit(await enter(worker), language)
        await anna.to("/code")
        await anna.fill("number", number)
        await anna.fill("code", code)
        await anna.fill("password", PASSWORD)
        await anna.press("Kies dit wachtwoord")
        await anna.to("/posts/new?direction=need")
        await anna.fill("title", "Wie hangt mijn lamp op?")
        await anna.press("Vraag plaatsen")
        post = anna.path
        helper = await enter(bram)
        await helper.to(post)
        await helper.press("Ik wil helpen")
        await helper.press("Stuur")
        talk = helper.path
        await helper.to(f"{talk}/proposals/new")
        await helper.choose("on_choice", "today")
        await helper.fill("at", "14.00")
        await helper.choose("time_choice", "60")
        await helper.press("Stel dit voor")
        await anna.to(talk)
        await anna.press("Ja, dat is goed")
        await helper.to(f"{talk}/done")
        await helper.choose("time_choice", "90")
        await helper.press("Doorgeven")
        await anna.to("")
        await anna.press("Bekijk en antwoord")
        await anna.press("Ja, dat klopt")
        await anna.to("/hours")
        await anna.reads("U heeft %(time)s.", time=_time(language, 3, 30))
        await helper.to("/hours")
        await helper.reads("U heeft %(time)s.", time=_time(language, 6, 30))


def _time(language: str, hours: int, minutes: int) -> str:
    joined = "{} uur en {} minuten" if language == "nl" else "{} hours and {} minutes"
    return joined.format(hours, minutes)


async def join(anna: Walk) -> None:
    """Somebody asks to join, without an e-mail address."""
    await anna.to("")
    await anna.press("Ik wil meedoen")
    await anna.fill("full_name", "Anna de Vries")
    await anna.fill("call_name", "Anna")
    await anna.choose("area", str(anna.world.north))
    await anna.choose("reachable_by", "phone")
    await anna.fill("phone", "06 55500123")
    await anna.choose("language", anna.language)
    await anna.choose("consent", "yes")
    await anna.press("Aanmelden")


async def admit(worker: Walk, language: str) -> tuple[str, str]:
    """The worker admits her: (code, number) that stand on the page."""
    await worker.to("/applicants")
    await worker.page.get_by_role("link", name="Anna de Vries").first.click()
    await worker.press("Ja, deze buur mag meedoen")
    text = await worker.page.locator("main").inner_text()
    digits = ["".join(c for c in word if c.isdigit()) for word in text.replace("–", "").split("\n")]
    code = next(d for d in digits if len(d) == 12)
    number = await worker.world.owner.fetchval(
        "select number from party p join person n on n.community_id = p.community_id"
        " and n.party_id = p.id where p.community_id = $1 and n.full_name = 'Anna de Vries'",
        worker.world.community,
    )
    return code, str(number)
