"""What an operator types: help with an example, a first community and its admin, the check."""

import asyncio
import socket
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import asyncpg
import pytest
from click.testing import CliRunner

from tests.databases import SUPERUSER
from tests.drills.installation import Installation, free_port
from tests.drills.people import settle
from tests.makers_posts import offer
from tests.world import Browser, World
from timebank.cli import cli, main

pytestmark = pytest.mark.anyio

COMMANDS = {
    "demo", "serve", "work", "migrate", "check", "create-community", "create-admin", "reindex",
    "trial", "points", "erase-again",
}  # fmt: skip
PASSWORD = "vier gewone woorden samen"


def test_there_is_a_command_for_everything_an_operator_does() -> None:
    assert set(cli.commands) >= COMMANDS


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_each_command_explains_itself_with_an_example(name: str) -> None:
    done = CliRunner().invoke(cli, [name, "--help"])
    assert done.exit_code == 0
    assert "Example:" in done.output
    assert f"timebank {name}" in " ".join(done.output.split())
    assert len(done.output.split("Example:")[0].split()) > 8, "and says what it does"


@pytest.mark.slow
async def test_a_first_community_and_its_admin_who_then_signs_in(office: Installation) -> None:
    """As README says: migrate, create-community, create-admin, serve; then the pages."""
    made = office.run("create-community", "zuid", "Utrecht-Zuid", "--neighbourhood", "Rivierenwijk")
    assert made.returncode == 0, made.stderr
    assert f"Utrecht-Zuid is at {office.address}/zuid" in made.stdout
    admin = office.run(
        "create-admin", "zuid", "--name", "Samira Bouali", "--email", "s@example.org"
    )
    assert admin.returncode == 0, admin.stderr
    words = admin.stdout.split()
    number, code = words[1].rstrip("."), words[words.index("code") + 1]
    assert office.run("check").returncode == 0

    office.serve()
    async with Browser(base_url=office.address, timeout=30) as browser:
        browser.slug = "zuid"
        page = await browser.page("/code")
        start = await browser.submit(page, number=number, code=code, password=PASSWORD)
        assert "Dag Samira" in start.h1
        assert (await browser.page("/admin")).h1
    async with Browser(base_url=office.address, timeout=30) as browser:
        browser.slug = "zuid"
        start = await browser.submit(
            await browser.page("/session"), "/session", who="s@example.org", password=PASSWORD
        )
        assert "Dag Samira" in start.h1
    assert office.failures() == []


async def test_a_member_becomes_admin_when_the_last_one_is_gone(office: Installation) -> None:
    world, members = await settle(office.settings, ["Anna Nieuw"])
    done = office.run("create-admin", world.slug, "--member", members[0].number)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"Number {members[0].number}.")


NORTH = ("--neighbourhood", "Noord")
REFUSED = {
    "capitals": (["create-community", "Zuid", "Zuid", *NORTH], "korte naam"),
    "an address of ours": (["create-community", "healthz", "Zuid", *NORTH], "gebruikt hem zelf"),
    "another": (["create-community", "static", "Zuid", *NORTH], "gebruikt hem zelf"),
    "turned letters": (["create-community", "zuid", "Zuid\u202e", *NORTH], "teken"),
    "too short": (["create-community", "z", "Zuid", *NORTH], "korte naam"),
    "two of one name": (["create-community", "zuid", "Zuid", *NORTH, *NORTH], "al in gebruik"),
    "no name": (["create-community", "zuid", " ", *NORTH], "cannot be empty"),
    "too long": (["create-community", "zuid", "Z" * 81, *NORTH], "at most 80"),
    "nowhere": (["create-admin", "nergens", "--name", "Samira Bouali"], "There is no community"),
    "nobody": (["create-admin", "nergens", "--member", "123456"], "There is no community"),
}


@dataclass
class Typed:
    """What came of a command that was run in this very process: cheaper than one of its own.

    Only for commands that end before they set up the log, which belongs to the whole process.
    """

    code: int
    said: str
    complained: str


Types = Callable[..., Awaitable[Typed]]


