"""compose.yaml and what belongs to it, checked without a container engine: whoever reads the files
as the engine does gets settings that the program takes, and each process knows only its own."""

import os
import re
import shutil
import subprocess
import sys
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any

import asyncpg
import pytest
import yaml

from deploy.runtime_lock import TARGET, runtime_lock
from tests.drills.conftest import SUPERUSER
from tests.drills.installation import ROOT, Installation
from timebank.cli import OWNING, SERVING, WORKING, cli
from timebank.kernel.embedded import OWNER, Embedded
from timebank.kernel.settings import NAMES, Settings, read
from timebank.web.deadline import Limits

COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
README = (ROOT / "README.md").read_text("utf-8")
MANUAL = (ROOT / "docs" / "operations.md").read_text("utf-8")
APPS = {"web": SERVING, "worker": WORKING, "migrate": OWNING, "admin": (*OWNING, *SERVING)}
RUN_AND_END = ("migrate", "admin")


@pytest.fixture
def secrets(tmp_path: Path) -> dict[str, str]:
    """What deploy/new_secrets.sh writes."""
    file = tmp_path / "secrets.env"
    done = new_secrets(file)
    assert done.returncode == 0, done.stderr
    lines = [line.partition("=") for line in file.read_text().splitlines()]
    return {name: value for name, _equals, value in lines}


def new_secrets(file: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603
        [ROOT / "deploy" / "new_secrets.sh", "buurt.example.org", file],
        capture_output=True, text=True, check=False, timeout=20,
    )  # fmt: skip


def filled_in(value: object, secrets: dict[str, str]) -> str:
    """A value of the file as compose reads it: ${NAME}, ${NAME:?…} and ${NAME:-default}."""

    def one(match: re.Match[str]) -> str:
        name, kind, rest = match[1], match[2] or "", match[3] or ""
        if secrets.get(name):
            return secrets[name]
        assert kind == ":-", f"{name} is not in secrets.env"
        return rest

    return re.sub(r"\$\{(\w+)(:[?-])?([^}]*)\}", one, str(value))


def environment(service: str, secrets: dict[str, str]) -> dict[str, str]:
    values = SERVICES[service].get("environment", {})
    return {name: filled_in(value, secrets) for name, value in values.items()}


@pytest.mark.parametrize("service", APPS)
def test_each_process_gets_settings_that_the_program_knows_and_takes(
    service: str, secrets: dict[str, str]
) -> None:
    found = environment(service, secrets)
    assert set(found) <= set(NAMES)
    settings = read(found, needs=APPS[service])
    assert isinstance(settings, Settings)


def test_each_process_knows_only_its_own_password(secrets: dict[str, str]) -> None:
    """The website cannot become the owner by reading its own environment."""
    words = {name: secrets[f"{name.upper()}_PASSWORD"] for name in ("web", "work", "owner")}
    knows = {
        service: {n for n, word in words.items() if word in str(environment(service, secrets))}
        for service in SERVICES
    }
    assert knows == {
        "proxy": set(), "web": {"web"}, "worker": {"work"}, "migrate": {"owner"},
        "admin": {"web", "work", "owner"}, "db": {"web", "work", "owner"},
    }  # fmt: skip
    assert secrets["POSTGRES_PASSWORD"] not in str(
        {service: environment(service, secrets) for service in SERVICES if service != "db"}
    )


def test_fresh_passwords_are_long_different_and_for_their_owner_only(tmp_path: Path) -> None:
    files = [tmp_path / "one.env", tmp_path / "two.env"]
    for file in files:
        assert new_secrets(file).returncode == 0
        assert file.stat().st_mode & 0o777 == 0o600
    words = re.findall(r"_PASSWORD=(.*)", "\n".join(file.read_text() for file in files))
    assert len(words) == len(set(words)) == 8
    assert all(re.fullmatch(r"[0-9a-f]{64}", word) for word in words)
    before = files[0].read_text()
    assert new_secrets(files[0]).returncode != 0
    assert files[0].read_text() == before, "it overwrites nothing"
    assert "secrets.env" in (ROOT / ".gitignore").read_text().splitlines()


def test_only_the_proxy_can_be_reached_from_outside() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert SERVICES["db"]["networks"] == ["back"]
    assert COMPOSE["networks"]["back"]["internal"] is True
    assert "back" not in SERVICES["proxy"]["networks"]


def test_the_website_believes_the_proxy_and_nobody_else() -> None:
    address = SERVICES["proxy"]["networks"]["front"]["ipv4_address"]
    assert SERVICES["web"]["environment"]["TRUSTED_PROXIES"] == address
    subnet = COMPOSE["networks"]["front"]["ipam"]["config"][0]["subnet"]
    assert ip_address(address) in ip_network(subnet)


