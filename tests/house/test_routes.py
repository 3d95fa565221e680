"""Every route × who asks × how: closed by default, every write has a token, GET changes nothing."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx
import pytest
from litestar.handlers import HTTPRouteHandler

from tests.world import Browser, Member, World, make_world
from timebank.app import COMMUNITY_ROUTES
from timebank.kernel.db import Db, Pool

pytestmark = pytest.mark.anyio

HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=()",
}
CHANGED_BY_LOOKING = {"session", "throttle", "audit_entry", "chore", "desk_visit"}
"""A look (at a member, or at the own desk), when a session was last seen, and throttle counts: all
that a GET may write."""


def routes(method: str) -> list[HTTPRouteHandler]:
    return sorted(
        (r for r in COMMUNITY_ROUTES if method in {str(m) for m in r.http_methods}),
        key=lambda r: str(r.name),
    )


def address(slug: str, route: HTTPRouteHandler) -> str:
    """The route's address, with ids that nobody has."""
    path = next(iter(route.paths))
    return f"/{slug}" + re.sub(
        r"\{[a-z_]+:([a-z]+)\}", lambda m: str(uuid4()) if m[1] == "uuid" else "x1", path
    ).removesuffix("/")


def name_of(route: HTTPRouteHandler) -> str:
    return str(route.name)


GETS, POSTS = routes("GET"), routes("POST")
CLOSED_GETS = [r for r in GETS if not r.opt.get("public")]


def check_headers(answer: httpx.Response) -> None:
    for name, start in HEADERS.items():
        assert answer.headers.get(name, "").startswith(start), name
    if "style.css" not in str(answer.url):
        assert answer.headers["cache-control"] == "no-store"


def test_routes_have_names_and_there_are_some() -> None:
    names = [name_of(r) for r in COMMUNITY_ROUTES]
    assert len(names) == len(set(names)) > 15
    assert all(re.fullmatch(r"[a-z]+\.[a-z_]+", name) for name in names)


async def test_a_closed_page_sends_a_visitor_to_the_door(world: World, visitor: Browser) -> None:
    for route in CLOSED_GETS:
        answer = await visitor.get(address(world.slug, route))
        assert answer.status_code == 303, route.name
        assert answer.headers["location"].startswith(f"/{world.slug}/session?next="), route.name
        check_headers(answer)


async def test_a_write_without_a_token_writes_nothing(world: World, owner: Db) -> None:
    anna = await world.member("Anna de Vries")
    browsers = (world.browser(), await anna.browser())
    before = await snapshot(owner, world.community)
    for route in POSTS:
        for browser in browsers:
            for sent in ({"x": "1"}, {"_csrf": "é"}, {"_csrf": "AAAA"}, {"_csrf": "x" * 9000}):
                answer = await browser.post(address(world.slug, route), data=sent)
                assert answer.status_code in (303, 403, 404), f"{route.name}: {answer.status_code}"
                assert "said=" not in answer.headers.get("location", ""), route.name
                check_headers(answer)
    assert changed(before, await snapshot(owner, world.community)) <= CHANGED_BY_LOOKING


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "null"},
        {"Origin": "https://elders.example"},
    ],
    ids=lambda h: next(iter(h.values())),
)
async def test_a_write_from_another_site_is_stopped_at_the_wall(
    headers: dict[str, str], world: World, visitor: Browser
) -> None:
    for route in POSTS:
        answer = await visitor.post(address(world.slug, route), data={}, headers=headers)
        assert answer.status_code == 403, route.name
        check_headers(answer)


async def test_no_other_method_exists(world: World, visitor: Browser) -> None:
    for route in [*GETS, *POSTS]:
        for method in ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"):
            answer = await visitor.request(method, address(world.slug, route))
            assert answer.status_code == 405, f"{method} {route.name}"
            check_headers(answer)


@pytest.fixture
async def cast(world: World, wall: Any, web_pool: Pool, owner: Db) -> dict[str, Member]:
    """The fixed cast: who may ask for something that is not theirs."""
    other = await make_world(wall, web_pool, owner, world.clock)
    return {
        "member": await world.member("Anna de Vries", consent="no"),
        "stranger from another community": await other.member("Chris Jansen"),
        "worker elsewhere": await world.worker("Evert Post", world.south),
        "worker": await world.worker("Dewi Lestari"),
        "admin": await world.admin("Fatima Zahra"),
    }


async def test_what_does_not_exist_answers_alike_for_everybody(
    world: World, cast: dict[str, Member]
) -> None:
    browsers = {role: await member.browser() for role, member in cast.items()}
    for route in CLOSED_GETS:
        if "{" not in next(iter(route.paths)):
            continue
        bodies: set[bytes] = set()
        path = address(world.slug, route)
        for role, browser in browsers.items():
            answer = await browser.get(path)
            if role.startswith("stranger"):
                assert answer.status_code == 303, "another community's session opens nothing here"
                continue
            assert answer.status_code in (303, 404), f"{route.name} {role}: {answer.status_code}"
            if answer.status_code == 404:
                bodies.add(answer.content)
        assert len(bodies) <= 1, route.name


@pytest.mark.parametrize("role", ["member", "worker elsewhere", "worker", "admin"])
async def test_unknown_fields_and_ids_are_refused_and_change_nothing(
    role: str, world: World, cast: dict[str, Member], owner: Db
) -> None:
    browser = await cast[role].browser()
    token = (await browser.page("/sessions")).forms()[0].data["_csrf"]
    before = await snapshot(owner, world.community)
    for route in POSTS:
        if route.name in ("access.close", "access.stop_acting", "access.end_sessions"):
            continue
        sent = {"_csrf": token, "role": "admin", "community": "1", "by": str(uuid4())}
        answer = await browser.post(address(world.slug, route), data=sent)
        assert answer.status_code < 500, f"{route.name}: {answer.status_code}"
        after = await snapshot(owner, world.community)
        wrote = changed(before, after) - CHANGED_BY_LOOKING - {"form_key", "draft"}
        assert not wrote, f"{route.name} wrote {sorted(wrote)}"
        before = after


async def snapshot(owner: Db, community: int) -> dict[str, str]:
    """A fingerprint of every table's rows in this community."""
    tables = await owner.fetch("select table_name from sharding.kind where kind = 'by community'")
    found = {}
    for row in tables:
        table = row["table_name"]
        found[table] = await owner.fetchval(
            f"select md5(coalesce(string_agg(t::text, chr(10) order by t::text), ''))"
            f' from "{table}" t where community_id = $1',
            community,
        )
    return found


def changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    return {table for table in before if before[table] != after[table]}


async def test_looking_at_every_page_changes_nothing(
    world: World, cast: dict[str, Member], owner: Db
) -> None:
    browsers = [
        world.browser(),
        *[await m.browser() for role, m in cast.items() if not role.startswith("stranger")],
    ]
    before = await snapshot(owner, world.community)
    for route in GETS:
        for browser in browsers:
            for path in filled(world, cast, route):
                answer = await browser.get(path)
                assert answer.status_code < 500, f"{path}: {answer.status_code}"
                check_headers(answer)
    assert changed(before, await snapshot(owner, world.community)) <= CHANGED_BY_LOOKING


def filled(world: World, cast: dict[str, Member], route: HTTPRouteHandler) -> Iterator[str]:
    """Addresses of a route: with an id nobody has, and with a member's and an area's own."""
    path = next(iter(route.paths))
    yield address(world.slug, route)
    for id_ in (cast["member"].id, world.north):
        if ":uuid}" in path:
            yield f"/{world.slug}" + re.sub(r"\{[a-z_]+:[a-z]+\}", str(id_), path)
