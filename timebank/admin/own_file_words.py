"""Headings and codes of a member's own file, in words."""

from collections.abc import Callable
from typing import Any

from timebank import introductions, parties
from timebank.admin.own_file_twice import Twice
from timebank.kernel.i18n import gettext as _
from timebank.kernel.i18n import pgettext
from timebank.kernel.words import joined, month_name
from timebank.moderation import wording as reported
from timebank.posts import category_name
from timebank.web.community import Words

Word = Callable[[], str]

_COLUMNS: dict[str, Word] = {
    "direction": lambda: _("Soort"), "state": lambda: _("Hoe het staat"),
    "title": lambda: _("Titel"), "words": lambda: _("Tekst"), "category": lambda: _("Onderwerp"),
    "together": lambda: _("Samen"), "minutes": lambda: _("Minuten"),
    "when_text": lambda: _("Wanneer het past"), "created_at": lambda: _("Gemaakt op"),
    "expires_on": lambda: _("Te zien tot en met"), "mode": lambda: _("Waarvoor"),
    "gives": lambda: _("U helpt"), "gets": lambda: _("U wordt geholpen"),
    "planned_on": lambda: _("Afgesproken voor"), "done_on": lambda: _("Gedaan op"),
    "with_names": lambda: _("Met"), "at": lambda: _("Wanneer"), "device": lambda: _("Toestel"),
    "made_at": lambda: _("Gemaakt op"), "seen_at": lambda: _("Laatst gebruikt"),
    "ended_at": lambda: _("Gestopt op"), "id": lambda: _("Code"),
    "exchange_id": lambda: _("Afspraak"), "meet_at": lambda: _("Waar"),
    "on_date": lambda: _("Wanneer"), "asked_at": lambda: _("Gevraagd op"),
    "settled_at": lambda: _("Klaar op"), "used_at": lambda: _("Gebruikt op"),
    "changed_at": lambda: _("Gekozen op"), "kind": lambda: _("Taak"),
    "area_name": lambda: _("Waar"), "starts_on": lambda: _("Vanaf"), "ends_on": lambda: _("Tot en met"),
    "phone": lambda: _("Telefoon"), "final_on": lambda: _("Tot en met"),
    "left_at": lambda: _("Gestopt op"), "back_at": lambda: _("Terug op"),
    "due_on": lambda: _("Wissen op"), "withdrawn_at": lambda: _("Toch niet, op"),
    "others": lambda: _("Hoeveel anderen"), "reason": lambda: _("Reden"),
    "hide_reason": lambda: _("Reden"),
    "outcome": lambda: _("Hoe het afliep"), "month_on": lambda: _("In de maand vanaf"),
    "talks": lambda: _("Goede gesprekken"), "wants": lambda: _("Meer contact?"),
    "told_kind": lambda: _("Soort"),
    "about_whom": lambda: _("Over wie"),
    "said_on": lambda: _("Gezegd op"), "until_on": lambda: _("Tot en met"),
    "fields": lambda: _("Tekst"), "due_at": lambda: _("Vanaf"), "email": lambda: _("E-mailadres"),
    "street": lambda: _("Straat en nummer"), "postcode": lambda: _("Postcode"),
    "reach_words": lambda: _("Daarbij zei u"), "hosts": lambda: _("U ontvangt"),
    "expected": lambda: _("U staat op de lijst"),
    "made_on": lambda: _("Gemaakt op"), "meet_answer": lambda: _("Antwoord"),
    "came_of_it": lambda: _("Hoe het afliep"), "met_with": lambda: _("Met"),
    "number": lambda: _("Nummer"), "own": lambda: _("Door u gemaakt"),
    "valid_until": lambda: _("Te gebruiken tot en met"),
    "voucher_state": lambda: _("Hoe het staat"), "state_at": lambda: _("Sinds"),
    "receives": lambda: _("U ontvangt graag iemand die nieuw is"),
    "given_at": lambda: _("Gegeven op"), "part": lambda: _("Wie helpt wie"),
    "helper_name": lambda: _("Naam"), "powers": lambda: _("Mag"), "starts_at": lambda: _("Vanaf"),
    "by_age": lambda: _("Iemand van uw leeftijd"), "languages": lambda: _("Talen"),
}  # fmt: skip