def test_what_must_run_is_watched_and_started_again() -> None:
    for name, service in SERVICES.items():
        if name in RUN_AND_END:
            assert service["restart"] == "no"
            continue
        assert service["restart"] == "unless-stopped", name
        assert service["healthcheck"]["test"], name
        assert service["logging"]["options"]["max-size"], f"{name} would fill the disk"


def test_website_and_worker_wait_for_the_migration() -> None:
    for name in ("web", "worker"):
        waits = SERVICES[name]["depends_on"]
        assert waits["migrate"]["condition"] == "service_completed_successfully"
        assert waits["db"]["condition"] == "service_healthy"


def test_the_programs_run_with_as_few_rights_as_they_need() -> None:
    for name in APPS:
        service = SERVICES[name]
        assert service["cap_drop"] == ["ALL"]
        assert service["read_only"] is True
        assert service["security_opt"] == ["no-new-privileges:true"]
    assert "\nUSER timebank\n" in (ROOT / "Dockerfile").read_text()


@pytest.mark.parametrize("service", APPS)
def test_what_a_container_runs_is_a_command_of_ours(service: str) -> None:
    name, *options = SERVICES[service]["command"]
    known = {opt for parameter in cli.commands[name].params for opt in parameter.opts}
    assert {option for option in options if option.startswith("--")} <= known


def test_the_proxy_lets_go_of_a_line_before_the_website_does() -> None:
    """Else a request now and then meets a line that was just closed, and is lost."""
    config = (ROOT / "deploy" / "Caddyfile").read_text()
    (kept,) = re.findall(r"keepalive (\d+)s", config)
    idle = int(SERVICES["web"]["environment"]["IDLE_SECONDS"])
    assert int(kept) < idle == Limits().idle_seconds
    assert "reverse_proxy web:" + SERVICES["web"]["environment"]["PORT"] in config


def test_the_proxy_has_an_address_that_no_other_container_is_given() -> None:
    """The website starts first: of one range it would get the proxy's, which then never starts."""
    (config,) = COMPOSE["networks"]["front"]["ipam"]["config"]
    own = SERVICES["proxy"]["networks"]["front"]["ipv4_address"]
    assert SERVICES["web"]["environment"]["TRUSTED_PROXIES"] == own
    assert ip_address(own) in ip_network(config["subnet"])
    assert ip_address(own) not in ip_network(config["ip_range"])
    assert ip_network(config["ip_range"]).subnet_of(ip_network(config["subnet"]))
    assert own != config["gateway"]


def test_only_proxy_and_worker_have_a_way_out_and_the_proxy_has_ipv6() -> None:
    """Without IPv6 of its own the proxy sees one address for all who come over it."""
    inner = {name for name, net in COMPOSE["networks"].items() if net.get("internal")}
    out = {name for name, service in SERVICES.items() if set(service["networks"]) - inner}
    assert out == {"proxy", "worker"}
    (entrance,) = set(SERVICES["proxy"]["networks"]) - inner
    assert COMPOSE["networks"][entrance]["enable_ipv6"] is True


def test_the_log_of_the_proxy_tells_nothing_of_a_request() -> None:
    """It writes a line for each that was broken off: with address, page and query, unless told not to."""
    config = (ROOT / "deploy" / "Caddyfile").read_text()
    assert re.search(r"log default \{[^}]*format filter \{\s*fields \{\s*request delete", config)


def test_each_compose_command_in_the_papers_is_whole() -> None:
    """The file cannot be read without its secrets, not even to stop a container."""
    for text in (README, MANUAL, (ROOT / "compose.yaml").read_text()):
        for line in re.findall(r"docker compose (?!down --volumes).*", text):
            assert line.startswith("docker compose --env-file secrets.env "), line


def test_files_that_are_mounted_or_copied_exist() -> None:
    mounted = [v.split(":")[0] for s in SERVICES.values() for v in s.get("volumes", [])]
    copied = re.findall(r"^COPY (\S+) ", (ROOT / "Dockerfile").read_text(), re.M)
    let_in = [
        line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line[0] == "!"
    ]
    for path in [v for v in mounted if v.startswith(".")] + copied:
        assert (ROOT / path).exists(), path
    assert sorted(copied) == sorted(let_in)
    named = {volume for volume in mounted if not volume.startswith(".")}
    assert named == set(COMPOSE["volumes"])


