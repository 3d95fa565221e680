"""Who gets which answer where: every route, asked by everybody, against one table beside this file.

    TIMEBANK_RENEW=1 .venv/bin/pytest tests/house/test_rights.py

writes rights.txt anew; a change of rights then shows as a changed line, to be read like code.
"""

import os
from pathlib import Path
from typing import Any

import httpx
import pytest
from litestar.handlers import HTTPRouteHandler

from tests.house.rights import ROLES, Cast, make_cast
from tests.world import Browser, World, make_world
from timebank.app import COMMUNITY_ROUTES, make_app
from timebank.kernel.db import Db, Pool
from timebank.kernel.settings import Settings

pytestmark = pytest.mark.anyio

PINNED = Path(__file__).parent / "rights.txt"
RENEW = "TIMEBANK_RENEW"
HEAD = """\
# Who gets which answer. One line a route; columns as in tests/house/rights.py. Nothing is sent but
# a good token and what SENT in the test says, and what was done is rolled back after each question.
# 200 page · 303 done, or led on · login to the sign-in page · proof asks the password once more
# 403, 404 not for you · 409 not now · 422 may, but the form is not filled in
"""
ASKED = {
    "contacts.new": "?party={bep}",
    "signals.checkin_card": "?party={bep}",
    "signals.hunch": "?party={bep}",
    "signals.new_hunch": "?party={bep}",
    "contacts.create": "?party={bep}",
    "introductions.new": "?party={party}",
    "introductions.choose": "?party={party}",
    "introductions.pass_over": "?party={party}",
    "papers.receipt": "?line=2",
    "reports.new": "?about=post&id={post_id}",
    "reports.create": "?about=post&id={post_id}",
}
SENT: dict[str, dict[str, str]] = {
    "signals.worry": {"who": "x", "words": "x"},
    "signals.checkin": {"talks": "2", "wants": "unsure"},
    "exchanges.agree": {"proposal": "{proposal}"},
    "exchanges.cancel": {"reason": "other"},
    "exchanges.close": {"reason": "other"},
    "exchanges.confirm": {"minutes": "60", "round": "1"},
    "exchanges.disagree": {"what": "time", "time_choice": "30", "round": "1"},
    "exchanges.done": {"done_choice": "today", "time_choice": "60"},
    "exchanges.no_show": {"reason": "other"},
    "exchanges.proposals": {"time_choice": "60"},
    "exchanges.repair": {"words": "x"},
    "messages.write": {"words": "x"},
    "messages.reply": {"words": "x"},
    "moderation.second_look": {"words": "x"},
    "posts.update": {"title": "x"},
    "reports.create": {"reason": "rude"},
    "vouchers.make": {"count": "1", "minutes": "60"},
    "vouchers.print": {"which": "{voucher}"},
    "vouchers.redeem_number": {"number": "418273"},
    "community.vouchers": {"is_on": "yes", "valid_days": "365"},
}
"""Where an empty form would be refused before it is known whether this person may send it."""


def answer_class(answer: httpx.Response) -> str:
    """The status, or where it leads when that is a door. A bug is no right."""
    assert not answer.is_server_error, f"{answer.request.method} {answer.url}"
    if answer.status_code != 303:
        return str(answer.status_code)
    path = answer.headers["location"].partition("?")[0]
    doors = {"/session": "login", "/session/proof": "proof"}
    return next((word for door, word in doors.items() if path.endswith(door)), "303")


async def ask(cast: Cast, role: str, route: HTTPRouteHandler, method: str, token: str) -> str:
    """The class of the answer this person gets."""
    browser, name = cast.browsers[role], str(route.name)
    browser.cookies = httpx.Cookies(cast.cookies[role])
    query = ASKED.get(name, "").format(**cast.ids)
    address = f"/{cast.world.slug}{cast.address(route)}".removesuffix("/") + query
    if method == "GET":
        return answer_class(await browser.get(address))
    fields = {key: value.format(**cast.ids) for key, value in SENT.get(name, {}).items()}
    return answer_class(await browser.post(address, data={"_csrf": token} | fields))


async def tokens_of(cast: Cast, role: str) -> tuple[str, str]:
    """Tokens of this person's session, and of the visitor that they are at the doors."""
    browser = cast.browsers[role]
    found = [form.data["_csrf"] for path in ("/help", "/code")
             for form in (await browser.page(path)).forms()[-1:]]  # fmt: skip
    cast.cookies[role] = httpx.Cookies(browser.cookies)
    return found[0], found[1]


def routes() -> list[tuple[str, HTTPRouteHandler, str]]:
    """(path, route, method), as they stand in the table."""
    found = [
        (next(iter(route.paths)), route, method)
        for route in COMMUNITY_ROUTES
        for method in sorted({str(m) for m in route.http_methods} & {"GET", "POST"})
    ]
    return sorted(found, key=lambda line: (line[0], line[2]))


@pytest.fixture
async def cast(world: World, wall: Any, web_pool: Pool, work_pool: Pool, owner: Db) -> Cast:
    """Everybody, and the things they ask for."""
    elsewhere = await make_world(wall, web_pool, owner, world.clock)
    return await make_cast(world, elsewhere, work_pool)


async def test_everybody_gets_the_answers_that_are_written_down(
    cast: Cast, nothing_lasts: None
) -> None:
    answers: dict[str, list[str]] = {}
    for role in ROLES:
        token, as_visitor = await tokens_of(cast, role)
        for path, route, method in routes():
            line = f"{method:5}{path:60}"
            held = as_visitor if route.opt.get("as_visitor") else token
            answers.setdefault(line, []).append(await ask(cast, role, route, method, held))
    table = [f"{'#':65}" + "".join(f"{role:10}" for role in ROLES)]
    table += [line + "".join(f"{word:10}" for word in words) for line, words in answers.items()]
    text = HEAD + "".join(line.rstrip() + "\n" for line in table)
    if os.environ.get(RENEW):
        PINNED.write_text(text, "utf-8")
    pinned, found = PINNED.read_text("utf-8").splitlines(), text.splitlines()
    changed = [f"- {line}" for line in pinned if line not in found]
    changed += [f"+ {line}" for line in found if line not in pinned]
    assert not changed, "\n".join(["Rights changed. If that is meant, renew rights.txt:", *changed])


def test_outside_a_community_nothing_is_kept_that_could_be_asked_for(settings: Settings) -> None:
    paths = {route.path for route in make_app(settings).routes}
    outside = {path for path in paths if not path.startswith("/{community:str}")}
    assert outside == {
        "/", "/.well-known/security.txt", "/healthz", "/language", "/static/{name:str}",
    }  # fmt: skip


async def test_security_txt_says_where_to_tell_us_of_a_hole(visitor: Browser) -> None:
    answer = await visitor.get("/.well-known/security.txt")
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/plain")
    fields = dict(line.split(": ", 1) for line in answer.text.splitlines())
    assert set(fields) == {"Contact", "Expires", "Preferred-Languages", "Canonical"}
    assert fields["Contact"].startswith(("mailto:", "http"))
    assert fields["Expires"] == "2026-06-08T09:00:00Z"
