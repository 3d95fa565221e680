"""The small Dutch pages of the wall: shown when no template, language or database can be had.

They stand on their own: no style, no script, nothing of the visitor's request is repeated in
them, so they can be sent whatever went wrong. Each says what happened, what was (not) done
with what the visitor sent, and what to do now.
"""

from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class Words:
    """What one page says; `again` is the sentence about what to do now."""

    title: str
    happened: str
    again: str


_NOTHING_CHANGED = "Er is niets veranderd of bewaard."

_PAGES: dict[int, Words] = {
    400: Words(
        "Dit adres of bericht klopt niet",
        f"Wat er binnenkwam, kunnen we niet lezen. {_NOTHING_CHANGED}",
        "Ga naar de start, en zoek daar de pagina die u wilt.",
    ),
    403: Words(
        "Dit kwam niet van onze eigen pagina",
        f"Een andere site wilde hier iets doen in uw naam. Dat laten we niet toe. "
        f"{_NOTHING_CHANGED}",
        "Wilde u dit zelf doen? Ga dan naar de start, en doe het daar opnieuw.",
    ),
    404: Words(
        "Deze pagina is er niet",
        "Misschien is het adres verkeerd getypt, of is de pagina weg.",
        "Ga naar de start, en zoek daar de pagina die u wilt.",
    ),
    405: Words(
        "Dit kan niet op deze pagina",
        f"Wat er gevraagd werd, kan deze pagina niet. {_NOTHING_CHANGED}",
        "Ga naar de start, en zoek daar de pagina die u wilt.",
    ),
    408: Words(
        "Het versturen duurde te lang",
        f"Uw bericht kwam niet helemaal aan. {_NOTHING_CHANGED}",
        "Kijk of u internet heeft. Ga dan terug, en verstuur het nog een keer.",
    ),
    413: Words(
        "Dit is te groot om te versturen",
        f"Zoveel tegelijk kunnen we niet aannemen. {_NOTHING_CHANGED}",
        "Ga terug, maak de tekst korter, en verstuur het nog een keer.",
    ),
    414: Words(
        "Dit adres is te lang",
        f"Het adres van deze pagina is langer dan we kunnen lezen. {_NOTHING_CHANGED}",
        "Ga naar de start, en zoek daar de pagina die u wilt.",
    ),
    415: Words(
        "Dit kunnen we niet lezen",
        f"Uw bericht kwam binnen in een vorm die we niet kennen. {_NOTHING_CHANGED}",
        "Ga naar de start, en vul het formulier daar nog een keer in.",
    ),
    431: Words(
        "Er kwam te veel tegelijk mee",
        f"Er kwam meer mee dan we kunnen lezen. {_NOTHING_CHANGED}",
        "Probeer het op een ander toestel. Of vraag iemand om de cookies van deze site te wissen.",
    ),
    500: Words(
        "Er ging hier iets mis",
        "Dat ligt aan ons, niet aan u. We weten niet zeker of uw laatste stap is bewaard.",
        "Wacht even, ga naar de start, en kijk daar of het gelukt is. "
        "Blijft het misgaan? Bel dan wie u hier altijd helpt.",
    ),
    503: Words(
        "We zijn er even niet",
        "De site kan nu niet bij de gegevens. Wat al bewaard was, is er nog.",
        "Probeer het over een paar minuten nog een keer. Haast? Bel dan wie u hier altijd helpt.",
    ),
}

STATUSES = frozenset(_PAGES)
"""The statuses that have a page here; any other is answered with the page of 400 or 500."""


def plain_page(status: int, request_id: str, stylesheet: str | None = None) -> bytes:
    """The page for this status, as UTF-8.

    request_id: shown as the number to name on the phone; the log line carries the same one.
    stylesheet: address of our own stylesheet, when there is one to point at.
    """
    words = _PAGES.get(status) or _PAGES[500 if status >= 500 else 400]
    link = f'<link rel="stylesheet" href="{escape(stylesheet)}">\n' if stylesheet else ""
    return (
        "<!doctype html>\n"
        '<html lang="nl">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{words.title}</title>\n{link}</head>\n"
        f"<body>\n<main>\n<h1>{words.title}</h1>\n"
        f"<p>{words.happened}</p>\n<p>{words.again}</p>\n"
        '<p><a href="/">Naar de start</a></p>\n'
        f"<p><small>Zegt u ons dit nummer als u belt: {escape(request_id)}</small></p>\n"
        "</main>\n</body>\n</html>\n"
    ).encode()
