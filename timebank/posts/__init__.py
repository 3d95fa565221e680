"""Posts: what members offer and ask for. What other slices may call."""

from timebank.posts import told
from timebank.posts.actions import (
    close,
    edit,
    fitting,
    hide,
    hold,
    mark_matched,
    mine,
    pause,
    post_for,
    publish,
    renew,
    reopen,
    resume,
    show_again,
    takes_one,
    withdraw,
)
from timebank.posts.finding import at_the_door
from timebank.posts.fit import telling_stems
from timebank.posts.model import (
    CATEGORIES,
    Direction,
    Post,
    Wish,
    category_name,
)
from timebank.posts.second_look import worries
from timebank.posts.sentences import own_state
from timebank.posts.store import forget, leaflet
from timebank.posts.terms import (
    close_of,
    pause_all_of,
    reindex,
    resume_all_of,
    warn_and_expire,
)

__all__ = [
    "CATEGORIES",
    "Direction",
    "Post",
    "Wish",
    "at_the_door",
    "category_name",
    "close",
    "close_of",
    "edit",
    "fitting",
    "forget",
    "hide",
    "hold",
    "leaflet",
    "mark_matched",
    "mine",
    "own_state",
    "pause",
    "pause_all_of",
    "post_for",
    "publish",
    "reindex",
    "renew",
    "reopen",
    "resume",
    "resume_all_of",
    "show_again",
    "takes_one",
    "telling_stems",
    "told",
    "warn_and_expire",
    "withdraw",
    "worries",
]
