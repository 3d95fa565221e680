"""A booking put right: taken back, added to, and both sides read why."""

from datetime import date

import pytest

from tests.hours.books import NOW
from tests.hours.street import Street
from timebank import hours
from timebank.kernel.ids import new_id
from timebank.kernel.refusals import Conflict, Invalid, NotFound

pytestmark = pytest.mark.anyio


async def test_a_correction_takes_back_and_both_read_why(street: Street) -> None:
    ria, piet = street.people[:2]
    booked = await street.help(ria, piet, 120)
    correction = await street.correct(booked.transfer_id, 60)
    assert (correction.balance_of(ria), correction.balance_of(piet)) == (240, 360)
    for party, sign in ((ria, -1), (piet, 1)):
        newest, old, _start = await street.statement(party)
        assert newest.words == "Het was een uur korter."
        assert (newest.corrects, newest.corrects_minutes) == (booked.transfer_id, sign * 120)
        assert (old.corrected_by, old.corrected_minutes) == (correction.transfer_id, -sign * 60)
        assert newest.exchange_id == old.exchange_id
    again = await street.correct(booked.transfer_id, 60)
    assert again.again and again.transfer_id == correction.transfer_id
    with pytest.raises(Conflict):
        await street.correct(booked.transfer_id, 30)


async def test_a_correction_changes_something_and_goes_no_further_than_nothing(
    street: Street,
) -> None:
    ria, piet = street.people[:2]
    booked = await street.help(ria, piet, 60)
    for minutes in (60, -60):
        with pytest.raises(Invalid) as refused:
            await street.correct(booked.transfer_id, minutes)
        assert list(refused.value.errors) == ["minutes"]
    with pytest.raises(NotFound):
        await street.correct(new_id())
    assert (await street.correct(booked.transfer_id)).balance_of(piet) == 300


async def test_what_was_forgotten_is_added_and_both_read_why(street: Street) -> None:
    ria, piet = street.people[:2]
    booked = await street.help(ria, piet, 60)
    addition = await street.correct(booked.transfer_id, 90)
    assert (addition.balance_of(ria), addition.balance_of(piet)) == (210, 390)
    for party, sign in ((ria, -1), (piet, 1)):
        newest, old, _start = await street.statement(party)
        assert (newest.kind, newest.minutes) == (hours.Kind.ADDITION, sign * 30)
        assert (newest.corrects, newest.corrects_minutes) == (booked.transfer_id, sign * 60)
        assert (old.corrected_by, old.corrected_minutes) == (addition.transfer_id, sign * 30)
    assert (await street.correct(booked.transfer_id, 90)).again
    with pytest.raises(Conflict):
        await street.correct(booked.transfer_id, 30)
    await street.correct(addition.transfer_id)
    assert (await street.balance(ria)).minutes == 240


async def test_more_is_added_to_an_exchange_only_for_a_day_at_most(street: Street) -> None:
    ria, piet = street.people[:2]
    gift = await street.give(ria, piet, 60, days=40)
    booked = await street.help(ria, piet, 60)
    for transfer, right in ((gift.transfer_id, 90), (booked.transfer_id, 24 * 60 + 15)):
        with pytest.raises(Invalid) as refused:
            await street.correct(transfer, right)
        assert list(refused.value.errors) == ["minutes"]


async def test_the_limits_hold_for_what_was_forgotten(street: Street) -> None:
    ria, piet = street.people[:2]
    booked = await street.help(ria, piet, 60)
    with pytest.raises(Conflict):
        await street.correct(booked.transfer_id, 23 * 60)
    assert (await street.balance(ria)).minutes == 240


async def test_a_correction_of_many_sides_goes_back_whole(street: Street) -> None:
    ria, piet, fatima, ali = street.people
    async with street.request() as db:
        booked = await hours.book(
            db, community=street.community, idem="soup", kind=hours.Kind.EXCHANGE,
            entries=[(ali, 45), (ria, -60), (piet, -30), (fatima, 45)],
            booked_by=ria, now=NOW, exchange_id=new_id(), done_on=date(2026, 3, 1),
        )  # fmt: skip
    with pytest.raises(Invalid):
        await street.correct(booked.transfer_id, 30)
    await street.correct(booked.transfer_id)
    assert [(await street.balance(party)).minutes for party in street.people] == [300] * 4
    line = (await street.statement(ali))[1]
    assert line.others == sorted([ria, piet, fatima])
    assert line.done_on == date(2026, 3, 1)
