"""What the forms of an exchange ask. Field names are the template's."""

from collections.abc import Mapping
from datetime import date, timedelta
from datetime import time as clock_time
from typing import Annotated, Any
from uuid import UUID

import msgspec

from timebank.exchanges.model import LONG_MINUTES
from timebank.exchanges.planning import Plan, problems_of
from timebank.exchanges.reasons import CANCELLATIONS, CLOSINGS, NO_SHOWS, REFUSALS, WORKER_ENDINGS
from timebank.kernel.dates import span
from timebank.kernel.fields import Choice, Clock, Day, Duration, Id, Line, Whole, Words, on
from timebank.kernel.forms import BadField, Blank, is_read, single
from timebank.kernel.i18n import N_
from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import Invalid
from timebank.kernel.series import Every
from timebank.kernel.text import BadText
from timebank.kernel.words import duration

MOST_MINUTES = 24 * 60


class ProposalForm(msgspec.Struct, kw_only=True):
    """A day, a time, how long, where; once or coming back."""

    on: Annotated[date | str | None, Day()] = None
    at: Annotated[clock_time | None, Clock()] = None
    time: Annotated[int, Duration(ask=N_("Kies hoe lang het ongeveer duurt."))]
    meet_at: Annotated[str, Line(120)] = ""
    every: Annotated[str, Choice("once", "week", "two_weeks", "month")] = "once"
    until: Annotated[date | str | None, Day()] = None

    def check(self, *, today: date, unit_minutes: int) -> dict[str, str]:
        """As the action looks at a plan; what could not be read stays out, with what rests on it."""
        out: dict[str, Any] = {
            n: None for n in ("on", "at", "until") if not is_read(getattr(self, n))
        }
        if out:
            out["every"] = "once"
        if not is_read(self.time):
            out["time"] = unit_minutes
        plan = msgspec.structs.replace(self, **out).plan(today)
        return problems_of(plan, today, unit_minutes)

    def plan(self, today: date) -> Plan:
        """What the action wants."""
        every: dict[str, Every] = {"week": "week", "two_weeks": "two_weeks", "month": "month"}
        back = every.get(self.every)
        return Plan(
            minutes=self.time,
            on_date=None if self.on is None else on(self.on, today),
            at_time=self.at,
            meet_at=self.meet_at,
            every=back,
            until_on=None if back is None or self.until is None else on(self.until, today),
        )


class AgreementForm(msgspec.Struct, kw_only=True):
    """Yes to the proposal its reader saw."""

    proposal: Annotated[UUID, Id()]


class PastDay(Day):
    """The day it was done: the planned one, today, yesterday, or another."""

    def read(self, name: str, sent: Mapping[str, list[str]]) -> date | str:
        try:
            choice = single(f"{name}_choice", sent)
        except Blank:
            choice = "other"
        if choice in ("planned", "today", "yesterday"):
            return choice
        if choice == "tomorrow":
            raise BadField(_("Kies een dag uit de lijst."))
        return super().read(name, sent)


class DoneForm(msgspec.Struct, kw_only=True):
    """How long it took: an amount, or from when to when. `sure`: minutes that were asked about."""

    done: Annotated[date | str, PastDay(ask=N_("Kies wanneer het was."))] = "planned"
    time: Annotated[int | None, Duration()] = None
    from_at: Annotated[clock_time | None, Clock()] = None
    until_at: Annotated[clock_time | None, Clock()] = None
    thanks: Annotated[str, Words(300)] = ""
    sure: Annotated[int, Whole(0, MOST_MINUTES)] = 0

    def check(self) -> dict[str, str]:
        """An amount, or both ends of the clock."""
        if self.from_at is None and self.until_at is None:
            return {} if self.time is not None else {"time": _("Kies hoe lang het duurde.")}
        if self.from_at is None:
            return {"from_at": _("Vul ook in hoe laat het begon.")}
        if self.until_at is None:
            return {"until_at": _("Vul ook in hoe laat het klaar was.")}
        return {}

    def day(self, planned: date | None, today: date) -> date:
        """The day that is meant."""
        if isinstance(self.done, date):
            return self.done
        if self.done == "yesterday":
            return today - timedelta(days=1)
        return planned if self.done == "planned" and planned and planned <= today else today

    def minutes(self, day: date) -> int:
        """Whole minutes. Raises Invalid when the amount and the clock differ, and once when it is very
        long or runs into the next day."""
        minutes, question = self.time or 0, None
        if self.from_at is not None and self.until_at is not None:
            minutes, question = self._by_clock(self.from_at, self.until_at, day)
        if question is None and minutes > LONG_MINUTES:
            question = _(
                "%(time)s is lang voor één keer. Klopt dat? Druk dan nog een keer.",
                time=duration(minutes),
            )
        if question is not None and self.sure != minutes:
            raise Invalid({"until_at" if self.until_at else "time": question})
        return minutes

    def _by_clock(
        self, from_at: clock_time, until_at: clock_time, day: date
    ) -> tuple[int, str | None]:
        try:
            found = span(from_at, until_at, on=day)
        except BadText as bad:
            raise Invalid({"until_at": bad.sentence}) from bad
        if self.time is not None and self.time != found.minutes:
            raise Invalid(
                {
                    "time": _(
                        "Van begin tot eind is %(time)s. Vul één van de twee in.",
                        time=duration(found.minutes),
                    )
                }
            )
        return found.minutes, found.asks


