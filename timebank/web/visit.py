"""One request as a page needs it: which community, who looks, in which language, and when."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Any

from litestar import Response
from litestar.datastructures import Cookie
from litestar.enums import MediaType

from timebank.kernel.dates import local_date
from timebank.kernel.db import Db, load
from timebank.kernel.forms import Form
from timebank.kernel.i18n import NAMES, speaking
from timebank.web import cookies, csrf
from timebank.web.community import Community
from timebank.web.doors import absolute
from timebank.web.menu import menu
from timebank.web.said import sentence
from timebank.web.templates import Templates
from timebank.web.viewer import Viewer

q = load("form_key")


class Visit:
    """What one request knows. Handlers ask it for forms, pages and the answer after an act."""

    def __init__(
        self, *, community: Community, viewer: Viewer | None, language: str, now: datetime,
        path: str, query: Mapping[str, str], secret: bytes, owner: bytes, htmx_target: str | None,
        templates: Templates, again: Form | None = None, status: int = 200, https: bool = False,
        public_url: str = "",
    ) -> None:  # fmt: skip
        self.community = community
        self.viewer = viewer
        self.language = language
        self.languages = list(NAMES.items())
        self.now = now
        self.path = path
        self.query = query
        self.csrf = csrf.mask(secret)
        self.secret = secret
        self.owner = owner
        self.htmx_target = htmx_target
        self.https = https
        self._public_url = public_url
        self.cookies: list[Cookie] = []
        self._templates = templates
        self._again = again
        self._status = status
        self.said = (again.notice if again else None) or sentence(query.get("said"))

    @cached_property
    def today(self) -> date:
        """The day it is in Amsterdam."""
        return local_date(self.now)

    @property
    def is_refused(self) -> bool:
        """Whether this page shows a form that was just refused."""
        return self._again is not None

    @property
    def refused(self) -> Form | None:
        """The form that was just refused, with what is wrong; the layout says it where no form does."""
        return self._again if self._again is not None and self._again.errors else None

    @cached_property
    def whose(self) -> str:
        """What the key of a form ends with: for whom its reader acts; nothing for oneself. So a form
        that was opened before that changed, in another tab, is not taken for the wrong person."""
        acting = self.viewer.acting_for if self.viewer else None
        return "." + hashlib.sha256(acting.party_id.bytes).hexdigest()[:12] if acting else ""

    @cached_property
    def menu(self) -> list[Any]:
        """The five places to go."""
        return menu(self)

    def url(self, path: str) -> str:
        """A path of this community, as an address."""
        return f"/{self.community.slug}{path if path != '/' else ''}"

    def on_paper(self, path: str) -> str:
        """A path of this community as a whole address, for what is printed: a QR code, a poster."""
        return absolute(self._public_url, self.url(path))

    def form(self, action: str, **values: str | list[str] | int | None) -> Form:
        """The form that posts to `action` (a path of this community).

        After a refusal or an ended session it comes back as the person left it; else it starts
        with `values`.
        """
        address = self.url(action)
        if self._again is not None and self._again.action in ("", address.partition("?")[0]):
            form = self._again
            form.action = address
        else:
            form = Form(address)
        form.key = form.key or secrets.token_urlsafe(24) + self.whose
        return form.start_with(**values)

    def page(
        self, template: str, *, block: str | None = None, status: int | None = None,
        headers: dict[str, str] | None = None, **context: Any,
    ) -> Response[str]:  # fmt: skip
        """The page, rendered now, inside the request's transaction. With `block` an htmx request
        for the element of that name gets only that block."""
        fragment = block if block is not None and self.htmx_target == block else None
        return Response(
            self._templates.render(template, self._facts() | context, fragment),
            media_type=MediaType.HTML,
            status_code=status or self._status,
            headers={"Vary": "HX-Request", **(headers or {})},
            cookies=self.cookies,
        )

    def part(self, template: str, *, language: str, **context: Any) -> Any:
        """A piece of a page in the language of another reader: what goes on paper for them. As
        markup, for the page that it stands on."""
        with speaking(language):
            return self._templates.part(template, self._facts() | {"tongue": language} | context)

    def _facts(self) -> dict[str, Any]:
        return {
            "visit": self, "url": self.url, "now": self.now, "today": self.today,
            "viewer": self.viewer, "words": self.community.words,
        }  # fmt: skip

    def say(self, code: str) -> None:
        """The page that this answer leads to may say the sentence of this code: it is true."""
        self.cookies.append(cookies.said(self.community.slug, code, https=self.https))

    async def done(self, db: Db, form: Form, path: str, said: str | None = None) -> Response[None]:
        """After a good POST: 303 to `path`, which says what happened (a code of web/said.py).

        The place is kept with the form's key: a second press of the same button is led there too.
        """
        mark = "&" if "?" in path else "?"
        place, hash_mark, fragment = path.partition("#")
        location = self.url(place + (f"{mark}said={said}" if said else "") + hash_mark + fragment)
        if said:
            self.say(said)
        if form.key:
            await q.keep_location(
                db, community=self.community.id, owner=self.owner, key=form.key, location=location
            )
        return see_other(location, self.cookies)


def see_other(location: str, cookies: list[Cookie] | None = None) -> Response[None]:
    """303: the act is done, look there."""
    return Response(None, status_code=303, headers={"Location": location}, cookies=cookies or [])
