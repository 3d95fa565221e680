"""Write deploy/requirements.lock: the part of requirements.lock that a running site needs.

    python deploy/runtime_lock.py

Reads which package needs which from the environment it runs in; a test says when it must run again.
"""

import re
import tomllib
from importlib.metadata import requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "deploy" / "requirements.lock"


def needed() -> set[str]:
    """Names of all that the project itself needs, directly or by way of another."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    waiting = [Requirement(text) for text in project["dependencies"]]
    names: set[str] = set()
    seen: set[str] = set()
    while waiting:
        wanted = waiting.pop()
        extras = wanted.extras or {""}
        name = canonicalize_name(wanted.name)
        for extra in extras:
            if (key := f"{name}[{extra}]") in seen or not _applies(wanted, ""):
                continue
            seen.add(key)
            names.add(name)
            waiting += [
                found
                for text in requires(name) or ()
                if _applies(found := Requirement(text), extra)
            ]
    return names


def _applies(wanted: Requirement, extra: str) -> bool:
    return wanted.marker is None or wanted.marker.evaluate({"extra": extra})


def runtime_lock() -> str:
    """The lines of the big lock for these, unchanged."""
    blocks = re.split(r"\n(?=\S)", (ROOT / "requirements.lock").read_text("utf-8").strip())
    names = needed()
    kept = [b for b in blocks if canonicalize_name(re.split(r"[=\[ ;]", b)[0]) in names]
    return "\n".join(kept) + "\n"


if __name__ == "__main__":
    TARGET.write_text(runtime_lock(), "utf-8")