class ConfirmationForm(msgspec.Struct, kw_only=True):
    """Yes to the minutes that stood on the page."""

    minutes: Annotated[int, Whole(1, MOST_MINUTES)]
    round: Annotated[int, Whole(1, 9)]


class DisagreementForm(msgspec.Struct, kw_only=True):
    """No, it was different: another time, or it did not happen."""

    what: Annotated[str, Choice("time", "not_done", ask=N_("Kies wat er anders was."))]
    time: Annotated[int | None, Duration()] = None
    words: Annotated[str, Words(600)] = ""
    round: Annotated[int, Whole(1, 9)]

    def check(self) -> dict[str, str]:
        if self.what == "time" and self.time is None:
            return {"time": _("Kies hoe lang het volgens u duurde.")}
        return {}


class RefusalForm(msgspec.Struct, kw_only=True):
    """No, with a sentence from the list or none."""

    reason: Annotated[str, Choice(*REFUSALS)] = "none"


class CancellationForm(msgspec.Struct, kw_only=True):
    """Not this time; of a standing appointment perhaps never more."""

    reason: Annotated[str, Choice(*CANCELLATIONS, ask=N_("Kies waarom het niet doorgaat."))]
    words: Annotated[str, Words(300)] = ""
    dates: Annotated[str, Choice("one", "rest")] = "one"


class NoShowForm(msgspec.Struct, kw_only=True):
    """It did not happen."""

    reason: Annotated[str, Choice(*NO_SHOWS, ask=N_("Kies wat er gebeurde."))]
    words: Annotated[str, Words(300)] = ""


class ClosingForm(msgspec.Struct, kw_only=True):
    """An end without hours."""

    reason: Annotated[str, Choice(*CLOSINGS, ask=N_("Kies waarom er niets geboekt wordt."))]
    words: Annotated[str, Words(300)] = ""


class RepairForm(msgspec.Struct, kw_only=True):
    """What was wrong with the booking."""

    words: Annotated[str, Words(600, ask=N_("Schrijf op wat er niet klopt."))]


class SettlementForm(msgspec.Struct, kw_only=True):
    """A worker's word after hearing both: an amount, or an end without hours."""

    how: Annotated[str, Choice("hours", "none", ask=N_("Kies hoe het afloopt."))]
    time: Annotated[int | None, Duration()] = None
    reason: Annotated[str | None, Choice(*WORKER_ENDINGS)] = None
    words: Annotated[str, Words(600, ask=N_("Schrijf op waarom. Beide buren lezen dit."))]
    round: Annotated[int, Whole(1, 9)]

    def check(self) -> dict[str, str]:
        if self.how == "hours" and self.time is None:
            return {"time": _("Kies hoeveel tijd het wordt.")}
        if self.how == "none" and self.reason is None:
            return {"reason": _("Kies waarom er niets geboekt wordt.")}
        return {}


class RepairAnswerForm(msgspec.Struct, kw_only=True):
    """What the booking should have been."""

    how: Annotated[str, Choice("stands", "time", "nothing", ask=N_("Kies wat het wordt."))]
    time: Annotated[int | None, Duration()] = None
    words: Annotated[str, Words(600, ask=N_("Schrijf op waarom. Beide buren lezen dit."))]

    def check(self) -> dict[str, str]:
        if self.how == "time" and self.time is None:
            return {"time": _("Kies hoeveel tijd het wordt.")}
        return {}

    def minutes(self, booked: int) -> int:
        """What it becomes."""
        if self.how == "stands":
            return booked
        return 0 if self.how == "nothing" else self.time or 0
