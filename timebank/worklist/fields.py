"""Fields of the worker's forms: a next date, and a day that was."""

from datetime import date, timedelta

from timebank.kernel.fields import Day, Sent
from timebank.kernel.forms import BadField, Blank, single
from timebank.kernel.i18n import gettext as _

WEEKS = (1, 2, 4)
"""Common next dates, in weeks."""


class NextDay(Day):
    """A next date: over one, two or four weeks, another day, or none. The value is a date, a number
    of weeks, or 0 for none; `next_day` makes a date of it."""

    def read(self, name: str, sent: Sent) -> "date | str":
        try:
            choice = single(f"{name}_choice", sent)
        except Blank:
            choice = "other"
        if choice == "none" or choice in {str(weeks) for weeks in WEEKS}:
            return choice
        if choice != "other":
            raise BadField(_("Kies een dag uit de lijst."))
        return super().read(name, dict(sent) | {f"{name}_choice": ["other"]})


def next_day(chosen: "date | str", today: date) -> date | None:
    """The date that was meant, or None."""
    if isinstance(chosen, date):
        return chosen
    return None if chosen == "none" else today + timedelta(weeks=int(chosen))
