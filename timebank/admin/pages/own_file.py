"""Alles over mij: what is kept about a member, to read and to take along."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get

from timebank import access
from timebank.access import Asked, SignInNeeded
from timebank.admin.own_file import everything
from timebank.admin.own_file_twice import as_data, in_words
from timebank.kernel.db import Db
from timebank.web.inject import In
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit


async def _file(visit: Visit, db: Db, party: UUID, *, own: bool) -> dict[str, Any]:
    return await everything(
        db, community=visit.community.id, party=party,
        words=visit.community.words, own=own, now=visit.now,
    )  # fmt: skip


def _as_json(found: dict[str, Any]) -> Response[bytes]:
    """JSON that people can read too. Not stored on the way."""
    return Response(
        msgspec.json.format(msgspec.json.encode(as_data(found)), indent=2),
        media_type="application/json",
        headers={
            "Content-Disposition": 'attachment; filename="mijn-gegevens.json"',
            "Cache-Control": "no-store",
        },
    )


@get("/parties/me/file", name="file.show")
async def show(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """What do you keep about me?"""
    own = viewer.acting_for is None
    found = await _file(visit, db, viewer.subject_id, own=own)
    return visit.page("admin/own_file.html", found=in_words(found, visit.now))


@get("/parties/me/download", name="file.download")
async def download(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[bytes]:
    """The same as a file."""
    own = viewer.acting_for is None
    return _as_json(await _file(visit, db, viewer.subject_id, own=own))


@get("/suspension/download", name="file.suspended", public=True)
async def suspended(request: Asked, visit: In[Visit], db: In[Db]) -> Response[bytes]:
    """The same for somebody who may not take part now. Raises SignInNeeded for anybody else."""
    party = await access.shut_out(request, db, visit)
    if party is None:
        raise SignInNeeded(community=visit.community.id)
    return _as_json(await _file(visit, db, party, own=True))


ROUTES = [show, download, suspended]
