"""Handing a mail to the mail server, or to a folder where there is none (the demo)."""

from email.message import EmailMessage
from urllib.parse import SplitResult, unquote, urlsplit

import aiosmtplib

from timebank.kernel.settings import Settings

SECONDS = 30


class NoMailServer(Exception):
    """Neither SMTP_URL nor MAIL_DIR is set: the mail waits, and the admin sees it."""


class Refused(Exception):
    """The mail server refused this mail for good (5xx): trying again does not help."""


LOCAL = ("localhost", "127.0.0.1", "::1")


def _must_start_tls(parts: SplitResult) -> bool | None:
    """A password goes over no open line but inside this machine; without one TLS is used where the
    server has it (None)."""
    if parts.scheme == "smtps":
        return False
    return True if parts.username and parts.hostname not in LOCAL else None


async def send(message: EmailMessage, settings: Settings) -> None:
    """Hand over one mail. Raises NoMailServer, Refused, or what the connection raises."""
    if settings.mail_dir is not None:
        name = f"{message['Message-ID'].strip('<>').partition('@')[0]}.eml"
        settings.mail_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        (settings.mail_dir / name).write_bytes(message.as_bytes())
        return
    if not settings.smtp_url:
        raise NoMailServer
    parts = urlsplit(settings.smtp_url)
    tls = parts.scheme == "smtps"
    try:
        await aiosmtplib.send(
            message,
            hostname=parts.hostname or "localhost",
            port=parts.port or (465 if tls else 25),
            username=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
            use_tls=tls,
            start_tls=_must_start_tls(parts),
            timeout=SECONDS,
        )
    except aiosmtplib.SMTPDataError as error:
        # Only here it is about this mail: a wrong password or sender is about all of them.
        if 500 <= error.code < 600:
            raise Refused(str(error.code)) from error
        raise
    except aiosmtplib.SMTPRecipientsRefused as error:
        if all(500 <= refused.code < 600 for refused in error.recipients):
            raise Refused("recipient") from error
        raise
