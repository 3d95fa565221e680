"""Pages to write with: a new post, changing one, and what its owner does to it."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get, post

from timebank import areas
from timebank.areas import Place
from timebank.kernel import throttle
from timebank.kernel.db import Db
from timebank.kernel.fields import Choice, Duration, Id, Line, Tick, Words
from timebank.kernel.forms import Form
from timebank.kernel.i18n import N_
from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import Invalid, NotFound
from timebank.kernel.text import without_turns
from timebank.posts import actions
from timebank.posts.model import CATEGORIES, Direction, Post, Wish, category_name
from timebank.posts.pages.find import direction_of
from timebank.posts.second_look import question, worries
from timebank.web import policy
from timebank.web.inject import In, Path
from timebank.web.said import after
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit

LIMIT = throttle.Limit(40, 24 * throttle.HOUR)
"""New posts by one hand in a day: more than any neighbour writes, few for a machine."""
USUAL_MINUTES = (30, 60, 90, 120)


class PostForm(msgspec.Struct, kw_only=True):
    """One line to start with; the rest may be left open."""

    title: Annotated[str, Line(80, ask=N_("Schrijf in één zin wat u vraagt of biedt."))]
    kind: Annotated[str, Choice("help", "together")] = "help"
    words: Annotated[str, Words(1500)] = ""
    category: Annotated[str, Choice(*CATEGORIES)] = "other"
    when_text: Annotated[str, Line(120)] = ""
    minutes: Annotated[int | None, Duration()] = None
    place: Annotated[UUID | None, Id()] = None
    sure: Annotated[bool, Tick()] = False

    def wish(self, direction: Direction) -> Wish:
        """What the actions want. Raises Invalid once when the text deserves a second look."""
        found = [] if self.sure else worries(self.title, self.words, self.when_text)
        if found:
            raise Invalid({"sure": question(found)})
        return Wish(
            direction=direction,
            title=self.title,
            words=self.words,
            category=self.category,
            together=self.kind == "together",
            minutes=self.minutes,
            when_text=self.when_text,
            place_id=self.place,
        )


async def _page(
    visit: Visit, viewer: Viewer, db: Db, form: Form, direction: Direction, post: Post | None
) -> Response[Any]:
    places = await areas.places(db, viewer.community_id)
    inside = ("words", "category", "when_text", "minutes", "place")
    return visit.page(
        "posts/edit.html",
        form=form,
        direction=direction,
        post=post,
        unfolded=post is not None or any(name in form.errors for name in inside),
        categories=[
            ("", _("Dat weet ik niet")),
            *((key, category_name(key)) for key in CATEGORIES),
        ],
        places=[("", _("Dat maakt niet uit")), *_place_options(places)],
    )


def _place_options(places: list[Place]) -> list[tuple[str, str]]:
    return [
        (str(place.id), _("%(place)s, %(area)s", place=place.name, area=place.area_name))
        for place in places
    ]


@get("/posts/new", name="posts.new")
async def show_new(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """Waarmee kan een buur u helpen? `title` in the address is a first word."""
    policy.demand(viewer, "post.write")
    direction = direction_of(visit)
    place = viewer.subject_place_id
    form = visit.form(
        f"/posts?direction={direction}", kind="help",
        title=without_turns(visit.query.get("title", ""))[:80],
        place=str(place) if place else "",
    )  # fmt: skip
    return await _page(visit, viewer, db, form, direction, None)


@post("/posts", name="posts.create", again="/posts/new")
async def create(visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form]) -> Response[Any]:
    """Post it. What gives somebody away, or is about money, is asked about once."""
    policy.demand(viewer, "post.write")
    direction = direction_of(visit)
    wish = form.read(PostForm).wish(direction)
    await throttle.count(
        db, community=viewer.community_id, kind="post",
        key=throttle.key_of(viewer.party_id, viewer.subject_id), limit=LIMIT, now=visit.now,
    )  # fmt: skip
    made = await actions.publish(db, viewer, wish, now=visit.now)
    return await visit.done(db, form, f"/posts/{made}", said=f"posted_{direction}")


async def _own(db: Db, viewer: Viewer, id_: UUID, visit: Visit) -> Post:
    found = await actions.post_for(db, viewer, id_, now=visit.now)
    if found.by.id != viewer.subject_id:
        raise NotFound
    return found


@get("/posts/{post_id:uuid}/edit", name="posts.edit")
async def show_edit(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], post_id: Path[UUID]
) -> Response[Any]:
    """One's own post, as a form."""
    found = await _own(db, viewer, post_id, visit)
    form = visit.form(f"/posts/{post_id}").over(**_values(found))
    return await _page(visit, viewer, db, form, found.direction, found)


