"""How long it took: what people type is exact minutes or a clear question, never a guess."""

from typing import Any

import pytest

from tests import makers_exchanges as makers
from tests.world import Browser, Page, World

pytestmark = pytest.mark.anyio


async def _page(world: World) -> tuple[Browser, Page, str]:
    ria, ahmed = await world.member("Ria Jansen"), await world.member("Ahmed Yilmaz")
    id_ = await makers.planned(world, ria, ahmed, on_date=world.clock().date())
    browser = await ahmed.browser()
    return browser, await browser.page(f"/exchanges/{id_}/done"), f"/exchanges/{id_}/done"


GOOD = [
    ("1:45", "1 uur en 45 minuten"), ("anderhalf", "1 uur en 30 minuten"), ("1,5", "1 uur en 30"),
    ("1½", "1 uur en 30 minuten"), ("drie kwartier", "45 minuten"), ("0,25", "15 minuten"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "shown"), GOOD)
async def test_l2_what_was_typed_is_what_is_passed_on(world: World, typed: str, shown: str) -> None:
    browser, page, _path = await _page(world)
    after = await browser.submit(page, "/done", time_choice="other", time_hours=typed)
    assert f"U gaf door: {shown}" in after.text


ASKED = [
    ("1,1", "1 uur of 1 uur en 15 minuten"),
    ("1.1", "1 uur of 1 uur en 15 minuten"),
    ("0,29", ""), ("2,55", ""), ("0", "meer dan 0"), ("-1", "zonder streepje"), ("veel", ""),
    ("99999", ""), ("1e3", ""),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "says"), ASKED)
async def test_l2_anything_else_is_a_question_and_nothing_is_passed_on(
    world: World, typed: str, says: str
) -> None:
    browser, page, path = await _page(world)
    again = await browser.submit(page, "/done", status=422, time_choice="other", time_hours=typed)
    assert len(again.errors()) == 1 and says in again.errors()[0]
    assert again.form("/done").data["time_hours"] == typed
    assert (await browser.page(path)).h1 == "Hoe lang duurde het?"


async def test_a_choice_that_was_not_offered_is_refused(world: World) -> None:
    browser, page, _path = await _page(world)
    for value in ("-60", "0", "1441", "60.5", "9" * 30):
        await browser.submit(page, "/done", status=422, time_choice=value)


async def test_more_than_eight_hours_is_asked_about_once(world: World) -> None:
    browser, page, _path = await _page(world)
    again = await browser.submit(
        page, "/done", status=422, time_choice="other", time_hours="9", time_minutes="0"
    )
    assert "9 uur is lang voor één keer. Klopt dat?" in again.errors()[0]
    other = await browser.submit(again, "/done", status=422, time_hours="10")
    assert "10 uur is lang" in other.errors()[0]
    after = await browser.submit(other, "/done")
    assert "U gaf door: 10 uur" in after.text


SPANS: list[tuple[str, str, int, str]] = [
    ("22.30", "0.45", 200, "2 uur en 15 minuten"),
    ("9.00", "9.00", 422, "Begin en einde zijn gelijk"),
    ("10.00", "9.00", 422, "de volgende dag?"),
    ("14.00", "15.30", 200, "1 uur en 30 minuten"),
    ("14.00", "15.20", 422, "1 uur en 15 minuten of 1 uur en 30 minuten"),
]


@pytest.mark.parametrize(("start", "end", "status", "says"), SPANS)
async def test_t2_from_when_to_when(
    world: World, start: str, end: str, status: int, says: str
) -> None:
    browser, page, _path = await _page(world)
    after = await browser.submit(
        page, "/done", status=status, time_choice="", from_at=start, until_at=end
    )
    assert says in after.text


async def test_t2_the_next_day_is_asked_and_pressing_again_says_yes(world: World) -> None:
    browser, page, _path = await _page(world)
    again = await browser.submit(
        page, "/done", status=422, time_choice="", from_at="10.00", until_at="9.00"
    )
    after = await browser.submit(again, "/done")
    assert "U gaf door: 23 uur" in after.text


async def test_an_amount_and_a_clock_that_differ_are_not_both_believed(world: World) -> None:
    browser, page, _path = await _page(world)
    again = await browser.submit(
        page, "/done", status=422, time_choice="60", from_at="14.00", until_at="16.00"
    )
    assert "Van begin tot eind is 2 uur." in again.errors()[0]


DAYS: list[tuple[dict[str, Any], int, str]] = [
    ({"done_choice": "yesterday"}, 200, "op maandag 9 maart"),
    ({"done_choice": "planned"}, 200, "op dinsdag 10 maart"),
    ({"done_choice": "other", "done_day": "1", "done_month": "3", "done_year": "2026"}, 200,
     "op zondag 1 maart"),
    ({"done_choice": "other", "done_day": "11", "done_month": "3", "done_year": "2026"}, 422,
     "moet nog komen"),
    ({"done_choice": "other", "done_day": "1", "done_month": "3", "done_year": "2020"}, 422,
     "langer dan een jaar"),
    ({"done_choice": "other", "done_day": "1", "done_month": "3", "done_year": "10000"}, 422,
     "vier cijfers"),
    ({"done_choice": "tomorrow"}, 422, "uit de lijst"),
]  # fmt: skip


@pytest.mark.parametrize(("day", "status", "says"), DAYS)
async def test_when_it_was(world: World, day: dict[str, Any], status: int, says: str) -> None:
    browser, page, _path = await _page(world)
    after = await browser.submit(page, "/done", status=status, time_choice="60", **day)
    assert says in after.text


async def test_nothing_said_is_a_question(world: World) -> None:
    browser, page, _path = await _page(world)
    again = await browser.submit(page, "/done", status=422, time_choice="")
    assert again.errors() == ["Kies hoe lang het duurde."]
