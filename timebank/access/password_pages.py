"""Pages of passwords: choosing one with a mailed link or a worker's code, forgetting, changing."""

from typing import Annotated, Any

import msgspec
from litestar import Response, get, post

from timebank import parties
from timebank.access import actions, devices, store
from timebank.access.arrival import provide_visit
from timebank.access.interruptions import signed_in
from timebank.access.model import Ticket, device_word, token_hash
from timebank.access.pages import (
    device_cookie,
    device_token_of,
    renewed_cookie,
    session_cookie,
)
from timebank.access.proof_pages import prove
from timebank.access.sent import provide_form
from timebank.access.throttles import MAILS_PER_ADDRESS, count_code, network, one_spelling
from timebank.access.transaction import Asked, begun, site_of
from timebank.kernel import outbox, throttle
from timebank.kernel.db import Db
from timebank.kernel.fields import Exactly, Line
from timebank.kernel.i18n import N_
from timebank.kernel.i18n import gettext as _
from timebank.kernel.passphrase import check_password
from timebank.kernel.refusals import Conflict, Invalid
from timebank.kernel.text import BadText
from timebank.parties import TAKING_PART
from timebank.web import cookies
from timebank.web.inject import In, Path
from timebank.web.said import after
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit, see_other

TICKET_COOKIE_SECONDS = 15 * 60


class ForgottenForm(msgspec.Struct, kw_only=True):
    """Who forgot a password."""

    who: Annotated[str, Line(254, ask=N_("Vul uw nummer of uw e-mailadres in."))]


class NewPasswordForm(msgspec.Struct, kw_only=True):
    """A new password, with the mailed link."""

    password: Annotated[str, Exactly(ask=N_("Kies een wachtwoord."))]


class CodeForm(msgspec.Struct, kw_only=True):
    """A new password, with the code a worker read out."""

    number: Annotated[str, Line(30, ask=N_("Vul uw nummer in. Het staat op uw kaart."))]
    code: Annotated[str, Line(60, ask=N_("Vul de code in die u kreeg."))]
    password: Annotated[str, Exactly(ask=N_("Kies een wachtwoord."))]


class ChangeForm(msgspec.Struct, kw_only=True):
    """Another password."""

    current: Annotated[str, Exactly(ask=N_("Vul uw wachtwoord van nu in."))]
    password: Annotated[str, Exactly(ask=N_("Kies een nieuw wachtwoord."))]


@get("/password/forgotten", name="access.forgotten", public=True, as_visitor=True)
async def show_forgotten(visit: In[Visit], db: In[Db]) -> Response[Any]:
    """Two ways back in: a mail, or a code from a person."""
    return visit.page("access/forgotten.html", form=visit.form("/password/forgotten"))


@post(
    "/password/forgotten", name="access.send_reset", again="/password/forgotten", public=True,
    as_visitor=True, by_hand=True,
)  # fmt: skip
async def send_reset(request: Asked) -> Response[Any]:
    """Mail a link to whoever it is. The same answer, whether or not we know them."""
    async with begun(request) as db:
        visit = await provide_visit(request, db)
        typed = (await provide_form(request, visit, db)).read(ForgottenForm)
    async with begun(request) as db:
        await _count_mail(request, db, visit, typed.who)
    async with begun(request) as db:
        for found in await actions.find(db, community=visit.community.id, who=typed.who):
            if found.state in TAKING_PART:
                await _mail_link(db, visit, found.id)
    visit.say("mail_sent")
    return see_other(visit.url("/session?said=mail_sent"), visit.cookies)


async def _count_mail(request: Asked, db: Db, visit: Visit, who: str) -> None:
    address = network(request.client.host if request.client else "")
    for kind, key in (("mail_to", one_spelling(who)), ("mail_from", throttle.key_of(address))):
        await throttle.count(
            db, community=visit.community.id, kind=kind, key=key,
            limit=MAILS_PER_ADDRESS if kind == "mail_to" else throttle.Limit(20, throttle.HOUR),
            now=visit.now,
        )  # fmt: skip