def _values(found: Post) -> dict[str, str | int]:
    """The form as the post is now."""
    usual = found.minutes in USUAL_MINUTES
    hours, minutes = divmod(found.minutes or 0, 60)
    return {
        "title": found.title,
        "kind": "together" if found.together else "help",
        "words": found.words,
        "category": found.category,
        "when_text": found.when_text,
        "minutes_choice": "" if not found.minutes else found.minutes if usual else "other",
        "minutes_hours": "" if usual or not hours else hours,
        "minutes_minutes": "" if usual or not minutes else minutes,
        "place": str(found.place_id) if found.place_id else "",
    }


@post("/posts/{post_id:uuid}", name="posts.update", again="/posts/{post_id}/edit")
async def update(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], post_id: Path[UUID]
) -> Response[Any]:
    """Other words in one's own post."""
    await actions.hold(db, community=viewer.community_id, id_=post_id)
    found = await _own(db, viewer, post_id, visit)
    wish = form.read(PostForm).wish(found.direction)
    form.demand_unchanged(**_values(found))
    await actions.edit(db, viewer, post_id, wish, now=visit.now)
    return await visit.done(db, form, f"/posts/{post_id}", said="saved")


@post("/posts/{post_id:uuid}/pause", name="posts.pause", again="/posts/{post_id}")
async def pause(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], post_id: Path[UUID]
) -> Response[Any]:
    """Out of sight for a while."""
    await actions.pause(db, viewer, post_id, now=visit.now)
    return await visit.done(db, form, f"/posts/{post_id}", said="post_paused")


@post("/posts/{post_id:uuid}/resume", name="posts.resume", again="/posts/{post_id}")
async def resume(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], post_id: Path[UUID]
) -> Response[Any]:
    """In sight again."""
    await actions.resume(db, viewer, post_id, now=visit.now)
    return await visit.done(db, form, f"/posts/{post_id}", said="post_again")


@post("/posts/{post_id:uuid}/renewal", name="posts.renewal", again="/posts/{post_id}")
async def renewal(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], post_id: Path[UUID]
) -> Response[Any]:
    """Ja, nog nodig."""
    await actions.renew(db, viewer, post_id, now=visit.now)
    return await visit.done(db, form, f"/posts/{post_id}", said="post_again")


@post("/posts/{post_id:uuid}/withdrawal", name="posts.withdrawal", again="/posts/{post_id}")
async def withdrawal(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], post_id: Path[UUID]
) -> Response[Any]:
    """Nee, niet meer nodig. The page that follows can undo it."""
    await actions.withdraw(db, viewer, post_id, now=visit.now)
    return await visit.done(db, form, f"/posts/{post_id}", said="post_withdrawn")


after(
    "posted_need",
    lambda: _("Uw vraag staat erop. Als een buur reageert, hoort u dat op de manier die u koos."),
)
after(
    "posted_offer",
    lambda: _("Uw aanbod staat erop. Als een buur het wil, hoort u dat op de manier die u koos."),
)
after("post_paused", lambda: _("Het staat er nu even niet. U kunt het altijd weer plaatsen."))
after("post_again", lambda: _("Het staat er weer. Hieronder leest u tot en met wanneer."))
after("post_withdrawn", lambda: _("Het is weggehaald. Bedenkt u zich? Dat kan hieronder."))

ROUTES = [show_new, create, show_edit, update, pause, resume, renewal, withdrawal]
