"""Answers to a request that nobody may make, or that was made before."""

from typing import Any
from uuid import UUID

from litestar import Response
from litestar.types import Receive, Scope, Send

from timebank.access import store
from timebank.access.arrival import AlreadyDone, SignInNeeded, sign_in_path
from timebank.access.transaction import Asked, site_of
from timebank.kernel.db import transaction
from timebank.kernel.ids import new_id
from timebank.web.visit import see_other


class KeepDraft(Response[None]):
    """Keeps what was typed for the party whose session ended, then leads to the sign-in page.

    Written in a transaction of its own, after the request's was rolled back.
    """

    def __init__(self, request: Asked, needed: SignInNeeded) -> None:
        super().__init__(None, status_code=303)
        self._request = request
        self._needed = needed

    def to_asgi_response(self, *args: Any, **kwargs: Any) -> Any:
        return self._answer

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        site, needed = site_of(self._request), self._needed
        assert needed.party is not None  # noqa: S101  # on_sign_in_needed sees to it
        draft: UUID = new_id()
        async with transaction(site.pool, needed.community) as db:
            await store.put_draft(
                db, community=needed.community, id_=draft, party=needed.party,
                path=needed.form_path, fields=needed.fields, now=site.now(),
            )  # fmt: skip
        slug = self._request.path_params["community"]
        next_ = f"/{slug}{needed.form_path}".removesuffix("/")
        answer = see_other(sign_in_path(slug, next_=next_, draft=draft))
        sending = answer.to_asgi_response(None, self._request)
        await sending(scope, receive, send)


def on_sign_in_needed(request: Asked, needed: SignInNeeded) -> Response[Any]:
    """303 to the sign-in page, which leads back here."""
    if needed.party is not None and needed.fields:
        return KeepDraft(request, needed)
    slug = request.path_params["community"]
    query = request.scope["query_string"].decode("ascii", "replace")
    here = request.url.path + (f"?{query}" if query else "")
    next_ = here if request.method == "GET" else f"/{slug}"
    answer = see_other(sign_in_path(slug, next_=next_))
    if request.headers.get("hx-request") == "true":
        answer.headers["HX-Redirect"] = answer.headers["Location"]
    return answer


def on_already_done(request: Asked, done: AlreadyDone) -> Response[Any]:
    """303 to where the first press led."""
    return see_other(done.location)
