"""What is cut out, folded or read by a telephone: letters, cards, posters and hour notes."""

import pytest

from tests.browser.conftest import Opens
from tests.browser.measured import AREA, sheets, words_at
from tests.browser.paper_town import opened, paper_people
from tests.house.town import Town
from tests.makers_papers import by_post, letter_news, letter_rule
from tests.pictures import codes_in

pytestmark = [pytest.mark.anyio, pytest.mark.browser]


@pytest.mark.parametrize(("window", "left"), [("left", 20), ("right", 105)])
async def test_a_letter_has_its_address_in_the_window_and_its_strip_below_the_fold(
    window: str, left: int, town: Town, opens: Opens
) -> None:
    world = town.world
    wil = await by_post(world, "Wilhelmina van der Meer-van Wijngaarden")
    await letter_news(world, wil, town.people["bram"])
    await letter_rule(world, window=window)
    async with opened(town, opens, "papers/letters.html") as page:
        [sheet] = sheets(await page.pdf(format="A4"))
        await page.set_viewport_size(AREA)
        await page.emulate_media(media="print")
        folds = await page.locator(".letter").evaluate(FOLDS)
        await page.emulate_media(media="null")
        await page.goto(f"/{world.slug}/print/parties/{wil.id}/statement")
        [statement] = sheets(await page.pdf(format="A4"))
    assert [round(fold + 18) for fold in folds] == [99, 198]
    address = ["Wilhelmina van der Meer-van", "Wijngaarden", "Rijnlaan 12 bis", "3522 BN Utrecht"]
    for printed in (sheet, statement):
        inside = [w for w in words_at(printed) if 44 < w[2] < 71]
        assert [" ".join(text.split()) for text, _x, _y in inside] == address
        for text, x, y in inside:
            assert left <= x and x + len(text) * 2.6 < left + 85 and 46 + 3.5 < y < 69, text
    strip = {text: y for text, _x, y in words_at(sheet) if y > 198}
    assert any("Strook" in text for text in strip) and any(
        "100" in t or "1 0 0" in t for t in strip
    )
    assert not any("Bram vraagt" in text for text in strip)


FOLDS = """letter => ["::before", "::after"].map(
  mark => parseFloat(getComputedStyle(letter, mark).top) * 25.4 / 96)"""
"""Where the fold marks are drawn, in mm below the margin."""


async def test_a_card_is_as_large_as_a_bank_card_and_its_code_reads_back(
    town: Town, opens: Opens
) -> None:
    await paper_people(town)
    await town.world.owner.execute(
        "update person set call_name = 'Wilhelmina-Catharina van der Molen-Posts'"
        " where party_id = $1", town.people["annie"].id,
    )  # fmt: skip
    await town.world.owner.execute(
        "update community set name = 'Tijd voor elkaar Rivierenwijk en Tolsteeg' where id = $1",
        town.world.community,
    )
    async with opened(town, opens, "papers/cards.html") as page:
        printed = sheets(await page.pdf(format="A4"))
        assert [s.text.count("Hulp nodig?") for s in printed] == [10, 1]
        await page.emulate_media(media="print")
        card = page.locator(".pass").first
        box, code = await card.bounding_box(), await card.locator(".qr path").bounding_box()
        assert box is not None and code is not None
        assert (box["width"] * 25.4 / 96, box["height"] * 25.4 / 96) == pytest.approx(
            (85.6, 54), abs=0.2
        )
        assert code["width"] * 25.4 / 96 >= 20 - 0.1 and code["width"] == pytest.approx(
            code["height"], abs=0.5
        )
        [read] = codes_in(await card.screenshot())
        cut = await page.locator(".pass").evaluate_all(
            "cards => cards.filter(c => c.scrollHeight > c.clientHeight + 1"
            " || c.scrollWidth > c.clientWidth + 1).map(c => c.textContent)"
        )
    assert cut == []
    kept = await town.world.owner.fetch(
        "select code from member_card where community_id = $1", town.world.community
    )
    path = read.partition("//")[2].partition("/")[2]
    assert path in {f"{town.world.slug}/card/{row['code']}" for row in kept}


async def test_codes_on_leaflets_and_posters_open_the_front_page(town: Town, opens: Opens) -> None:
    await paper_people(town)
    for template in ("papers/about.html", "papers/board.html", "papers/poster.html"):
        async with opened(town, opens, template) as page:
            await page.emulate_media(media="print")
            [code] = codes_in(await page.locator(".qr").screenshot())
            assert code.endswith(f"/{town.world.slug}") and code.startswith("http"), template


async def test_an_hour_note_has_room_for_two_names_and_its_code_redeems_it(
    town: Town, opens: Opens
) -> None:
    await paper_people(town)
    annie, slug = town.people["annie"], town.world.slug
    async with opened(town, opens, "vouchers/sheet.html") as page:
        [sheet] = sheets(await page.pdf(format="A4"))
        assert [sheet.text.count(said) for said in ("1 uur", "Te gebruiken", "Voor")] == [4] * 3
        assert "Bram" not in sheet.text
        await page.set_viewport_size(AREA)
        await page.emulate_media(media="print")
        notes = page.locator(".ticket")
        cut = await notes.evaluate_all(
            "notes => notes.filter(n => n.scrollHeight > n.clientHeight + 1"
            " || n.scrollWidth > n.clientWidth + 1).map(n => n.textContent)"
        )
        code = await notes.first.locator(".qr path").bounding_box()
        lines = await notes.first.locator(".dots").all()
        rooms = [box["width"] * 25.4 / 96 for line in lines if (box := await line.bounding_box())]
        read = codes_in(await page.screenshot(full_page=True))
    assert cut == [] and len(rooms) == 2 and min(rooms) > 60
    assert code is not None and code["width"] * 25.4 / 96 >= 20
    assert len(set(read)) == 4
    assert all(text.startswith("http") and "Bram" not in text for text in read)
    async with opens(annie, phone=True, script=False) as page:
        path = "/" + read[0].partition("//")[2].partition("/")[2]
        assert path.startswith(f"/{slug}/vouchers/codes/")
        await page.goto(path)
        await page.get_by_role("button", name="Wissel in").click()
        assert "Ingewisseld." in (await page.text_content("#said") or "")
