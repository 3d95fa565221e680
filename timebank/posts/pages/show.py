"""The page of one post, and what is left of one that is over."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from litestar import Response, get

from timebank.kernel.db import Db
from timebank.kernel.refusals import NotFound
from timebank.posts import actions, finding, store
from timebank.posts.fit import reason
from timebank.posts.model import OPPOSITE, Filters, Fit, Gone, Own, Post, category_name
from timebank.posts.sentences import over, own_state
from timebank.web.inject import In, Path
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit

SIMILAR = 3
QUIET_AFTER = timedelta(days=3)
"""So long without an answer, the page says that it is nobody's fault and who looks along."""


@get("/posts/{post_id:uuid}", name="posts.show")
async def show(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], post_id: Path[UUID]
) -> Response[Any]:
    """Is dit iets voor mij? One's own post shows how it stands, and what one can do with it."""
    found = await store.find_post(db, viewer, post_id, today=visit.today)
    if found is None:
        gone = await store.find_gone(db, viewer, post_id)
        if gone is None:
            raise NotFound
        return await _gone(visit, viewer, db, gone)
    if found.by.id == viewer.subject_id:
        return await _own(visit, viewer, db, found)
    to = await actions.reader(db, viewer, now=visit.now)
    return visit.page(
        "posts/show.html",
        post=found,
        category=category_name(found.category) if found.category != "other" else "",
        why=reason(found, to) if found.is_open else None,
        over=None if found.is_open or found.hidden else over(found),
        back=OPPOSITE[found.direction],
        watching=viewer.acting_for is None and (viewer.is_admin or viewer.works_in(found.area_id)),
    )


async def _own(visit: Visit, viewer: Viewer, db: Db, post: Post) -> Response[Any]:
    own = Own(post, await store.replies(db, viewer.community_id, post))
    acts = ("pause", "resume", "renewal", "withdrawal")
    return visit.page(
        "posts/own.html",
        post=post,
        own=own,
        state=own_state(own, visit.today),
        category=category_name(post.category) if post.category != "other" else "",
        quiet=post.is_open and not own.replies and visit.now - post.created_at >= QUIET_AFTER,
        forms={act: visit.form(f"/posts/{post.id}/{act}") for act in acts},
    )


async def _gone(visit: Visit, viewer: Viewer, db: Db, gone: Gone) -> Response[Any]:
    to = await actions.reader(db, viewer, now=visit.now)
    category = gone.category if gone.category != "other" else None
    similar = await finding.feed(
        db, viewer, gone.direction, Filters(category), skip=[gone.id], before=None, limit=SIMILAR,
        today=visit.today,
    )  # fmt: skip
    return visit.page(
        "posts/gone.html",
        title=over(gone),
        back=OPPOSITE[gone.direction],
        items=[Fit(post, reason(post, to)) for post in similar],
    )


ROUTES = [show]