_TALKS: dict[int, Word] = {
    0: lambda: _("met niemand"), 1: lambda: _("met één persoon"),
    2: lambda: _("met twee of drie mensen"), 3: lambda: _("met vier of meer mensen"),
}  # fmt: skip

_CODES: dict[str, dict[str, Word]] = {
    "direction": {"offer": lambda: _("Aanbod"), "need": lambda: _("Vraag")},
    "mode": {
        "hours": lambda: _("met tijd"), "gift": lambda: _("zonder tijd"),
        "return": lambda: _("voor iets terug"),
    },
    "meet_answer": {
        "yes": lambda: pgettext("wants", "ja"), "no": lambda: pgettext("wants", "nee"),
    },
    "part": {
        "helper": lambda: _("helpt u"), "helped": lambda: _("wordt door u geholpen"),
    },
    "came_of_it": {
        "met": lambda: _("één keer ontmoet"), "met_again": lambda: _("vaker ontmoet"),
        "not_met": lambda: _("nog niet ontmoet"),
    },
    "told_kind": {
        "worry": lambda: _("zorg over een buur"), "hunch": lambda: _("u dacht aan een buur"),
        "visit": lambda: _("vraag om een belletje of bezoek"),
        "not_right": lambda: _("dit klopt niet"),
    },
    "kind": {"worker": lambda: _("Werkt hier"), "admin": lambda: _("Beheerder")},
    "voucher_state": {
        "open": lambda: _("te gebruiken"), "lost": lambda: _("kwijt"),
        "redeemed": lambda: _("ingewisseld"), "returned": lambda: _("de tijd ging terug"),
    },
    "wants": {
        "yes": lambda: pgettext("wants", "ja"), "no": lambda: pgettext("wants", "nee"),
        "unsure": lambda: pgettext("wants", "weet ik niet"),
    },
    "state": {
        "draft": lambda: _("nog niet klaar"), "dormant": lambda: _("nog niet te zien"),
        "review": lambda: _("wordt bekeken"), "open": lambda: _("te zien"),
        "paused": lambda: _("rust"), "matched": lambda: _("afspraak gemaakt"),
        "withdrawn": lambda: _("weggehaald"), "expired": lambda: _("voorbij"),
        "suggested": lambda: _("voorgesteld"), "talking": lambda: _("in gesprek"),
        "agreed": lambda: _("afgesproken"), "planned": lambda: _("afgesproken"),
        "done": lambda: _("gedaan"), "confirmed": lambda: _("klaar en geboekt"),
        "disputed": lambda: _("niet eens over de tijd"), "declined": lambda: _("ging niet"),
        "cancelled": lambda: _("afgezegd"), "no_contact": lambda: _("geen contact"),
        "not_feasible": lambda: _("kon niet"), "no_show": lambda: _("ging niet door"),
        "closed": lambda: _("afgerond"),
    },
}  # fmt: skip


def row(values: dict[str, Any], words: Words) -> dict[str, Any]:
    """A row under headings, codes in words."""
    return {
        _COLUMNS[name](): Twice(value, words.time(value)) if name == "minutes" and value is not None
        else _said(name, value)
        for name, value in values.items()
    }  # fmt: skip


def lists_of(
    rows: dict[str, list[dict[str, Any]]], words: Words
) -> dict[str, list[dict[str, Any]]]:
    """Every list of rows, each row under headings."""
    return {key: [row(values, words) for values in found] for key, found in rows.items()}


def _said(name: str, value: Any) -> Any:
    if name == "talks":
        return _TALKS[value]() if value is not None else None
    if name == "powers":
        return parties.power_words.short(value)
    if name == "month_on":
        month = _("%(month)s %(year)s", month=month_name(value.month), year=value.year)
        return Twice(value, month)
    if name == "languages":
        return Twice(
            value, joined([introductions.wording.LANGUAGES.get(code, code) for code in value])
        )
    if name == "category":
        return category_name(value)
    if name == "hide_reason" and value == "first_look":
        return _("Wij keken er eerst naar")
    if name in ("reason", "hide_reason"):
        return reported.reason_name(value)
    if name == "outcome":
        return reported.outcome_name(value) if value else None
    if name == "fields":
        return "\n".join(
            text
            for key, texts in value.items()
            for text in texts
            if not key.startswith("_") and text
        )
    words = _CODES.get(name, {}).get(value) if isinstance(value, str) else None
    return words() if words else value
