"""Every form there is: what is wrong is said and leads to its field (cases A2, A3, A4, S5, D1)."""

import re
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from tests import makers_exchanges as talks
from tests.house.test_forms import FINE, ROLES, own_forms, text_fields
from tests.house.town import Town
from tests.makers_posts import need
from tests.pages import FormOnPage, Page, text_of
from tests.world import Browser, World

pytestmark = pytest.mark.anyio

ROOT = Path(__file__).parent.parent.parent
ROOM = re.compile(r"Er passen (\d+) letters in")
UNSEEN = "\u200b" * 15


def _says_what_is_wrong(page: Page, what: str) -> None:
    """The summary, a link to each field, and the same words at the field, tied to it."""
    assert "<title>Fout: " in page.html, what
    assert page.html.count('id="wrong"') == 1, what
    by_id = {e.get("id"): e for e in page.tree.iter() if e.get("id")}
    for link in by_id["wrong"].iter("a"):
        name = link.get("href", "").removeprefix("#")
        assert name in by_id, f"{what}: no field {name}"
        assert f"{name}-error" in by_id, f"{what}: nothing said beside {name}"
        assert text_of(link) == text_of(by_id[f"{name}-error"]), what
        assert _is_tied(page.tree, by_id[name], f"{name}-error"), f"{what}: {name} is not tied"


def _is_tied(tree: Element, field: Element, error: str) -> bool:
    """The field, or the group around it, points at the sentence and says that it is wrong."""
    around = [e for e in tree.iter("fieldset") if field in list(e.iter())]
    places = [field, *around]
    tied = any(error in (e.get("aria-describedby") or "").split() for e in places)
    return tied and any(e.get("aria-invalid") == "true" for e in places)


def _hidden(page: Page, form: FormOnPage) -> set[str]:
    """Fields that the page fills in itself."""
    return {
        str(e.get("name"))
        for element in page.tree.iter("form")
        if element.get("action") == form.action
        for e in element.iter("input")
        if e.get("type") == "hidden"
    }


async def _send(browser: Browser, form: FormOnPage, data: dict[str, object]) -> Page:
    answer = await browser.post(form.action, data=data | {"_key": ""})
    assert answer.status_code in FINE, f"{form.action}: {answer.status_code}"
    return Page(answer)


@pytest.mark.parametrize("role", ROLES)
async def test_a3_a4_whatever_is_left_out_is_saved_or_said_beside_its_field(
    role: str, town: Town
) -> None:
    browser = await town.browser(role)
    found = await own_forms(town, role, browser)
    for page, form in sorted(found, key=lambda pair: not text_fields(pair[1])):
        hidden = _hidden(page, form)
        kept = {name: value for name, value in form.data.items() if name in hidden}
        tries = {"nothing": kept} | {
            f"without {name}": {k: v for k, v in form.data.items() if k != name}
            for name in text_fields(form)
            if name not in hidden
        }
        for what, data in tries.items():
            answer = await _send(browser, form, data)
            if answer.status == 422:
                assert answer.errors(), f"{form.action} {what}: wrong, and no word about it"
                if any(shown.action == form.action for shown in answer.forms()):
                    _says_what_is_wrong(answer, f"{form.action} {what}")


@pytest.mark.parametrize("role", ["annie", "worker", "admin"])
async def test_a2_each_text_field_takes_exactly_what_it_says(role: str, town: Town) -> None:
    """Twenty line ends as a browser sends them, and emoji: counted as people count."""
    browser = await town.browser(role)
    tried = 0
    for page, form in await own_forms(town, role, browser):
        for name, limit in _rooms(page, form).items():
            tried += 1
            full = "a\r\n" * 20 + "😀" * 20 + "é" * (limit - 60)
            fits = await _send(browser, form, form.data | {name: full})
            assert not _too_long(fits, name), f"{form.action} {name}: {fits.errors()}"
            over = await _send(browser, form, form.data | {name: full + "x"})
            assert over.status in (404, 409) or _too_long(over, name), (
                f"{form.action} {name} takes more than {limit}"
            )
    assert tried > 2


def _too_long(page: Page, name: str) -> bool:
    """Whether the page says that what was typed here is too long (a list of numbers may have
    more against it)."""
    links = [e for e in page.tree.iter("a") if e.get("href") == f"#{name}"]
    return any("letters" in text_of(link) for link in links)


