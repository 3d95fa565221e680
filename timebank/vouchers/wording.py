"""Hour notes in words."""

from datetime import date
from uuid import UUID

from timebank.kernel.dates import local_date
from timebank.kernel.i18n import gettext as _
from timebank.kernel.words import day
from timebank.vouchers.model import Voucher


def state_line(voucher: Voucher, today: date) -> str:
    """How it stands with a note, for who made it. Never who redeemed it."""
    when = day(local_date(voucher.state_at), today)
    if voucher.state == "redeemed":
        return _("Ingewisseld op %(day)s.", day=when)
    if voucher.state == "returned":
        return _("De tijd ging terug naar u op %(day)s.", day=when)
    if voucher.state == "lost":
        return _(
            "Kwijt. De tijd komt terug na %(day)s, als niemand de bon brengt.",
            day=day(voucher.lost_until or today, today),
        )
    until = _("Te gebruiken tot en met %(day)s.", day=day(voucher.valid_until, today))
    if voucher.printed_at is not None:
        return until
    if voucher.print_asked_on is not None:
        return _("Wordt voor u afgedrukt.")
    return _("Nog niet afgedrukt.")


def why_not(voucher: Voucher, today: date, bearer: UUID | None = None) -> str:
    """Why a note that somebody holds cannot be used: what became of it, on which day."""
    when = day(local_date(voucher.state_at), today)
    if voucher.state == "redeemed" and voucher.redeemed_by_id == bearer:
        return _("U wisselde deze bon al in op %(day)s.", day=when)
    if voucher.state == "redeemed":
        return _("Deze bon is al ingewisseld op %(day)s.", day=when)
    if voucher.state == "lost":
        return _("Deze bon is als kwijt opgegeven. Bel ons. Dan kijken wij samen wat er kan.")
    if voucher.state == "returned" or today > voucher.valid_until:
        return _(
            "Deze bon is niet meer te gebruiken. Dat kon tot en met %(day)s.",
            day=day(min(voucher.valid_until, local_date(voucher.state_at))
                    if voucher.state == "returned" else voucher.valid_until, today),
        )  # fmt: skip
    return _("Dit is intussen al gedaan.")
