"""Hour notes: hours on paper. What other slices may call."""

from timebank.vouchers import told
from timebank.vouchers.actions import make, print_own, redeem
from timebank.vouchers.ending import run
from timebank.vouchers.store import to_print

__all__ = ["make", "print_own", "redeem", "run", "to_print", "told"]
