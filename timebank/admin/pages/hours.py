"""The community's rules for hours: limits, starting hours, steps. What changes is shown first."""

from typing import Annotated, Any

import msgspec
from litestar import Response, get, post

from timebank import audit, hours
from timebank.admin import store
from timebank.hours import Rules
from timebank.kernel.db import Db
from timebank.kernel.fields import Amount, Choice, Tick, Whole
from timebank.kernel.forms import Form
from timebank.kernel.i18n import N_, ngettext
from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import Conflict, Invalid
from timebank.kernel.words import count_of_people, duration
from timebank.web import policy
from timebank.web.inject import In
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit

UNITS = ("1", "5", "10", "15", "30", "60")
_ASK = N_("Vul een tijd in, zoals 8 uur.")


class HoursForm(msgspec.Struct, kw_only=True):
    """All rules at once. Limits are amounts: so much more got than given, or given than got.
    `version` is the one the admin saw."""

    starting: Annotated[int, Amount(most=hours.MOST_MINUTES, none=True, ask=_ASK)]
    soft_low: Annotated[int, Amount(most=hours.MOST_MINUTES, none=True, ask=_ASK)]
    hard_low: Annotated[int, Amount(most=hours.MOST_MINUTES, none=True, ask=_ASK)]
    soft_high: Annotated[int, Amount(most=hours.MOST_MINUTES, none=True, ask=_ASK)]
    hard_high: Annotated[int, Amount(most=hours.MOST_MINUTES, none=True, ask=_ASK)]
    unit: Annotated[str, Choice(*UNITS)]
    give_away_after_days: Annotated[int, Whole(0, 3650)]
    version: Annotated[int, Whole(1, 999_999_999)]
    sure: Annotated[bool, Tick()] = False

    @property
    def rules(self) -> Rules:
        """As the ledger has them: low limits are below zero."""
        return Rules(
            version=self.version, starting_minutes=self.starting, soft_low=-self.soft_low,
            soft_high=self.soft_high, hard_low=-self.hard_low, hard_high=self.hard_high,
            unit_minutes=int(self.unit), give_away_after_days=self.give_away_after_days,
        )  # fmt: skip


def _amount(minutes: int) -> str:
    return duration(abs(minutes))


def labels() -> dict[str, str]:
    """What each rule asks, on the form and where a change is shown."""
    return {
        "starting": _("Hoeveel tijd krijgt iemand die nieuw is?"),
        "soft_low": _("Meer gekregen dan gegeven: wanneer zeggen wij dat?"),
        "hard_low": _("Meer gekregen dan gegeven: wanneer praten wij eerst?"),
        "soft_high": _("Meer gegeven dan gekregen: wanneer zeggen wij dat?"),
        "hard_high": _("Meer gegeven dan gekregen: wanneer stopt het even?"),
        "unit": _("In welke stappen rekenen wij?"),
        "give_away_after_days": _(
            "Na hoeveel dagen mag iemand de tijd om mee te beginnen weggeven?"
        ),
    }


def described(rules: Rules) -> list[tuple[str, str]]:
    """Each rule and what it is, in words."""
    days = ngettext("%(n)d dag", "%(n)d dagen", rules.give_away_after_days)
    said = [
        *map(_amount, (rules.starting_minutes, rules.soft_low, rules.hard_low, rules.soft_high,
                       rules.hard_high, rules.unit_minutes)), days,
    ]  # fmt: skip
    return list(zip(labels().values(), said, strict=True))


@get("/community/hours", name="community.ask_hours")
async def ask_hours(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """What do we agree about hours?"""
    policy.demand(viewer, "community.manage")
    rules = await hours.rules(db, community=viewer.community_id)
    form = visit.form(
        "/community/hours", starting=_amount(rules.starting_minutes),
        soft_low=_amount(rules.soft_low), hard_low=_amount(rules.hard_low),
        soft_high=_amount(rules.soft_high), hard_high=_amount(rules.hard_high),
        unit=str(rules.unit_minutes), give_away_after_days=rules.give_away_after_days,
        version=rules.version,
    )  # fmt: skip
    return visit.page(
        "admin/hours.html", form=form, labels=labels(),
        units=[(unit, duration(int(unit))) for unit in UNITS],
    )  # fmt: skip


@post("/community/hours", name="community.hours", again="/community/hours")
async def set_hours(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form]
) -> Response[Any]:
    """First press: what changes, and for how many it matters. Second press: it is so."""
    policy.demand(viewer, "community.manage")
    asked = form.read(HoursForm)
    known = await hours.rules(db, community=viewer.community_id)
    if problems := _problems(asked.rules):
        raise Invalid(problems)
    if asked.version != known.version:
        raise Conflict(
            _("Iemand anders heeft deze regels net veranderd. Kijk ze eerst nog eens na.")
        )
    if not asked.sure:
        return await _check(visit, viewer, db, form, known, asked.rules)
    await hours.set_rules(
        db, community=viewer.community_id, rules=asked.rules, set_by=viewer.party_id,
        now=visit.now,
    )  # fmt: skip
    await audit.note(
        db, community=viewer.community_id, act="community.hours_set", actor=viewer.party_id,
        now=visit.now, detail={"version": asked.version + 1},
    )  # fmt: skip
    return await visit.done(db, form, "/community/edit", said="rules_changed")


def _problems(rules: Rules) -> dict[str, str]:
    names = {"starting_minutes": "starting", "unit_minutes": "unit"}
    found = hours.problems_of(rules)
    return {names.get(name, name): sentence for name, sentence in found.items()}


async def _check(
    visit: Visit, viewer: Viewer, db: Db, form: Form, known: Rules, asked: Rules
) -> Response[Any]:
    changes = [
        (label, was, now)
        for (label, was), (_label, now) in zip(described(known), described(asked), strict=True)
        if was != now
    ]
    if not changes:
        raise Invalid({"": _("Er is niets veranderd.")})
    fresh = visit.form("/community/hours")
    fresh.sent = {name: value for name, value in form.sent.items() if name != "sure"}
    beyond = await store.beyond(db, viewer.community_id, asked.hard_low, asked.hard_high)
    return visit.page(
        "admin/hours_check.html", form=fresh, changes=changes,
        beyond=count_of_people(beyond) if beyond else None,
    )  # fmt: skip


ROUTES = [ask_hours, set_hours]
