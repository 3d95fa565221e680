"""The engine renders what the stock one renders; what is constant is put in beforehand."""

from collections.abc import Callable
from typing import Any

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined, nodes
from jinja2.exceptions import UndefinedError
from markupsafe import Markup

from timebank.web.engine import Engine
from timebank.web.static_files import Assets
from timebank.web.templates import Templates

PAGES = {
    "macros": """
        {% macro name(person, full=False) %}
          <b>{{ person.full if full else person.call }}</b>
        {% endmacro %}
        {% macro box(title) %}<p>{{ title }}: {{ caller() }}</p>{% endmacro %}
    """,
    "layout": "{% import 'macros' as m %}<title>{% block title %}{% endblock %}</title>"
    "{% set side %}{% block side %}<i>{% endblock %}{% endset %}{{ side }}{% block main %}{% endblock %}",
    "page": """
        {% extends "layout" %}{% import "macros" as m %}
        {% block title %}{{ say("Dag & welkom") }}{% endblock %}
        {% block side %}{{ super() }}{{ m.name(people[0], full=True) }}{% endblock %}
        {% block main %}
          {% for person in people %}{{ loop.index }}{{ loop.cycle("<", ">") }}{{ m.name(person) }}
            {% call m.box(say("Wie is %s?", person.call)) %}{{ person.call|upper }}{{ "&" }}{% endcall %}
          {% else %}{{ say("niemand") }}{% endfor %}
          {{ words }}{{ words|length }}{{ 3 * 7 }}{{ markup }}{{ range(3)|join("<") }}
          {{ say(*["Met %s", "ster"]) }}{{ say("Met %s", **{}) if people|length > 9 }}{{ none }}{{ true }}
        {% endblock %}
    """,
}
VALUES: dict[str, Any] = {
    "people": [{"call": "<Bep>", "full": "Bep & Co"}, {"call": "Ahmed", "full": "Ahmed"}],
    "words": 'a "quoted" <word> & more', "markup": Markup("<hr>"),
}  # fmt: skip


class Counting:
    """A function that knows how often it was called."""

    def __init__(self, say: Callable[..., str]) -> None:
        self.calls = 0
        self._say = say

    def __call__(self, *given: Any) -> str:
        self.calls += 1
        return self._say(*given)


def say(text: str, *values: str) -> str:
    return text % values if values else text


def engine(function: Callable[..., str], pages: dict[str, str]) -> Engine:
    return Engine(
        constants={"say": function}, loader=DictLoader(pages), undefined=StrictUndefined,
        auto_reload=False,
    )  # fmt: skip


def test_pages_come_out_as_the_stock_engine_makes_them() -> None:
    stock = Environment(autoescape=True, loader=DictLoader(PAGES), undefined=StrictUndefined)
    stock.globals["say"] = say
    ours = engine(say, PAGES)
    expected = stock.get_template("page").render(**VALUES)
    assert "&lt;Bep&gt;" in expected and "Dag &amp; welkom" in expected
    assert ours.get_template("page").render(**VALUES) == expected
    assert ours.get_template("page").render(**VALUES | {"people": [VALUES["people"][0]] * 12}) == (
        stock.get_template("page").render(**VALUES | {"people": [VALUES["people"][0]] * 12})
    )


def test_a_sentence_of_constants_is_made_once() -> None:
    counting = Counting(say)
    made = engine(counting, {"page": '{{ say("Dag") }}{{ say("Dag %s", who) }}'})
    page = made.get_template("page")
    at_start = counting.calls
    assert [page.render(who=who) for who in ("<a>", "b")] == ["DagDag &lt;a&gt;", "DagDag b"]
    assert counting.calls == at_start + 2


def test_what_a_constant_function_gives_is_escaped_unless_it_is_markup() -> None:
    pages = {"page": '{{ say("<b>") }}'}
    assert engine(say, pages).get_template("page").render() == "&lt;b&gt;"
    assert engine(Markup, pages).get_template("page").render() == "<b>"


def test_a_name_that_is_not_there_is_still_a_mistake() -> None:
    made = engine(say, {"page": "{{ nobody }}", "called": "{{ nobody() }}"})
    for name in ("page", "called"):
        with pytest.raises(UndefinedError):
            made.get_template(name).render()


def test_no_template_gives_another_meaning_to_a_function_that_is_called_beforehand() -> None:
    engine = Templates(Assets.load()).env
    reserved = {"_", "ngettext", "pgettext", "npgettext", "asset", "icon"}
    found = []
    for name in engine.list_templates():
        source, _file, _fresh = engine.loader.get_source(engine, name)
        tree = engine.parse(source)
        given = {node.name for node in tree.find_all(nodes.Macro)}
        given |= {node.name for node in tree.find_all(nodes.Name) if node.ctx != "load"}
        for imported in tree.find_all(nodes.FromImport):
            given |= {n if isinstance(n, str) else n[1] for n in imported.names}
        found += [(name, word) for word in given & reserved]
    assert engine.list_templates()
    assert found == []
