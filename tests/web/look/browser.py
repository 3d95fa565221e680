"""A real browser on the gallery: every address is answered from memory, with the real headers."""

import os
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, Route

from tests.browser.find import find_browser
from tests.web.look import stage
from timebank.web.hue import stylesheet
from timebank.web.security_headers import CONTENT_SECURITY_POLICY

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
HOST = "http://zuid.test"


def open_browser(playwright: Playwright) -> Browser:
    """The browser that is there. On a machine that checks the project its absence is a failure."""
    found = find_browser()
    if not found:
        if os.environ.get("CI") == "true":
            pytest.fail("no browser to be found")
        pytest.skip("no browser to be found")
    return playwright.chromium.launch(executable_path=found, args=["--disable-dev-shm-usage"])


def serve(context: BrowserContext, pages: dict[str, str], hue: int = 168) -> list[str]:
    """Answer this context's requests; gives the list that its paths are added to."""
    asked: list[str] = []
    assets = {asset.address: asset for asset in stage.ASSETS}

    def answer(route: Route) -> None:
        path, _mark, _query = route.request.url.removeprefix(HOST).partition("?")
        asked.append(path)
        if path in assets:
            route.fulfill(body=assets[path].body, content_type=assets[path].content_type)
        elif path == "/zuid/style.css":
            route.fulfill(body=stylesheet(hue), content_type="text/css")
        elif path in pages:
            headers = {"Content-Security-Policy": CONTENT_SECURITY_POLICY}
            route.fulfill(
                body=pages[path], content_type="text/html; charset=utf-8", headers=headers
            )
        else:
            route.fulfill(status=404, body="")

    context.route("**/*", answer)
    return asked


VIOLATED = """tags => axe.run(document, {runOnly: tags}).then(found => ({
  passes: found.passes.length,
  violations: found.violations.map(v => `${v.id}: ${v.nodes[0].html.slice(0, 200)}`),
}))"""
"""Only this comes over: all that axe finds right is megabytes, and took most of the time."""


def violations(page: Any) -> list[str]:
    """What axe finds on the page as it stands: rule and first piece of markup."""
    page.evaluate(AXE)
    found = page.evaluate(VIOLATED, TAGS)
    assert found["passes"] > 10, "axe did not run"
    return list(found["violations"])
