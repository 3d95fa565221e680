"""The look: colours that can be read in every hue, a sheet old browsers hold, parts that hold up."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID

import brotli
import pytest

from tests.pages import check_html, text_of
from tests.web.look import stage
from timebank.kernel.forms import Form
from timebank.web import hue
from timebank.web.static_files import OWN_FOLDER
from timebank.web.templates import TEMPLATE_DIR

CSS = (OWN_FOLDER / "style.css").read_text()
BARE_CSS = re.sub(r"/\*.*?\*/", "", CSS, flags=re.S)
SCREEN_CSS, PAPER_CSS = BARE_CSS.split("@media print", 1)
TEMPLATES = {p: p.read_text() for p in sorted(TEMPLATE_DIR.rglob("*.html"))}
OWN_TEMPLATES = {
    p: text for p, text in TEMPLATES.items()
    if p.parent.name in ("ui", "errors") or p.name == "layout.html"
}  # fmt: skip


def declared(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*([^;}]+)", css))


def scheme(name: str) -> str:
    """The part of the sheet with the hex tokens of that scheme."""
    day, evening = BARE_CSS.split("@media (prefers-color-scheme: dark)", 1)
    return day if name == "day" else evening.split("@supports", 1)[0]


def colours(name: str, number: int) -> dict[str, str]:
    """Every token of a scheme as hex, for one hue."""
    fixed = {k: v for k, v in declared(scheme("day")).items() if v.startswith("#")}
    if name == "evening":
        fixed |= {k: v for k, v in declared(scheme("evening")).items() if v.startswith("#")}
    return fixed | hue.tokens(hue.DAY if name == "day" else hue.EVENING, number)


# What stands on what, and the least contrast it has by day and in the evening, over all hues.
PAIRS = [
    ("ink", "wall", 15.5, 16.0),
    ("ink", "card", 15.5, 14.0),
    ("ink", "tint", 13.8, 12.0),
    ("ink", "lamp-soft", 13.0, 12.0),
    ("soft", "wall", 8.7, 11.9),
    ("soft", "card", 8.7, 10.0),
    ("soft", "tint", 7.8, 9.0),
    ("link", "wall", 8.5, 11.9),
    ("link", "card", 8.5, 10.0),
    ("link", "tint", 7.6, 9.1),
    ("link", "lamp-soft", 8.3, 9.1),
    ("on-door", "door", 10.9, 9.9),
    ("on-door", "ground", 10.9, 9.9),
    ("on-act", "act", 10.9, 11.9),
    ("on-act", "act-deep", 10.9, 11.9),
    ("on-lamp", "lamp", 7.0, 7.0),
    ("brick", "brick-soft", 8.0, 9.2),
    ("brick", "wall", 7.0, 7.0),
    ("brick", "card", 7.0, 7.0),
    ("edge", "wall", 4.4, 4.8),
    ("edge", "card", 4.4, 4.8),
    ("edge", "tint", 4.4, 4.8),
    ("act", "wall", 10.0, 11.9),
    ("act", "card", 7.0, 7.0),
    ("lamp-edge", "wall", 3.7, 12.1),
    ("ink", "lamp", 3.0, 0.0),
    *(("on-tone", f"tone{n}", 12.6, 8.1) for n in range(1, 7)),
]


@pytest.mark.parametrize("name", ["day", "evening"])
def test_every_hue_can_be_read(name: str) -> None:
    for number in range(360):
        found = colours(name, number)
        for front, back, by_day, in_the_evening in PAIRS:
            least = by_day if name == "day" else in_the_evening
            ratio = hue.contrast(found[front], found[back])
            assert ratio >= least - 0.05, (number, front, back, round(ratio, 2))


@pytest.mark.parametrize(
    ("lightness", "chroma", "number", "hexadecimal"),
    [
        (1.0, 0.0, 0, "#ffffff"),
        (0.0, 0.0, 0, "#000000"),
        (0.6279553606, 0.2576833077, 29.2338811, "#ff0000"),
        (0.8664396116, 0.2948272403, 142.4953389, "#00ff00"),
        (0.4520137184, 0.3132143810, 264.0520206, "#0000ff"),
        (0.5998708, 0.0, 90, "#808080"),
    ],
)
def test_known_colours_come_out_as_the_standard_says(
    lightness: float, chroma: float, number: float, hexadecimal: str
) -> None:
    assert hue.oklch_to_hex(lightness, chroma, number) == hexadecimal


def test_black_on_white_is_twenty_one_to_one_in_either_order() -> None:
    assert hue.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert hue.contrast("#ffffff", "#000000") == pytest.approx(21)


def test_the_sheet_and_the_mathematics_name_the_same_colours() -> None:
    mixed = re.split(r"@supports \(color: oklch[^)]*\)\)", BARE_CSS)[1]
    day, evening = mixed.split("@media (prefers-color-scheme: dark)", 1)
    evening = evening.split("@media", 1)[0]
    for css, roles, name in ((day, hue.DAY, "day"), (evening, hue.EVENING, "evening")):
        found = {k: v for k, v in declared(css).items() if v.startswith("oklch")}
        assert found.keys() == roles.keys()
        for role, value in found.items():
            parts = re.fullmatch(r"oklch\(([\d.]+)% ([\d.]+) (?:var\(--hue\)|(\d+))\)", value)
            assert parts, (role, value)
            own = int(parts[3]) if parts[3] else None
            assert hue.Tone(round(float(parts[1]) / 100, 4), float(parts[2]), own) == roles[role]
            hexes = declared(scheme(name))
            assert hexes[role] == hue.tokens(roles, hue.DEFAULT_HUE)[role], (name, role)


def test_a_community_sheet_gives_its_hue_and_a_hex_for_every_role() -> None:
    sheet = hue.stylesheet(340)
    assert sheet.startswith(":root{--hue:340}")
    day, evening = sheet.split("prefers-color-scheme:dark")
    assert declared(day).items() >= hue.tokens(hue.DAY, 340).items()
    assert declared(evening) == hue.tokens(hue.EVENING, 340)


def test_a_community_sheet_leaves_paper_alone() -> None:
    for block in hue.stylesheet(20).split("@media")[1:]:
        assert block.startswith(" screen") or block.startswith("screen")


@pytest.mark.parametrize("number", [-1, 360, 1000])
def test_a_hue_outside_the_circle_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="0 to 359"):
        hue.stylesheet(number)


def test_the_sheet_knows_no_left_and_right() -> None:
    assert not re.findall(r"\b(?:left|right)\b", SCREEN_CSS)


def test_the_sheet_uses_nothing_old_browsers_drop_whole_rules_for() -> None:
    for forbidden in ("@layer", ":has(", ":is(", ":where(", "color-mix", "&", "@container"):
        assert forbidden not in BARE_CSS, forbidden
    assert not nested_rules(BARE_CSS), "CSS nesting"


def nested_rules(css: str) -> list[str]:
    """Selectors that open inside a rule that is no @-rule."""
    found: list[str] = []
    open_rules: list[bool] = []
    for head, mark in re.findall(r"([^{}]*)([{}])", css):
        if mark == "}":
            open_rules.pop()
            continue
        selector = head.split(";")[-1].strip()
        if open_rules and not open_rules[-1]:
            found.append(selector)
        open_rules.append(selector.startswith("@") and not selector.startswith("@page"))
    assert not open_rules, "braces do not match"
    return found


def test_nesting_would_be_seen() -> None:
    assert nested_rules("@media print { a { b { color: red } } }") == ["b"]


def test_colours_are_named_in_tokens_only() -> None:
    rest = re.sub(r"--[\w-]+:\s*[^;}]+|@supports[^{]*", "", BARE_CSS)
    assert not re.findall(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)\(", rest)


def test_letters_are_one_rem_or_more_but_in_the_phone_bar() -> None:
    sizes = re.findall(r"([^{}]*)\{[^{}]*font-size: (\.\d+)rem", SCREEN_CSS)
    assert [selector.strip() for selector, _size in sizes] == [".menu a"]
    assert not re.findall(r"font-size: [\d.]+px", BARE_CSS)


def test_the_sheet_script_and_signs_stay_small() -> None:
    budget = {"style.css": 12_000, "app.js": 3_000, "icons.svg": 3_000}
    for name, most in budget.items():
        assert len(brotli.compress((OWN_FOLDER / name).read_bytes())) <= most, name


def test_the_script_builds_no_markup_from_text() -> None:
    script = (OWN_FOLDER / "app.js").read_text()
    for forbidden in (
        "innerHTML",
        "outerHTML",
        "insertAdjacent",
        "eval(",
        "Function(",
        "document.write",
    ):
        assert forbidden not in script


def test_every_sign_that_is_asked_for_is_in_the_sprite() -> None:
    there = set(re.findall(r'<symbol id="([\w-]+)"', (OWN_FOLDER / "icons.svg").read_text()))
    for path, text in TEMPLATES.items():
        asked = set(re.findall(r'icon\("([\w-]+)"\)', text))
        asked |= set(re.findall(r'icons\.svg"\) }}#([\w-]+)"', text))
        asked |= set(re.findall(r'icon="([\w-]+)"', text))
        assert asked <= there, (path, asked - there)


def test_every_class_of_the_parts_is_drawn() -> None:
    drawn = set(re.findall(r"\.([a-z][\w-]*)", BARE_CSS)) | {"list"}
    html = stage.gallery(stage.filled_form(wrong=True))
    used = {name for value in re.findall(r'class="([^"]*)"', html) for name in value.split()}
    assert used <= drawn, used - drawn


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(Path(p).relative_to(TEMPLATE_DIR)))
def test_a_template_has_no_style_script_or_unescaped_text(path: Path) -> None:
    text = TEMPLATES[path]
    assert not re.search(r"\sstyle=|\son\w+=\"|<style|\|\s*safe|autoescape false", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)


def test_every_part_passes_the_strict_look_with_and_without_errors() -> None:
    for wrong in (False, True):
        check_html(stage.gallery(stage.filled_form(wrong=wrong)))


@pytest.mark.parametrize("facts", [{"signed_in": False}, {"acting": True}, {"language": "en"}])
def test_the_layout_holds_for_everyone(facts: dict[str, object]) -> None:
    tree = check_html(stage.gallery(seen=stage.visit(**facts)))
    assert [e.tag for e in tree.iter() if e.tag in ("header", "main", "footer")] == [
        "header", "main", "footer",
    ]  # fmt: skip
    assert sum(e.get("role") == "status" for e in tree.iter()) == 1


def test_a_wrong_form_says_so_in_the_title_and_leads_to_every_field() -> None:
    html = stage.gallery(stage.filled_form(wrong=True))
    tree = check_html(html)
    assert text_of(next(tree.iter("title"))) == "Fout: Onderdelen – Tijd voor elkaar Zuid"
    box = next(e for e in tree.iter() if e.get("id") == "wrong")
    assert box.get("tabindex") == "-1"
    ids = {e.get("id"): e for e in tree.iter() if e.get("id")}
    for link in box.iter("a"):
        field = ids[link.get("href", "").removeprefix("#")]
        assert field.tag in ("input", "select", "textarea")
    title = ids["title"]
    assert title.get("aria-invalid") == "true"
    assert title.get("aria-describedby") == "title-hint title-error"
    assert text_of(ids["title-error"]) == "Schrijf in één zin wat u vraagt."


def test_a_right_form_has_no_word_of_error() -> None:
    html = stage.gallery()
    assert "<title>Onderdelen – Tijd voor elkaar Zuid</title>" in html
    assert 'id="wrong"' not in html
    assert "aria-invalid" not in html


def test_what_was_typed_stands_in_the_form_again() -> None:
    tree = check_html(stage.gallery(stage.filled_form(wrong=True)))
    ticked = {
        (e.get("name"), e.get("value")) for e in tree.iter("input") if e.get("checked") is not None
    }
    assert ticked == {
        ("likes", "cook"), ("likes", "fix"), ("shape", "together"), ("own", "1"),
        ("on_choice", "other"), ("takes_choice", "90"),
    }  # fmt: skip
    typed = {e.get("name"): e.get("value") for e in tree.iter("input")}
    assert (typed["on_day"], typed["on_month"], typed["on_year"]) == ("3", "2", "2026")
    assert next(tree.iter("textarea")).text == "Ik moet er om half tien zijn."


def test_a_form_carries_its_token_and_its_key_once() -> None:
    html = stage.piece(
        '{{ ask.start(form, "/zuid/x", visit) }}{{ ask.end() }}', form=Form("/", key="K")
    )
    assert html.count('name="_csrf"') == 1
    assert html.count('name="_key" value="K"') == 1
    html = stage.piece(
        '{{ ask.start(form, "/zuid/x", visit, method="get") }}', form=Form("/", key="K")
    )
    assert "_csrf" not in html
    assert "_key" not in html


def test_a_password_never_comes_back() -> None:
    form = Form("/", sent={"secret": ["koffie"]})
    html = stage.piece(
        '{{ ask.password(form, "secret", "Wachtwoord", "current-password") }}', form=form
    )
    assert "koffie" not in html


def test_a_field_sent_twice_shows_the_first() -> None:
    form = Form("/", sent={"title": ["een", "twee"]})
    assert 'value="een"' in stage.piece('{{ ask.text(form, "title", "Titel") }}', form=form)


def test_names_and_words_of_members_are_never_markup() -> None:
    evil = SimpleNamespace(id=UUID(int=1), call_name='<img src=x onerror="a">', full_name="x")
    html = stage.piece(
        '{{ ui.who(person, "<i>feit</i>") }}{{ ui.words("<b>vet</b>\\nregel") }}'
        '{{ _("Dag %(name)s", name=ui.name(person)) }}',
        person=evil,
    )
    assert "<img" not in html
    assert "<b>vet" not in html
    assert "<i>" not in html
    assert html.count('<bdi translate="no">&lt;img') == 2


@pytest.mark.parametrize(
    ("minutes", "signs"),
    [
        (0, []),
        (15, ["disc15"]),
        (150, ["disc60", "disc60", "disc30"]),
        (50, ["disc45"]),
        (3, ["disc15"]),
        (480, ["disc60"] * 8),
        (495, ["disc60"]),
        (1020, ["disc60"]),
        (-1020, ["disc0"]),
        (-90, ["disc0", "disc0"]),
    ],
)
def test_a_disc_is_an_hour_and_of_too_many_one_is_drawn(minutes: int, signs: list[str]) -> None:
    html = stage.piece("{{ ui.discs(minutes) }}", minutes=minutes)
    assert re.findall(r"#(disc\d+)", html) == signs


def test_beside_the_disc_of_many_hours_stands_their_number_to_be_seen_and_not_read_out() -> None:
    drawn = stage.piece("{{ ui.discs(1035) }}").strip()
    assert drawn.startswith('<span class="discs" aria-hidden="true">')
    assert re.sub(r"<[^>]*>", "", drawn) == "17"
    assert "<b>" not in stage.piece("{{ ui.discs(480) }}")


def test_a_moment_can_be_read_by_machines_too() -> None:
    html = stage.piece(
        "{{ ui.moment(at) }} {{ ui.day(on) }}",
        at=datetime(2026, 3, 7, 11, 4, tzinfo=UTC),
        on=date(2026, 3, 8),
    )
    assert '<time datetime="2026-03-07T11:04:00+00:00">zaterdag 7 maart, 12.04 uur</time>' in html
    assert '<time datetime="2026-03-08">zondag 8 maart</time>' in html


def test_acting_for_somebody_stands_above_every_page_until_it_stops() -> None:
    tree = check_html(stage.gallery(seen=stage.visit(acting=True)))
    above = next(e for e in tree.iter("div") if e.get("class") == "behalf")
    assert "U handelt nu voor Jan Willem, nummer" in text_of(above)
    assert "/zuid/session/acting-for/end" in [f.get("action") for f in above.iter("form")]
    assert "session/acting-for" not in stage.gallery()


@pytest.mark.parametrize("name", ["404", "500", "503", "refusal"])
def test_a_page_for_trouble_needs_no_community(name: str) -> None:
    nobody = SimpleNamespace(
        community=None, viewer=None, menu=[], said=None, csrf="", path="/", language="nl",
        languages=[("nl", "Nederlands")],
    )  # fmt: skip
    html = stage.templates().render(
        f"errors/{name}.html",
        {
            "visit": nobody, "url": lambda path: path, "now": stage.NOW, "today": stage.NOW.date(),
            "form": None, "status": 409, "sentence": "Dit was al gedaan.", "request_id": "r1",
        },
    )  # fmt: skip
    check_html(html)
