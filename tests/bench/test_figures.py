"""One line a figure, and a verdict that can say no. No figure of this machine is judged here."""

import re

import pytest

from timebank.bench.bare import as_template
from timebank.bench.client import Answer, Strange, form_of
from timebank.bench.figures import Figure, at_least, at_most, percentile
from timebank.bench.filling import Size

LINE = re.compile(
    r"(?P<name>[a-z0-9_]+) (?P<value>[0-9.e+-]+) (?P<unit>[A-Za-z_]+) "
    r"(?P<reference>-|[a-z_]+=[0-9.e+-]+) (?P<ratio>-|[0-9.e+-]+) "
    r"(?P<target>(?:value|ratio)[<>]=[0-9.e+-]+) (?P<verdict>ok|short)"
)


def figure(value: float, beside: float | None = None, **target: object) -> Figure:
    return Figure(
        name="confirmations", value=value, unit="per_s",
        reference=None if beside is None else ("loop", beside),
        target=at_least(0.5) if beside is not None else at_most(100),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("found", "verdict"),
    [
        (figure(100.0), "ok"),
        (figure(100.1), "short"),
        (figure(500.0, 1000.0), "ok"),
        (figure(499.0, 1000.0), "short"),
        (figure(12345.678, 2.0), "ok"),
        (figure(0.00001, 1.0), "short"),
    ],
)
def test_a_line_can_be_read_back_and_judges(found: Figure, verdict: str) -> None:
    line = LINE.fullmatch(str(found))
    assert line is not None, str(found)
    assert line["verdict"] == verdict
    assert float(line["value"]) == pytest.approx(found.value, rel=0.01)
    if found.reference is not None:
        name, value = line["reference"].split("=")
        assert name == "loop"
        assert float(line["ratio"]) == pytest.approx(found.value / float(value), rel=0.01)


def test_what_has_nothing_to_be_judged_beside_is_short() -> None:
    assert not Figure(name="a", value=1, unit="ms", target=at_least(0.5)).ok
    assert not figure(5.0, 0.0).ok


def test_the_95th_percentile_leaves_five_of_a_hundred_above_it() -> None:
    values = [float(n) for n in range(1, 101)]
    assert percentile(values[::-1], 0.95) == 96
    assert percentile([3.0], 0.95) == 3
    with pytest.raises(ValueError, match="nothing"):
        percentile([], 0.95)


def test_a_bare_page_has_the_same_bytes() -> None:
    page = '<!doctype html><p class="a">Dag <b>Annie &amp; Jan</b></p>\n<script src="x"></script>{{ x }}'
    template, words = as_template(page)
    assert template.render(words) == page
    assert "Annie & Jan" in words.values()


def test_a_form_is_found_by_where_it_goes() -> None:
    page = Answer(
        200, {},
        b'<form action="/zuid/exchanges/7/confirmation"><input type="hidden" name="_key" value="k">'
        b'<input type="hidden" name="minutes" value="15"></form><form action="/zuid/session"></form>',
    )  # fmt: skip
    address, fields = form_of(page, "/exchanges/7/confirmation")
    assert address == "/zuid/exchanges/7/confirmation"
    assert fields == {"_key": "k", "minutes": "15"}
    with pytest.raises(Strange):
        form_of(page, "/exchanges/8/confirmation")


def test_communities_differ_in_size_and_are_a_million_together() -> None:
    posts = Size(500).posts
    assert sum(posts) == pytest.approx(1_000_000, rel=0.01)
    assert 10_000 < posts[0] < 20_000
    assert 1_000 < sorted(posts)[250] < 2_000
