"""Redeeming an hour note: by its QR code, or by a worker who types the number for a member."""

from typing import Annotated, Any

import msgspec
from litestar import Response, get, post

from timebank.kernel.db import Db
from timebank.kernel.fields import Line, Tick
from timebank.kernel.forms import Form, NothingForm
from timebank.kernel.i18n import N_
from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import NotFound
from timebank.vouchers import actions, store, wording
from timebank.vouchers.model import Voucher, parse_number
from timebank.web.errors import Asked, plain_page
from timebank.web.inject import In, Path
from timebank.web.policy import demand
from timebank.web.said import after
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit


async def _nothing(request: Asked, visit: Visit, viewer: Viewer, db: Db) -> Response[Any]:
    """A code that is none: counted, so that nobody goes on guessing. The answer is a page and no
    refusal, for a refusal would undo the count; the same bytes for everybody."""
    await actions.count_wrong(db, viewer, now=visit.now)
    return plain_page(request, "vouchers/no_code.html", 404, url=visit.url)


@get("/vouchers/codes/{code:str}", name="vouchers.code")
async def scanned(
    request: Asked, visit: In[Visit], viewer: In[Viewer], db: In[Db], code: Path[str]
) -> Response[Any]:
    """What somebody sees who scans a note: worth what, from which community."""
    try:
        found = await actions.by_code(db, viewer, code)
    except NotFound:
        return await _nothing(request, visit, viewer, db)
    valid = found.is_valid(visit.today)
    return visit.page(
        "vouchers/redeem.html",
        voucher=found,
        valid=valid,
        own=found.maker_id == viewer.subject_id,
        why_not="" if valid else wording.why_not(found, visit.today, viewer.subject_id),
        form=visit.form(f"/vouchers/codes/{code}/redemption"),
    )


@post(
    "/vouchers/codes/{code:str}/redemption", name="vouchers.redeem", again="/vouchers/codes/{code}"
)
async def redeem(
    request: Asked, visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form],
    code: Path[str],
) -> Response[Any]:  # fmt: skip
    """The hours are yours, once."""
    form.read(NothingForm)
    try:
        found = await actions.by_code(db, viewer, code)
    except NotFound:
        return await _nothing(request, visit, viewer, db)
    await actions.redeem(db, viewer, found, now=visit.now)
    return await visit.done(db, form, "/hours", said="voucher_redeemed")


class NumberForm(msgspec.Struct, kw_only=True):
    """The number on the paper; `sure` at the second press."""

    number: Annotated[str, Line(30, ask=N_("Vul het nummer in dat op de bon staat."))]
    sure: Annotated[bool, Tick()] = False


@get("/vouchers/redemptions/new", name="vouchers.ask_number")
async def ask_number(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """Which number is on it? Only for a worker who acts for a member and sees the paper."""
    demand(viewer, "voucher.by_number")
    return visit.page("vouchers/number.html", form=visit.form("/vouchers/redemptions"))


@post("/vouchers/redemptions", name="vouchers.redeem_number", again="/vouchers/redemptions/new")
async def redeem_number(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form]
) -> Response[Any]:
    """First press: a page that shows what it is worth; of her own note, its own page. Second press: it is
    redeemed."""
    demand(viewer, "voucher.by_number")
    asked = form.read(NumberForm)
    found = await _numbered(db, viewer, asked.number)
    if found is None:
        await actions.count_wrong(db, viewer, now=visit.now)
        again = _once_more(visit, form)
        again.errors = {"number": _("Dit nummer klopt niet. Kijk nog eens op de bon.")}
        return visit.page("vouchers/number.html", form=again, status=422)
    if found.maker_id == viewer.subject_id and found.is_valid(visit.today):
        return await visit.done(db, form, f"/vouchers/{found.id}")
    if not asked.sure:
        return visit.page("vouchers/number_check.html", form=_once_more(visit, form), voucher=found)
    await actions.redeem(db, viewer, found, by_number=True, now=visit.now)
    return await visit.done(db, form, "/hours", said="voucher_redeemed")


async def _numbered(db: Db, viewer: Viewer, typed: str) -> Voucher | None:
    number = parse_number(typed)
    return await store.by_number(db, viewer.community_id, number) if number else None


def _once_more(visit: Visit, form: Form) -> Form:
    """What was typed, in a form with a key of its own."""
    fresh = visit.form("/vouchers/redemptions")
    fresh.sent = {name: value for name, value in form.sent.items() if name != "sure"}
    return fresh


after("voucher_redeemed", lambda: _("Ingewisseld. De tijd staat bovenaan in de lijst."))

ROUTES = [scanned, redeem, ask_number, redeem_number]
