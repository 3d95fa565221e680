"""Mijn tijd: balance, statement and giving time, through the pages."""

import pytest

from tests import makers_exchanges
from tests.world import World
from timebank import areas
from timebank.hours import pages
from timebank.kernel.dates import local_date
from timebank.kernel.numbers import member_number, short_number
from timebank.kernel.words import day
from timebank.papers.pages import statements
from timebank.web.community import Word

pytestmark = pytest.mark.anyio


async def test_starting_hours_stand_in_words(world: World) -> None:
    anna = await world.member("Anna de Vries")
    page = await (await anna.browser()).page("/hours")
    assert "U heeft 5 uur." in page.text
    assert "Tijd om mee te beginnen" in page.text


async def test_amounts_are_counted_in_the_own_word_and_the_clock_keeps_its_hours(
    world: World,
) -> None:
    async with world.transaction() as db:
        await areas.put_word(
            db, community=world.community, language="nl", key="hour",
            word=Word("Roosje", "Roosjes", "het Roosje"),
        )  # fmt: skip
    anna = await world.member("Anna de Vries")
    browser = await anna.browser()
    assert "U heeft 5 Roosjes." in (await browser.page("/")).text
    page = await browser.page("/hours")
    assert "U heeft 5 Roosjes." in page.text and "Een rondje is een Roosje." in page.text
    assert "Helpt u een buur een uur? Dan krijgt u een Roosje." in page.text
    piet = await world.member("Piet Smit")
    await makers_exchanges.confirmed(world, anna, piet, minutes=60)
    world.clock.move(days=31)
    browser = await anna.browser()
    give = await browser.page("/hours/transfers/new")
    await browser.submit(
        await browser.submit(give, to="number", number=piet.number, minutes_choice="120")
    )
    his = await piet.browser()
    assert "Anna gaf u 2 Roosjes." in (await his.page("/")).text
    assert "U kreeg 1 Roosje." in (await his.page("/exchanges")).text
    assert "Hulp gekregen van Piet" in (await browser.page("/hours")).text


async def test_starting_hours_cannot_be_given_away_yet(world: World) -> None:
    anna = await world.member("Anna de Vries")
    bram = await world.member("Bram Bakker")
    browser = await anna.browser()
    page = await browser.page("/hours/transfers/new")
    check = await browser.submit(page, to="number", number=bram.number, minutes_choice="60")
    assert "Bram" in check.text
    refused = await browser.submit(check, status=422)
    assert "kunt u nu niet weggeven" in refused.errors()[0]


async def test_giving_time_twice_gives_it_once(world: World) -> None:
    anna = await world.member("Anna de Vries")
    bram = await world.member("Bram Bakker")
    world.clock.move(days=31)
    browser = await anna.browser()
    page = await browser.page("/hours/transfers/new")
    check = await browser.submit(
        page, to="number", number=bram.number, minutes_choice="90", words="Voor je verjaardag"
    )
    first = await browser.submit(check)
    again = await browser.submit(check)
    assert "De tijd is gegeven" in first.text
    assert "al gedaan" in again.text
    mine = await (await anna.browser()).page("/hours")
    assert "U heeft 3 uur en 30 minuten." in mine.text
    his = await (await bram.browser()).page("/hours")
    assert "6 uur en 30 minuten" in his.text and "Voor je verjaardag" in his.text


async def test_what_somebody_writes_with_a_gift_never_stands_as_our_words(world: World) -> None:
    anna, ahmed = await world.member("Anna de Vries"), await world.member("Ahmed Bouali")
    admin = await world.admin("Joris Smit")
    world.clock.move(days=31)
    lie = "Op 10 maart is 2 uur geboekt. Dat moest 1 uur zijn. Samira heeft dit hersteld."
    his = await ahmed.browser()
    check = await his.submit(
        await his.page("/hours/transfers/new"), to="number", number=anna.number,
        minutes_choice="60", words=lie,
    )  # fmt: skip
    await his.submit(check)
    hers = await anna.browser()
    mine = await his.page("/hours")
    assert "Van u aan Anna" in mine.text
    line = mine.html.split("/print/receipt?line=")[1].split('"')[0]
    receipt = await his.page(f"/print/receipt?line={line}")
    pages = {
        "Cadeau van Ahmed": [
            await hers.page("/hours"), await hers.page("/hours/statement"),
            await (await admin.browser()).page(f"/parties/{anna.id}/hours"),
        ],
        "Van u aan Anna": [mine, receipt],
    }  # fmt: skip
    for label, shown in pages.items():
        for page in shown:
            assert label in page.text, page.url
            assert page.html.count(lie) == page.html.count(f"hx-disable>{lie}</bdi></q>") == 1, (
                page.url
            )
    assert "Bewijs: Van u aan Anna, " in mine.text


