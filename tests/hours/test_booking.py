"""What the ledger does for people: booking once, limits, gifts, corrections, statements."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, timedelta
from uuid import UUID

import msgspec
import pytest

from tests.hours.books import NOW, make_community, offences
from timebank import hours
from timebank.kernel.db import Db, enter
from timebank.kernel.ids import new_id
from timebank.kernel.redact import known
from timebank.kernel.refusals import Conflict, Invalid, NotFound

pytestmark = pytest.mark.anyio

RULES = hours.Rules(
    starting_minutes=300, soft_low=-120, soft_high=480, hard_low=-180, hard_high=600
)


class Street:
    """A community with neighbours who have their accounts."""

    def __init__(self, web: Db, owner: Db, community: int, people: list[UUID]) -> None:
        self.web = web
        self.owner = owner
        self.community = community
        self.people = people

    @asynccontextmanager
    async def request(self) -> AsyncIterator[Db]:
        async with self.web.transaction():
            await enter(self.web, self.community)
            yield self.web

    async def help(
        self,
        payer: UUID,
        helper: UUID,
        minutes: int,
        *,
        exchange: UUID | None = None,
        idem: str = "",
    ) -> hours.Booked:
        exchange = exchange or new_id()
        async with self.request() as db:
            return await hours.book(
                db,
                community=self.community,
                idem=idem or f"exchange:{exchange}:1",
                kind=hours.Kind.EXCHANGE,
                entries=[(payer, -minutes), (helper, minutes)],
                booked_by=payer,
                now=NOW,
                exchange_id=exchange,
            )

    async def give(
        self, giver: UUID, to: hours.Account, minutes: int, *, days: int = 0, idem: str = ""
    ) -> hours.Booked:
        async with self.request() as db:
            return await hours.give(
                db,
                community=self.community,
                idem=idem or str(new_id()),
                giver=giver,
                to=to,
                minutes=minutes,
                booked_by=giver,
                now=NOW + timedelta(days=days),
            )

    async def correct(self, transfer: UUID, right: int = 0) -> hours.Booked:
        async with self.request() as db:
            return await hours.correct(
                db,
                community=self.community,
                transfer=transfer,
                right=right,
                sentence="Het was een uur korter.",
                booked_by=self.people[0],
                now=NOW,
            )

    async def balance(self, party: UUID) -> hours.Balance:
        async with self.request() as db:
            return await hours.balance(db, community=self.community, party=party, now=NOW)

    async def statement(self, party: UUID, **paging: int) -> list[hours.Line]:
        async with self.request() as db:
            return await hours.statement(db, community=self.community, party=party, **paging)

    async def set_rules(self, **changes: int) -> None:
        async with self.request() as db:
            rules = await hours.rules(db, community=self.community)
            await hours.set_rules(
                db,
                community=self.community,
                rules=msgspec.structs.replace(rules, **changes),
                set_by=self.people[0],
                now=NOW,
            )


@pytest.fixture
async def street(ledger_web: Db, ledger_owner: Db) -> AsyncIterator[Street]:
    community, people = await make_community(ledger_owner, ledger_web, 4, RULES)
    street = Street(ledger_web, ledger_owner, community, people)
    async with street.request() as db:
        for person in people:
            await hours.open_account(
                db, community=community, party=person, booked_by=people[0], now=NOW
            )
    yield street
    assert await offences(ledger_owner, community) == {}


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


async def test_a_stranger_has_no_balance_and_no_statement(street: Street) -> None:
    with pytest.raises(NotFound):
        await street.balance(new_id())
    assert await street.statement(new_id()) == []
    with pytest.raises(Conflict, match="nog geen tijd"):
        await street.help(street.people[0], new_id(), 15)
