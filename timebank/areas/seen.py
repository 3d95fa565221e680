"""The community as pages know it, made from how the database sees it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec

from timebank.areas.model import usual_words
from timebank.kernel.i18n import gettext as _
from timebank.kernel.phones import phone_href
from timebank.web.community import Community, Helper, Rules, Word, Words


class OwnWord(msgspec.Struct, frozen=True):
    """One of the words a community chose."""

    language: str
    key: str
    one: str
    many: str
    the: str


class Seen(msgspec.Struct, frozen=True):
    """A row of `community_seen`: one community, seen from one of its neighbourhoods. The row has its
    `Rules` too."""

    community_id: int
    slug: str
    name: str
    demo: bool
    hue: int
    welcome: str
    area_id: UUID
    place_name: str
    helper_id: UUID | None
    helper_call_name: str | None
    helper_full_name: str | None
    helper_phone: str
    helper_hours: str
    helper_walk_in: str
    words: list[OwnWord]


def as_community(found: Mapping[str, Any], language: str) -> Community:
    """A row of `community_seen`, or that row as JSON, for a reader of `language`."""
    seen = msgspec.convert(dict(found), Seen, strict=False)
    words = _words(seen, language)
    return Community(
        id=seen.community_id,
        slug=seen.slug,
        name=seen.name,
        demo=seen.demo,
        hue=seen.hue,
        welcome=seen.welcome,
        place_name=seen.place_name,
        area_id=seen.area_id,
        words=words,
        rules=msgspec.convert(dict(found), Rules, strict=False),
        helper=_helper(seen, words.worker.one),
    )


def _words(seen: Seen, language: str) -> Words:
    chosen = {
        word.key: Word(word.one, word.many, word.the)
        for word in seen.words
        if word.language == language
    }
    return msgspec.structs.replace(usual_words(), **chosen)


def _helper(seen: Seen, worker_word: str) -> Helper | None:
    if seen.helper_id is None or seen.helper_call_name is None or seen.helper_full_name is None:
        return None
    return Helper(
        party_id=seen.helper_id,
        call_name=seen.helper_call_name,
        full_name=seen.helper_full_name,
        phone=seen.helper_phone,
        phone_href=phone_href(seen.helper_phone),
        role_word=_("%(worker)s in %(place)s", worker=worker_word, place=seen.place_name),
        hours=seen.helper_hours,
        walk_in=seen.helper_walk_in,
    )
