"""A real mail server on this machine that does what a drill asks of it."""

import asyncio
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from email.policy import SMTP as POLICY
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.drills.installation import free_port


@dataclass
class Letterbox:
    """Keeps what it took. `answers` are used up one a letter, then it says yes to all.

    An answer is what is said after the letter ("450 busy", "550 no such box"), "drop" (taken, and
    the line is cut before the answer), or "hang" (no answer while somebody waits).
    """

    answers: list[str] = field(default_factory=list)
    refuses: set[str] = field(default_factory=set)
    """Addresses that do not exist here."""
    letters: list[Message] = field(default_factory=list)
    tried: list[str] = field(default_factory=list)
    controller: Any = None

    @property
    def url(self) -> str:
        """What SMTP_URL says."""
        return f"smtp://127.0.0.1:{self.controller.port}"

    def ids(self) -> list[str]:
        """Message-IDs of what was taken, in that order."""
        return [str(letter["Message-ID"]) for letter in self.letters]

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Called by aiosmtpd for each receiver."""
        if address in self.refuses:
            return "550 5.1.1 no such box"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Called by aiosmtpd for each letter."""
        content = envelope.content
        assert isinstance(content, bytes)
        letter = message_from_bytes(content, policy=POLICY)
        self.tried.append(str(letter["Message-ID"]))
        answer = self.answers.pop(0) if self.answers else ""
        if answer == "hang":
            await asyncio.sleep(60)
        if answer == "drop":
            self.letters.append(letter)
            assert server.transport is not None
            server.transport.abort()
            return "250 too late"
        if answer:
            return answer
        self.letters.append(letter)
        return "250 taken"

    def __enter__(self) -> Self:
        self.controller = Controller(self, hostname="127.0.0.1", port=free_port())
        self.controller.start()
        return self

    def __exit__(self, *problem: object) -> None:
        self.controller.stop()