def test_a2_every_field_of_many_lines_says_how_much_fits() -> None:
    for file in sorted((ROOT / "templates").rglob("*.html")):
        for call in re.findall(r"ask\.area\(.*?\) }}", file.read_text("utf-8")):
            assert "limit=" in call, f"{file.name}: {call}"


def _rooms(page: Page, form: FormOnPage) -> dict[str, int]:
    """Field and room of each text field of this form that says how much fits."""
    by_id = {e.get("id"): e for e in page.tree.iter() if e.get("id")}
    rooms = {}
    for name in form.data:
        hint = by_id.get(f"{name}-hint")
        said = ROOM.search(text_of(hint)) if hint is not None else None
        if said:
            rooms[name] = int(said[1])
    return rooms


@pytest.mark.parametrize("role", ROLES)
async def test_n1_s5_words_nobody_can_see_and_pages_that_stood_open_are_refused_in_words(
    role: str, town: Town
) -> None:
    browser = await town.browser(role)
    tried = 0
    for page, form in await own_forms(town, role, browser):
        late = await _send(browser, form, form.data | {"_csrf": "AAAA"})
        assert late.status in (403, 429), f"{form.action}: {late.status}"
        assert any("stond lang open" in error for error in late.errors()), form.action
        for name in _typed(page, form):
            tried += 1
            answer = await _send(browser, form, form.data | {name: UNSEEN})
            assert answer.status in (404, 409, 422, 429), f"{form.action} {name}: {answer.status}"
    assert tried


def _typed(page: Page, form: FormOnPage) -> list[str]:
    """Fields of this form into which people type words."""
    for element in page.tree.iter("form"):
        if element.get("action") == form.action:
            return [
                str(e.get("name"))
                for e in element.iter()
                if e.tag == "textarea" or (e.tag == "input" and e.get("type") in ("text", "email"))
            ]
    return []


FULL = "a\r\n" * 20 + "😀" * 20


@pytest.mark.parametrize(
    ("path", "action", "field", "limit", "more"),
    [
        ("/posts/new?direction=need", "/posts", "words", 1500, {"title": "Lamp"}),
        ("/posts/new?direction=need", "/posts", "title", 80, {}),
        ("/posts/{post}/replies/new", "/replies", "words", 2000, {}),
        ("/exchanges/{talk}", "/messages", "words", 2000, {}),
        ("/exchanges/{planned}/cancellation", "/cancellation", "words", 300, {"reason": "other"}),
        ("/exchanges/{planned}/done", "/done", "thanks", 300, {"time_choice": "60"}),
        ("/exchanges/{booked}/repair", "/repair", "words", 600, {}),
        ("/reports/new?about=post&id={post}", "/reports", "words", 1000, {"reason": "rude"}),
        ("/parties/me/edit", "/parties/me", "likes", 600, {"phone": "06 12341234"}),
        ("/parties/me/edit", "/parties/me", "call_name", 40, {"phone": "06 12341234"}),
    ],
)
async def test_a2_what_fits_the_form_fits_the_books_and_comes_back_whole(
    world: World, path: str, action: str, field: str, limit: int, more: dict[str, str]
) -> None:
    await world.admin("Joris Smit")
    await world.worker("Samira Bouali")
    anna, bob = await world.member("Anna de Vries"), await world.member("Bob Bakker")
    ids = {
        "post": await need(world, bob, "Wie leest voor?"),
        "talk": await talks.talk(world, bob, anna),
        "planned": await talks.planned(world, bob, anna, on_date=world.clock().date()),
        "booked": await talks.confirmed(world, bob, anna),
    }
    one_line = field in ("title", "call_name")
    full = "IJ" + "é" * (limit - 2) if one_line else FULL + "é" * (limit - 60)
    browser = await anna.browser()
    page = await browser.page(path.format(**ids))
    over = await browser.submit(page, action, status=422, **more | {field: full + "x"})
    assert f'href="#{field}"' in over.html
    assert over.form(action).data[field].replace("\r\n", "\n") == (full + "x").replace("\r\n", "\n")
    form = over.form(action)
    answer = await browser.post(form.action, data=form.data | more | {field: full})
    assert answer.status_code == 303, Page(answer).errors()
