"""Passwords: argon2id, two at a time, in threads of their own and never inside a transaction.

Cost: 19 MiB, 2 passes, 1 lane (OWASP). Somebody unknown costs as much time as somebody known:
a dummy hash goes through the same queue.
"""

import asyncio
import ctypes
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import TooMany

AT_ONCE = 2
MOST_WAITING = 20
T = TypeVar("T")


def _give_back_large_blocks() -> None:
    """glibc learns from a first large block that is freed, and keeps the next ones for later: each
    hash would hold its 19 MiB for as long as the process lives. With a fixed bound it gives them
    back (mallopt(3), M_MMAP_THRESHOLD). Other C libraries know no such call."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_MMAP_THRESHOLD, 2**20)


_M_MMAP_THRESHOLD = -3


class Hasher:
    """Hashes and compares. One for the whole program."""

    def __init__(self, *, passes: int = 2, kib: int = 19456) -> None:
        self._argon2 = PasswordHasher(time_cost=passes, memory_cost=kib, parallelism=1)
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="argon2")
        self._waiting = 0
        _give_back_large_blocks()
        self._dummy = self._argon2.hash(os.urandom(16).hex())

    async def hash(self, password: str) -> str:
        """The hash to store. Raises TooMany when too many wait already."""
        return await self._run(lambda: self._argon2.hash(password))

    async def verify(self, stored: str | None, password: str) -> bool:
        """Whether the password is the stored one; with nothing stored it takes as long."""
        return await self._run(lambda: self._compare(stored, password))

    def _compare(self, stored: str | None, password: str) -> bool:
        try:
            self._argon2.verify(stored or self._dummy, password)
        except (VerificationError, InvalidHashError):
            return False
        return stored is not None

    async def _run(self, work: Callable[[], T]) -> T:
        if self._waiting >= MOST_WAITING + AT_ONCE:
            raise TooMany(
                _("Er loggen nu veel mensen in. Probeer het over een minuut weer."), retry_after=60
            )
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self._waiting -= 1