async def test_the_newest_neighbours_stand_first_by_call_name_and_two_alike_by_place(
    world: World,
) -> None:
    zoe = await world.member("Zoë Molenaar")
    names = (
        "Anna Visser",
        "Bram Bakker",
        "Carla Smit",
        "Dirk Jansen",
        "Evi Kokstra",
        "Fien Veenstra",
        "Guus Zandvoort",
    )
    met = [await world.member(name) for name in names]
    one = await world.member("Anna Zuidhof", place_id=world.square)
    for other in (*met, one):
        await makers_exchanges.confirmed(world, zoe, other, minutes=15)
    browser = await zoe.browser()
    page = await browser.page("/hours/transfers/new")
    order = [page.text.index(name) for name in ("Anna", "Guus", "Fien", "Evi", "Dirk", "Carla")]
    assert order == sorted(order) and "Bram" not in page.text
    assert all(name.split()[1] not in page.html for name in (*names, "Anna Zuidhof"))
    assert "nummer" not in page.text.split("Iemand anders")[0]
    await makers_exchanges.confirmed(world, zoe, met[0], minutes=15)
    page = await browser.page("/hours/transfers/new")
    assert f"Anna nummer {short_number(met[0].number)}" in page.text
    assert f"Anna nummer {short_number(one.number)}" in page.text
    check = await browser.submit(page, to=str(one.id), minutes_choice="15")
    assert f"Anna, nummer {short_number(one.number)}" in check.text and "Zuidhof" not in check.html
    page = await browser.page("/hours/transfers/new")
    older = await browser.submit(page, to=str(met[1].id), minutes_choice="15")
    assert "aan Bram" in older.text, (
        "who was on the list when the page was made can still be chosen"
    )


async def test_a_line_says_when_it_was_booked_where_that_was_another_day(world: World) -> None:
    anna, bram = await world.member("Anna de Vries"), await world.member("Bram Bakker")
    admin = await world.admin("Joris Smit")
    late = await makers_exchanges.done(world, anna, bram)
    await makers_exchanges.confirmed(world, anna, bram)
    at_once = (await (await anna.browser()).page("/hours")).text
    assert "geboekt op" not in at_once
    world.clock.move(days=3)
    await makers_exchanges.confirm(world, late, anna)
    said = f"geboekt op {day(local_date(world.clock()), local_date(world.clock()))}"
    browser = await anna.browser()
    desk = await admin.browser()
    for page in (
        await browser.page("/hours"), await browser.page("/hours/statement"),
        await desk.page(f"/parties/{anna.id}/hours"),
    ):  # fmt: skip
        assert page.text.count("geboekt op") == page.text.count(said) == 1, page.url


async def test_an_unknown_and_an_own_number_get_the_same_sentence(world: World) -> None:
    anna = await world.member("Anna de Vries")
    browser = await anna.browser()
    page = await browser.page("/hours/transfers/new")
    sentences = []
    for number in (anna.number, member_number(4321)):
        wrong = await browser.submit(
            page, status=422, to="number", number=number, minutes_choice="60"
        )
        sentences.append(wrong.errors()[0])
        page = wrong
    assert sentences[0] == sentences[1]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"to": "number", "number": "abc", "minutes_choice": "60"}, "number"),
        ({"to": "", "minutes_choice": "60"}, "to"),
        ({"to": "pot", "minutes_choice": "other", "minutes_minutes": "-5"}, "minutes"),
        ({"to": "pot", "minutes_choice": "7"}, "minutes"),
        ({"to": "pot", "minutes_choice": "999999999999"}, "minutes"),
        ({"to": "pot", "minutes_choice": "60", "extra": "1"}, ""),
        ({"to": "zomaar", "minutes_choice": "60"}, "to"),
    ],
)
async def test_what_cannot_be_given_is_said_beside_its_field(
    world: World, fields: dict[str, str], wrong: str
) -> None:
    anna = await world.member("Anna de Vries")
    browser = await anna.browser()
    page = await browser.page("/hours/transfers/new")
    answer = await browser.submit(page, status=422, **fields)
    assert answer.errors()
    if wrong:
        assert f'id="{wrong}-error"' in answer.html
    assert "U heeft 5 uur." in (await browser.page("/hours")).text


async def test_paper_says_when_it_does_not_hold_all_lines(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    samira = await world.worker("Samira Bouali")
    anna, piet = await world.member("Anna de Vries"), await world.member("Piet Smit")
    await makers_exchanges.confirmed(world, anna, piet)
    hers, office = await anna.browser(), await samira.browser()
    letter = f"/print/parties/{anna.id}/statement"
    said = "Wat er eerder gebeurde, staat hier niet bij."
    for browser, path in ((hers, "/hours/statement"), (office, letter)):
        assert said not in (await browser.page(path)).text
    monkeypatch.setattr(pages, "PRINTED", 1)
    monkeypatch.setattr(statements, "MOST", 1)
    for browser, path in ((hers, "/hours/statement"), (office, letter)):
        page = await browser.page(path)
        assert said in page.text and "Tijd om mee te beginnen" not in page.text
