"""Behind a proxy that ends TLS, with and without its headers: mailed links use the set address,
signing in works, and a setting that cannot be right is told at start."""

import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx
import msgspec
import pytest

from tests.drills.installation import Installation
from tests.drills.letterbox import Letterbox
from tests.world import Browser, World
from timebank.access import Hasher
from timebank.app import make_app, with_wall
from timebank.kernel.db import open_pool
from timebank.kernel.settings import BadSettings, Settings, read
from timebank.worker import Worker

pytestmark = pytest.mark.anyio

PUBLIC = "https://buurt.example.org"
PROXY = "10.0.0.9"
PASSWORD = "vier gewone woorden samen"


@dataclass
class TlsProxy:
    """What the app sees of a request that came over TLS to the proxy: plain http from the proxy's
    own address, and the proxy's headers, if it sends any."""

    app: Any
    tells: bool
    visitor: str = "203.0.113.7"

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        headers = [h for h in scope["headers"] if not h[0].startswith(b"x-forwarded")]
        if self.tells:
            headers += [
                (b"x-forwarded-for", self.visitor.encode()), (b"x-forwarded-proto", b"https"),
                (b"x-forwarded-host", b"buurt.example.org"),
            ]  # fmt: skip
        inner = scope | {"scheme": "http", "client": (PROXY, 5000), "headers": headers}
        await self.app(inner, receive, send)


Behind = Callable[..., Browser]


@pytest.fixture
def box() -> Any:
    with Letterbox() as letterbox:
        yield letterbox


@pytest.fixture
def public(office: Installation, box: Letterbox) -> Settings:
    return msgspec.structs.replace(
        office.settings, public_url=PUBLIC, trusted_proxies=frozenset({PROXY}),
        smtp_url=box.url, mail_from="zuid@example.org",
    )  # fmt: skip


@pytest.fixture
async def behind(public: Settings, street: World) -> AsyncIterator[Behind]:
    """`behind(tells=True)`: a browser whose requests come through the proxy."""
    app = make_app(public, hasher=Hasher(passes=1, kib=8), now=street.clock)
    wall = with_wall(app, public)

    def browser(*, tells: bool, visitor: str = "203.0.113.7") -> Browser:
        proxy = TlsProxy(wall, tells, visitor)
        client = Browser(transport=httpx.ASGITransport(proxy), base_url=PUBLIC)
        client.slug = street.slug
        return client

    async with app.lifespan():
        yield browser


async def deliver(public: Settings, street: World) -> None:
    """The worker sends what is due."""
    pool = await open_pool(public.database_url_work, size=2)
    await Worker(pool, public, street.clock).once()
    pool.terminate()


def link_in(box: Letterbox) -> str:
    links = re.findall(r"https?://\S+", box.letters[-1].get_content())
    assert len(links) == 1
    return str(links[0])


@pytest.mark.parametrize("tells", [True, False], ids=["with headers", "without headers"])
async def test_a_mailed_link_leads_in_through_the_proxy(
    street: World, behind: Behind, public: Settings, box: Letterbox, tells: bool
) -> None:
    anna = await street.member("Anna Ver", reachable_by="email", email="anna@example.org")
    visitor = behind(tells=tells)
    await visitor.submit(await visitor.page("/password/forgotten"), who="anna@example.org")
    await deliver(public, street)
    link = link_in(box)
    assert link.startswith(f"{PUBLIC}/{street.slug}/")

    mailed = behind(tells=tells)
    page = await mailed.page(urlsplit(link).path.removeprefix(f"/{street.slug}"))
    start = await mailed.submit(page, password=PASSWORD)
    assert "Dag Anna" in start.h1
    assert start.url.startswith(PUBLIC)

    again = behind(tells=tells)
    form = await again.page("/session")
    inside = await again.submit(form, "/session", who=anna.number, password=PASSWORD)
    assert "Dag Anna" in inside.h1
    held = {cookie.name: cookie for cookie in again.cookies.jar}
    assert all(name.startswith("__Host-") and cookie.secure for name, cookie in held.items())
    assert f"__Host-session-{street.slug}" in held


async def test_every_kind_of_mail_uses_the_set_address_whatever_the_request_said(
    street: World, behind: Behind, public: Settings, box: Letterbox
) -> None:
    """Also when somebody asks for the mail under another name."""
    await street.member("Anna Ver", reachable_by="email", email="anna@example.org")
    visitor = behind(tells=True)
    page = await visitor.page("/password/forgotten")
    form = page.form()
    for name in ("x-forwarded-host", "forwarded", "x-original-host"):
        answer = await visitor.post(
            form.action, data=form.data | {"who": "anna@example.org"},
            headers={name: "host=elsewhere.example"},
        )  # fmt: skip
        assert answer.status_code in (303, 403, 200)
    refused = await visitor.get(f"/{street.slug}/session", headers={"Host": "elsewhere.example"})
    assert refused.status_code == 400
    await deliver(public, street)
    assert link_in(box).startswith(f"{PUBLIC}/")
    assert "elsewhere" not in "".join(letter.as_string() for letter in box.letters)


