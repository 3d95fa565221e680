"""The community's own words: what it calls a worker, a neighbourhood, an hour, the pot, a member,
a note of hours."""

from typing import Annotated, Any

import msgspec
from litestar import Response, get, post

from timebank import areas
from timebank.admin.pages.community import note
from timebank.kernel.db import Db
from timebank.kernel.fields import Line
from timebank.kernel.forms import Form
from timebank.kernel.i18n import NAMES, speaking
from timebank.kernel.i18n import gettext as _
from timebank.web import policy
from timebank.web.community import Word, Words
from timebank.web.inject import In
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit

KEYS: tuple[str, ...] = Words.__struct_fields__
PLACES = [(language, key) for language in NAMES for key in KEYS]
FORMS: tuple[str, ...] = Word.__struct_fields__
FIELDS = [f"{language}_{key}_{form}" for language, key in PLACES for form in FORMS]


def _three_or_none(form: Any) -> dict[str, str]:
    """A word needs all its forms, or none."""
    errors: dict[str, str] = {}
    for language, key in PLACES:
        names = [f"{language}_{key}_{name}" for name in FORMS]
        missing = [name for name in names if getattr(form, name) is None]
        if 0 < len(missing) < len(FORMS):
            errors |= dict.fromkeys(missing, _("Vul ze alle drie in, of laat ze alle drie leeg."))
    return errors


OwnWordsForm = msgspec.defstruct(
    "OwnWordsForm",
    [
        (name, Annotated[str | None, Line(50 if name.endswith("_the") else 40, letters=2)], None)
        for name in FIELDS
    ],
    kw_only=True,
    module=__name__,
    namespace={"check": _three_or_none},
)
"""Every word in every language on offer, in its three forms; empty: the usual word."""


@get("/community/words", name="community.ask_words")
async def ask_words(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """What do you call it here?"""
    policy.demand(viewer, "community.manage")
    usual = {}
    for language in NAMES:
        with speaking(language):
            usual[language] = areas.usual_words()
    return visit.page(
        "admin/words.html",
        form=visit.form("/community/words").over(**await _values(db, viewer)),
        languages=list(NAMES.items()),
        usual=usual,
        keys=[
            ("worker", _("Wie helpt")),
            ("neighbourhood", _("Waar u woont")),
            ("hour", _("Waarin u tijd telt")),
            ("pot", _("Waar u tijd aan kunt geven")),
            ("member", _("Wie meedoet")),
            ("voucher", _("Tijd op papier")),
        ],
    )


async def _values(db: Db, viewer: Viewer) -> dict[str, str]:
    """The form as the words are now."""
    chosen = await areas.chosen_words(db, viewer.community_id)
    given: dict[str, str] = {}
    for language, key in PLACES:
        if (word := chosen.get((language, key))) is not None:
            given |= {f"{language}_{key}_{form}": getattr(word, form) for form in FORMS}
    return given


@post("/community/words", name="community.words", again="/community/words")
async def set_words(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form]
) -> Response[Any]:
    """In every sentence from now on. A word needs all its forms, or none."""
    policy.demand(viewer, "community.manage")
    asked = form.read(OwnWordsForm)
    form.demand_unchanged(**await _values(db, viewer))
    for language, key in PLACES:
        place: dict[str, Any] = {
            "community": viewer.community_id, "language": language, "key": key,
        }  # fmt: skip
        given = {name: getattr(asked, f"{language}_{key}_{name}") for name in FORMS}
        if given["one"] is None:
            await areas.clear_word(db, **place)
        else:
            await areas.put_word(db, word=Word(**given), **place)
    await note(db, visit, viewer, "community.words_set")
    return await visit.done(db, form, "/community/edit", said="saved")


ROUTES = [ask_words, set_words]