async def _mail_link(db: Db, visit: Visit, party: Any) -> None:
    code = await actions.make_ticket(
        db, community=visit.community.id, party=party, kind="reset", by=None, now=visit.now
    )
    await outbox.put(
        db, community=visit.community.id, kind="mail.ticket",
        payload={"party": str(party), "kind": "reset", "code": code}, now=visit.now,
    )  # fmt: skip


@get("/tickets/{code:str}", name="access.ticket_link", public=True)
async def open_link(visit: In[Visit], db: In[Db], code: Path[str]) -> Response[Any]:
    """The mailed link. It uses nothing: it moves the code out of the address, into a cookie."""
    answer = see_other(visit.url("/tickets"))
    answer.set_cookie(
        cookies.make(
            "ticket", visit.community.slug, code[:64], https=visit.https,
            seconds=TICKET_COOKIE_SECONDS,
        )
    )  # fmt: skip
    return answer


async def _ticket(request: Asked, visit: Visit, db: Db) -> Ticket | None:
    name = cookies.name_of("ticket", visit.community.slug, https=visit.https)
    code = cookies.read(request.scope, name)
    if not code:
        return None
    return await store.ticket(
        db, community=visit.community.id, code_hash=token_hash(code), now=visit.now
    )


@get("/tickets", name="access.ticket", public=True, as_visitor=True)
async def show_ticket(request: Asked, visit: In[Visit], db: In[Db]) -> Response[Any]:
    """Choose a password, with the link that was mailed; or how to get a new one."""
    ticket = await _ticket(request, visit, db)
    return visit.page("access/ticket.html", form=visit.form("/tickets"), ticket=ticket)


@post(
    "/tickets", name="access.use_ticket", again="/tickets", public=True, as_visitor=True,
    no_key=True, by_hand=True,
)  # fmt: skip
async def use_ticket(request: Asked) -> Response[Any]:
    """The button of that page: the link is used, the password set, the person is in."""
    async with begun(request) as db:
        visit = await provide_visit(request, db)
        typed = (await provide_form(request, visit, db)).read(NewPasswordForm)
        ticket = await _ticket(request, visit, db)
        if ticket is None:
            raise Conflict(_("Deze link werkt niet meer. Vraag een nieuwe."))
        await _check_password(request, db, visit, ticket.party_id, typed.password)
    name = cookies.name_of("ticket", visit.community.slug, https=visit.https)
    code = cookies.read(request.scope, name)
    return await _set_and_enter(request, visit, code, typed.password)


@get("/code", name="access.code", public=True, as_visitor=True)
async def show_code(visit: In[Visit], db: In[Db]) -> Response[Any]:
    """Choose a password with the code that a worker gave by phone or on paper."""
    return visit.page("access/code.html", form=visit.form("/code"))


@post(
    "/code", name="access.use_code", again="/code", public=True, as_visitor=True, no_key=True,
    by_hand=True,
)  # fmt: skip
async def use_code(request: Asked) -> Response[Any]:
    """Number and code and a new password. One sentence for all that can be wrong."""
    async with begun(request) as db:
        visit = await provide_visit(request, db)
        typed = (await provide_form(request, visit, db)).read(CodeForm)
    async with begun(request) as db:
        await count_code(
            db, community=visit.community.id, address=request.client.host if request.client else "",
            who=typed.number, now=visit.now,
        )  # fmt: skip
    code = "".join(c for c in typed.code if c.isalnum())
    async with begun(request) as db:
        found = await actions.find(db, community=visit.community.id, who=typed.number)
        ticket = await store.ticket(
            db, community=visit.community.id, code_hash=token_hash(code), now=visit.now
        )
        if ticket is None or ticket.kind != "worker_code" or ticket.party_id not in {
            f.id for f in found if f.state in TAKING_PART
        }:  # fmt: skip
            raise Invalid({"": _("Dit nummer en deze code horen niet bij elkaar. Kijk ze na.")})
        await _check_password(request, db, visit, ticket.party_id, typed.password)
    return await _set_and_enter(request, visit, code, typed.password)


