"""What people read when a rule of the ledger says no."""

from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg

from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import refusal_of, says


@contextmanager
def for_people() -> Iterator[None]:
    """A refusal by the database becomes the Refusal that its rule stands for; others are bugs."""
    try:
        yield
    except asyncpg.IntegrityConstraintViolationError as exc:
        if refusal := refusal_of(exc):
            raise refusal from exc
        raise


says(
    "entry_limit_low",
    lambda: _(
        "Dit kan nu niet: een van u beiden krijgt dan meer tijd dan hier is afgesproken. "
        "Er is niets geboekt. Iets voor een buur doen kan wel."
    ),
)
says(
    "entry_limit_high",
    lambda: _(
        "Dit kan nu niet: een van u beiden spaart dan meer tijd dan hier is afgesproken. "
        "Er is niets geboekt. Hulp vragen of tijd weggeven kan wel."
    ),
)
says("entry_minutes", lambda: _("Vul meer dan 0 minuten in."), field="minutes")
says(
    "transfer_gift_from_own",
    lambda: _(
        "Zoveel kunt u nu niet weggeven. U geeft alleen weg wat u heeft. Met de tijd waarmee u "
        "begon, kunt u eerst alleen hulp vragen."
    ),
    field="minutes",
)
says(
    "transfer_idem_differs",
    lambda: _(
        "Dit was al geboekt, met een andere tijd of een andere buur. Er is niets bij gekomen."
    ),
)
says(
    "transfer_exchange_once",
    lambda: _("De tijd van deze afspraak is al geboekt. Er is niets bij gekomen."),
)
says(
    "transfer_voucher_stays",
    lambda: _(
        "Deze tijd stond op papier. Zo’n regel herstellen wij niet. De ene buur kan de tijd wel aan "
        "de andere geven."
    ),
)
says("transfer_corrected_once", lambda: _("Deze boeking is al hersteld."))
says(
    "transfer_account_unknown",
    lambda: _("Voor een van u beiden houden wij nog geen tijd bij. Er is niets geboekt."),
)
says(
    "account_exception_one_at_a_time",
    lambda: _("Voor deze dagen is er al een uitzondering. Stop die eerst."),
    field="starts_on",
)
says(
    "account_exception_account",
    lambda: _("Voor deze persoon houden wij nog geen tijd bij."),
    field="",
)
