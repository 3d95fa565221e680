"""Answers to a request that nobody may make, or that was made before."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response
from litestar.types import Receive, Scope, Send

from timebank.access import store
from timebank.access.interruptions import (
    AlreadyDone,
    ProofNeeded,
    SignInNeeded,
    path_with_next,
)
from timebank.access.sent import again_path
from timebank.access.transaction import Asked, site_of
from timebank.kernel.db import transaction
from timebank.kernel.ids import new_id
from timebank.web import cookies
from timebank.web.visit import see_other


class Kept(msgspec.Struct, frozen=True):
    """What is kept: of whom, for which page of the community."""

    party: UUID
    fields: dict[str, list[str]]
    path: str


class AfterRollback(Response[None]):
    """Writes what must survive the refusal, in a transaction of its own after the request's was
    rolled back, and then leads on: a session that timed out ends, what was typed is kept."""

    def __init__(
        self, request: Asked, community: int, leads_to: str, *, kept: Kept | None = None,
        session: UUID | None = None,
    ) -> None:  # fmt: skip
        super().__init__(None, status_code=303)
        self._request = request
        self._community = community
        self._kept = kept
        self._session = session
        self._leads_to = leads_to

    def to_asgi_response(self, *args: Any, **kwargs: Any) -> Any:
        return self._answer

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        site, community, kept = site_of(self._request), self._community, self._kept
        draft: UUID | None = None
        async with transaction(site.pool, community) as db:
            if self._session is not None:
                await store.time_out(db, community=community, id_=self._session, now=site.now())
            if kept is not None:
                draft = new_id()
                await store.put_draft(
                    db, community=community, id_=draft, party=kept.party, path=kept.path,
                    fields=kept.fields, now=site.now(),
                )  # fmt: skip
        slug = self._request.path_params["community"]
        next_ = f"/{slug}{kept.path}".removesuffix("/") if kept else _here(self._request)
        answer = _to_sign_in(self._request, self._leads_to, next_, draft)
        await answer.to_asgi_response(None, self._request)(scope, receive, send)


def _here(request: Asked) -> str:
    """The page that was asked for; Start when something was sent."""
    if request.method != "GET":
        return f"/{request.path_params['community']}"
    query = request.scope["query_string"].decode("ascii", "replace")
    return request.url.path + (f"?{query}" if query else "")


def _to_sign_in(request: Asked, page: str, next_: str, draft: UUID | None = None) -> Response[Any]:
    slug = request.path_params["community"]
    answer = see_other(path_with_next(slug, page, next_=next_, draft=draft))
    if request.headers.get("hx-request") == "true":
        answer.headers["HX-Redirect"] = answer.headers["Location"]
    return answer


def on_sign_in_needed(request: Asked, needed: SignInNeeded) -> Response[Any]:
    """303 to the sign-in page, which leads back here."""
    kept = None
    if needed.party is not None and needed.fields:
        kept = Kept(needed.party, needed.fields, needed.form_path)
    if kept is None and needed.session is None:
        return _to_sign_in(request, "/session", _here(request))
    return AfterRollback(request, needed.community, "/session", kept=kept, session=needed.session)


def on_proof_needed(request: Asked, needed: ProofNeeded) -> Response[Any]:
    """303 to the page that asks the password once more, and leads back here."""
    if request.method == "POST":
        kept = Kept(needed.party, needed.fields, again_path(request) or "/")
        return AfterRollback(request, needed.community, "/session/proof", kept=kept)
    slug = request.path_params["community"]
    return see_other(path_with_next(slug, "/session/proof", next_=needed.here))


def on_already_done(request: Asked, done: AlreadyDone) -> Response[Any]:
    """303 to where the first press led."""
    slug, https = request.path_params["community"], site_of(request).settings.https
    return see_other(done.location, [cookies.said(slug, "already", https=https)])
