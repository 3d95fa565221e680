"""A booking is put right by a counter-entry that both read, once, within the limits."""

import asyncio
from datetime import date
from uuid import UUID

import pytest

from tests import makers_exchanges
from tests.hours.books import offences
from tests.world import Browser, Member, World
from timebank import hours, notices

pytestmark = pytest.mark.anyio


async def _booked(world: World, asker: Member, helper: Member, minutes: int = 120) -> UUID:
    exchange = await makers_exchanges.confirmed(world, asker, helper, minutes=minutes)
    found: UUID = await world.owner.fetchval(
        "select id from transfer where community_id = $1 and exchange_id = $2",
        world.community, exchange,
    )  # fmt: skip
    return found


async def _told(world: World, member: Member) -> list[str]:
    async with world.transaction() as db:
        lines = await notices.unread(db, community=world.community, party=member.id)
    return [line.sentence for line in lines if "geboekt. Dat" in line.sentence]


async def _correct(browser: Browser, transfer: UUID, **fields: str) -> None:
    page = await browser.page(f"/hours/transfers/{transfer}/correction")
    check = await browser.submit(page, "/correction", **fields)
    await browser.submit(check)


async def test_both_sentences_are_shown_first_and_then_read_by_both(world: World) -> None:
    fatima = await world.worker("Fatima Bakir")
    anna, piet = await world.member("Anna de Vries"), await world.member("Piet Smit")
    transfer = await _booked(world, anna, piet)
    browser = await fatima.browser()
    page = await browser.page(f"/hours/transfers/{transfer}/correction")
    check = await browser.submit(
        page, "/correction", how="time", minutes="1 uur", reason="Het duurde korter."
    )
    assert "Dit leest Anna:" in check.text and "Dit leest Piet:" in check.text
    sentence = (
        "Op dinsdag 10 maart is 2 uur geboekt. Dat moest 1 uur zijn. Fatima heeft dit op dinsdag "
        "10 maart hersteld. De reden: Het duurde korter."
    )
    assert f"{sentence} U heeft nu 4 uur." in check.text
    assert f"{sentence} U heeft nu 6 uur." in check.text
    assert await makers_exchanges.balances(world, anna, piet) == [180, 420]
    first = await browser.submit(check)
    again = await browser.submit(check)
    assert "hersteld" in first.text and "al gedaan" in again.text
    assert await makers_exchanges.balances(world, anna, piet) == [240, 360]
    for member in (anna, piet):
        statement = await (await member.browser()).page("/hours")
        assert sentence in statement.text and "Deze regel is hersteld op" in statement.text
        [told] = await _told(world, member)
        assert "Dat moest 1 uur zijn. Fatima" in told


async def test_what_was_forgotten_is_added_within_the_limits_and_read_by_both(
    world: World,
) -> None:
    fatima = await world.worker("Fatima Bakir")
    anna, piet = await world.member("Anna de Vries"), await world.member("Piet Smit")
    transfer = await _booked(world, anna, piet)
    browser = await fatima.browser()
    page = await browser.page(f"/hours/transfers/{transfer}/correction")
    fields = {"how": "time", "reason": "Een half uur vergeten"}
    over = await browser.submit(page, "/correction", status=409, minutes="20 uur", **fields)
    assert "Anna komt dan voorbij de grens" in over.text
    check = await browser.submit(page, "/correction", minutes="2 uur en 30 minuten", **fields)
    sentence = "Op dinsdag 10 maart is 2 uur geboekt. Dat moest 2 uur en 30 minuten zijn."
    assert sentence in check.text
    await browser.submit(check)
    assert await makers_exchanges.balances(world, anna, piet) == [150, 450]
    for member in (anna, piet):
        [told] = await _told(world, member)
        assert sentence in told
        assert sentence in (await (await member.browser()).page("/hours")).text
    assert await offences(world.owner, world.community) == {}


