"""What pages are measured beside: an empty handler, and a bare page.

A bare page has the same bytes as the real one. It is rendered by the same template engine, its
words filled in one by one, from a handler with one query of 20 rows: no session, no translation,
no rights, no counts. It stands behind nothing: no wall, no headers, no compression.
"""

import html
import os
import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from jinja2 import Environment, Template
from litestar import Litestar, Response, get

from timebank.kernel.db import open_pool
from timebank.web.serve import serve

QUERY = "select id, name, slug from community, generate_series(1, 20) n order by n"
_ENGINE = Environment(
    autoescape=True, variable_start_string="«", variable_end_string="»", block_start_string="«%",
    block_end_string="%»", comment_start_string="«#", comment_end_string="#»",
)  # fmt: skip
"""Signs that no page of ours has."""
_TEXT = re.compile(r">([^<>]*[^\s<>][^<>]*)<")


def as_template(page: str) -> tuple[Template, dict[str, str]]:
    """A template that renders this page, and the words it is filled with."""
    words: dict[str, str] = {}

    def hole(found: re.Match[str]) -> str:
        name = f"w{len(words)}"
        words[name] = html.unescape(found[1])
        return f">«{name}»<"

    return _ENGINE.from_string(_TEXT.sub(hole, page)), words


def make_app(database_url: str, folder: Path) -> Litestar:
    """The empty handler at /empty, and each page of the folder at /bare/{name}."""
    pages = {path.stem: as_template(path.read_text("utf-8")) for path in folder.glob("*.html")}

    @get("/empty", media_type="text/plain")
    async def empty() -> str:
        """Nothing."""
        return "ok"

    @get("/bare/{name:str}")
    async def page(name: str) -> Response[str]:
        """One query, one template."""
        template, words = pages[name]
        rows = await app.state.pool.fetch(QUERY)
        text = template.render(words, rows=rows)
        return Response(text, media_type="text/html")

    @asynccontextmanager
    async def lifespan(app: Litestar) -> AsyncGenerator[None, None]:
        app.state.pool = await open_pool(database_url, size=8)
        yield
        app.state.pool.terminate()

    handlers: list[Any] = [empty, page]
    app = Litestar(
        handlers, lifespan=[lifespan], openapi_config=None, logging_config=None, debug=False
    )
    return app


if __name__ == "__main__":
    serve(
        make_app(os.environ["DATABASE_URL"], Path(os.environ["BENCH_PAGES"])),
        port=int(os.environ["PORT"]),
    )
