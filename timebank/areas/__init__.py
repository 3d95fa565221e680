"""Areas: communities, neighbourhoods, places. What other slices may call."""

from timebank.areas.actions import add_neighbourhood, add_place, found_community, set_helper
from timebank.areas.model import (
    NEARBY_METRES,
    RESERVED_SLUGS,
    Area,
    CommunityName,
    LetterRule,
    Place,
    usual_words,
)
from timebank.areas.seen import as_community
from timebank.areas.store import (
    area,
    areas,
    chosen_words,
    clear_word,
    communities,
    community,
    community_id,
    find_area,
    letter_rule,
    places,
    put_word,
    set_letter_rule,
    update_profile,
)

__all__ = [
    "NEARBY_METRES",
    "RESERVED_SLUGS",
    "Area",
    "CommunityName",
    "LetterRule",
    "Place",
    "add_neighbourhood",
    "add_place",
    "area",
    "areas",
    "as_community",
    "chosen_words",
    "clear_word",
    "communities",
    "community",
    "community_id",
    "find_area",
    "found_community",
    "letter_rule",
    "places",
    "put_word",
    "set_helper",
    "set_letter_rule",
    "update_profile",
    "usual_words",
]
