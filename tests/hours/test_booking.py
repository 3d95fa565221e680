"""Bookings: once each, whole, in one order; and what stays when somebody is forgotten."""

from datetime import timedelta

import msgspec
import pytest

from tests.hours.books import NOW
from tests.hours.street import Street
from timebank import hours
from timebank.kernel.ids import new_id
from timebank.kernel.redact import known
from timebank.kernel.refusals import Conflict, Invalid, NotFound

pytestmark = pytest.mark.anyio


async def test_an_account_starts_once_with_starting_hours(street: Street) -> None:
    ria = street.people[0]
    async with street.request() as db:
        again = await hours.open_account(
            db, community=street.community, party=ria, booked_by=ria, now=NOW
        )
    assert again == hours.Opened(ria, True, None)
    assert (await street.balance(ria)).minutes == 300


async def test_starting_hours_are_not_given_twice_after_the_rule_changed(street: Street) -> None:
    ria = street.people[0]
    await street.set_rules(starting_minutes=60)
    async with street.request() as db:
        await hours.open_account(db, community=street.community, party=ria, booked_by=ria, now=NOW)
    assert (await street.balance(ria)).minutes == 300


async def test_a_second_press_books_nothing_new(street: Street) -> None:
    ria, piet = street.people[:2]
    exchange = new_id()
    first = await street.help(ria, piet, 60, exchange=exchange)
    await street.help(ria, piet, 30)
    later = await street.help(ria, piet, 60, exchange=exchange)
    assert not first.again and later.again
    assert (later.transfer_id, later.sides) == (first.transfer_id, first.sides)
    assert first.balance_of(ria) == 240
    assert (await street.balance(ria)).minutes == 210


async def test_a_used_key_with_other_minutes_is_refused(street: Street) -> None:
    ria, piet = street.people[:2]
    exchange = new_id()
    await street.help(ria, piet, 60, exchange=exchange)
    with pytest.raises(Conflict, match="al geboekt"):
        await street.help(ria, piet, 75, exchange=exchange)


async def test_an_exchange_is_booked_once_under_whatever_key(street: Street) -> None:
    ria, piet = street.people[:2]
    exchange = new_id()
    await street.help(ria, piet, 60, exchange=exchange)
    with pytest.raises(Conflict, match="afspraak is al geboekt"):
        await street.help(ria, piet, 60, exchange=exchange, idem=f"exchange:{exchange}:2")


@pytest.mark.parametrize("minutes", [0, -15, 20, 700_000, 2**31, -(2**63)])
async def test_no_gift_of_nothing_and_none_beside_the_unit(street: Street, minutes: int) -> None:
    """Cases L2 and L5."""
    ria, piet = street.people[:2]
    with pytest.raises(Invalid) as refused:
        await street.give(ria, piet, minutes, days=31)
    assert list(refused.value.errors) == ["minutes"]


async def test_a_transfer_of_no_minutes_is_refused_everywhere(street: Street) -> None:
    """Case L5."""
    ria, piet = street.people[:2]
    with pytest.raises(Invalid, match="meer dan 0"):
        await street.help(ria, piet, 0)


async def test_a_gift_to_oneself_is_refused(street: Street) -> None:
    ria = street.people[0]
    with pytest.raises(Invalid) as refused:
        await street.give(ria, ria, 20, days=31)
    assert set(refused.value.errors) == {"minutes", "to"}


async def test_same_second_confirmations_keep_one_order(street: Street) -> None:
    """Case L4: the order is by seq, whichever way it is read and however it is paged."""
    ria, piet = street.people[:2]
    for minutes in (15, 30, 45, 60):
        await street.help(ria, piet, minutes)
    whole = await street.statement(piet)
    assert [line.minutes for line in whole] == [60, 45, 30, 15, 300]
    assert whole[0].balance_after == (await street.balance(piet)).minutes
    paged: list[hours.Line] = []
    while page := await street.statement(
        piet, limit=2, **({"before": paged[-1].seq} if paged else {})
    ):
        paged += page
    assert paged == whole


async def test_erasure_empties_words_and_keeps_the_books(street: Street) -> None:
    """Case L3: the other's statement keeps its lines, its order and its running balance."""
    ria, piet = street.people[:2]
    async with street.request() as db:
        await hours.give(
            db, community=street.community, idem="thanks", giver=ria, to=piet, minutes=15,
            booked_by=ria, now=NOW + timedelta(days=31), words="Dank voor de soep",
        )  # fmt: skip
    before = await street.statement(piet)
    assert before[0].words == "Dank voor de soep"
    async with street.request() as db:
        await hours.forget(db, community=street.community, party=ria, names=known("Ria"), now=NOW)
    after = await street.statement(piet)
    assert after[0].words is None
    assert [msgspec.structs.replace(line, words=None) for line in before] == after


async def test_totals_of_a_community_sum_to_zero(street: Street) -> None:
    ria, piet = street.people[:2]
    booked = await street.help(ria, piet, 60)
    more = await street.help(ria, piet, 30)
    await street.correct(booked.transfer_id, 45)
    await street.correct(more.transfer_id, 60)
    await street.give(piet, hours.Fund.POT, 30)
    async with street.request() as db:
        totals = await hours.totals(db, community=street.community)
    assert totals == hours.Totals(
        party_minutes=1170, pot_minutes=30, issue_minutes=-1200, voucher_minutes=0
    )


async def test_a_stranger_has_no_balance_and_no_statement(street: Street) -> None:
    with pytest.raises(NotFound):
        await street.balance(new_id())
    assert await street.statement(new_id()) == []
    with pytest.raises(Conflict, match="nog geen tijd"):
        await street.help(street.people[0], new_id(), 15)