async def test_what_never_was_goes_back_whole(world: World) -> None:
    admin = await world.admin("Ada Beheer")
    anna, piet = await world.member("Anna de Vries"), await world.member("Piet Smit")
    transfer = await _booked(world, anna, piet)
    await _correct(await admin.browser(), transfer, how="nothing", reason="Ging niet door")
    assert await makers_exchanges.balances(world, anna, piet) == [300, 300]
    statement = await (await anna.browser()).page("/hours")
    assert "is 2 uur geboekt. Dat had niet gemoeten." in statement.text


async def test_two_who_correct_at_the_same_time_correct_once(world: World) -> None:
    fatima, admin = await world.worker("Fatima Bakir"), await world.admin("Ada Beheer")
    anna, piet = await world.member("Anna de Vries"), await world.member("Piet Smit")
    transfer = await _booked(world, anna, piet)
    sends = []
    for member, amount in ((fatima, "1 uur"), (admin, "30 min")):
        browser = await member.browser()
        page = await browser.page(f"/hours/transfers/{transfer}/correction")
        check = await browser.submit(
            page, "/correction", how="time", minutes=amount, reason="Korter"
        )
        sends.append((browser, check.form("/correction")))
    answers = await asyncio.gather(*(b.post(f.action, data=f.data) for b, f in sends))
    assert sorted(a.status_code for a in answers) == [303, 409]
    assert len(await _told(world, anna)) == 1
    assert sum(await makers_exchanges.balances(world, anna, piet)) == 600


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"how": "time", "reason": "Korter"}, "minutes"),
        ({"how": "time", "minutes": "2 uur", "reason": "Korter"}, "minutes"),
        ({"how": "time", "minutes": "25 uur", "reason": "Langer"}, "minutes"),
        ({"how": "time", "minutes": "7 min", "reason": "Korter"}, "minutes"),
        ({"how": "time", "minutes": "1 uur", "reason": ""}, "reason"),
        ({"how": "", "reason": "Korter"}, "how"),
    ],
)
async def test_what_is_wrong_is_said_and_what_was_typed_stays(
    world: World, fields: dict[str, str], wrong: str
) -> None:
    fatima = await world.worker("Fatima Bakir")
    anna, piet = await world.member("Anna de Vries"), await world.member("Piet Smit")
    transfer = await _booked(world, anna, piet)
    browser = await fatima.browser()
    page = await browser.page(f"/hours/transfers/{transfer}/correction")
    answer = await browser.submit(page, "/correction", status=422, **fields)
    assert f'id="{wrong}-error"' in answer.html
    assert answer.form("/correction").data["reason"] == fields["reason"]
    assert await makers_exchanges.balances(world, anna, piet) == [180, 420]


@pytest.mark.parametrize("who", ["member", "elsewhere", "stranger"])
async def test_others_find_no_such_page(world: World, who: str) -> None:
    anna, piet = await world.member("Anna de Vries"), await world.member("Piet Smit")
    transfer = await _booked(world, anna, piet)
    if who == "stranger":
        page = await world.browser().page(f"/hours/transfers/{transfer}/correction")
        assert page.h1 == "Inloggen"
        return
    asks = anna if who == "member" else await world.worker("Joris Vink", world.south)
    browser = await asks.browser()
    for path in (f"/hours/transfers/{transfer}/correction", f"/parties/{anna.id}/hours"):
        await browser.page(path, status=404)
    await browser.page(f"/parties/{anna.id}/hours-exception", status=404)


async def test_nobody_puts_right_a_booking_of_their_own(world: World) -> None:
    fatima = await world.worker("Fatima Bakir")
    piet = await world.member("Piet Smit")
    transfer = await _booked(world, fatima, piet)
    page = await (await fatima.browser()).page(
        f"/hours/transfers/{transfer}/correction", status=409
    )
    assert "van uzelf" in page.text


async def test_after_the_term_only_an_admin_can(world: World) -> None:
    fatima, admin = await world.worker("Fatima Bakir"), await world.admin("Ada Beheer")
    anna, piet = await world.member("Anna de Vries"), await world.member("Piet Smit")
    transfer = await _booked(world, anna, piet)
    world.clock.move(days=30)
    hers = await fatima.browser()
    await hers.page(f"/hours/transfers/{transfer}/correction")
    world.clock.move(hours=1)
    hers = await fatima.browser()
    page = await hers.page(f"/hours/transfers/{transfer}/correction", status=409)
    assert "Alleen een beheerder" in page.text
    await _correct(await admin.browser(), transfer, how="nothing", reason="Toch niet")


