"""Makers that call the real actions. `world.member("Anna de Vries")` joins, is admitted, has hours."""

import itertools
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx

from tests.clock import TestClock
from tests.pages import Page
from timebank import access, areas, hours, parties
from timebank.access import actions as access_actions
from timebank.kernel.db import Db, Pool, transaction
from timebank.parties import Details

PASSWORD = "samen koffie drinken"
_numbers = itertools.count(1)


@dataclass
class Member:
    """Somebody in the test's community."""

    id: UUID
    number: str
    call_name: str
    full_name: str
    area: UUID
    world: "World"

    async def browser(self, *, own_device: bool = False) -> "Browser":
        """A browser in which this member is signed in."""
        return await self.world.signed_in(self, own_device=own_device)


class Browser(httpx.AsyncClient):
    """A browser without JavaScript: keeps cookies, sends forms as the page has them, checks every
    page it gets."""

    slug: str = ""

    async def page(self, path: str, *, status: int = 200, follow: bool = True) -> Page:
        """GET a path of the community; the parsed, checked page."""
        answer = await self.get(f"/{self.slug}{path}", follow_redirects=follow)
        assert answer.status_code == status, f"{path}: {answer.status_code}\n{answer.text[:2000]}"
        return await self._say_why(Page(answer))

    async def _say_why(self, page: Page) -> Page:
        """A worker is asked once a day why they open a member's page: to call."""
        if (
            page.status != 200
            or f"/{self.slug}/worklist/parties/" not in page.url
            or "text/html" not in (page.answer.headers.get("content-type", ""))
        ):
            return page
        asked = [form for form in page.forms() if form.action.endswith("/looks")]
        return await self.submit(page, "/looks", press="purpose=call") if asked else page

    async def submit(
        self, page: Page, action: str | None = None, *, status: int | None = None,
        follow: bool = True, press: str | None = None, **fields: Any,
    ) -> Page:  # fmt: skip
        """Fill in and send the form on `page` that posts to `action` (part of its address)."""
        form = page.form(action)
        data = form.data | {k: v for k, v in fields.items() if v is not None}
        for name in [k for k, v in fields.items() if v is None]:
            data.pop(name, None)
        if press is not None:
            name, _eq, value = press.partition("=")
            data[name] = value
        answer = await self.post(form.action, data=data, follow_redirects=follow)
        if status is not None:
            assert answer.status_code == status, f"{answer.status_code}\n{answer.text[:3000]}"
        elif follow:
            assert answer.status_code == 200, f"{answer.status_code}\n{answer.text[:3000]}"
        return await self._say_why(Page(answer))


