"""The template environment: strict, escaping, speaking the reader's language."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from jinja2 import BaseLoader, FileSystemLoader, StrictUndefined
from jinja2_fragments import render_block
from markupsafe import Markup

from timebank.kernel import words
from timebank.kernel.dates import local_date
from timebank.kernel.i18n import gettext, language, ngettext, npgettext, pgettext
from timebank.kernel.names import initials
from timebank.kernel.numbers import group_number, short_number
from timebank.kernel.qr import qr
from timebank.kernel.text import capital, isolated
from timebank.web.engine import Constant, Engine
from timebank.web.policy import may, may_go
from timebank.web.static_files import Assets

TEMPLATE_DIR = Path(__file__).parent.parent.parent / "templates"


class _Page(msgspec.Struct, frozen=True):
    """What the macros need to know of the page they stand on."""

    url: Callable[[str], str]
    now: datetime
    today: date


# Macros are imported without context, so that a module of them is made once and not for every
# page; what they need of the page stands here while it is rendered.
_page: ContextVar[_Page] = ContextVar("page")


def _sentence(text: str, values: dict[str, Any]) -> Markup:
    """A translated sentence: our own words are markup, what is filled in is escaped.

    Most sentences have nothing to fill in; the engine's own extension formats every one.
    """
    if values:
        return Markup(text) % values  # noqa: S704  # the text comes from a catalogue, not a person
    return Markup(text.replace("%%", "%") if "%%" in text else text)  # noqa: S704  # likewise


def _say(message: str, /, **values: Any) -> Markup:
    return _sentence(gettext(message), values)


def _say_many(one: str, many: str, n: int, /, **values: Any) -> Markup:
    return _sentence(ngettext(one, many, n), values)


def _say_in(context: str, message: str, /, **values: Any) -> Markup:
    return _sentence(pgettext(context, message), values)


def _say_many_in(context: str, one: str, many: str, n: int, /, **values: Any) -> Markup:
    return _sentence(npgettext(context, one, many, n), values)


_SAYING: dict[str, Constant] = {
    "_": _say, "ngettext": _say_many, "pgettext": _say_in, "npgettext": _say_many_in,
}  # fmt: skip


@contextmanager
def on_page(url: Callable[[str], str], now: datetime, today: date) -> Iterator[None]:
    """While inside, macros speak of this page."""
    token = _page.set(_Page(url, now, today))
    try:
        yield
    finally:
        _page.reset(token)


class Templates:
    """Renders pages and blocks of pages. Made once; templates never query."""

    def __init__(self, assets: Assets, folder: Path = TEMPLATE_DIR) -> None:
        self.loader: BaseLoader = FileSystemLoader(folder)
        self._assets = assets
        self._engines: dict[str, Engine] = {}

    @property
    def env(self) -> Engine:
        """The engine that speaks the reader's language: made when the first such reader comes."""
        code = language.get()
        if code not in self._engines:
            self._engines[code] = self._engine()
        return self._engines[code]

    def _engine(self) -> Engine:
        engine = Engine(
            constants={**_SAYING, "asset": self._assets.address, "icon": cache(self._icon)},
            loader=self.loader,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            extensions=["jinja2.ext.do"],
        )
        engine.filters["isolated"] = isolated
        engine.filters["local_date"] = local_date
        engine.filters["capitalize"] = capital  # the Dutch way: IJ stays whole
        engine.globals.update(
            url=lambda path: _page.get().url(path),
            day=lambda d: words.day(d, _page.get().today),
            moment=lambda at: words.moment(at, _page.get().now),
            relative=lambda d: words.relative(d, _page.get().today),
            duration=words.duration,
            initials=initials,
            joined=words.joined,
            may=may,
            may_go=may_go,
            qr=qr,
            number=group_number,
            short_number=short_number,
        )
        return engine

    def _icon(self, name: str) -> Markup:
        """A sign beside words; those that point along the line turn round where it runs leftwards."""
        shape = " flip" if name == "arrow" else ""
        sign = '<svg class="ico{shape}" aria-hidden="true"><use href="{file}#{name}"/></svg>'
        return Markup(sign).format(  # noqa: S704  # the text stands right here
            shape=shape, file=self._assets.address("icons.svg"), name=name
        )

    def part(self, name: str, context: dict[str, Any]) -> Markup:
        """A whole small template, as markup for another one."""
        return Markup(self.render(name, context))  # noqa: S704  # escaped where it was rendered

    def render(self, name: str, context: dict[str, Any], block: str | None = None) -> str:
        """The whole page, or one block of it."""
        with on_page(context["url"], context["now"], context["today"]):
            if block is not None:
                return render_block(self.env, name, block, **context)
            return self.env.get_template(name).render(**context)