def test_the_small_lock_is_what_the_site_needs_of_the_big_one() -> None:
    assert TARGET.read_text() == runtime_lock(), "run: python deploy/runtime_lock.py"
    names = re.findall(r"^([\w-]+)==", TARGET.read_text(), re.M)
    assert {"litestar", "asyncpg", "uvicorn"} <= set(names)
    assert not {"pytest", "playwright", "ruff", "hypothesis"} & set(names)


def test_readme_names_every_setting_and_the_manual_no_other() -> None:
    table = README.split("### Settings")[1].split("###")[0]
    assert set(re.findall(r"`([A-Z_]{4,})`", table)) == set(NAMES)
    wanted = {name for name in re.findall(r"`([A-Z_]{4,})`", MANUAL)}
    assert wanted <= set(NAMES)


def test_commands_in_readme_and_manual_exist() -> None:
    for text in (README, MANUAL):
        said = re.findall(r"^timebank ([a-z-]+)|`timebank ([a-z-]+)", text, re.M)
        assert said
        assert {one or other for one, other in said} <= set(cli.commands)


@pytest.mark.slow
@pytest.mark.anyio
async def test_the_image_has_all_that_the_program_reads(
    office: Installation, tmp_path: Path
) -> None:
    """Only what the Dockerfile copies, in another place: it serves, works, and is called well."""
    image = tmp_path / "app"
    for path in re.findall(r"^COPY (\S+) ", (ROOT / "Dockerfile").read_text(), re.M):
        target = image / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / path).is_dir():
            shutil.copytree(ROOT / path, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / path, target)
    assert healthy(office, "web", image) == 1, "nobody serves yet"
    office.start("serve", at=image)
    office.await_health()
    assert healthy(office, "web", image) == 0

    beat = tmp_path / "heartbeat"
    assert healthy(office, "worker", image, HEARTBEAT=str(beat)) == 1
    office.start("work", "--heartbeat", str(beat), at=image)
    office.await_there(beat)
    assert healthy(office, "worker", image, HEARTBEAT=str(beat)) == 0
    office.end()
    os.utime(beat, (1_700_000_000, 1_700_000_000))
    assert healthy(office, "worker", image, HEARTBEAT=str(beat)) == 1, "it hangs, or is gone"
    assert office.failures() == []


def healthy(office: Installation, kind: str, image: Path, **more: str) -> int:
    """What the health check of the container says: 0 is well."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, image / "deploy" / "healthy.py", kind],
        env=office._whole(more), timeout=20, check=False,
    )  # fmt: skip
    return done.returncode


@pytest.mark.anyio
async def test_a_new_database_server_gets_roles_passwords_and_an_empty_database(
    cluster: Embedded, secrets: dict[str, str], tmp_path: Path
) -> None:
    """deploy/database.sh, as the image of the database runs it, and on the oldest that is promised."""
    done = subprocess.run(  # noqa: S603, ASYNC221
        ["/bin/sh", ROOT / "deploy" / "database.sh"],
        env=secrets | {
            "PATH": f"{cluster.bin}{os.pathsep}{os.environ['PATH']}", "POSTGRES_USER": SUPERUSER,
            "PGHOST": str(cluster.socket_dir), "TIMEBANK_DATABASE": "made_by_script",
            "ROLES_SQL": str(ROOT / "sql" / "roles.sql"),
        },
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    app = await asyncpg.connect(cluster.dsn(SUPERUSER, "postgres"))
    try:
        made = await app.fetchrow(
            "select pg_get_userbyid(datdba) as owner, datlocprovider::text as provider, to_jsonb(d)"
            " from pg_database d where datname = 'made_by_script'"
        )
        assert made is not None
        builtin = int(await app.fetchval("show server_version_num")) >= 170000
        assert (made["owner"], made["provider"]) == (OWNER, "b" if builtin else "c")
        assert '"C.UTF-8"' in made["to_jsonb"]
        with_password = await app.fetch(
            "select rolname from pg_authid where rolpassword like 'SCRAM-SHA-256%' order by 1"
        )
        assert [row["rolname"] for row in with_password] == [
            "timebank_owner", "timebank_web", "timebank_work",
        ]  # fmt: skip
        house = Installation(cluster, tmp_path, database="made_by_script")
        assert house.run("migrate").returncode == 0
        assert house.run("check").stdout == "All is well.\n"
    finally:
        for role in (OWNER, "timebank_web", "timebank_work"):
            await app.execute(f"alter role {role} password null")
        await app.execute(f"alter role {OWNER} createdb")
        await app.execute("drop database made_by_script with (force)")
        await app.close()