@pytest.fixture
def types(
    office: Installation, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Types:
    """`await types("create-admin", …)`: from the command line to the exit code."""
    for name, value in office.environment.items():
        monkeypatch.setenv(name, value)

    def command() -> int:
        with pytest.raises(SystemExit) as ended:
            main()
        return int(ended.value.code or 0)

    async def typing(*arguments: str) -> Typed:
        monkeypatch.setattr(sys, "argv", ["timebank", *arguments])
        code = await asyncio.to_thread(command)
        return Typed(code, *capsys.readouterr())

    return typing


@pytest.mark.parametrize("kind", REFUSED)
async def test_what_cannot_be_made_is_refused_in_one_line(types: Types, kind: str) -> None:
    arguments, words = REFUSED[kind]
    done = await types(*arguments)
    assert done.code == 1, done.said
    assert len(done.complained.strip().splitlines()) == 1
    assert words in done.complained
    assert "community" not in done.complained or "There is no community" in done.complained


async def test_a_second_community_of_the_same_name_is_refused(types: Types) -> None:
    assert (await types("create-community", "zuid", "Zuid", *NORTH)).code == 0
    again = await types("create-community", "zuid", "Zuid", *NORTH)
    assert (again.code, again.complained) == (1, "Deze korte naam is al in gebruik.\n")


async def test_the_check_names_the_row_that_should_not_be_there(office: Installation) -> None:
    """Planted by a superuser with the triggers switched off; nobody else could."""
    world, members = await settle(office.settings, ["Anna Boek", "Bram Boek"])
    clean = office.run("check")
    assert (clean.returncode, clean.stdout) == (0, "All is well.\n")
    app = await asyncpg.connect(
        office.cluster.dsn(SUPERUSER, urlsplit(office.settings.database_url).path[1:])
    )
    await app.execute("set session_replication_role = replica")
    await app.execute(
        "update account set balance = balance + 60 where community_id = $1 and id = $2",
        world.community, members[0].id,
    )  # fmt: skip
    await app.close()
    found = office.run("check")
    assert found.returncode == 1
    assert f"{world.slug}: hours_balance_is_sum_of_entries" in found.stdout
    assert str(members[0].id) in found.stdout
    assert str(members[1].id) not in found.stdout
    assert "1 rows should not be there" in found.stdout


async def test_reindex_makes_the_search_words_anew(office: Installation, street: World) -> None:
    """After a change of the word rules: what was broken is as it was."""
    anna = await street.member("Anna Zoek")
    await offer(street, anna, "Fietsen en brommers maken")
    words = "select stems::text from post"
    before = await street.owner.fetchval(words)
    assert "fiet" in before
    await street.owner.execute("update post set stems = to_tsvector('simple', 'oud')")
    done = office.run("reindex")
    assert done.returncode == 0, done.stderr
    assert await street.owner.fetchval(words) == before
    assert street.slug in done.stdout, "it shows how far it is"


WRONG_ADMINS = {
    "no name": (["--name", " "], "cannot be empty"),
    "no address": (["--name", "Samira Bouali", "--email", "samira"], "hoort een @"),
    "too long": (["--name", "Samira Bouali", "--email", "s" * 300 + "@example.org"], "e-mailadres"),
}


@pytest.mark.parametrize("kind", WRONG_ADMINS)
async def test_an_admin_who_cannot_be_is_refused_in_one_line(types: Types, kind: str) -> None:
    assert (await types("create-community", "zuid", "Zuid", *NORTH)).code == 0
    arguments, words = WRONG_ADMINS[kind]
    done = await types("create-admin", "zuid", *arguments)
    assert done.code == 1
    assert len(done.complained.strip().splitlines()) == 1
    assert words in done.complained


async def test_a_port_that_is_taken_is_said_as_such(types: Types, office: Installation) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", office.port))
        other.listen()
        done = await types("demo", "--port", str(office.port))
        served = office.run("serve")
    assert (done.code, served.returncode) == (1, 1)
    for said in (done.complained, served.stderr):
        assert said.startswith(f"Cannot listen at 127.0.0.1, port {office.port}: ")
        assert len(said.splitlines()) == 1


async def test_a_heartbeat_that_nobody_can_make_is_said_at_once(types: Types) -> None:
    done = await types("work", "--heartbeat", "/nowhere/at/all/beat")
    assert done.code == 2
    assert "/nowhere/at/all" in done.complained


async def test_what_the_driver_does_not_understand_is_one_line_too(
    types: Types, office: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = office.environment["DATABASE_URL_OWNER"]
    joined = "&" if "?" in url else "?"
    monkeypatch.setenv("DATABASE_URL_OWNER", f"{url}{joined}sslmode=sometimes")
    done = await types("check")
    assert done.code == 1
    assert "sslmode" in done.complained and len(done.complained.splitlines()) == 1


@pytest.mark.parametrize("command", ["serve", "migrate", "check"])
async def test_a_database_that_cannot_be_reached_is_one_line(
    office: Installation, types: Types, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DATABASE_URL", "DATABASE_URL_WORK", "DATABASE_URL_OWNER"):
        role = urlsplit(office.environment[name]).username
        monkeypatch.setenv(name, f"postgresql://{role}@127.0.0.1:{free_port()}/x")
    done = await types(command)
    assert done.code == 1
    assert "cannot be reached" in done.complained
    assert len(done.complained.splitlines()) == 1


async def test_a_worker_without_a_database_says_so_and_ends(office: Installation) -> None:
    nowhere = f"postgresql://timebank_work@127.0.0.1:{free_port()}/x"
    done = office.run("work", DATABASE_URL_WORK=nowhere)
    assert done.returncode == 1
    assert "cannot be reached" in done.stderr
    assert "Traceback" not in done.stderr


async def test_a_taken_port_is_one_line(office: Installation) -> None:
    office.serve()
    second = office.run("serve")
    assert second.returncode == 1
    assert "in use" in second.stderr
    assert "Traceback" not in second.stderr


async def test_the_demo_stays_out_of_a_database_with_real_people(office: Installation) -> None:
    await settle(office.settings, ["Anna Echt"])
    done = office.run("demo", "--port", str(free_port()))
    assert done.returncode == 1
    assert "real people" in done.stderr
