"""Member cards: made, handed out, lost; and what the code on one opens."""

import re

import pytest

from tests.world import World

pytestmark = pytest.mark.anyio


async def codes(world: World) -> dict[str, str]:
    """Codes in use by call name."""
    found = await world.owner.fetch(
        "select n.call_name, c.code from member_card c join person n"
        " on n.community_id = c.community_id and n.party_id = c.party_id"
        " where c.community_id = $1 and c.ended_at is null", world.community,
    )  # fmt: skip
    return {row["call_name"]: row["code"] for row in found}


async def test_everybody_without_a_card_gets_one_and_they_wait_until_handed_out(
    world: World,
) -> None:
    samira = await world.worker("Samira Bouali")
    anna = await world.member("Anna de Vries")
    await world.member("Zus Bos", world.south)
    browser = await samira.browser()
    desk = await browser.page("/print")
    assert "2 buren hebben nog geen kaart." in desk.html
    sheet = await browser.submit(desk, "/print/cards")
    made = await codes(world)
    assert set(made) == {"Anna", "Samira"}
    printed = sheet.html.partition('class="sheet')[2]
    assert "Anna" in printed and "de Vries" not in printed
    first, last = anna.number[:3], anna.number[3:]
    assert f"{' '.join(first)} – {' '.join(last)}" in printed
    assert made["Anna"] not in re.sub(r"<svg.*?</svg>", "", printed, flags=re.S)
    done = await browser.submit(sheet, "/print/cards/given")
    assert "Alles is bezorgd" in done.html and "nog geen kaart" not in done.html
    again = await browser.submit(desk, "/print/cards", status=409, _key="another-key-of-20-signs")
    assert "Iedereen heeft al een kaart." in again.html
    acts = await world.owner.fetch(
        "select act from audit_entry where community_id = $1 and subject_id = $2 order by id",
        world.community, anna.id,
    )  # fmt: skip
    assert [row["act"] for row in acts][-3:] == ["card.made", "card.printed", "card.given"]


async def test_a_code_opens_the_sign_in_page_and_never_signs_anybody_in(world: World) -> None:
    samira = await (await world.worker("Samira Bouali")).browser()
    evert = await (await world.worker("Evert Post", world.south)).browser()
    anna = await world.member("Anna de Vries")
    page = await samira.page(f"/print/cards/{anna.id}")
    await samira.submit(page, f"/print/cards/{anna.id}")
    old = (await codes(world))["Anna"]
    visitor = world.browser()
    for code in (old, "nothing-of-the-kind"):
        answer = await visitor.get(f"/{world.slug}/card/{code}")
        assert answer.status_code == 303 and answer.headers["location"].endswith("/session")
    assert f"session-{world.slug}" not in visitor.cookies
    asked = await visitor.page(f"/card/{old}")
    assert anna.number not in asked.html and asked.form("/session").data["who"] == ""
    seen = await samira.get(f"/{world.slug}/card/{old}")
    assert seen.headers["location"].endswith(f"/parties/{anna.id}/admin")
    elsewhere = await evert.get(f"/{world.slug}/card/{old}")
    assert elsewhere.headers["location"].endswith("/session")
    await samira.submit(await samira.page(f"/print/cards/{anna.id}"), f"/print/cards/{anna.id}")
    assert (await codes(world))["Anna"] != old
    lost = await samira.get(f"/{world.slug}/card/{old}")
    assert lost.headers["location"].endswith("/session")


async def test_nobody_but_a_worker_there_makes_or_prints_a_card(world: World) -> None:
    await world.worker("Samira Bouali")
    anna = await world.member("Anna de Vries")
    evert = await world.worker("Evert Post", world.south)
    for member in (anna, await world.admin("Joris Smit"), evert):
        browser = await member.browser()
        await browser.page(f"/print/cards/{anna.id}", status=404)
    assert await codes(world) == {}
