"""Settings: from the environment, read once, and all that is wrong is said at once."""

import os
from collections.abc import Collection, Mapping
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from timebank.kernel.settings_rules import DATABASES
from timebank.kernel.settings_rules import problems as wrong


class BadSettings(Exception):
    """One or more settings cannot be used; `problems` names each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What the operator decides. See README, "Settings"."""

    database_url: str = ""
    database_url_work: str = ""
    database_url_owner: str = ""
    public_url: str = ""
    host: str = "127.0.0.1"
    port: int = 8000
    processes: int = 1
    trusted_proxies: frozenset[str] = frozenset()
    hosts: frozenset[str] = frozenset()
    idle_seconds: int = 15
    smtp_url: str = ""
    mail_from: str = ""
    mail_dir: Path | None = None
    breached_passwords: Path | None = None
    demo: bool = False
    pool_size: int = 8

    @property
    def https(self) -> bool:
        """Whether people reach us over TLS; cookies and headers follow it."""
        return self.public_url.startswith("https://")

    @property
    def public_host(self) -> str:
        """Host (with port, where one is written) that people type."""
        return urlsplit(self.public_url).netloc

    def __repr__(self) -> str:  # addresses of databases and mail servers carry passwords
        return f"Settings(public_url={self.public_url!r}, demo={self.demo})"


_TEXT = DATABASES | {
    "public_url": "PUBLIC_URL",
    "host": "HOST",
    "smtp_url": "SMTP_URL",
    "mail_from": "MAIL_FROM",
}
_NUMBER = {
    "port": ("PORT", 1, 65535),
    "processes": ("PROCESSES", 1, 64),
    "pool_size": ("POOL_SIZE", 1, 200),
    "idle_seconds": ("IDLE_SECONDS", 1, 3600),
}
_FOLDER = {"mail_dir": "MAIL_DIR", "breached_passwords": "BREACHED_PASSWORDS"}
_LIST = {"trusted_proxies": "TRUSTED_PROXIES", "hosts": "HOSTS"}
NAMES = [*_TEXT.values(), *(name for name, _low, _high in _NUMBER.values()),
         *_FOLDER.values(), *_LIST.values()]  # fmt: skip
"""Every variable of the environment that means something here."""

ALL = ("database_url", "database_url_work", "database_url_owner", "public_url")


def read(
    env: Mapping[str, str] | None = None, *, needs: Collection[str] = ALL, **fixed: object
) -> Settings:
    """Settings from `env` (default: the process environment); `fixed` ones are decided already.

    needs: what this command cannot do without. A process is given no more than that: the website
    need not know how to sign in as the owner.
    Raises BadSettings with every problem found, not only the first.
    """
    env = os.environ if env is None else env
    problems: list[str] = []
    values: dict[str, object] = {}
    for field, name in _TEXT.items():
        if env.get(name):
            values[field] = env[name]
    for field, (name, low, high) in _NUMBER.items():
        text = env.get(name, "")
        if text and not (text.isascii() and text.isdigit() and low <= int(text) <= high):
            problems.append(f"{name} must be a whole number from {low} to {high}, not {text!r}.")
        elif text:
            values[field] = int(text)
    for field, name in _FOLDER.items():
        if env.get(name):
            values[field] = Path(env[name])
    for field, name in _LIST.items():
        if env.get(name):
            values[field] = frozenset(env[name].replace(",", " ").split())
    if env.get("MAIL_DIR") and env.get("SMTP_URL"):
        problems.append("MAIL_DIR keeps mails in a folder, SMTP_URL sends them: leave one out.")
    values |= fixed
    problems += _missing(values, needs) + wrong(values)
    if problems:
        raise BadSettings(problems)
    return Settings(**values)  # type: ignore[arg-type]  # each was read as its field asks


def misspelled(env: Mapping[str, str]) -> list[str]:
    """A sentence for each variable that means nothing here, but is written much like one that does:
    a setting that is ignored in silence is found out on a bad night."""
    near = {
        name: get_close_matches(name, [n for n in NAMES if len(n) > 5], 1, cutoff=0.85)
        for name in sorted(set(env) - set(NAMES))
        if len(name) > 5
    }
    return [f"{name} is no setting: is {ours[0]} meant?" for name, ours in near.items() if ours]


def _missing(values: Mapping[str, object], needs: Collection[str]) -> list[str]:
    return [f"{_TEXT[field]} is not set." for field in needs if not values.get(field)]
