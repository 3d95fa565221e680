"""The gallery in a real browser: fits any width, passes axe, and what the script adds."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.pictures import codes_in
from tests.web.look import browser, stage

pytestmark = pytest.mark.browser

PAGES = {
    "/wrong": stage.gallery(stage.filled_form(wrong=True)),
    "/right": stage.gallery(),
    "/acting": stage.little(stage.visit(acting=True, query={"said": "saved"})),
    "/outside": stage.little(stage.visit(signed_in=False)),
}
TEXT_SPACING = (
    "* { line-height: 1.5 !important; letter-spacing: .12em !important;"
    " word-spacing: .16em !important } p { margin-block-end: 2em !important }"
)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        made = browser.open_browser(playwright)
        yield made
        made.close()


@pytest.fixture
def complaints() -> Iterator[list[str]]:
    """What the browser complained about, the content policy included; a test may take some out."""
    heard: list[str] = []
    yield heard
    assert heard == []


@pytest.fixture
def visit(chromium: Browser, complaints: list[str]) -> Iterator[Callable[..., Page]]:
    """Opens a page of the gallery at some width."""
    contexts: list[BrowserContext] = []

    def opened(path: str, width: int = 390, height: int = 844, **how: Any) -> Page:
        hue = how.pop("hue", 168)
        context = chromium.new_context(
            viewport={"width": width, "height": height}, base_url=browser.HOST, **how
        )
        context.set_default_timeout(5000)
        contexts.append(context)
        browser.serve(context, PAGES, hue)
        page = context.new_page()
        page.on("console", lambda line: line.type == "error" and complaints.append(line.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()


def sideways(page: Page) -> int:
    """How many pixels the page can be scrolled sideways."""
    return int(
        page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    )


@pytest.mark.parametrize(
    ("width", "height", "scheme"),
    [(320, 640, "dark"), (390, 844, "light"), (1280, 900, "light"), (1280, 900, "dark")],
)
def test_every_part_passes_axe_and_fits(
    visit: Callable[..., Page], width: int, height: int, scheme: str
) -> None:
    for path in ("/wrong", "/acting", "/outside"):
        page = visit(path, width, height, color_scheme=scheme)
        assert sideways(page) == 0, path
        assert browser.violations(page) == [], path


def test_every_part_passes_axe_in_another_colour(visit: Callable[..., Page]) -> None:
    page = visit("/wrong", hue=110)
    assert (
        page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--hue')")
        == "110"
    )
    assert browser.violations(page) == []


def test_axe_would_see_pale_letters(visit: Callable[..., Page]) -> None:
    page = visit("/acting", bypass_csp=True)
    page.add_style_tag(content=".lead { color: #aaaaaa }")
    assert [v.split(":")[0] for v in browser.violations(page)] == ["color-contrast"]


@pytest.mark.parametrize(
    ("width", "height", "css"),
    [
        (320, 256, ""),  # 1280 x 1024 at 400 %
        (260, 563, ""),  # a phone of 390 px whose owner reads at 150 %
        (195, 422, ""),  # and at 200 %
        (390, 844, "html { font-size: 150% }"),
        (390, 844, TEXT_SPACING),
    ],
)
def test_large_letters_never_scroll_sideways(
    visit: Callable[..., Page], width: int, height: int, css: str
) -> None:
    for path in ("/wrong", "/acting", "/outside"):
        page = visit(path, width, height, bypass_csp=True)
        if css:
            page.add_style_tag(content=css)
        assert sideways(page) == 0, path


def test_from_right_to_left_it_fits_too(visit: Callable[..., Page]) -> None:
    for width in (320, 1280):
        page = visit("/wrong", width)
        page.evaluate("document.documentElement.dir = 'rtl'")
        assert sideways(page) == 0


def test_every_target_is_44_pixels_high(visit: Callable[..., Page]) -> None:
    page = visit("/wrong", 390)
    small = page.evaluate(
        """() => [...document.querySelectorAll('a, button, summary, select, textarea, .face')]
          .filter(e => !e.closest('p:not(.row):not(.back):not(.phone):not(.do), h3, .skip, .who'))
          .map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect().height])
          .filter(([, high]) => high > 0 && high < 44)"""
    )
    assert small == []


def test_the_bar_of_places_never_covers_what_has_the_focus(visit: Callable[..., Page]) -> None:
    page = visit("/right", 390, 700)
    bar = page.locator(".menu").bounding_box()
    assert bar
    for _press in range(60):
        page.keyboard.press("Tab")
        box = page.evaluate(
            """() => { const e = document.activeElement; const r = e.getBoundingClientRect();
              return e.closest('.menu') || e === document.body ? null : [r.top, r.bottom] }"""
        )
        if box:
            assert box[1] <= bar["y"] + 1 or box[1] - box[0] > bar["y"], box


def test_a_cold_page_takes_six_requests(chromium: Browser) -> None:
    context = chromium.new_context(base_url=browser.HOST)
    asked = browser.serve(context, PAGES)
    context.new_page().goto("/right", wait_until="networkidle")
    context.close()
    assert len(set(asked)) <= 6, asked


def test_focus_goes_to_what_is_wrong(visit: Callable[..., Page]) -> None:
    for script in (True, False):
        page = visit("/wrong", java_script_enabled=script)
        assert page.locator("#wrong").evaluate("e => e === document.activeElement")


def test_a_second_press_is_not_sent(visit: Callable[..., Page]) -> None:
    page = visit("/right")
    sent: list[str] = []
    held: list[Any] = []
    page.on("request", lambda request: sent.append(request.method))
    page.route("**/zuid/posts", lambda route: held.append(route))
    pressed = page.get_by_role("button", name="Vraag plaatsen").evaluate(
        "b => { const press = () => b.form.requestSubmit(b);"
        " press(); setTimeout(press, 100); return b.outerHTML }"
    )
    page.wait_for_timeout(400)
    assert sent.count("POST") == 1
    assert 'aria-busy="true"' in pressed
    assert "Bezig …" in pressed
    held[0].fulfill(status=204)


def test_a_lost_line_is_said_before_anything_is_sent(visit: Callable[..., Page]) -> None:
    page = visit("/right")
    page.context.set_offline(True)
    page.get_by_role("button", name="Vraag plaatsen").click()
    assert "Geen internet" in page.locator("#said").inner_text()


def test_a_password_can_be_shown_and_hidden(visit: Callable[..., Page]) -> None:
    page = visit("/right")
    page.fill("#secret", "samen koffie")
    page.get_by_role("button", name="Laat zien").click()
    assert page.get_attribute("#secret", "type") == "text"
    page.get_by_role("button", name="Verberg").click()
    assert page.get_attribute("#secret", "type") == "password"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_qr_code_reads_back_from_its_picture(visit: Callable[..., Page], scheme: str) -> None:
    page = visit("/right", 1280, 900, color_scheme=scheme)
    code = page.locator(".qr")
    assert codes_in(code.screenshot()) == [
        "https://zuid.test/zuid/notes/4f7k2qw8ztvx3mnd5pgh6rbj9c"
    ]
    box = code.bounding_box()
    assert box is not None and box["width"] == box["height"] >= 22 / 25.4 * 96
    page.locator(".qr path").evaluate("drawn => drawn.setAttribute('fill', '#fff')")
    assert codes_in(code.screenshot()) == []


def test_typing_another_day_chooses_it(visit: Callable[..., Page]) -> None:
    page = visit("/right")
    page.check("input[name=on_choice][value=today]", force=True)
    page.fill("#on_day", "24")
    assert page.is_checked("input[name=on_choice][value=other]")


def test_a_notice_that_came_along_is_put_into_the_live_part(visit: Callable[..., Page]) -> None:
    page = visit("/acting")
    page.wait_for_timeout(300)
    assert page.locator("#said").inner_text() == "Het is bewaard."


def test_after_a_swap_the_title_and_the_focus_follow(
    visit: Callable[..., Page], complaints: list[str]
) -> None:
    page = visit("/right", bypass_csp=True)
    page.route(
        "**/zuid/next",
        lambda route: route.fulfill(
            status=422,
            content_type="text/html",
            body='<h1>Verder</h1><section id="wrong" tabindex="-1"><h2>Mis</h2></section>',
        ),
    )
    page.evaluate("() => { htmx.ajax('GET', '/zuid/next', {target: '#page'}) }")
    page.wait_for_function("document.title.startsWith('Fout: Verder – ')")
    assert page.locator("#wrong").evaluate("e => e === document.activeElement")
    complaints.clear()  # a browser logs every 422


def test_a_request_without_an_answer_is_said_in_sight(
    visit: Callable[..., Page], complaints: list[str]
) -> None:
    page = visit("/right", bypass_csp=True)
    page.route("**/zuid/next", lambda route: route.abort())
    page.evaluate("() => { htmx.ajax('GET', '/zuid/next', {target: '#page'}).catch(() => 0) }")
    page.wait_for_function("document.getElementById('said').textContent !== ''")
    assert "Er kwam geen antwoord" in page.locator("#said").inner_text()
    complaints.clear()  # and every lost request