async def test_the_limits_hold_for_a_correction_until_there_is_an_exception(world: World) -> None:
    """L1: at the limit nothing moves further out; an exception with reason and end lets it."""
    admin, fatima = await world.admin("Ada Beheer"), await world.worker("Fatima Bakir")
    anna, piet = await world.member("Anna de Vries"), await world.member("Piet Smit")
    transfer = await _booked(world, anna, piet, minutes=240)
    async with world.transaction() as db:
        rules = await hours.rules(db, community=world.community)
        tight = hours.Rules(
            version=rules.version, starting_minutes=0, soft_low=-60, soft_high=60, hard_low=-60,
            hard_high=300, unit_minutes=15,
        )  # fmt: skip
        await hours.set_rules(
            db, community=world.community, rules=tight, set_by=admin.id, now=world.clock()
        )
    await makers_exchanges.confirmed(world, piet, anna, minutes=210, title="Ramen lappen")
    browser = await fatima.browser()
    page = await browser.page(f"/hours/transfers/{transfer}/correction")
    refused = await browser.submit(
        page, "/correction", status=409, how="nothing", reason="Ging niet door"
    )
    assert "komt dan voorbij de grens" in refused.errors()[0]
    ada = await admin.browser()
    limits = await ada.page(f"/parties/{anna.id}/hours-exception")
    wrong = await ada.submit(limits, "/hours-exception", status=422, high="honderd jaar")
    for name in ("high", "reason", "ends_on"):
        assert f'id="{name}-error"' in wrong.html
    await ada.submit(
        limits, "/hours-exception", high="20 uur", reason="Ziek geweest", ends_on_choice="other",
        ends_on_day="1", ends_on_month="mei", ends_on_year="2026",
    )  # fmt: skip
    await _correct(browser, transfer, how="nothing", reason="Ging niet door")
    [left, right] = await makers_exchanges.balances(world, anna, piet)
    assert left == 510 and left + right == 600


async def test_an_exception_ends_when_the_admin_says_so(world: World) -> None:
    admin, anna = await world.admin("Ada Beheer"), await world.member("Anna de Vries")
    ada = await admin.browser()
    page = await ada.page(f"/parties/{anna.id}/hours-exception")
    made = await ada.submit(
        page, "/hours-exception", low="20 uur", reason="Ziek geweest", ends_on_choice="other",
        ends_on_day="1", ends_on_month="5", ends_on_year="2026",
    )  # fmt: skip
    assert "Uitzondering tot en met vrijdag 1 mei" in made.text
    ended = await ada.submit(made, "/end")
    assert "voorbij" in ended.text
    async with world.transaction() as db:
        [found] = await hours.exceptions(db, community=world.community, party=anna.id)
        balance = await hours.balance(
            db, community=world.community, party=anna.id, now=world.clock()
        )
    assert found.ended_at is not None and found.ends_on == date(2026, 5, 1)
    assert balance.hard_low == -600


async def test_staff_finds_a_members_hours_by_number_and_the_look_is_recorded(
    world: World,
) -> None:
    fatima, anna = await world.worker("Fatima Bakir"), await world.member("Anna de Vries")
    south = await world.member("Zoë Zuid", world.south)
    browser = await fatima.browser()
    desk = await browser.page("/hours/corrections")
    for number in ("", "abc", south.number):
        wrong = await browser.submit(desk, "/search", status=422, number=number)
        assert wrong.form("/search").data["number"] == number
    found = await browser.submit(desk, "/search", number=anna.number)
    assert found.h1 == "Tijd van Anna de Vries" and "Anna heeft 5 uur." in found.text
    views = await (await anna.browser()).page("/parties/me/views")
    assert "Bekeek uw tijd." in views.text
