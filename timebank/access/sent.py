"""What was sent: the form of this request, or the one that an ended session left behind."""

import secrets
from datetime import date, datetime

from timebank.access import store
from timebank.access.interruptions import AlreadyDone, StaleForm
from timebank.access.transaction import Asked, ending_on_error
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db, load
from timebank.kernel.forms import Form
from timebank.kernel.i18n import gettext as _
from timebank.kernel.ids import parse_id
from timebank.kernel.refusals import Conflict
from timebank.kernel.words import day
from timebank.web import csrf
from timebank.web.body import read_form
from timebank.web.inject import In
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit

keys = load("form_key")


async def provide_form(request: Asked, visit: In[Visit], db: In[Db]) -> Form:
    """Dependency `form`: what was sent, once its token holds and its key is new.

    Raises StaleForm, AlreadyDone, BadBody.
    """
    async with ending_on_error(request):
        return await _read(request, visit, db)


async def _read(request: Asked, visit: Visit, db: Db) -> Form:
    fields = await read_form(request.scope, request.receive)
    tokens = fields.pop("_csrf", [])
    token = tokens[0] if tokens else request.headers.get("x-csrf", "")
    key = (fields.pop("_key", None) or [""])[0]
    seen = (fields.pop("_seen", None) or [""])[0]
    form = Form(request.url.path, sent=fields, key=key or secrets.token_urlsafe(24))
    form.came_with = seen
    made_on = (fields.pop("_on", None) or [""])[0]
    request.scope["state"]["form"] = form
    if not csrf.holds(token, visit.secret):
        raise StaleForm(
            _("Deze pagina stond lang open. Kijk of alles er nog staat, en verstuur het opnieuw.")
        )
    if key and not request.route_handler.opt.get("no_key", False):
        _demand_same_member(visit, form)
        await _claim(db, visit, key, again_path(request) or "/")
    if made_on and made_on != visit.today.isoformat() and form.says_today:
        raise Conflict(_another_day(visit.today))  # and with it goes the claim on the key
    return form


def _another_day(today: date) -> str:
    """A form from before midnight says "vandaag" or "morgen" of another day than now."""
    return _(
        "Het is intussen %(day)s. Kijk of de dag die u koos nog klopt, en verstuur het dan opnieuw.",
        day=day(today, today),
    )


def _demand_same_member(visit: Visit, form: Form) -> None:
    """Raises StaleForm when acting for somebody began or ended, in another tab, after the form was
    opened. It comes back with a new key: sending it again is a choice."""
    _own, dot, whose = form.key.partition(".")
    if dot + whose == visit.whose:
        return
    form.key = ""
    acting = visit.viewer.acting_for if visit.viewer else None
    if acting is None:
        raise StaleForm(
            _(
                "U handelt nu voor uzelf. Toen u dit formulier opende, was dat voor een ander."
                " Klopt dat? Verstuur het dan opnieuw."
            )
        )
    raise StaleForm(
        _(
            "U handelt nu voor %(name)s. Toen u dit formulier opende, was dat niet zo."
            " Klopt dat? Verstuur het dan opnieuw.",
            name=acting.call_name,
        )
    )


async def _claim(db: Db, visit: Visit, key: str, fallback: str) -> None:
    if not 16 <= len(key) <= 64:
        raise StaleForm(_("Wij herkennen dit formulier niet. Open de pagina opnieuw."))
    place = {"community": visit.community.id, "owner": visit.owner, "key": key}
    if not await keys.claim(db, now=visit.now, **place):
        location = await keys.location(db, **place) or visit.url(fallback)
        path, _mark, _query = location.partition("?said=")
        raise AlreadyDone(path + ("&" if "?" in path else "?") + "said=already")


def again_path(request: Asked) -> str | None:
    """Path (in this community) of the page that shows the form which was sent here."""
    pattern = request.route_handler.opt.get("again")
    if pattern is None:
        return None
    query = request.scope["query_string"].decode("ascii", "replace")
    path = str(pattern).format(**request.path_params)
    return f"{path}?{query}" if query else path


async def draft_of(request: Asked, db: Db, viewer: Viewer | None, now: datetime) -> Form | None:
    """The form that was kept for the viewer, when the address names it."""
    draft_id = parse_id(request.query_params.get("draft", ""))
    if viewer is None or draft_id is None:
        return None
    found = await store.draft(
        db, community=viewer.community_id, id_=draft_id, party=viewer.party_id, now=now
    )
    if found is None:
        return None
    form = Form("", sent=found.fields, key=found.fields.get("_key", [""])[0])
    form.notice = _("Uw tekst is bewaard. Kijk hem na, en verstuur hem dan.")
    today = local_date(now)
    if form.says_today and found.fields.get("_on") not in (None, [today.isoformat()]):
        form.notice = _another_day(today)
    return form
