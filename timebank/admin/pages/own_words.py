"""The community's own words: what it calls a worker, a neighbourhood, an hour, the pot, a member."""

from typing import Annotated, Any

import msgspec
from litestar import Response, get, post

from timebank import areas
from timebank.admin.pages.community import note
from timebank.kernel.db import Db
from timebank.kernel.fields import Line
from timebank.kernel.forms import Form
from timebank.kernel.i18n import NAMES
from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import Invalid
from timebank.web import policy
from timebank.web.community import Word, Words
from timebank.web.inject import In
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit

KEYS: tuple[str, ...] = Words.__struct_fields__
PLACES = [(language, key) for language in NAMES for key in KEYS]
FIELDS = [f"{language}_{key}_{form}" for language, key in PLACES for form in ("one", "many")]
OwnWordsForm = msgspec.defstruct(
    "OwnWordsForm",
    [(name, Annotated[str | None, Line(40)], None) for name in FIELDS],
    kw_only=True,
    module=__name__,
)
"""Every word in every language on offer, singular and plural; empty: the usual word."""


@get("/community/words", name="community.ask_words")
async def ask_words(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """What do you call it here?"""
    policy.demand(viewer, "community.manage")
    chosen = await areas.chosen_words(db, viewer.community_id)
    given: dict[str, str] = {}
    for language, key in PLACES:
        if (word := chosen.get((language, key))) is not None:
            given |= {f"{language}_{key}_one": word.one, f"{language}_{key}_many": word.many}
    return visit.page(
        "admin/words.html",
        form=visit.form("/community/words", **given),
        languages=list(NAMES.items()),
        keys=[
            ("worker", _("Wie helpt"), _("buurtwerker")),
            ("neighbourhood", _("Waar men woont"), _("buurt")),
            ("hour", _("Waarmee men rekent"), _("uur")),
            ("pot", _("Waar men uren aan geeft"), _("buurtpot")),
            ("member", _("Wie meedoet"), _("deelnemer")),
        ],
    )


@post("/community/words", name="community.words", again="/community/words")
async def set_words(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form]
) -> Response[Any]:
    """In every sentence from now on. A word needs both its forms, or none."""
    policy.demand(viewer, "community.manage")
    asked = form.read(OwnWordsForm)
    errors, words = {}, {}
    for language, key in PLACES:
        one = getattr(asked, f"{language}_{key}_one")
        many = getattr(asked, f"{language}_{key}_many")
        words[language, key] = Word(one, many) if one and many else None
        if (one is None) != (many is None):
            missing = f"{language}_{key}_{'one' if one is None else 'many'}"
            errors[missing] = _("Vul beide vormen in, of laat beide leeg.")
    if errors:
        raise Invalid(errors)
    for (language, key), word in words.items():
        if word is None:
            await areas.clear_word(db, community=viewer.community_id, language=language, key=key)
        else:
            await areas.put_word(
                db, community=viewer.community_id, language=language, key=key, word=word
            )
    await note(db, visit, viewer, "community.words_set")
    return await visit.done(db, form, "/community/edit", said="saved")


ROUTES = [ask_words, set_words]
