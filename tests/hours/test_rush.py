"""Many at once, and answers that are lost: no limit is broken, no minute doubled, no deadlock."""

import asyncio
from collections import Counter
from random import Random
from uuid import UUID

import asyncpg
import pytest

from tests.hours.books import NOW, ledger_sql, make_community, make_database, offences
from timebank import hours
from timebank.kernel.db import Db, enter
from timebank.kernel.embedded import OWNER, WEB, WORK, Embedded
from timebank.kernel.ids import new_id
from timebank.kernel.refusals import Conflict

pytestmark = pytest.mark.anyio

TIGHT = hours.Rules(
    starting_minutes=30, soft_low=0, soft_high=0, hard_low=-30, hard_high=60, unit_minutes=1
)
ROUNDS = 8
HASTY = {
    "reads the balance before it has the lock": (
        "set balance = a.balance + p_minutes[i],",
        "set balance = (select b.balance from account b where b.community_id = p_community"
        " and b.id = p_accounts[i]) + p_minutes[i],",
        AssertionError,
    ),
    "locks the last account first": (
        "for i in 1 .. v_sides loop",
        "perform from account a where a.community_id = p_community"
        " and a.id = p_accounts[v_sides] for no key update; for i in 1 .. v_sides loop",
        (asyncpg.DeadlockDetectedError, asyncpg.LockNotAvailableError, asyncpg.QueryCanceledError),
    ),
}


async def _street(cluster: Embedded, ledger: str, people: int) -> tuple[int, list[UUID]]:
    owner = await asyncpg.connect(cluster.dsn(OWNER, ledger))
    web = await asyncpg.connect(cluster.dsn(WEB, ledger))
    community, parties = await make_community(owner, web, people, TIGHT)
    async with web.transaction():
        await enter(web, community)
        for party in parties:
            await hours.open_account(
                web, community=community, party=party, booked_by=party, now=NOW
            )
    await owner.close()
    await web.close()
    return community, parties


async def _book(
    db: Db, community: int, sides: list[hours.Side], key: str, exchange: UUID
) -> hours.Booked:
    async with db.transaction():
        await enter(db, community)
        return await hours.book(
            db, community=community, idem=key, kind=hours.Kind.EXCHANGE, entries=sides,
            booked_by=sides[0][0], now=NOW, exchange_id=exchange,
        )  # fmt: skip


async def rush(cluster: Embedded, ledger: str, connections: int = 40) -> Counter[str]:
    """A hundred clients: what came of it. Raises AssertionError when the books are not right.

    Two to six parties a booking, some keys repeated; the tally is kept by the clients alone.
    """
    community, parties = await _street(cluster, ledger, 20)
    pool = await asyncpg.create_pool(cluster.dsn(WEB, ledger), min_size=0, max_size=connections)
    told: dict[str, tuple[UUID, list[hours.Side]]] = {}
    outcome: Counter[str] = Counter()
    stop = asyncio.Event()

    async def client(number: int) -> None:
        rng = Random(number)  # noqa: S311  the same rush every time
        for turn in range(ROUNDS):
            payer, *helpers = rng.sample(parties, rng.choice([2, 2, 2, 3, 6]))
            minutes = rng.choice([5, 15, 30])
            sides = [(payer, -minutes * len(helpers)), *((h, minutes) for h in helpers)]
            key, exchange = f"{number}-{turn}", new_id()
            for _ in range(rng.choice([1, 1, 2])):
                async with pool.acquire() as db:
                    try:
                        booked = await _book(db, community, sides, key, exchange)
                    except Conflict:
                        outcome["refused"] += 1
                        break
                    except asyncpg.PostgresError:
                        stop.set()
                        raise
                if stop.is_set():
                    return
                outcome["again" if booked.again else "booked"] += 1
                assert told.setdefault(key, (booked.transfer_id, sides))[0] == booked.transfer_id

    ends = await asyncio.gather(*map(client, range(100)), return_exceptions=True)
    pool.terminate()
    for trouble in filter(None, ends):
        raise trouble
    expected: Counter[UUID] = Counter(dict.fromkeys(parties, 30))
    for _transfer, sides in told.values():
        for party, minutes in sides:
            expected[party] += minutes
    owner = await asyncpg.connect(cluster.dsn(OWNER, ledger))
    rows = await owner.fetch(
        "select id, balance from account where community_id = $1 and kind = 'party'", community
    )
    wrong = await offences(owner, community)
    await owner.close()
    balances = dict(rows)
    assert balances == dict(expected)
    assert all(-30 <= balance <= 60 for balance in balances.values())
    assert wrong == {}
    return outcome


async def test_a_hundred_clients_at_tight_limits(cluster: Embedded, ledger: str) -> None:
    outcome = await rush(cluster, ledger)
    assert min(outcome[what] for what in ("booked", "again", "refused")) > 20, outcome


@pytest.mark.parametrize("fault", HASTY)
async def test_the_rush_catches_a_ledger_that_is_hasty(
    cluster: Embedded, below_the_ledger: str, fault: str
) -> None:
    good, bad, trouble = HASTY[fault]
    sql = ledger_sql()
    assert sql.count(good) == 1
    database = await make_database(cluster, "hasty", [sql.replace(good, bad)], below_the_ledger)
    with pytest.raises(trouble):
        await rush(cluster, database, connections=8)