async def _set_and_enter(request: Asked, visit: Visit, code: str, password: str) -> Response[Any]:
    """Hash outside any transaction; then use the code, once, and sign in."""
    hash_ = await site_of(request).hasher.hash(password)
    device_token = device_token_of(request, visit)
    async with begun(request) as db:
        used = await store.use_ticket(
            db, community=visit.community.id, code_hash=token_hash(code), now=visit.now
        )
        if used is None:
            raise Conflict(_("Deze code is al gebruikt. Vraag een nieuwe."))
        party = await parties.party(db, visit.community.id, used.party_id)
        if party.state not in TAKING_PART:
            raise Conflict(_("U kunt nu even niet meedoen. Bel ons gerust."))
        await actions.set_password(
            db, community=visit.community.id, party=party.id, hash_=hash_, now=visit.now
        )
        opened = await actions.open_session(
            db, community=visit.community.id, party=party.id, own_device=False,
            device=device_word(request.headers.get("user-agent", "")), now=visit.now,
        )  # fmt: skip
        await devices.remember(
            db, community=visit.community.id, party=party.id, token=device_token, now=visit.now,
            tell=False,
        )  # fmt: skip  # the new password is told
    visit.say("password_set")
    answer = see_other(visit.url("/?said=password_set"), visit.cookies)
    answer.set_cookie(session_cookie(visit, opened))
    answer.set_cookie(device_cookie(visit, device_token))
    slug, https = visit.community.slug, visit.https
    answer.set_cookie(cookies.make("ticket", slug, "", https=https, seconds=0))
    answer.set_cookie(cookies.make("lang", slug, party.language, https=https, seconds=31536000))
    return answer


async def _check_password(request: Asked, db: Db, visit: Visit, party: Any, password: str) -> None:
    """Raises Invalid with a sentence that says how to choose a better one."""
    about = await parties.party(db, visit.community.id, party)
    words = [
        about.full_name, about.call_name, about.email or "", visit.community.name,
        about.area_name, about.number or "",
    ]  # fmt: skip
    try:
        check_password(password, about=words, breached=site_of(request).breached)
    except BadText as bad:
        raise Invalid({"password": bad.sentence}) from bad


@get("/password", name="access.password")
async def show_password(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """Choose another password."""
    return visit.page("access/password.html", form=visit.form("/password"))


@post("/password", name="access.change_password", again="/password", no_key=True, by_hand=True)
async def change_password(request: Asked) -> Response[Any]:
    """The old one must be right; every other session ends."""
    async with begun(request) as db:
        visit = await provide_visit(request, db)
        viewer = signed_in(visit)
        typed = (await provide_form(request, visit, db)).read(ChangeForm)
        await _check_password(request, db, visit, viewer.party_id, typed.password)
    await prove(request, visit, viewer, typed.current, field="current")
    hash_ = await site_of(request).hasher.hash(typed.password)
    async with begun(request) as db:
        await actions.set_password(
            db, community=viewer.community_id, party=viewer.party_id, hash_=hash_, now=visit.now,
            but=viewer.session_id,
        )  # fmt: skip
        token = await actions.renew(db, viewer=viewer, acting_for=None, proven_at=visit.now)
    visit.say("password_changed")
    answer = see_other(visit.url("/sessions?said=password_changed"), visit.cookies)
    answer.set_cookie(renewed_cookie(visit, token, own_device=viewer.own_device))
    return answer


after(
    "mail_sent", lambda: _("Als wij dit adres kennen, is er nu een mail onderweg. Kijk in uw mail.")
)
after("password_set", lambda: _("Uw wachtwoord is gekozen. U bent ingelogd."))
after(
    "password_changed",
    lambda: _("Uw nieuwe wachtwoord geldt. Op andere toestellen bent u uitgelogd."),
)
ROUTES = [
    show_forgotten,
    send_reset,
    open_link,
    show_ticket,
    use_ticket,
    show_code,
    use_code,
    show_password,
    change_password,
]
