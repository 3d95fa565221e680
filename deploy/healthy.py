"""Is this container well? Exit 0 when it is. Standard library only.

python deploy/healthy.py web      asks /healthz, under the public name
python deploy/healthy.py worker   looks whether the heartbeat is young
"""

import os
import sys
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

HEARTBEAT = Path(os.environ.get("HEARTBEAT", "/tmp/heartbeat"))  # noqa: S108  # the container's own
OLDEST_SECONDS = 600
"""A worker in talk with a slow mail server comes round within five minutes."""


def web() -> bool:
    """Whether the website, its database and its schema are well."""
    name = urlsplit(os.environ["PUBLIC_URL"]).netloc
    address = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}/healthz"
    try:
        with urllib.request.urlopen(
            urllib.request.Request(address, headers={"Host": name}),
            timeout=5,
        ) as answer:
            return int(answer.status) == 200
    except OSError:
        return False


def worker() -> bool:
    """Whether a round ended not long ago."""
    try:
        return time.time() - HEARTBEAT.stat().st_mtime < OLDEST_SECONDS
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(0 if {"web": web, "worker": worker}[sys.argv[1]]() else 1)
