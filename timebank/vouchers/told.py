"""What people are told about hour notes, and what the log says, in words."""

from timebank import audit
from timebank.kernel.dates import local_date
from timebank.kernel.i18n import gettext as _
from timebank.kernel.numbers import short_number
from timebank.kernel.words import day
from timebank.notices import Told, worded


@worded("voucher_redeemed")
def voucher_redeemed(told: Told) -> str:
    """To who made it."""
    return _(
        "Uw %(voucher)s %(number)s van %(time)s is ingewisseld.",
        voucher=told.words.voucher.one, number=short_number(told.text("number")),
        time=told.time("minutes"),
    )  # fmt: skip


@worded("voucher_ending")
def voucher_ending(told: Told) -> str:
    """A month before its last day."""
    return _(
        "Uw %(voucher)s %(number)s is nog te gebruiken tot en met %(day)s. Daarna komt de tijd "
        "bij u terug.",
        voucher=told.words.voucher.one,
        number=short_number(told.text("number")),
        day=day(told.day("on"), local_date(told.notice.made_at)),
    )


@worded("voucher_back")
def voucher_back(told: Told) -> str:
    """Nobody brought it."""
    return _(
        "Niemand bracht uw %(voucher)s %(number)s. U heeft de tijd weer terug: %(time)s.",
        voucher=told.words.voucher.one, number=short_number(told.text("number")),
        time=told.time("minutes"),
    )  # fmt: skip


audit.says("voucher.made", lambda _e: _("Maakte bonnen van papier."))
audit.says("voucher.printed", lambda _e: _("Drukte bonnen van papier af."))
audit.says("voucher.print_asked", lambda _e: _("Vroeg of wij bonnen willen afdrukken."))
audit.says("voucher.cancelled", lambda _e: _("Haalde een bon weer weg. De tijd ging terug."))
audit.says("voucher.lost", lambda _e: _("Gaf op dat een bon kwijt is."))
audit.says("voucher.found", lambda _e: _("Gaf door dat een bon er weer is."))
audit.says("voucher.redeemed", lambda _e: _("Wisselde een bon in."))
