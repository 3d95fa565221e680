"""Hour notes from the page: made, printed, brought, lost, found."""

import pytest

from tests.makers_membership import act_for, press, send
from tests.makers_vouchers import made, on_paper
from tests.world import PASSWORD, Browser, Page, World, make_world
from timebank.kernel.numbers import short_number

pytestmark = pytest.mark.anyio


def codes_on(sheet: Page) -> int:
    return sheet.html.count('class="qr"')


async def test_four_notes_go_on_one_sheet_and_nobody_is_named_on_them(world: World) -> None:
    anna = await world.member("Anna de Vries")
    world.clock.move(days=31)
    browser = await anna.browser()
    assert "/vouchers" in (await browser.page("/hours")).html
    page = await send(browser, "/vouchers/new", "/vouchers", count="5", minutes="30")
    assert (
        "U vroeg" not in page.text and "2 uur en 30 minuten van u staat nu op papier" in page.text
    )
    sheet = await browser.submit(page, "/vouchers/sheets")
    assert sheet.html.count('class="sheet notes4"') == 2 and codes_on(sheet) == 5
    paper = sheet.html.split('class="sheet notes4"', 1)[1].split("</main>")[0]
    assert "Anna" not in paper and anna.number not in paper and "30 minuten" in paper
    again = await browser.submit(page, "/vouchers/sheets")
    assert codes_on(again) == 0, "a second press prints no second set of codes"
    statement = await browser.page("/hours")
    assert "U maakte 5 urenbonnen van 30 minuten" in statement.text
    assert "U heeft 2 uur en 30 minuten." in statement.text


async def test_who_brings_a_note_gets_its_hours_once(world: World) -> None:
    anna, bram = await world.member("Anna de Vries"), await world.member("Bram Bakker")
    [(note, code)] = await on_paper(world, anna)
    carla = await world.member("Carla Smit")
    browser = await bram.browser()
    page = await browser.page(f"/vouchers/codes/{code}")
    assert "Hier staat 1 uur op" in page.text and "Anna" not in page.html
    first = await browser.submit(page, "/redemption")
    assert "Ingewisseld." in first.text and "U heeft 6 uur." in first.text
    assert f"Urenbon {short_number(note.number)} ingewisseld" in first.text
    assert "al gedaan" in (await browser.submit(page, "/redemption")).text
    assert "U heeft 6 uur." in (await browser.page("/hours")).text
    assert "U wisselde deze bon al in op" in (await browser.page(f"/vouchers/codes/{code}")).text
    other = await carla.browser()
    late = await other.page(f"/vouchers/codes/{code}")
    assert "Deze bon is al ingewisseld op" in late.text and "Bram" not in late.html
    hers = await anna.browser()
    assert (
        f"Uw urenbon {short_number(note.number)} van 1 uur is ingewisseld."
        in (await hers.page("/")).text
    )
    mine = await hers.page("/vouchers")
    assert "Ingewisseld op" in mine.text and "Bram" not in mine.html


async def test_her_own_note_is_for_another_and_its_page_says_how_the_time_comes_back(
    world: World,
) -> None:
    anna, bram = await world.member("Anna de Vries"), await world.member("Bram Bakker")
    samira = await world.worker("Samira Bouali")
    [(note, code)] = await on_paper(world, anna)
    hers = await anna.browser()
    page = await hers.page(f"/vouchers/codes/{code}")
    assert "Dit is uw eigen urenbon." in page.text
    assert "/redemption" not in page.html and f"/vouchers/{note.id}" in page.html
    assert await press(hers, f"/vouchers/codes/{code}/redemption", _key="k" * 20) == 409
    assert "U heeft 4 uur." in (await hers.page("/hours")).text
    acting = await act_for(samira, anna)
    assert "Anna maakte dit papier zelf." in (await acting.page(f"/vouchers/codes/{code}")).text
    led = await acting.submit(
        await acting.page("/vouchers/redemptions/new"), "/vouchers/redemptions", number=note.number
    )
    assert led.url.endswith(f"/vouchers/{note.id}")
    his = await bram.browser()
    await send(his, f"/vouchers/codes/{code}", "/redemption")
    assert "U heeft 6 uur." in (await his.page("/hours")).text


async def test_who_is_signed_out_signs_in_first_and_comes_back(world: World) -> None:
    anna, bram = await world.member("Anna de Vries"), await world.member("Bram Bakker")
    await world.give_password(bram)
    [(_note, code)] = await on_paper(world, anna)
    visitor = world.browser()
    door = await visitor.page(f"/vouchers/codes/{code}")
    assert "1 uur" not in door.text
    page = await visitor.submit(door, "/session", who=bram.number, password=PASSWORD)
    assert "Hier staat 1 uur op" in page.text


