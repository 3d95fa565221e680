"""A real browser on a real server, in the same event loop as the makers of people."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import pytest
from playwright.async_api import Browser, Page, async_playwright

from tests.browser.find import VARIABLE
from tests.house.pseudo import made_up
from tests.world import Member, World
from timebank.web.deadline import Limits
from timebank.web.serve import QuietServer, ServeConfig, listen

__all__ = ["LARGE_LETTERS", "Opens", "address", "chromium", "launched", "made_up", "opens"]

PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
async def address(wall: Any) -> AsyncIterator[str]:
    """Where the app is served, on a port of its own."""
    socket = listen("127.0.0.1", 0)
    ready = asyncio.Event()
    config = ServeConfig(_no_lifespan(wall), limits=Limits(), workers=1)
    server = QuietServer(config, ready.set)
    server.config.lifespan = "off"
    serving = asyncio.create_task(server.serve(sockets=[socket]))
    await ready.wait()
    yield f"http://127.0.0.1:{socket.getsockname()[1]}"
    server.should_exit = True
    await serving


def _no_lifespan(wall: Any) -> Any:
    """The app was started by the fixture `wall`; the server must not start it again."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await wall(scope, receive, send)

    return app


@asynccontextmanager
async def launched(*more: str) -> AsyncIterator[Browser]:
    """A browser; `more` are switches of its command line."""
    found = os.environ.get(VARIABLE)
    if not found:
        pytest.skip("there is no browser: the browser tests are left out")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=found, args=["--disable-dev-shm-usage", *more]
        )
        yield browser
        await browser.close()


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """The browser, started once."""
    async with launched() as browser:
        yield browser


LARGE_LETTERS = "--blink-settings=defaultFontSize=24"
"""Of somebody who set letters to 150 %: 24 px instead of 16, in every `rem` and every `em` of a
media query."""
Opens = Callable[..., AbstractAsyncContextManager[Page]]


@pytest.fixture
def opens(chromium: Browser, address: str, world: World) -> Opens:
    """`async with opens(member, phone=True, script=False, dark=True, language="en") as page`."""

    @asynccontextmanager
    async def open_page(
        member: Member | None = None, *, phone: bool = False, script: bool = True,
        dark: bool = False, language: str = "nl", browser: Browser = chromium, **more: Any,
    ) -> AsyncIterator[Page]:  # fmt: skip
        context = await browser.new_context(
            base_url=address, viewport=PHONE if phone else DESKTOP, java_script_enabled=script,
            color_scheme="dark" if dark else "light", locale="nl-NL", **more,
        )  # fmt: skip
        cookies = [{"name": "lang", "value": language, "url": address}]
        if member is not None:
            held = await world.signed_in(member)
            token = held.cookies[f"session-{world.slug}"]
            cookies.append({"name": f"session-{world.slug}", "value": token, "url": address})
        await context.add_cookies(cookies)
        page = await context.new_page()
        page.set_default_timeout(8000)
        problems: list[str] = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda m: problems.append(m.text) if m.type == "error" else None)
        yield page
        await context.close()
        ours = [p for p in problems if "status of 4" not in p and "status of 5" not in p]
        assert not ours, ours

    return open_page
