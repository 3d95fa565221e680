"""What a page says after an act: a code in the address, which counts only with the short-lived cookie
that the act itself left behind (`cookies.said`): a link says nothing."""

from collections.abc import Callable

from timebank.kernel.i18n import gettext as _

_SAID: dict[str, Callable[[], str]] = {
    "already": lambda: _("Dit was al gedaan. U hoeft niets meer te doen."),
    "saved": lambda: _("Het is bewaard."),
}


def after(code: str, sentence: Callable[[], str]) -> str:
    """Tie a code to its sentence: it worked, and what happens next. Returns the code.
    Raises ValueError when it has one already."""
    if code in _SAID:
        raise ValueError(f"the code {code} has a sentence already")
    _SAID[code] = sentence
    return code


def codes() -> list[str]:
    """Every code that has a sentence."""
    return sorted(_SAID)


def sentence(code: str | None) -> str | None:
    """The sentence for a code in an address; an unknown code says nothing."""
    found = _SAID.get(code or "")
    return found() if found else None