async def test_starting_hours_and_hours_one_has_not_go_on_no_paper(world: World) -> None:
    anna = await world.member("Anna de Vries")
    browser = await anna.browser()
    early = await browser.page("/vouchers/new")
    assert "U kunt nu nog geen tijd weggeven" in early.text
    world.clock.move(days=31)
    browser = await anna.browser()
    page = await browser.page("/vouchers/new")
    wrong = await browser.submit(page, "/vouchers", status=422, count="6", minutes="60")
    assert "U geeft alleen weg wat u heeft" in " ".join(wrong.errors())
    for fields in ({"count": "0"}, {"count": "13"}, {"minutes": "45"}, {"minutes": "99"}):
        refused = await browser.submit(
            wrong, "/vouchers", status=422, **({"count": "1", "minutes": "60"} | fields)
        )
        assert refused.errors()
    assert "U heeft 5 uur." in (await browser.page("/hours")).text


async def test_21_and_22_a_guess_answers_alike_and_ends_in_waiting(world: World) -> None:
    anna, bram = await world.member("Anna de Vries"), await world.member("Bram Bakker")
    [(_note, code)] = await on_paper(world, anna)
    browser = await bram.browser()
    for guess in ("a" * 26, "x", code[:-1] + ("a" if code[-1] != "a" else "b"), code.upper()):
        page = await browser.page(f"/vouchers/codes/{guess}", status=404)
        assert page.h1 == "Deze code kennen wij niet"
    for tries in range(6):
        answer = await press(
            browser, f"/vouchers/codes/{'b' * 20}{tries}/redemption", _key=f"{tries:020}"
        )
        assert answer == 404
    other = await bram.browser()
    await other.page("/vouchers/codes/nog-een", status=429)
    assert "Hier staat 1 uur op" in (await browser.page(f"/vouchers/codes/{code}")).text


async def test_a_new_print_makes_the_old_paper_worthless(world: World) -> None:
    anna, bram = await world.member("Anna de Vries"), await world.member("Bram Bakker")
    [(note, code)] = await on_paper(world, anna)
    browser = await anna.browser()
    sheet = await send(browser, f"/vouchers/{note.id}", "/vouchers/sheets")
    assert codes_on(sheet) == 1
    await (await bram.browser()).page(f"/vouchers/codes/{code}", status=404)


async def test_a_lost_note_is_blocked_at_once_and_can_turn_up(world: World) -> None:
    anna, bram = await world.member("Anna de Vries"), await world.member("Bram Bakker")
    [(note, code)] = await on_paper(world, anna)
    hers, his = await anna.browser(), await bram.browser()
    page = await his.page(f"/vouchers/codes/{code}")
    await send(hers, f"/vouchers/{note.id}", "/cancellation")
    refused = await his.submit(page, "/redemption", status=409)
    assert (
        "als kwijt opgegeven" in refused.text
        and "U heeft 5 uur." in (await his.page("/hours")).text
    )
    await send(hers, f"/vouchers/{note.id}", "/recovery")
    await send(his, f"/vouchers/codes/{code}", "/redemption")
    assert "U heeft 6 uur." in (await his.page("/hours")).text
    await send_late(hers, f"/vouchers/{note.id}")


async def send_late(browser: Browser, path: str) -> None:
    """A note that ended has nothing to press any more."""
    assert "<form" not in (await browser.page(path)).html.split("<main")[1].split("</main>")[0]


async def test_what_was_never_printed_comes_back_at_once(world: World) -> None:
    anna = await world.member("Anna de Vries")
    [id_] = await made(world, anna)
    browser = await anna.browser()
    assert "U heeft 4 uur." in (await browser.page("/hours")).text
    await send(browser, f"/vouchers/{id_}", "/cancellation")
    assert "U heeft 5 uur." in (page := await browser.page("/hours")).text
    assert "de tijd kwam terug" in page.text


async def test_a_worker_prints_and_brings_what_a_member_cannot(world: World) -> None:
    samira, evert = await world.worker("Samira Bouali"), await world.worker("Evert", world.south)
    bep = await world.member("Bep Molenaar", reachable_by="phone")
    world.clock.move(days=31)
    for_bep = await act_for(samira, bep)
    page = await send(for_bep, "/vouchers/new", "/vouchers", count="2", minutes="60")
    page = await for_bep.submit(page, "/vouchers/print-requests")
    assert "Wij brengen ze bij u" in page.text
    desk = await samira.browser()
    listed = await desk.page("/worklist")
    assert "Bep Molenaar" in listed.text and f"/vouchers/sheets/{bep.id}" in listed.html
    await (await evert.browser()).page(f"/vouchers/sheets/{bep.id}", status=404)
    sheet = await send(desk, f"/vouchers/sheets/{bep.id}", f"/vouchers/sheets/{bep.id}")
    assert codes_on(sheet) == 2
    assert f"/vouchers/sheets/{bep.id}" not in (await desk.page("/worklist")).html
    log = await (await bep.browser()).page("/parties/me/views")
    assert "Drukte bonnen van papier af." in log.text


