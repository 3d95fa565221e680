"""How far a balance may go, and what a member may give away."""

from datetime import date

import pytest

from tests.hours.books import NOW
from tests.hours.street import Street
from timebank import hours
from timebank.kernel.refusals import Conflict, Invalid, NotFound

pytestmark = pytest.mark.anyio


async def test_the_ceiling_stops_receiving_only(street: Street) -> None:
    ria, piet = street.people[:2]
    await street.help(ria, piet, 300)
    assert (await street.balance(piet)).level is hours.Level.STOP_HIGH
    with pytest.raises(Conflict, match="spaart"):
        await street.help(ria, piet, 15)
    await street.help(piet, ria, 15)
    assert (await street.balance(piet)).minutes == 585


async def test_the_floor_stops_paying_only(street: Street) -> None:
    ria, piet, fatima = street.people[:3]
    await street.help(ria, piet, 240)
    await street.help(ria, fatima, 240)
    assert (await street.balance(ria)).level is hours.Level.STOP_LOW
    with pytest.raises(Conflict, match="krijgt"):
        await street.help(ria, piet, 15)
    await street.help(piet, ria, 15)


async def test_a_limit_moved_below_a_balance_blocks_only_the_way_out(street: Street) -> None:
    """Case L1: suspended and restored at, or over, the limit: nothing changes, history stays."""
    ria, piet = street.people[:2]
    await street.help(ria, piet, 240)
    before = await street.statement(piet)
    await street.set_rules(hard_high=400, soft_high=300)
    for state in ("suspended", "active", "paused", "active", "left", "active"):
        await street.owner.execute(
            "update party set state = $3 where community_id = $1 and id = $2",
            street.community, piet, state,
        )  # fmt: skip
    async with street.request() as db:
        await hours.open_account(db, community=street.community, party=piet, booked_by=ria, now=NOW)
    assert await street.statement(piet) == before
    assert (await street.balance(piet)).level is hours.Level.STOP_HIGH
    with pytest.raises(Conflict):
        await street.help(ria, piet, 15)
    await street.help(piet, ria, 15)
    assert (await street.balance(piet)).minutes == 525


async def test_an_exception_widens_the_limit_until_it_ends(street: Street) -> None:
    ria, piet, fatima = street.people[:3]
    await street.help(ria, piet, 240)
    await street.help(ria, fatima, 240)
    async with street.request() as db:
        exception = await hours.grant_exception(
            db, community=street.community, party=ria, low=-600, high=None, reason="ziek",
            starts_on=date(2026, 3, 1), ends_on=date(2026, 4, 1), granted_by=piet, now=NOW,
        )  # fmt: skip
    await street.help(ria, fatima, 60)
    assert (await street.balance(ria)).hard_low == -600
    async with street.request() as db:
        await hours.end_exception(
            db, community=street.community, exception=exception, ended_by=piet, now=NOW
        )
    assert (await street.balance(ria)).hard_low == -180
    with pytest.raises(Conflict):
        await street.help(ria, fatima, 15)
    with pytest.raises(NotFound):
        async with street.request() as db:
            await hours.end_exception(
                db, community=street.community, exception=exception, ended_by=piet, now=NOW
            )
    async with street.request() as db:
        (told,) = await hours.exceptions(db, community=street.community, party=ria)
    assert (told.reason, told.ended_by) == ("ziek", piet)


async def test_two_exceptions_do_not_run_at_once(street: Street) -> None:
    ria = street.people[0]
    days = {"starts_on": date(2026, 3, 1), "ends_on": date(2026, 4, 1)}
    with pytest.raises(Invalid):
        async with street.request() as db:
            for _ in range(2):
                await hours.grant_exception(
                    db, community=street.community, party=ria, low=-600, high=None,
                    reason="ziek", granted_by=ria, now=NOW, **days,
                )  # fmt: skip


async def test_starting_hours_are_spent_at_once_but_given_away_after_the_term(
    street: Street,
) -> None:
    ria, piet = street.people[:2]
    with pytest.raises(Invalid) as refused:
        await street.give(ria, piet, 15, days=29)
    assert list(refused.value.errors) == ["minutes"]
    await street.help(ria, piet, 60)
    assert (await street.balance(piet)).givable_minutes == 60
    await street.give(piet, hours.Fund.POT, 60, days=29)
    with pytest.raises(Invalid):
        await street.give(piet, ria, 15, days=29)
    await street.give(piet, ria, 300, days=30)
    assert (await street.balance(piet)).minutes == 0


async def test_nobody_gives_what_they_do_not_have(street: Street) -> None:
    ria, piet = street.people[:2]
    await street.help(ria, piet, 240)
    with pytest.raises(Invalid):
        await street.give(ria, piet, 75, days=31)
    await street.give(ria, piet, 60, days=31)
    assert (await street.balance(ria)).minutes == 0


async def test_two_admins_do_not_overwrite_each_others_rules(street: Street) -> None:
    async with street.request() as db:
        seen = await hours.rules(db, community=street.community)
    await street.set_rules(unit_minutes=5)
    with pytest.raises(Conflict):
        async with street.request() as db:
            await hours.set_rules(
                db, community=street.community, rules=seen, set_by=street.people[0], now=NOW
            )


async def test_bad_rules_are_told_all_at_once(street: Street) -> None:
    with pytest.raises(Invalid) as refused:
        await street.set_rules(
            soft_low=1, hard_low=2, soft_high=-1, hard_high=-(10**12), starting_minutes=-1,
            unit_minutes=7, give_away_after_days=-1,
        )  # fmt: skip
    assert len(refused.value.errors) == 7
