"""Pages of the hour notes for who makes them: all of one's own, new ones, paper, lost and found."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get, post

from timebank import hours
from timebank.kernel.db import Db
from timebank.kernel.fields import Choice, Choices, Sent, Whole
from timebank.kernel.forms import Blank, Form, NothingForm
from timebank.kernel.i18n import N_
from timebank.kernel.i18n import gettext as _
from timebank.kernel.ids import parse_id
from timebank.vouchers import actions, store, wording
from timebank.vouchers.model import A_SHEET, LOST_DAYS, MOST_AT_ONCE, VALUES, Voucher
from timebank.web.inject import In, Path
from timebank.web.policy import demand
from timebank.web.said import after
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit


class MakeForm(msgspec.Struct, kw_only=True):
    """How many, and what each is worth."""

    count: Annotated[int, Whole(1, MOST_AT_ONCE, ask=N_("Vul in hoeveel u er wilt."))]
    minutes: Annotated[
        str,
        Choice(*(str(value) for value in VALUES), ask=N_("Kies hoeveel tijd op elke bon staat.")),
    ]


class Chosen(Choices):
    """Any number of ids; whose they are is for the action to say."""

    def read(self, name: str, sent: Sent) -> list[str]:
        values = [value for value in sent.get(name, []) if parse_id(value)]
        if not values:
            raise Blank
        return values[: store.MOST]


class SheetForm(msgspec.Struct, kw_only=True):
    """What goes on paper."""

    which: Annotated[list[str], Chosen()] = msgspec.field(default_factory=list)


def sheet(
    visit: Visit, printed: list[tuple[Voucher, str]], *, back: str, whose: str = ""
) -> Response[Any]:
    """Four notes to a sheet; the codes are on this page and nowhere else. `whose`: the name of the
    member to bring them to."""
    sheets = [printed[at : at + A_SHEET] for at in range(0, len(printed), A_SHEET)]
    return visit.page("vouchers/sheet.html", sheets=sheets, back=back, whose=whose)


@get("/vouchers", name="vouchers.mine")
async def mine(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """Which notes I made, and how it stands with each."""
    demand(viewer, "voucher.make")
    found = await store.of_maker(db, viewer.community_id, viewer.subject_id)
    fresh = [v for v in reversed(found) if v.state == "open" and v.printed_at is None]
    return visit.page(
        "vouchers/mine.html",
        rule=await store.rule(db, viewer.community_id),
        fresh=fresh,
        asked=bool(fresh) and all(v.print_asked_on for v in fresh),
        lines=[(v, wording.state_line(v, visit.today)) for v in found],
        out_minutes=sum(v.minutes for v in found if v.state in ("open", "lost")),
        sheet_form=visit.form("/vouchers/sheets", which=[str(v.id) for v in fresh]),
        ask_form=visit.form("/vouchers/print-requests"),
    )


@get("/vouchers/new", name="vouchers.new")
async def new(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """How many, and worth what?"""
    demand(viewer, "voucher.make")
    rule = await store.rule(db, viewer.community_id)
    values = await actions.values(db, viewer.community_id)
    balance = await hours.balance(
        db, community=viewer.community_id, party=viewer.subject_id, now=visit.now
    )
    return visit.page(
        "vouchers/new.html",
        form=visit.form("/vouchers", count=A_SHEET, minutes=60 if 60 in values else None),
        rule=rule,
        values=[(str(minutes), visit.community.words.time(minutes)) for minutes in values],
        givable=balance.givable_minutes,
        most=MOST_AT_ONCE,
    )


@post("/vouchers", name="vouchers.make", again="/vouchers/new")
async def make(visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form]) -> Response[Any]:
    """They are made; printing comes next."""
    asked = form.read(MakeForm)
    await actions.make(
        db, viewer, count=asked.count, minutes=int(asked.minutes), idem=f"vouchers:{form.key}",
        now=visit.now,
    )  # fmt: skip
    return await visit.done(db, form, "/vouchers", said="vouchers_made")


@post("/vouchers/sheets", name="vouchers.print", again="/vouchers")
async def print_sheets(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form]
) -> Response[Any]:
    """On paper, each with a new code: what an older print says is worth nothing any more."""
    ids = [UUID(id_) for id_ in form.read(SheetForm).which]
    printed = await actions.print_own(db, viewer, ids, now=visit.now)
    await visit.done(db, form, "/vouchers", said="vouchers_printed")
    return sheet(visit, printed, back="/vouchers")


@post("/vouchers/print-requests", name="vouchers.ask_print", again="/vouchers")
async def ask_print(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form]
) -> Response[Any]:
    """A worker prints and brings them."""
    form.read(NothingForm)
    await actions.ask_print(db, viewer, now=visit.now)
    return await visit.done(db, form, "/vouchers", said="voucher_print_asked")


@get("/vouchers/{voucher:uuid}", name="vouchers.show")
async def show(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], voucher: Path[UUID]
) -> Response[Any]:
    """One note of mine: print it again, or say that it is lost."""
    found = await actions.own(db, viewer, voucher)
    return visit.page(
        "vouchers/show.html",
        voucher=found,
        state=wording.state_line(found, visit.today),
        sheet_form=visit.form("/vouchers/sheets", which=[str(found.id)]),
        cancel_form=visit.form(f"/vouchers/{found.id}/cancellation"),
        found_form=visit.form(f"/vouchers/{found.id}/recovery"),
        lost_days=LOST_DAYS,
    )


@post("/vouchers/{voucher:uuid}/cancellation", name="vouchers.cancel", again="/vouchers/{voucher}")
async def cancel(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], voucher: Path[UUID]
) -> Response[Any]:
    """Never printed: gone at once. Lost: nobody can use it, and its time comes back later."""
    form.read(NothingForm)
    await actions.cancel(db, viewer, voucher, now=visit.now)
    return await visit.done(db, form, "/vouchers", said="voucher_cancelled")


@post("/vouchers/{voucher:uuid}/recovery", name="vouchers.recover", again="/vouchers/{voucher}")
async def recover(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], voucher: Path[UUID]
) -> Response[Any]:
    """It turned up."""
    form.read(NothingForm)
    await actions.turn_up(db, viewer, voucher, now=visit.now)
    return await visit.done(db, form, f"/vouchers/{voucher}", said="voucher_found")


after("vouchers_made", lambda: _("De bonnen zijn gemaakt. Druk ze nu af, of laat dat doen."))
after("vouchers_printed", lambda: _("De bonnen zijn afgedrukt."))
after("voucher_print_asked", lambda: _("Gevraagd. Wij drukken ze af en brengen ze bij u."))
after("voucher_cancelled", lambda: _("Deze bon is niet meer te gebruiken."))
after("voucher_found", lambda: _("Fijn. De bon is weer te gebruiken."))

ROUTES = [mine, new, make, print_sheets, ask_print, show, cancel, recover]