async def test_fifty_presses_of_one_button_book_once(cluster: Embedded, ledger: str) -> None:
    """Case D1: fifty equal answers, one effect; and the same for putting it right."""
    community, (ria, piet) = await _street(cluster, ledger, 2)
    pool = await asyncpg.create_pool(cluster.dsn(WEB, ledger), min_size=25, max_size=25)

    async def press(exchange: UUID) -> hours.Booked:
        async with pool.acquire() as db:
            return await _book(db, community, [(ria, -15), (piet, 15)], str(exchange), exchange)

    async def put_right(transfer: UUID) -> hours.Booked:
        async with pool.acquire() as db, db.transaction():
            await enter(db, community)
            return await hours.correct(
                db, community=community, transfer=transfer, sentence="niet gebeurd",
                booked_by=ria, now=NOW,
            )  # fmt: skip

    def one_effect(answers: list[hours.Booked]) -> UUID:
        assert [answer.again for answer in answers].count(False) == 1
        (told,) = {(answer.transfer_id, answer.sides) for answer in answers}
        return told[0]

    for _ in range(6):
        exchange = new_id()
        transfer = one_effect(await asyncio.gather(*(press(exchange) for _ in range(50))))
        one_effect(await asyncio.gather(*(put_right(transfer) for _ in range(50))))
    pool.terminate()


async def test_two_tabs_with_two_keys_book_one_exchange(cluster: Embedded, ledger: str) -> None:
    community, (ria, piet) = await _street(cluster, ledger, 2)
    tabs = [await asyncpg.connect(cluster.dsn(WEB, ledger)) for _ in range(8)]
    exchange = new_id()
    answers = await asyncio.gather(
        *(
            _book(db, community, [(ria, -15), (piet, 15)], f"tab-{n}", exchange)
            for n, db in enumerate(tabs)
        ),
        return_exceptions=True,
    )
    assert sum(isinstance(answer, hours.Booked) for answer in answers) == 1
    assert sum(isinstance(answer, Conflict) for answer in answers) == 7
    for db in tabs:
        await db.close()


async def test_admitted_twice_at_once_starts_once(cluster: Embedded, ledger: str) -> None:
    owner = await asyncpg.connect(cluster.dsn(OWNER, ledger))
    desks = [await asyncpg.connect(cluster.dsn(WEB, ledger)) for _ in range(8)]
    community, (ria,) = await make_community(owner, desks[0], 1, TIGHT)

    async def admit(db: Db) -> hours.Opened:
        async with db.transaction():
            await enter(db, community)
            return await hours.open_account(
                db, community=community, party=ria, booked_by=ria, now=NOW
            )

    opened = await asyncio.gather(*map(admit, desks))
    assert [one.again for one in opened].count(False) == 1
    assert await owner.fetchval("select sum(minutes) from entry where account_id = $1", ria) == 30
    for db in (owner, *desks):
        await db.close()


async def test_an_answer_lost_after_the_commit_is_found_again(
    cluster: Embedded, ledger: str
) -> None:
    """The connection is cut right after COMMIT was sent, or just before: asking again tells."""
    community, (ria, piet) = await _street(cluster, ledger, 2)
    exchange = new_id()
    sides: list[hours.Side] = [(ria, -15), (piet, 15)]
    kept = 0
    for cut_after_commit in (False, True):
        db = await asyncpg.connect(cluster.dsn(WEB, ledger))
        transaction = db.transaction()
        await transaction.start()
        await enter(db, community)
        await hours.book(
            db, community=community, idem="one", kind=hours.Kind.EXCHANGE, entries=sides,
            booked_by=ria, now=NOW, exchange_id=exchange,
        )  # fmt: skip
        if cut_after_commit:
            await transaction.commit()
            kept = 1
        db.terminate()
    db = await asyncpg.connect(cluster.dsn(WEB, ledger))
    answer = await _book(db, community, sides, "one", exchange)
    assert answer.again == bool(kept)
    assert answer.balance_of(piet) == 45
    await db.close()


async def test_seals_hold_while_people_book(cluster: Embedded, ledger: str) -> None:
    community, parties = await _street(cluster, ledger, 6)
    pool = await asyncpg.create_pool(cluster.dsn(WEB, ledger), min_size=0, max_size=12)
    worker = await asyncpg.connect(cluster.dsn(WORK, ledger))
    done = asyncio.Event()

    async def client(number: int) -> None:
        rng = Random(number)  # noqa: S311  the same rush every time
        for turn in range(ROUNDS):
            payer, helper = rng.sample(parties, 2)
            async with pool.acquire() as db:
                try:
                    key = f"{number}-{turn}"
                    await _book(db, community, [(payer, -5), (helper, 5)], key, new_id())
                except Conflict:
                    continue

    async def sealing() -> int:
        made = 0
        while not done.is_set():
            async with worker.transaction():
                await enter(worker, community)
                made += await hours.seal(worker, community=community, now=NOW) is not None
        return made

    seals = asyncio.create_task(sealing())
    await asyncio.gather(*(client(number) for number in range(30)))
    done.set()
    assert await seals > 2
    pool.terminate()
    owner = await asyncpg.connect(cluster.dsn(OWNER, ledger))
    assert await offences(owner, community) == {}
    await owner.close()
    await worker.close()
