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
from timebank.web.visit import see_other


class Kept(msgspec.Struct, frozen=True):
    """What is kept: of whom, for which page of the community."""

    community: int
    party: UUID
    fields: dict[str, list[str]]
    path: str


class KeepDraft(Response[None]):
    """Keeps what was typed for the party whose session ended, then leads to the sign-in page.

    Written in a transaction of its own, after the request's was rolled back.
    """

    def __init__(self, request: Asked, needed: Kept, leads_to: str) -> None:
        super().__init__(None, status_code=303)
        self._request = request
        self._needed = needed
        self._leads_to = leads_to

    def to_asgi_response(self, *args: Any, **kwargs: Any) -> Any:
        return self._answer

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        site, needed = site_of(self._request), self._needed
        draft: UUID = new_id()
        async with transaction(site.pool, needed.community) as db:
            await store.put_draft(
                db, community=needed.community, id_=draft, party=needed.party,
                path=needed.path, fields=needed.fields, now=site.now(),
            )  # fmt: skip
        slug = self._request.path_params["community"]
        next_ = f"/{slug}{needed.path}".removesuffix("/")
        answer = see_other(path_with_next(slug, self._leads_to, next_=next_, draft=draft))
        sending = answer.to_asgi_response(None, self._request)
        await sending(scope, receive, send)


def on_sign_in_needed(request: Asked, needed: SignInNeeded) -> Response[Any]:
    """303 to the sign-in page, which leads back here."""
    if needed.party is not None and needed.fields:
        kept = Kept(needed.community, needed.party, needed.fields, needed.form_path)
        return KeepDraft(request, kept, "/session")
    slug = request.path_params["community"]
    query = request.scope["query_string"].decode("ascii", "replace")
    here = request.url.path + (f"?{query}" if query else "")
    next_ = here if request.method == "GET" else f"/{slug}"
    answer = see_other(path_with_next(slug, "/session", next_=next_))
    if request.headers.get("hx-request") == "true":
        answer.headers["HX-Redirect"] = answer.headers["Location"]
    return answer


def on_proof_needed(request: Asked, needed: ProofNeeded) -> Response[Any]:
    """303 to the page that asks the password once more, and leads back here."""
    slug = request.path_params["community"]
    if request.method == "POST":
        path = again_path(request) or "/"
        kept = Kept(needed.community, needed.party, needed.fields, path)
        return KeepDraft(request, kept, "/session/proof")
    return see_other(path_with_next(slug, "/session/proof", next_=needed.here))


def on_already_done(request: Asked, done: AlreadyDone) -> Response[Any]:
    """303 to where the first press led."""
    return see_other(done.location)
