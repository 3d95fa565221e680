"""How it stands with a post, in words: one sentence for each state."""

from datetime import date

from timebank.kernel.i18n import gettext as _
from timebank.kernel.i18n import ngettext
from timebank.kernel.words import day
from timebank.posts.model import Gone, Own, Post


def own_state(own: Own, today: date) -> str:
    """For its owner."""
    post = own.post
    if post.hidden:
        return _("Dit staat nu niet op de site. U kunt het aanpassen, of ons bellen.")
    if post.state == "open":
        until = _("Dit staat er tot en met %(day)s.", day=day(post.expires_on, today))
        return f"{until} {answers(own.replies)}"
    return {
        "paused": _("Dit staat er nu even niet.")
        if post.paused_for != "member"
        else _("Dit staat er niet, zolang u niet meedoet."),
        "matched": _("Hierover heeft u een afspraak."),
        "closed": _("Dit is gedaan."),
        "withdrawn": _("U heeft dit weggehaald."),
        "expired": _("Dit stond er tot en met %(day)s.", day=day(post.expires_on, today)),
    }.get(post.state, _("Dit is nog niet geplaatst."))


def answers(replies: int) -> str:
    """How many neighbours answered."""
    if replies == 0:
        return _("Er is nog geen reactie.")
    return ngettext("%(n)d buur reageerde.", "%(n)d buren reageerden.", replies)


def over(gone: Gone | Post) -> str:
    """For others, when it is not open any more."""
    if gone.state in ("matched", "closed"):
        return _("Dit is al geregeld")
    return _("Dit staat er niet meer")


def staff_state(post: Post, today: date) -> str:
    """For those who work here, short."""
    if post.hidden:
        return _("verborgen")
    return {
        "open": _("staat er tot en met %(day)s", day=day(post.expires_on, today)),
        "paused": _("staat er even niet"),
        "matched": _("afgesproken"),
        "closed": _("gedaan"),
        "withdrawn": _("weggehaald"),
        "expired": _("verlopen"),
    }.get(post.state, _("nog niet geplaatst"))
