"""Forms: from what a browser sent to a closed Struct, with everything that is wrong said at once.

A Struct's field says how it is read: `title: Annotated[str, Line(80)]`. Fields the Struct does
not know, and single fields sent twice, are refused. Rules between fields, and of days, stand in the
Struct's own `check()`, which returns sentences by field. What such a rule must know beside the form
(today, the places there are) is handed to `read` by name, and comes to `check` so:
`form.read(RoleForm, today=visit.today)`, `def check(self, *, today)`.

`check` runs too when some fields were wrong, so that people hear everything at once. Such a field
holds UNREAD, which makes comparisons fail by themselves; only a rule that calls or counts with a
value asks `is_read` first. Of two sentences for one field the first stays.
"""

import hashlib
import re
from collections.abc import Mapping
from typing import (
    Annotated,
    Any,
    Protocol,
    TypeVar,
    get_args,
    get_origin,
    get_type_hints,
    runtime_checkable,
)

import msgspec

from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import Conflict, Invalid

T = TypeVar("T", bound=msgspec.Struct)
OWN = frozenset({"_csrf", "_key", "_seen", "_on"})
"""Fields that belong to the form machinery and never reach a Struct."""


_UNSHOWABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
    "|["
    + "".join(chr(plane << 16 | last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
"""Control characters, surrogates and noncharacters: not allowed in a page (HTML, 13.2.3.5)."""


class NothingForm(msgspec.Struct):
    """A form with a button and nothing else."""


class BadField(Exception):
    """One field cannot be used; the sentence says how to mend it."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Blank(Exception):
    """Nothing was filled in; the reader decides whether that is allowed."""


@runtime_checkable
class Field(Protocol):
    """Reads one value out of the form. `names` are the inputs it is made of."""

    def names(self, name: str) -> tuple[str, ...]: ...

    def read(self, name: str, sent: Mapping[str, list[str]]) -> Any: ...

    def missing(self) -> str: ...


class _Unread:
    """What stands in a field that could not be read, while `check` runs: it is something, but it
    equals and differs from nothing, is no more and no less than anything, and holds nothing."""

    def _never(self, _other: object) -> bool:
        return False

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __contains__ = _never
    __hash__ = object.__hash__


UNREAD: Any = _Unread()


def is_read(*values: object) -> bool:
    """Whether all of these fields could be read."""
    return not any(value is UNREAD for value in values)


class Form:
    """One form as the page shows it and the browser sends it back."""

    def __init__(
        self, action: str, *, sent: Mapping[str, list[str]] | None = None, key: str = ""
    ) -> None:
        self.action = action
        self.sent: dict[str, list[str]] = {k: v for k, v in (sent or {}).items() if k not in OWN}
        self.key = key
        self.seen = ""
        """Says on the page what stood there when it was made; a form that changes something has it."""
        self.came_with = ""
        self.errors: dict[str, str] = {}
        self.notice = ""

    @property
    def values(self) -> dict[str, str | list[str]]:
        """What stands in the fields: one text, or a list where several were sent. Characters that
        no page may hold are left out; `read` still refuses them."""
        shown = {k: [_UNSHOWABLE.sub("", text) for text in v] for k, v in self.sent.items()}
        return {k: v[0] if len(v) == 1 else v for k, v in shown.items()}

    def start_with(self, **values: str | list[str] | int | None) -> "Form":
        """Fill in what is known already, without touching what the person typed."""
        for name, value in values.items():
            if value is not None and name not in self.sent:
                self.sent[name] = value if isinstance(value, list) else [str(value)]
        return self

    def over(self, **values: str | list[str] | int | None) -> "Form":
        """As start_with, for a form that changes what is there: what is there goes along as a mark.
        What came back keeps what was typed whole, also a box that was unticked."""
        self.seen = _mark(values)
        return self if self.sent else self.start_with(**values)

    def demand_unchanged(self, **values: str | list[str] | int | None) -> None:
        """What stands there now, as `over` was given it. Raises Conflict once when that changed while
        somebody typed; the form comes back with what was typed, and sending it again is a choice."""
        if self.came_with and self.came_with != _mark(values):
            raise Conflict(
                _(
                    "Dit is veranderd terwijl u typte, door iemand anders of in een ander scherm."
                    " Hieronder staat wat u typte. Moet het zo worden? Verstuur het dan opnieuw."
                )
            )

    @property
    def says_today(self) -> bool:
        """Whether a day was chosen by its distance from now: what it means changes at midnight."""
        return any(
            name.endswith("_choice") and value in (["today"], ["tomorrow"], ["yesterday"])
            for name, value in self.sent.items()
        )

    def read(self, kind: type[T], **known: Any) -> T:
        """The Struct; its `check` gets what is `known`. Raises Invalid with one sentence for each
        field that is wrong."""
        return read(kind, self.sent, **known)


def _mark(values: Mapping[str, Any]) -> str:
    said = "\0".join(f"{name}={value or ''}" for name, value in sorted(values.items()))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def read(kind: type[T], sent: Mapping[str, list[str]], **known_too: Any) -> T:
    """As Form.read, for fields that came some other way (an address, a test). Raises Invalid."""
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    known: set[str] = set()
    defaults = _defaults(kind)
    fields = _fields(kind)
    for name, field in fields.items():
        names = field.names(name)
        known.update(names)
        try:
            values[name] = field.read(name, sent)
        except Blank:
            if name not in defaults:
                errors[name] = field.missing()
        except BadField as bad:
            errors[name] = bad.sentence
    if set(sent) - known:
        errors[""] = _("In dit formulier stond iets dat wij niet kennen. Open de pagina opnieuw.")
    values |= {name: UNREAD for name in errors if name}
    made = kind(**values)
    check = getattr(made, "check", None)
    if check is not None:
        errors = check(**known_too) | errors
    if errors:
        order = [*(name for name in fields if name in errors), *errors]
        raise Invalid({name: errors[name] for name in order})
    return made


def _fields(kind: type[msgspec.Struct]) -> dict[str, Field]:
    found: dict[str, Field] = {}
    for name, hint in get_type_hints(kind, include_extras=True).items():
        if get_origin(hint) is not Annotated:
            raise TypeError(f"{kind.__name__}.{name} does not say how it is read")
        found[name] = next(extra for extra in get_args(hint)[1:] if isinstance(extra, Field))
    return found


def _defaults(kind: type[msgspec.Struct]) -> set[str]:
    return {f.name for f in msgspec.structs.fields(kind) if not f.required}


def single(name: str, sent: Mapping[str, list[str]]) -> str:
    """The one value sent under `name`. Raises Blank, or BadField when it was sent twice."""
    values = sent.get(name, [])
    if len(values) > 1:
        raise BadField(_("Dit stond er twee keer. Vul het één keer in."))
    text = values[0] if values else ""
    if not text.strip():
        raise Blank
    return text
