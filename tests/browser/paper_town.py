"""A town with something on every sheet that can be printed, and the way to each of them."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from playwright.async_api import Page as Shown

from tests.browser.conftest import Opens
from tests.house.town import Town
from tests.makers_papers import by_post, letter_news, letter_rule, news
from tests.makers_vouchers import earned, made
from timebank import hours, membership

SHEETS = {
    "contacts/print.html": ("worker", "/contacts/print?party={bep}"),
    "gatherings/print.html": ("worker", "/gatherings/{coffee}/print"),
    "hours/statement.html": ("annie", "/hours/statement"),
    "signals/checkin_card.html": ("worker", "/checkins/card?party={bep}"),
    "worklist/print.html": ("worker", "/worklist/print"),
    "membership/code.html": ("worker", "/parties/{bep}/admin"),
    "papers/letters.html": ("worker", "/print/letters"),
    "papers/cards.html": ("worker", "/print/cards"),
    "papers/about.html": ("worker", "/print/about"),
    "papers/board.html": ("worker", "/print/parties/{wil}/posts"),
    "membership/paper_form.html": ("worker", "/parties/form"),
    "papers/statement.html": ("worker", "/print/parties/{annie}/statement"),
    "papers/week.html": ("annie", "/print/week"),
    "papers/own_posts.html": ("annie", "/print/posts"),
    "papers/poster.html": ("bram", "/print/posts/{offer}"),
    "papers/appointment.html": ("annie", "/print/exchanges/{planned}"),
    "papers/receipt.html": ("annie", "/print/receipt?line=2"),
    "papers/help.html": ("annie", "/print/help"),
    "papers/leaving.html": ("leaver", "/print/leaving"),
    "vouchers/sheet.html": ("bram", "/vouchers"),
    "ties/area.html": ("worker", "/worklist/areas/{area}"),
    "signals/quarters.html": ("worker", "/signals/quarters"),
    "admin/own_file.html": ("bram", "/parties/me/file"),
}
"""Every page that offers to print itself: who opens it, and where (the code after a press)."""

PRESSED = {"membership/code.html": "/code", "vouchers/sheet.html": "/vouchers/sheets"}
"""Sheets that are shown once, after a press: the end of the form's address."""

GIFTS = 24


async def long_history(town: Town) -> None:
    """So many gifts to and fro, each with many words, that a statement takes several sheets."""
    world, one, two = town.world, town.people["annie"], town.people["bram"]
    world.clock.move(days=31)
    for number in range(GIFTS):
        giver, getter = (one, two) if number % 2 else (two, one)
        thanks = (
            "Dank",
            "Dank voor alle hulp in de tuin",
            "Dank voor alle hulp, en het was leuk ook",
        )
        said = f"Rij{number:02} {thanks[number % 3]}, en de hond zei het ook. Slot{number:02}"
        async with world.transaction() as db:
            await hours.give(
                db, community=world.community, idem=f"a gift of paper {number}", giver=giver.id,
                to=getter.id, minutes=15, booked_by=giver.id, now=world.clock(), words=said,
            )  # fmt: skip


async def paper_people(town: Town) -> None:
    """Wil gets a letter, Lies stops, and eleven members wait for their cards."""
    world, worker = town.world, town.people["worker"]
    wil = await by_post(world)
    town.things |= {"wil": wil.id, "annie": town.people["annie"].id, "area": world.north}
    town.people["leaver"] = lies = await world.member("Lies Vermeer", street="Rijnlaan 3")
    await letter_news(world, wil, town.people["bram"])
    for _n in range(6):  # more short questions than a strip has room for
        await news(world, wil, "your_turn", who_id=town.people["bram"].id)
    await letter_rule(world)
    counted = [{"what": f"rule_{said}", "online": None, "many": 6} for said in ("right", "unsure")]
    await world.owner.execute(
        "insert into signal_quarter values ($1, '2025-10-01', $2, 4)",
        world.community,
        json.dumps(counted),
    )
    for name in ("Els Jansen", "Fien Kok", "Gijs de Wit"):
        await world.member(name)
    place: dict[str, Any] = {"community": world.community}
    async with world.transaction() as db:
        for member in await membership.cards.without(db, areas=[world.north], **place):
            await membership.cards.make(
                db, party=member.party_id, by=worker.id, now=world.clock(), **place
            )
        await membership.leave(db, party=lies.id, by=lies.id, now=world.clock(), **place)
    await earned(world, town.people["bram"], 240)
    await made(world, town.people["bram"], 4, wait=False)


async def open_sheet(page: Shown, town: Town, template: str) -> None:
    """The page with this sheet; the code is shown once, after a press."""
    await page.goto(f"/{town.world.slug}{SHEETS[template][1].format(**town.things)}")
    if template in PRESSED:
        async with page.expect_navigation():
            await page.locator(f"form[action$='{PRESSED[template]}'] button").first.click()
    assert await page.locator("[data-print]:visible").count(), template


@asynccontextmanager
async def opened(town: Town, opens: Opens, template: str) -> AsyncIterator[Shown]:
    """One sheet, in a browser of its own."""
    async with opens(town.people[SHEETS[template][0]], dark=True) as page:
        await open_sheet(page, town, template)
        yield page
