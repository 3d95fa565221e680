"""Pages of the mandates: choose a helper, whom do I help, begin, and stop."""

from datetime import date, timedelta
from typing import Annotated, Any, cast
from uuid import UUID

import msgspec
from litestar import Response, get, post

from timebank import parties
from timebank.kernel import throttle
from timebank.kernel.db import Db
from timebank.kernel.fields import Choice, Choices, Duration, Line, Tick, Whole
from timebank.kernel.forms import Form, NothingForm
from timebank.kernel.i18n import N_
from timebank.kernel.i18n import gettext as _
from timebank.kernel.numbers import parse_member_number
from timebank.kernel.refusals import Invalid, NotFound
from timebank.mandates import actions, store
from timebank.mandates.model import TERMS, Kind, Way, Wish, last_day_as_minor, may_be_minor
from timebank.web import cookies, policy
from timebank.web.inject import In, Path
from timebank.web.said import after
from timebank.web.viewer import POWERS, Viewer
from timebank.web.visit import Visit, see_other

TRIES = throttle.Limit(20, throttle.HOUR)
"""Numbers that one hand may try in an hour: a number is no list of neighbours."""


class MandateForm(msgspec.Struct, kw_only=True):
    """Who, what, how long; and by which way a worker heard it."""

    number: Annotated[str, Line(30, ask=N_("Vul het nummer in van wie u wilt kiezen."))]
    powers: Annotated[list[str], Choices(*POWERS[1:])] = msgspec.field(default_factory=list)
    most: Annotated[int | None, Duration(most=20 * 60)] = None
    term: Annotated[str, Choice(*TERMS)] = "half"
    way: Annotated[str, Choice("phone", "paper", "visit")] = "phone"
    guardian: Annotated[bool, Tick()] = False
    birth_day: Annotated[int | None, Whole(1, 31)] = None
    birth_month: Annotated[int | None, Whole(1, 12)] = None
    sure: Annotated[bool, Tick()] = False

    def check(self) -> dict[str, str]:
        """Giving has a limit, and a birthday is whole."""
        errors = {}
        if "give" in self.powers and not self.most:
            errors["most"] = _("Kies hoeveel tijd het hooguit mag zijn.")
        if (self.birth_day is None) != (self.birth_month is None):
            errors["birth_day"] = _("Vul dag en maand in, of laat allebei leeg.")
        return errors


