"""Whatever a member may do, a worker may do in her name; and each time the log has both names.

Every route that Anna may send something to, as the table of rights has it, is sent to by Samira, who acts
for her. What is not for another hand answers 404; all the rest writes a line with the hand that did it,
on behalf of Anna, and puts in the outbox that she is told.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests import makers_exchanges as talks
from tests.house.rights import Cast, make_cast
from tests.house.test_rights import ASKED, SENT, answer_class, routes
from tests.makers_membership import act_for
from tests.makers_posts import need
from tests.makers_vouchers import earned, on_paper
from tests.world import Member, World, make_world
from timebank.access.transaction import Transaction
from timebank.kernel.db import Db, Pool
from timebank.web.policy import OWN_HAND

pytestmark = pytest.mark.anyio

TABLE = Path(__file__).parent / "rights.txt"
OWN_COLUMN = 8
NOT_THE_MEMBERS = {
    "access.close", "access.end_session", "access.end_sessions", "access.open", "access.prove",
    "access.send_reset", "access.stop_acting", "access.use_code", "access.use_ticket",
    "membership.ask",
}  # fmt: skip
"""The hand's own way in and out, and doors for visitors."""
UNTOLD = {
    "reports.create": "what becomes of it is told later", "membership.keep_reach": "has its own notice",
    "mandates.choose": "has its own notice", "mandates.end": "has its own notice",
    "membership.change": "how she is reached has its own notice",
}  # fmt: skip
MORE: dict[str, dict[str, str]] = {
    "hours.transfer": {"to": "pot", "minutes_choice": "60", "sure": "1"},
    "introductions.answer": {"answer": "yes"},
    "introductions.came_of_it": {"came": "met"},
    "introductions.put_wish": {"answer": "yes"},
    "mandates.choose": {"number": "{number}", "sure": "1"},
    "membership.change": {"full_name": "Anna de Vries", "call_name": "An", "area": "{area}",
                          "reachable_by": "paper", "street": "Maasplein 3",
                          "postcode": "1234 AB"},
    "membership.leave": {"choice": "leave"},
    "parties.settings": {"language": "nl"},
    "posts.create": {"title": "Wie helpt mij met de was?"},
    "reports.create": {"reason": "rude"},
    "signals.consent": {"answer": "later"},
}  # fmt: skip
NOT_NOW = {
    "membership.come_back",
    "membership.keep_reach",
    "signals.end_objection",
    "vouchers.ask_print",
}
"""Answer 409 here, as they do to Anna: she neither rests nor changed how she is reached, said no "not
now", and asked for that paper already."""
SHOWN_ONCE = {"vouchers.print"}
"""What they make is on the page that answers, and nowhere else."""


def open_to_a_member() -> Iterator[str]:
    """Names of the routes to which Anna may send something."""
    names = {path: str(route.name) for path, route, method in routes() if method == "POST"}
    for line in TABLE.read_text("utf-8").splitlines():
        found = re.split(r"\s+", line)
        if found[0] == "POST" and found[OWN_COLUMN] not in ("404", "login"):
            yield names[found[1]]


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[Any], list[Any]]]:
    """Per request: lines of the log and jobs of its transaction, which is then rolled back."""
    kept: list[tuple[list[Any], list[Any]]] = []
    end = Transaction.end

    async def roll_back(self: Transaction, *, commit: bool) -> None:
        if commit and self.db is not None:
            xmin = "xmin::text = (txid_current() % (2^32)::bigint)::text"
            lines = await self.db.fetch(f"select * from audit_entry where {xmin}")
            jobs = await self.db.fetch(f"select * from outbox where {xmin}")
            kept.append((lines, jobs))
        await end(self, commit=False)

    monkeypatch.setattr(Transaction, "end", roll_back)
    return kept


@pytest.fixture
async def cast(world: World, wall: Any, web_pool: Pool, work_pool: Pool, owner: Db) -> Cast:
    elsewhere = await make_world(wall, web_pool, owner, world.clock)
    return await make_cast(world, elsewhere, work_pool)


async def member(world: World, name: str) -> Member:
    found = await world.owner.fetchrow(
        "select n.*, p.number from person n join party p on p.id = n.party_id"
        " where n.community_id = $1 and n.full_name = $2", world.community, name,
    )  # fmt: skip
    return Member(
        found["party_id"], found["number"], found["call_name"], name, found["area_id"], world
    )


async def test_every_act_in_a_members_name_says_who_did_it_and_is_told(
    cast: Cast, world: World, request: pytest.FixtureRequest
) -> None:
    anna, samira, bram = [
        await member(world, name) for name in ("Anna de Vries", "Samira Bouali", "Bram Bakker")
    ]
    browser = await act_for(samira, anna)
    token = (await browser.page("/parties/me")).form("/parties/me/consents").data["_csrf"]
    cookies = httpx.Cookies(browser.cookies)
    today = await talks.planned(
        world, anna, bram, "Vegen", on_date=world.clock().date(), at_time=None
    )
    cast.ids_of["exchanges.no_show"] = {"exchange_id": str(today)}
    carla = await member(world, "Carla Smit")
    await earned(world, carla, 60)
    [(_note, code)] = await on_paper(world, carla, wait=False)  # her own note Anna does not redeem
    cast.ids_of["vouchers.redeem"] = {"code": code}
    cast.ids_of["membership.block"] = {"party": str(bram.id)}
    await talks.confirmed(world, bram, anna, minutes=300)  # so that there is time to give
    asked = (
        ASKED
        | {"posts.create": "?direction=need"}
        | {"reports.create": f"?about=post&id={await need(world, bram, 'Wie zaagt?')}"}
    )
    written = request.getfixturevalue("written")
    wrong, seen = [], set()
    by_name = {str(route.name): route for _path, route, method in routes() if method == "POST"}
    for name in sorted(set(open_to_a_member()) - NOT_THE_MEMBERS):
        route = by_name[name]
        browser.cookies, ids = httpx.Cookies(cookies), cast.ids | {"number": bram.number}
        fields = {k: v.format(**ids) for k, v in (SENT.get(name, {}) | MORE.get(name, {})).items()}
        query = asked.get(name, "").format(**ids)
        written.clear()
        answer = await browser.post(
            f"/{world.slug}{cast.address(route)}{query}", data={"_csrf": token} | fields
        )
        said = answer_class(answer)
        seen.add(name)
        if name in OWN_HAND:
            if said != "404":
                wrong.append(f"{name}: {said}, and it is not for another hand")
            continue
        if name in NOT_NOW and said == "409":
            continue
        lines = [line for found, _jobs in written for line in found]
        jobs = [job for _lines, found in written for job in found]
        if said != ("200" if name in SHOWN_ONCE else "303"):
            at = answer.text.find('id="wrong"')
            wrong.append(f"{name}: {said} {answer.text[at:][:400]}")
        elif not any(
            (line["actor_id"], line["on_behalf_of_id"]) == (samira.id, anna.id) for line in lines
        ):
            wrong.append(f"{name}: no line with both names")
        elif name not in UNTOLD and not any(
            job["kind"] == "notice.done_for_you" and job["payload"]["hand"] == str(samira.id)
            for job in jobs
        ):
            wrong.append(f"{name}: Anna is not told")
    assert not wrong, "\n".join(wrong)
    assert len(seen) > 30
