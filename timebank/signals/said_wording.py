"""What members say of themselves, and what people tell, in words."""

from timebank.kernel.i18n import gettext as _
from timebank.kernel.i18n import pgettext
from timebank.signals.said_model import Checkin, Kind, Unheard
from timebank.web.community import Words


def talks_options() -> list[tuple[str, str]]:
    """The answers to the first question; the words are fixed."""
    return [
        ("0", pgettext("talks", "niemand")),
        ("1", pgettext("talks", "1")),
        ("2", pgettext("talks", "2 of 3")),
        ("3", pgettext("talks", "4 of meer")),
        ("rather_not", _("zeg ik liever niet")),
    ]


def wants_options() -> list[tuple[str, str]]:
    """The answers to the second question."""
    return [
        ("yes", pgettext("wants", "ja")),
        ("no", pgettext("wants", "nee")),
        ("unsure", pgettext("wants", "weet ik niet")),
    ]


def way_options() -> list[tuple[str, str]]:
    """How a worker got the answer."""
    return [("phone", _("In een gesprek, ook aan de telefoon")), ("card", _("Op een kaart"))]


def kind_words(kind: Kind) -> str:
    """What sort of thing was told."""
    words: dict[Kind, str] = {
        "worry": _("Een buur maakt zich zorgen."),
        "hunch": _("Iemand die hier werkt, dacht aan deze buur."),
        "visit": _("Vroeg zelf om een bezoek of een belletje."),
        "not_right": _("Zei: dit klopt niet."),
    }
    return words[kind]


def verdict_words(verdict: str) -> str:
    """What a worker found after a call."""
    return dict(verdict_options())[verdict]


def verdict_options() -> list[tuple[str, str]]:
    """The same three for everybody."""
    return [("right", _("Ja")), ("not_right", _("Nee")), ("unsure", _("Weet ik niet"))]


def unheard_words(found: Unheard | None, words: Words) -> str:
    """That something waits in a neighbourhood without a worker; nothing of what, nor how much."""
    if found is None:
        return ""
    return _("Hier wacht iets dat alleen een %(worker)s mag lezen.", worker=words.worker.one)


def rule_words(version: int) -> list[str]:
    """What the rule looks at, in its first, second or any later version."""
    looks = [
        _("Afspraken met buren die klaar zijn: met hoeveel buren, en wanneer."),
        _("Vragen die u stelde, en of een buur daarop antwoordde."),
    ]
    if version >= 2:
        looks.append(_("Groepen waar u bij was, en wat u zelf zegt over contact."))
    return looks


def checkin_line(said: Checkin) -> str:
    """What she said, on one line."""
    talks = dict(talks_options()).get(str(said.talks), _("zeg ik liever niet"))
    wants = dict(wants_options()).get(said.wants or "", _("geen antwoord"))
    return _("Goed gesproken met: %(talks)s. Meer contact: %(wants)s.", talks=talks, wants=wants)