@get("/mandates", name="mandates.mine")
async def mine(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """Whom do I help, and what may I do?"""
    _in_own_name(viewer)
    helped = await store.helped_by(
        db, community=viewer.community_id, helper=viewer.party_id, today=visit.today
    )
    return visit.page(
        "mandates/list.html",
        helped=helped,
        form=visit.form("/mandates"),
        powers_words=parties.power_words.powers_words,
    )


@get("/mandates/new", name="mandates.new")
async def show_new(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """Who may help you, and with what?"""
    policy.demand(viewer, "own.see")
    member = await parties.party(db, viewer.community_id, viewer.subject_id)
    return visit.page(
        "mandates/new.html", form=visit.form("/mandates", term="half", way="phone"),
        powers=parties.power_words.choices(), terms=parties.power_words.terms(),
        ways=parties.wording.way_options(),
        may_be_minor=viewer.acting_for is not None
        and may_be_minor(member.birth_year, visit.today),
    )  # fmt: skip


@post("/mandates", name="mandates.choose", again="/mandates/new")
async def choose(visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form]) -> Response[Any]:
    """First press: who it is and what they may. Second press: it holds from tomorrow."""
    policy.demand(viewer, "own.see")
    asked = form.read(MandateForm)
    card = await _helper(db, visit, viewer, asked.number)
    wish = await _wish(db, visit, viewer, asked, card.id)
    if not asked.sure:
        fresh = visit.form("/mandates")
        fresh.sent = {name: value for name, value in form.sent.items() if name != "sure"}
        return visit.page(
            "mandates/check.html", form=fresh, card=card, wish=wish,
            lines=parties.power_words.powers_words(wish.powers, wish.most_minutes),
            tomorrow=visit.now + timedelta(days=1),
        )  # fmt: skip
    await actions.choose(db, viewer, wish, now=visit.now)
    return await visit.done(db, form, "/parties/me#helpers", said="helper_chosen")


async def _helper(db: Db, visit: Visit, viewer: Viewer, typed: str) -> parties.Card:
    number = parse_member_number(typed)
    await throttle.count(
        db, community=viewer.community_id, kind="helper", key=throttle.key_of(viewer.party_id),
        limit=TRIES, now=visit.now,
    )  # fmt: skip
    found = await parties.by_number(db, viewer.community_id, number) if number else None
    if found is None:
        raise Invalid({"number": _("Met dit nummer lukt het niet. Kijk het nummer nog eens na.")})
    return await actions.may_help(db, viewer, found.id)


async def _wish(db: Db, visit: Visit, viewer: Viewer, asked: MandateForm, helper: UUID) -> Wish:
    """What is asked. Only who works here writes down a parent or guardian."""
    acting = viewer.acting_for is not None
    kind: Kind = "guardian" if asked.guardian and acting else "chosen"
    ends_on = visit.today + timedelta(days=TERMS[asked.term])
    if kind == "guardian":
        ends_on = await _eighteen(db, visit, viewer, asked)
    powers = tuple(p for p in POWERS if p == "see" or p in asked.powers)
    return Wish(
        helper=helper, kind=kind, powers=powers, ends_on=ends_on,
        most_minutes=asked.most if "give" in powers else None,
        way=cast(Way, asked.way) if acting else "page",
    )  # fmt: skip


async def _eighteen(db: Db, visit: Visit, viewer: Viewer, asked: MandateForm) -> date:
    year = (await parties.party(db, viewer.community_id, viewer.subject_id)).birth_year
    if year is None or not may_be_minor(year, visit.today):
        raise Invalid({"guardian": _("Dit kan alleen voor iemand die nog geen achttien is.")})
    born = None
    if asked.birth_month is not None and asked.birth_day is not None:
        born = asked.birth_month, asked.birth_day
    try:
        if born is not None:
            date(year, *born)
        last = last_day_as_minor(year, born)
    except ValueError:
        raise Invalid({"birth_day": _("Deze dag bestaat niet. Kijk hem na.")}) from None
    if last < visit.today:
        sentence = _(
            "Misschien is deze buur al achttien. Vul de geboortedag in. Of haal het vinkje weg bij "
            "“ouder of voogd”."
        )
        raise Invalid({"birth_day": sentence})
    return last


@post("/mandates/{mandate:uuid}/acting", name="mandates.begin", again="/mandates", no_key=True)
async def begin(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], mandate: Path[UUID]
) -> Response[Any]:
    """From here every page is the member's, as far as she allowed."""
    _in_own_name(viewer)
    form.read(NothingForm)
    token = await actions.begin(db, viewer, mandate, now=visit.now)
    answer = see_other(visit.url("/"))
    answer.set_cookie(
        cookies.make("session", visit.community.slug, token, https=visit.https, seconds=None)
    )
    return answer


@post("/mandates/{mandate:uuid}/end", name="mandates.end", again="/parties/me")
async def end(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], mandate: Path[UUID]
) -> Response[Any]:
    """It stops at once, whoever of the two says so."""
    form.read(NothingForm)
    ended = await actions.end(db, viewer, mandate, now=visit.now)
    hers = ended.party_id == viewer.subject_id
    path = "/parties/me#helpers" if hers else "/mandates"
    return await visit.done(db, form, path, said="helper_ended" if hers else "helping_ended")


def _in_own_name(viewer: Viewer) -> None:
    policy.demand(viewer, "own.see")
    if viewer.acting_for is not None:
        raise NotFound


after("helper_chosen", lambda: _("Dat is bewaard. Het begint morgen. U hoort het allebei."))
after("helper_ended", lambda: _("Dat is gestopt. U hoort het allebei."))
after("helping_ended", lambda: _("U regelt niets meer voor deze buur."))

ROUTES = [mine, show_new, choose, begin, end]
