"""A made-up page with every part on it: the real templates, macros, visit and form, no database."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
from jinja2 import FileSystemLoader

from timebank.kernel.forms import Form
from timebank.kernel.i18n import speaking
from timebank.web.community import Community, Helper, Rules, Word, Words
from timebank.web.static_files import Assets
from timebank.web.templates import TEMPLATE_DIR, Templates, on_page
from timebank.web.viewer import ActingFor, Viewer
from timebank.web.visit import Visit

NOW = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)
ASSETS = Assets.load()
HELPER = Helper(
    party_id=UUID(int=5), call_name="Samira", full_name="Samira Bouali", phone="030 555 01 42",
    phone_href="tel:+31305550142", role_word="sociaal makelaar in de Rivierenwijk",
    hours="Bellen kan van maandag tot en met donderdag, 9.00 tot 17.00 uur.",
    walk_in="Of loop binnen: buurthuis De Schakel, Waalstraat 40.",
)  # fmt: skip
COMMUNITY = Community(
    id=1, slug="zuid", name="Tijd voor elkaar Zuid", demo=False, hue=168, welcome="",
    place_name="Rivierenwijk", area_id=UUID(int=1), helper=HELPER,
    words=Words(
        worker=Word("buurtwerker", "buurtwerkers", "de buurtwerker"),
        neighbourhood=Word("buurt", "buurten", "de buurt"), hour=Word("uur", "uur", "het uur"),
        pot=Word("buurtpot", "buurtpotten", "de buurtpot"),
        member=Word("deelnemer", "deelnemers", "de deelnemer"),
        voucher=Word("urenbon", "urenbonnen", "de urenbon"),
    ),
    rules=Rules(14, 7, 30, 60, 14, 7),
)  # fmt: skip


class Person(msgspec.Struct, frozen=True):
    """As much of a member as a page shows."""

    id: UUID
    call_name: str
    number: str = "418273"


class Post(msgspec.Struct, frozen=True, kw_only=True):
    """As much of a post as a card shows."""

    id: UUID
    direction: str
    title: str
    by: Person
    together: bool = False
    words: str = ""
    place_name: str | None = None
    minutes: int | None = None
    when_text: str | None = None
    lang: str | None = "nl"


NAMES = ("Annie", "Ahmed", "Bep", "Jan Willem", "Greet", "Lien")
CAST = [Person(UUID(int=n), name) for n, name in enumerate(NAMES, start=1)]
LONG = Person(UUID(int=9), "Buurtmoestuinvereniging Zonnebloem")
POSTS = [
    Post(
        id=UUID(int=21), direction="need", title="Wie helpt mij met twee bakken tuinaarde?",
        words="Ze staan beneden bij de deur.\nIk kan ze zelf niet tillen.", by=CAST[3],
        place_name="Maasplein", minutes=30, when_text="deze week, maakt niet uit wanneer",
    ),
    Post(id=UUID(int=22), direction="offer", title="Ik snoei uw heg", by=CAST[1], minutes=60),
    Post(
        id=UUID(int=23), direction="need", together=True, by=LONG, lang=None,
        title="Verhuizing van een kruidentuin (verantwoordelijkheidsgevoel gevraagd)",
        words="Van de Amsterdamsestraatweg naar het buurthuis.", place_name="De Schakel",
    ),
]  # fmt: skip


def templates() -> Templates:
    """The real environment, which also finds the gallery beside this file."""
    made = Templates(ASSETS)
    made.loader = FileSystemLoader([TEMPLATE_DIR, Path(__file__).parent])
    return made


def viewer(acting_for: ActingFor | None = None) -> Viewer:
    return Viewer(
        community_id=1, party_id=UUID(int=1), session_id=UUID(int=2), number="418273",
        call_name="Annie", full_name="Annie de Vries", area_id=UUID(int=1), place_id=None,
        language="nl", state="active", proven_at=NOW, acting_for=acting_for,
    )  # fmt: skip


def visit(*, signed_in: bool = True, acting: bool = False, **facts: Any) -> Visit:
    """What a handler has in hand. `facts` replace fields (language, query, community)."""
    jan = ActingFor(
        party_id=UUID(int=4), call_name="Jan Willem", number="518273", area_id=UUID(int=1)
    )
    return Visit(**{
        "community": COMMUNITY, "language": "nl", "now": NOW, "path": "/zuid", "query": {},
        "viewer": viewer(jan if acting else None) if signed_in else None,
        "secret": bytes(32), "owner": bytes(16), "htmx_target": None, "templates": templates(),
    } | facts)  # fmt: skip


def filled_form(*, wrong: bool) -> Form:
    """A form in which everything is filled in, or much is wrong."""
    sent = {
        "words": ["Ik moet er om half tien zijn."], "likes": ["cook", "fix"], "shape": ["together"],
        "own": ["1"], "on_choice": ["other"], "on_day": ["3"], "on_month": ["2"],
        "on_year": ["2026"], "takes_choice": ["90"], "place": ["maasplein"],
    }  # fmt: skip
    form = Form("/zuid/posts", sent=sent, key="k" * 32)
    if wrong:
        form.errors = {
            "title": "Schrijf in één zin wat u vraagt.",
            "on": "3 februari 2026 is al voorbij. Kies een dag die nog komt.",
            "likes": "Kies er hoogstens één.",
            "": "Er staat al een vraag als deze.",
        }
    return form


def gallery(form: Form | None = None, seen: Visit | None = None, **more: Any) -> str:
    """The gallery page."""
    seen = seen or visit()
    with speaking(seen.language):
        page = seen.page(
            "gallery.html", form=form or filled_form(wrong=False), cast=CAST, posts=POSTS, **more
        )
    return str(page.content)


def little(seen: Visit) -> str:
    """A small page: the layout around a few words."""
    return str(seen.page("errors/404.html", form=None).content)


def piece(source: str, **values: Any) -> str:
    """A few macros on their own: `ui` and `ask` are at hand."""
    start = '{% import "ui/bits.html" as ui %}{% import "ui/form.html" as ask %}'
    seen = visit()
    made = templates()
    with on_page(seen.url, datetime(2026, 3, 10, 9, tzinfo=UTC), date(2026, 3, 10)):
        return made.env.from_string(start + source).render(visit=seen, **values)
