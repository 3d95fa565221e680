"""Introductions in words: reasons for the worker and for who is asked, what happened, how it ended."""

from collections.abc import Callable, Iterable

from timebank.introductions.model import Outcome, Reason, Side, State, Suggestion
from timebank.kernel.i18n import gettext as _
from timebank.posts import category_name

LANGUAGES: dict[str, str] = {
    "nl": "Nederlands", "en": "English", "tr": "Türkçe", "ar": "العربية", "pl": "Polski",
    "uk": "Українська", "ti": "ትግርኛ", "zgh": "Tamazight", "es": "Español", "fr": "Français",
    "de": "Deutsch", "fa": "فارسی", "zh": "中文", "so": "Soomaali",
}  # fmt: skip
"""Languages people may say they speak, each by its own name."""
MOST_LINES = 6


def for_worker(reason: Reason, seeker: str, other: str) -> str:
    """A reason as the worker reads it, with both call names."""
    names = {"name": seeker, "other": other}
    plain: dict[str, Callable[[], str]] = {
        "together": lambda: _("Allebei willen zij graag iets samen doen."),
        "corner": lambda: _("Zij wonen bij elkaar om de hoek."),
        "walk": lambda: _("Zij wonen op loopafstand van elkaar."),
        "age": lambda: _("Zij zijn ongeveer even oud, en vinden dat fijn."),
        "friend": lambda: _("%(other)s kent iemand die %(name)s ook kent.", **names),
        "welcoming": lambda: _("%(other)s was er al eens voor iemand die nieuw was.", **names),
        "connector": lambda: _("%(other)s ontvangt graag nieuwe buren.", **names),
    }
    if reason.code in plain:
        return plain[reason.code]()
    return _valued(reason, names)


def _valued(reason: Reason, names: dict[str, str]) -> str:
    if reason.code == "gives":
        kind = category_name(reason.value)
        return _("%(other)s zoekt hulp: %(kind)s. %(name)s biedt dat.", kind=kind, **names)
    if reason.code == "gets":
        kind = category_name(reason.value)
        return _("%(other)s biedt hulp: %(kind)s. %(name)s vraagt daarom.", kind=kind, **names)
    if reason.code == "interest":
        return _("Allebei houden zij van: %(what)s.", what=reason.value)
    if reason.code == "same_place":
        return _("Allebei wonen zij bij %(place)s.", place=reason.value)
    return _("Allebei spreken zij %(language)s.", language=LANGUAGES.get(reason.value, ""))


def for_side(reasons: Iterable[Reason], *, flipped: bool) -> list[str]:
    """The reasons as one who is asked reads them: no name, no place, nothing from which the other
    could be known, and nothing about how they live. Reasons of the worker alone stay with the worker."""
    given = list(reasons)
    both = any(reason.code == "together" for reason in given)
    said = [
        _to_side(reason, flipped) for reason in given if not (both and reason.value == "company")
    ]
    return list(dict.fromkeys(sentence for sentence in said if sentence))[:MOST_LINES]


def _to_side(reason: Reason, flipped: bool) -> str:
    if reason.code in ("gives", "gets"):
        if reason.value == "company":
            return _("Deze buur wil graag samen iets doen.")
        kind = category_name(reason.value)
        if (reason.code == "gives") is not flipped:
            return _("Deze buur zoekt hulp: %(kind)s. Dat biedt u.", kind=kind)
        return _("Deze buur biedt hulp: %(kind)s. Daar vraagt u om.", kind=kind)
    if reason.code == "interest":
        return _("Deze buur houdt ook van: %(what)s.", what=reason.value)
    if reason.code == "language":
        return _("Deze buur spreekt ook %(language)s.", language=LANGUAGES.get(reason.value, ""))
    return {
        "together": _("Deze buur wil ook graag iets samen doen."),
        "same_place": _("Deze buur woont dichtbij."),
        "corner": _("Deze buur woont dichtbij."),
        "walk": _("Deze buur woont op loopafstand."),
        "age": _("Deze buur is ongeveer even oud als u."),
    }.get(reason.code, "")


def suggestion_lines(found: Suggestion, seeker: str) -> list[str]:
    """Why somebody is worth meeting, for the worker."""
    return [for_worker(reason, seeker, found.call_name) for reason in found.reasons]


def side_lines(side: Side) -> list[str]:
    """Why the two may fit, for one who was asked."""
    return for_side(side.reasons, flipped=side.flipped)


def state_words(state: State, name: str) -> str:
    """How it stands; `name` is whose turn it is."""
    return {
        "chosen": _("U gaat %(name)s vragen.", name=name),
        "first_asked": _("%(name)s is gevraagd. Het antwoord komt nog.", name=name),
        "first_yes": _("Eén ja. Nu vraagt u %(name)s.", name=name),
        "second_asked": _("Eén ja. %(name)s is nu ook gevraagd.", name=name),
        "introduced": _("Allebei ja. Zij weten elkaars naam en nummer."),
        "followed_up": _("Wij vroegen aan allebei wat ervan kwam."),
        "closed": _("Afgerond."),
    }[state]


def outcome_words(outcome: Outcome) -> str:
    """How it ended."""
    return {
        "met": _("Zij ontmoetten elkaar één keer"),
        "met_again": _("Zij ontmoetten elkaar vaker"),
        "not_met": _("Het kwam er niet van"),
        "declined": _("Eén van beiden wilde nu niet"),
        "no_answer": _("Wij hoorden niets meer"),
        "withdrawn": _("Het gaat toch niet door"),
        "passed_over": _("Niet gevraagd"),
    }[outcome]


def step_words(reason: str) -> str:
    """What happened, as a line of the story."""
    return {
        "chosen": _("Wil deze twee aan elkaar voorstellen."),
        "asked": _("Stuurde de vraag."),
        "phoned": _("Vroeg het aan de telefoon."),
        "missed": _("Belde, maar kreeg niemand."),
        "said_yes": _("Het antwoord was ja."),
        "declined": _("Het antwoord was nee."),
        "asked_how": _("Na vier weken gevraagd wat ervan kwam."),
        "told": _("Vertelde wat ervan kwam."),
        "handed_over": _("Gaf het aan een collega."),
        "taken_over": _("Nam het over van een collega."),
        "impossible": _("Het kon niet meer."),
    }.get(reason, _("Rondde het af."))
