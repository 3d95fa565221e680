"""Pages of access: signing in and out."""

from datetime import timedelta
from typing import Annotated, Any
from urllib.parse import parse_qs

import msgspec
from litestar import Request, Response, get, post

from timebank.access import actions, devices, store
from timebank.access.arrival import provide_visit
from timebank.access.model import LONGEST_ON_OWN_DEVICE, device_word, token_hash
from timebank.access.sent import provide_form
from timebank.access.throttles import count_sign_in, was_right
from timebank.access.transaction import begun, site_of
from timebank.kernel.db import Db
from timebank.kernel.fields import Exactly, Line, Tick
from timebank.kernel.forms import Form, is_read
from timebank.kernel.i18n import N_
from timebank.kernel.i18n import gettext as _
from timebank.kernel.ids import parse_id
from timebank.kernel.passphrase import refuse_line_end
from timebank.kernel.refusals import Invalid
from timebank.kernel.text import BadText
from timebank.parties import TAKING_PART, Found
from timebank.web import cookies
from timebank.web.doors import safe_next
from timebank.web.inject import In
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit, see_other

DEVICE_DAYS = 365
HASHES = 2
"""So many passwords are compared at every try, whoever is meant, so that the time a try takes tells
nothing. A couple may share an address; of more people the address alone does not say who it is."""


class SignInForm(msgspec.Struct, kw_only=True):
    """What the sign-in page asks."""

    who: Annotated[str, Line(254, ask=N_("Vul uw nummer of uw e-mailadres in."))]
    password: Annotated[str, Exactly(ask=N_("Vul uw wachtwoord in."))]
    own_device: Annotated[bool, Tick()] = False

    def check(self) -> dict[str, str]:
        """A line end that was pasted along would make every password wrong."""
        try:
            if is_read(self.password):
                refuse_line_end(self.password)
        except BadText as bad:
            return {"password": bad.sentence}
        return {}


@get("/session", name="access.sign_in", public=True, as_visitor=True)
async def show_sign_in(visit: In[Visit], db: In[Db]) -> Response[Any]:
    """The sign-in page. `next` in the address says where to go afterwards."""
    if visit.viewer is not None and not visit.is_refused:
        return see_other(visit.url("/"))
    people = await store.demo_people(db, visit.community.id) if visit.community.demo else []
    return visit.page(
        "access/sign_in.html",
        form=visit.form("/session" + _query(visit)),
        people=people,
        text_waits=_brings_a_draft(visit.query.get("next", "")),
    )


@post(
    "/session",
    name="access.open",
    public=True,
    as_visitor=True,
    no_key=True,
    by_hand=True,
    again="/session",
)
async def sign_in(request: Request[Any, Any, Any]) -> Response[Any]:
    """Sign in. One answer for every failure; no connection is held while the password is checked."""
    site = site_of(request)
    async with begun(request) as db:
        visit = await provide_visit(request, db)
        typed = (await provide_form(request, visit, db)).read(SignInForm)
        community = visit.community.id
        candidates = await _candidates(db, community, typed.who)
        device = await _known_device(request, visit, db, candidates)
    async with begun(request) as db:
        await count_sign_in(
            db, community=community, address=request.client.host if request.client else "",
            who=typed.who, known_device=device, now=visit.now,
        )  # fmt: skip
    async with begun(request) as db:
        stored = [
            (found, await store.password_hash(db, community, found.id)) for found in candidates
        ]
    right = [found for found, hash_ in stored if await site.hasher.verify(hash_, typed.password)]
    for _n in range(HASHES - len(stored)):
        await site.hasher.verify(None, typed.password)
    if len(right) != 1:
        raise Invalid({"": wrong_sign_in()})
    return await _opened(request, visit, right[0], typed, known_device=device)


async def _candidates(db: Db, community: int, who: str) -> list[Found]:
    """Whose password this may be: nobody when more share an address than we compare hashes."""
    found = await actions.find(db, community=community, who=who)
    return found if len(found) <= HASHES else []


def wrong_sign_in() -> str:
    """One sentence for all failures: it does not tell what exists."""
    return _(
        "Dit nummer of adres en dit wachtwoord horen niet bij elkaar. Kijk ze allebei na. Deelt u "
        "een adres met iemand anders? Log dan in met uw nummer. Dat staat op uw kaart."
    )