async def test_a_number_alone_is_for_a_worker_who_acts_for_a_member(world: World) -> None:
    samira = await world.worker("Samira Bouali")
    anna, bep = await world.member("Anna de Vries"), await world.member("Bep Molenaar")
    [(note, _code), (lost, _other)] = await on_paper(world, anna, 2)
    await (await bep.browser()).page("/vouchers/redemptions/new", status=404)
    await (await samira.browser()).page("/vouchers/redemptions/new", status=404)
    await send(await anna.browser(), f"/vouchers/{lost.id}", "/cancellation")
    browser = await act_for(samira, bep)
    page = await browser.page("/vouchers/redemptions/new")
    mistyped = note.number[:-1] + str((int(note.number[-1]) + 1) % 10)
    wrong = await browser.submit(page, "/vouchers/redemptions", status=422, number=mistyped)
    assert "Dit nummer klopt niet" in " ".join(wrong.errors())
    for number in (note.number, " ".join(lost.number)):
        check = await browser.submit(wrong, "/vouchers/redemptions", number=number)
        assert "staat 1 uur. Die tijd gaat naar Bep." in check.text
        done = await browser.submit(check, "/vouchers/redemptions")
        assert "Ingewisseld." in done.text
        wrong = await browser.page("/vouchers/redemptions/new")
    assert "U heeft 7 uur." in (await browser.page("/hours")).text
    check = await browser.submit(wrong, "/vouchers/redemptions", number=note.number)
    late = await browser.submit(check, "/vouchers/redemptions", status=409)
    assert "al in op" in late.text


async def test_what_is_somebody_elses_is_not_there(world: World) -> None:
    elsewhere = await make_world(world.wall, world.pool, world.owner, world.clock)
    anna, bram = await world.member("Anna de Vries"), await world.member("Bram Bakker")
    chris = await elsewhere.member("Chris de Boer")
    [(note, code)] = await on_paper(world, anna)
    for path in (f"/vouchers/{note.id}", f"/vouchers/sheets/{anna.id}"):
        await (await bram.browser()).page(path, status=404)
    browser = await bram.browser()
    status = await press(browser, "/vouchers/sheets", _key="k" * 20, which=str(note.id))
    assert status == 409
    await (await chris.browser()).page(f"/vouchers/codes/{code}", status=404)


async def test_a_community_that_stops_still_honours_what_is_out(world: World) -> None:
    joris = await world.admin("Joris Smit")
    anna, bram = await world.member("Anna de Vries"), await world.member("Bram Bakker")
    [(_note, code)] = await on_paper(world, anna)
    await (await anna.browser()).page("/community/vouchers", status=404)
    desk = await joris.browser()
    await send(desk, "/community/vouchers", "/community/vouchers", is_on="no", valid_days="60")
    hers = await anna.browser()
    assert "nu geen nieuwe urenbonnen" in (await hers.page("/vouchers")).text
    status = await press(hers, "/vouchers", _key="k" * 20, count="1", minutes="60")
    assert status == 404
    assert "/vouchers" not in (await (await bram.browser()).page("/hours")).html
    his = await bram.browser()
    await send(his, f"/vouchers/codes/{code}", "/redemption")


async def test_the_community_calls_it_as_it_likes(world: World) -> None:
    joris, anna = await world.admin("Joris Smit"), await world.member("Anna de Vries")
    desk = await joris.browser()
    await send(
        desk, "/community/words", "/community/words", nl_voucher_one="roosje",
        nl_voucher_many="roosjes", nl_voucher_the="het roosje",
    )  # fmt: skip
    [(note, code)] = await on_paper(world, anna)
    browser = await anna.browser()
    assert "Roosjes" in (await browser.page("/hours")).text
    assert "U maakte een roosje van 1 uur" in (await browser.page("/hours")).text
    his = await (await world.member("Bram Bakker")).browser()
    await send(his, f"/vouchers/codes/{code}", "/redemption")
    page = await his.page("/hours")
    assert f"Roosje {short_number(note.number)} ingewisseld" in page.text