async def test_visitors_behind_one_proxy_are_told_apart_only_when_it_tells(
    street: World, behind: Behind
) -> None:
    """Twenty-five wrong tries from one address do not shut out another."""
    await street.member("Anna Ver", password=True)
    for number in range(26):
        guesser = behind(tells=True, visitor="203.0.113.66")
        form = await guesser.page("/session")
        last = await guesser.post(
            form.form("/session").action,
            data=form.form("/session").data | {"who": f"10{number:04}", "password": "raad raad"},
        )
    assert last.status_code == 429
    other = behind(tells=True, visitor="203.0.113.7")
    form = await other.page("/session")
    answer = await other.submit(form, "/session", status=422, who="100001", password="mis mis mis")
    assert answer.errors()


WRONG = {
    "DATABASE_URL": ["mysql://web@db/x", "postgresql://web@db:port/x", "postgresql://w:…@db/x",
                     "postgresql://w:change-me@db/x"],
    "DATABASE_URL_WORK": ["sqlite:///x", "postgresql://web@db/x"],
    "DATABASE_URL_OWNER": ["db", "postgresql://web@db/x"],
    "PUBLIC_URL": ["http://buurt.example.org", "https://x.org/pad", "buurt", "https://",
                   "https://x.org?a=b", "https://a:b@x.org", "https://x.org:port", "https://[::1",
                   "https://x .org", "ftp://x.org"],
    "PORT": ["eighty", "0", "65536", "-1", "٨٠"],
    "PROCESSES": ["0", "many"],
    "POOL_SIZE": ["0", "201"],
    "IDLE_SECONDS": ["0", "15s"],
    "TRUSTED_PROXIES": ["caddy", "10.0.0.0/33", "0.0.0.0/0", "::/0", "10.0.0.1 *"],
    "HOSTS": ["https://x.org", "x_y", "*.example.org"],
    "SMTP_URL": ["mail.example.org", "http://mail", "smtp://", "smtp://mail:port"],
    "MAIL_FROM": ["", "zuid", "a@b@c", "Zuid <a@b.nl>"],
    "BREACHED_PASSWORDS": ["/there/is/no/such/file"],
}  # fmt: skip
GOOD = {
    "DATABASE_URL": "postgresql://web@db/x",
    "DATABASE_URL_WORK": "postgresql://work@db/x",
    "DATABASE_URL_OWNER": "postgresql://owner:Xk2@db/x",
    "PUBLIC_URL": PUBLIC,
    "SMTP_URL": "smtps://name:word@mail.example.org",
    "MAIL_FROM": "zuid@example.org",
    "TRUSTED_PROXIES": "10.0.0.9, 172.28.0.0/24 unix ::1",
    "HOSTS": "buurt.example.com:8443, [::1]",
}


def test_good_settings_are_good() -> None:
    settings = read(GOOD)
    with_wall(make_app(settings, hasher=Hasher(passes=1, kib=8)), settings)


@pytest.mark.parametrize(("name", "value"), [(n, v) for n, vs in WRONG.items() for v in vs])
def test_a_setting_that_cannot_be_right_is_named(name: str, value: str) -> None:
    with pytest.raises(BadSettings) as bad:
        read(GOOD | {name: value})
    assert any(problem.startswith(name) for problem in bad.value.problems), bad.value.problems
    assert len(bad.value.problems) == 1


async def test_all_that_is_wrong_is_said_at_once_and_no_password_with_it(
    office: Installation,
) -> None:
    wrong = {name: values[0] for name, values in WRONG.items()} | {
        "DATABASE_URL": "mysql://web:kU7hemelsblauw@db/x"
    }
    done = office.run("serve", **wrong)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    for name in wrong:
        assert f"- {name} " in done.stderr, name
    assert "kU7hemelsblauw" not in done.stdout + done.stderr


@pytest.mark.parametrize("command", ["serve", "work"])
async def test_a_role_that_may_change_the_books_is_refused(
    office: Installation, command: str
) -> None:
    owner = office.environment["DATABASE_URL_OWNER"]
    mighty = {"DATABASE_URL": owner, "DATABASE_URL_WORK": owner, "DATABASE_URL_OWNER": ""}
    if command == "serve":
        mighty["DATABASE_URL_WORK"] = ""
    else:
        mighty["DATABASE_URL"] = ""
    done = office.run(command, **mighty)
    assert done.returncode == 1
    assert "owns nothing" in done.stderr
    superuser = {name: value.replace("_owner", "") for name, value in mighty.items()}
    superuser = {k: v.replace("//timebank@", "//app@") for k, v in superuser.items()}
    done = office.run(command, **superuser)
    assert "owns nothing" in done.stderr


@pytest.mark.parametrize("command", ["serve", "work"])
async def test_website_and_worker_do_not_sign_in_as_each_other(
    office: Installation, command: str
) -> None:
    """The limits belong to the role: the website of the worker's role would let a page take minutes."""
    web, work = (office.environment[name] for name in ("DATABASE_URL", "DATABASE_URL_WORK"))
    wrong = {"DATABASE_URL": work, "DATABASE_URL_WORK": ""}
    if command == "work":
        wrong = {"DATABASE_URL": "", "DATABASE_URL_WORK": web}
    done = office.run(command, **wrong)
    assert done.returncode == 1
    right = "timebank_web" if command == "serve" else "timebank_work"
    assert done.stderr.startswith(f"Sign in as {right}: ")