async def _opened(
    request: Request[Any, Any, Any], visit: Visit, who: Found, typed: SignInForm, *,
    known_device: bool,
) -> Response[Any]:  # fmt: skip
    https, slug, community = visit.https, visit.community.slug, visit.community.id
    suspended = who.state == "suspended"
    if who.state not in TAKING_PART and not suspended:
        raise Invalid({"": wrong_sign_in()})
    device_token = device_token_of(request, visit)
    async with begun(request) as db:
        await was_right(
            db, community=community, who=typed.who, known_device=known_device, now=visit.now
        )
        opened = await actions.open_session(
            db, community=community, party=who.id,
            own_device=typed.own_device and not suspended,
            device=device_word(request.headers.get("user-agent", "")), now=visit.now,
        )  # fmt: skip
        await devices.remember(
            db, community=community, party=who.id, token=device_token, now=visit.now
        )
        language = await store.language_of(db, community, who.id)
    next_ = visit.url("/suspension") if suspended else _after_sign_in(visit)
    answer = see_other(next_, visit.cookies)
    answer.set_cookie(session_cookie(visit, opened))
    answer.set_cookie(device_cookie(visit, device_token))
    answer.set_cookie(
        cookies.make("lang", slug, language, https=https, seconds=DEVICE_DAYS * 86400)
    )
    return answer


def device_token_of(request: Request[Any, Any, Any], visit: Visit) -> str:
    """What this browser is known by: its cookie, or a fresh one."""
    return _device_cookie(request, visit) or cookies.fresh()


def device_cookie(visit: Visit, token: str) -> Any:
    """The cookie by which this browser is known again."""
    seconds = int(timedelta(days=DEVICE_DAYS).total_seconds())
    return cookies.make("device", visit.community.slug, token, https=visit.https, seconds=seconds)


def session_cookie(visit: Visit, opened: actions.Opened) -> Any:
    """The cookie of a session."""
    return cookies.make(
        "session", visit.community.slug, opened.token, https=visit.https, seconds=opened.seconds
    )


def renewed_cookie(visit: Visit, token: str, *, own_device: bool) -> Any:
    """The cookie of a session that got a new token: it lives as long as it would have."""
    seconds = int(LONGEST_ON_OWN_DEVICE.total_seconds()) if own_device else None
    return cookies.make("session", visit.community.slug, token, https=visit.https, seconds=seconds)


def _after_sign_in(visit: Visit) -> str:
    wanted = visit.query.get("next", "")
    own = f"/{visit.community.slug}"
    found = safe_next(wanted, lambda path: path == own or path.startswith(own + "/"))
    return found or visit.url("/")


def _brings_a_draft(next_: str) -> bool:
    """Whether the page one goes back to brings back what was typed, for whoever typed it."""
    drafts = parse_qs(next_.partition("?")[2]).get("draft", [""])
    return parse_id(drafts[0]) is not None


def _query(visit: Visit) -> str:
    from_path = visit.path.partition("?")[2]
    return f"?{from_path}" if from_path else ""


def _device_cookie(request: Request[Any, Any, Any], visit: Visit) -> str:
    name = cookies.name_of("device", visit.community.slug, https=visit.https)
    return cookies.read(request.scope, name)


async def _known_device(
    request: Request[Any, Any, Any], visit: Visit, db: Db, candidates: list[Found]
) -> bool:
    token = _device_cookie(request, visit)
    if not token:
        return False
    for found in candidates:
        if await store.knows_device(
            db, community=visit.community.id, party=found.id, token_hash=token_hash(token)
        ):
            return True
    return False


@post("/session/end", name="access.close", again="/", no_key=True)
async def sign_out(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form]
) -> Response[Any]:
    """Sign out: the row is dead, the browser forgets what it kept."""
    await actions.close_session(db, viewer=viewer, session=viewer.session_id, now=visit.now)
    visit.say("signed_out")
    answer = see_other(visit.url("/session?said=signed_out"), visit.cookies)
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    answer.set_cookie(
        cookies.make("session", visit.community.slug, "", https=visit.https, seconds=0)
    )
    return answer


@post("/session/acting-for/end", name="access.stop_acting", again="/", no_key=True)
async def stop_acting(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form]
) -> Response[Any]:
    """The worker stops acting for a member, and is themselves again."""
    token = await actions.renew(db, viewer=viewer, acting_for=None, proven_at=None)
    answer = see_other(visit.url("/"))
    answer.set_cookie(renewed_cookie(visit, token, own_device=viewer.own_device))
    return answer


ROUTES = [show_sign_in, sign_in, sign_out, stop_acting]