@dataclass
class World:
    """The test's community: `north` and `south` are neighbourhoods, `square` and `flat` places."""

    community: int
    slug: str
    root: UUID
    north: UUID
    south: UUID
    square: UUID
    flat: UUID
    wall: Any
    pool: Pool
    owner: Db
    clock: TestClock
    browsers: list[Browser] = field(default_factory=list)

    def transaction(self) -> Any:
        """One committed transaction as the web role."""
        return transaction(self.pool, self.community)

    def browser(self) -> Browser:
        """A fresh browser, signed out."""
        client = Browser(
            transport=httpx.ASGITransport(self.wall), base_url="http://127.0.0.1:8000",
            headers={"User-Agent": "Mozilla/5.0 (Linux; Android 13) Chrome/120"},
        )  # fmt: skip
        client.slug = self.slug
        return client

    def details(self, name: str, area: UUID | None = None, **more: Any) -> Details:
        """What somebody fills in when they join."""
        call_name = name.split()[0]
        return Details(
            full_name=name, call_name=more.pop("call_name", call_name), area_id=area or self.north,
            **more,
        )  # fmt: skip

    async def applicant(self, name: str, area: UUID | None = None, **more: Any) -> UUID:
        """Somebody who asked to join."""
        async with self.transaction() as db:
            return await parties.apply(
                db, community=self.community, details=self.details(name, area, **more),
                now=self.clock(),
            )  # fmt: skip

    async def member(
        self, name: str, area: UUID | None = None, *, consent: parties.Answer | None = None,
        password: bool = False, **more: Any,
    ) -> Member:  # fmt: skip
        """Somebody who takes part, with starting hours."""
        details = self.details(name, area, **more)
        async with self.transaction() as db:
            now = self.clock()
            id_ = await parties.apply(db, community=self.community, details=details, now=now)
            number = await parties.admit(db, community=self.community, party=id_, by=None, now=now)
            await hours.open_account(
                db, community=self.community, party=id_, booked_by=id_, now=now
            )
            if consent is not None:
                await parties.answer_worker_call(
                    db, community=self.community, party=id_, answer=consent, way="page",
                    asked_by=None, now=now,
                )  # fmt: skip
        made = Member(id_, number, details.call_name, name, details.area_id, self)
        if password:
            await self.give_password(made)
        return made

    async def give_password(self, member: Member, password: str = PASSWORD) -> None:
        """Let this member sign in with a password."""
        hash_ = await access.Hasher(passes=1, kib=8).hash(password)
        async with self.transaction() as db:
            await access.set_password(
                db, community=self.community, party=member.id, hash_=hash_, now=self.clock()
            )

    async def worker(self, name: str, area: UUID | None = None, **more: Any) -> Member:
        """A neighbourhood worker of `area` (north)."""
        made = await self.member(name, area, **more)
        await self._grant(made, "worker", area or self.north)
        return made

    async def worker_too(self, member: Member, area: UUID) -> None:
        """This member watches over that neighbourhood as well."""
        await self._grant(member, "worker", area)

    async def admin(self, name: str, **more: Any) -> Member:
        """An admin."""
        made = await self.member(name, **more)
        await self._grant(made, "admin", None)
        return made

    async def _grant(self, member: Member, kind: Any, area: UUID | None) -> None:
        async with self.transaction() as db:
            await access.grant_role(
                db, community=self.community, party=member.id, kind=kind, area=area,
                starts_on=self.clock().date(), ends_on=None, by=None, now=self.clock(),
            )  # fmt: skip

    async def signed_in(self, member: Member, *, own_device: bool = False) -> Browser:
        """A browser with a session of this member (made by the real action)."""
        async with self.transaction() as db:
            opened = await access_actions.open_session(
                db, community=self.community, party=member.id, own_device=own_device,
                device="Android, Chrome", now=self.clock(),
            )  # fmt: skip
        client = self.browser()
        client.cookies.set(f"session-{self.slug}", opened.token, domain="127.0.0.1", path="/")
        self.browsers.append(client)
        return client


async def make_world(wall: Any, pool: Pool, owner: Db, clock: TestClock) -> World:
    """A fresh community."""
    slug = f"t{next(_numbers)}-{clock.at:%H%M}-{id(owner) % 9973}"
    now = clock()
    async with owner.transaction():
        community, root = await areas.found_community(
            owner, slug=slug, name=f"Proefbuurt {slug}", hue=168, welcome="", demo=False, now=now
        )
    async with transaction(pool, community) as db:
        await hours.open_books(db, community=community, now=now)
        north = await areas.add_neighbourhood(
            db, community=community, parent=root, name="Noord", now=now
        )
        south = await areas.add_neighbourhood(
            db, community=community, parent=root, name="Zuid", now=now
        )
        square = await areas.add_place(
            db, community=community, area=north, name="Maasplein", x_m=0, y_m=0
        )
        flat = await areas.add_place(
            db, community=community, area=south, name="De Flat", x_m=2000, y_m=0
        )
    return World(community, slug, root, north, south, square, flat, wall, pool, owner, clock)


__all__ = ["PASSWORD", "Browser", "Member", "Page", "World", "make_world"]
