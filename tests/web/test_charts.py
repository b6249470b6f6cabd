"""Charts: geometry that adds up, and pictures that can be read without seeing or colours (UI-1)."""

import re
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as some

from advocacy.web.charts import Chart, Point, Series
from advocacy.web.shapes import PLOT, TOP, Pace, along, percent, steps_to

LOW, HIGH = Series("Low", 3), Series("High", 1)


def chart(*values: tuple[float, ...], **kwargs: Any) -> Chart:
    """A chart of points A, B, C, …"""
    points = [
        Point(f"Point {letter}", of, letter, url=f"/rows/{letter}/")
        for letter, of in zip("ABCDEFGHIJKL", values, strict=False)
    ]
    parts = [LOW, HIGH][: len(values[0])]
    return Chart("sample", "Sample", "how many there are", "Letter", parts, points, **kwargs)


def drawn(name: str, **context: Any) -> str:
    return render_to_string(f"components/chart_{name}.html", context)


@given(some.floats(0, 1e9, allow_nan=False))
def test_steps_are_few_and_round(highest: float) -> None:
    """UI-2.b: from nothing to at least the highest, in three to six steps that read well."""
    steps = steps_to(highest)
    assert steps[0] == 0
    assert steps[-1] >= highest
    assert 2 <= len(steps) <= 6
    assert re.fullmatch(r"[125]0*", str(int(steps[1])))


@given(
    some.lists(some.tuples(some.integers(0, 500), some.integers(0, 500)), min_size=1, max_size=12)
)
def test_bars_stand_on_the_ground_and_add_up(values: list[tuple[int, int]]) -> None:
    """UI-2.b: parts stand on each other, none leaves the picture, and together they are as high
    as their sum.
    """
    sample = chart(*values)
    highest = steps_to(max(sum(of) for of in values))[-1]
    for column, of in zip(sample.columns, values, strict=True):
        tops = [float(mark.y) for mark in column.marks]
        assert tops == sorted(tops, reverse=True)
        assert all(TOP - 0.1 <= top <= TOP + PLOT for top in tops)
        if tops:
            assert tops[-1] == pytest.approx(TOP + PLOT * (1 - sum(of) / highest), abs=0.1)


def test_parts_of_a_line_fill_it() -> None:
    """UI-2.b: one after the other, nothing between them."""
    marks = along([1, 1, 2], 4, shades=(1, 2, 3))
    assert [(m.x, m.width) for m in marks] == [
        ("0.00%", "25.00%"),
        ("25.00%", "25.00%"),
        ("50.00%", "50.00%"),
    ]


def test_a_picture_says_what_it_shows() -> None:
    """UI-1.b, UI-2.b: name, unit and every bar in words; the bar leads where its row leads; the
    table has the same numbers.
    """
    text = drawn("bars", chart=chart((2, 3), (0, 0), goal=4, goal_words="goal: 4"))
    assert 'aria-label="Sample: how many there are"' in text
    assert text.count('aria-label="Point A: 5 (Low 2, High 3)"') == 1
    assert "goal: 4" in text
    assert re.findall(r'<a class="chart-bar" href="([^"]+)"', text) == ["/rows/A/"]
    cells = re.findall(r"<td[^>]*>([^<]+)</td>", text)
    assert cells == ["2", "3", "5", "0", "0", "0"]


def test_numbers_are_the_readers_and_lengths_are_not() -> None:
    """UI-2.b: "1.234" in German; an attribute with a comma would be no length at all."""
    with translation.override("de"):
        text = drawn("bars", chart=chart((1234, 1)))
    assert ">1.235<" in text
    for name in ("x", "y", "width", "height"):
        assert not re.search(rf' {name}="[^"]*,', text)


@pytest.mark.parametrize("name", ["bars", "lines", "rows", "share", "heat", "spark"])
def test_every_chart_draws_nothing_much(name: str) -> None:
    """UI-1.g: zeros and a single point are no reason to divide by nothing."""
    for sample in (chart((0,)), chart((0,), (0,)), chart((7,))):
        text = drawn(name, chart=sample)
        assert "Sample" in text
        assert "nan" not in text


def test_colours_are_there_without_a_style_sheet() -> None:
    """UI-2.b: in a file or a PDF nobody resolves our classes."""
    text = drawn("bars", chart=chart((2, 3)))
    assert re.search(r'<rect class="chart-3"[^>]* fill="#cfd8f7"', text)
    assert re.search(r'<rect class="chart-1"[^>]* fill="#3a57c4"', text)


def test_the_table_alone_is_for_mails() -> None:
    """UI-2.b: without picture and without anything to fold."""
    text = drawn("table", chart=chart((2, 3)), bare=True)
    assert "<svg" not in text
    assert "<details" not in text
    assert ">3</td>" in text


def test_a_pace_stays_in_its_scale() -> None:
    """UI-2.b: more than all is all; a goal and a range stand where they are."""
    pace = Pace(1.4, 1, "more", goal=0.95, low=0.2, high=0.3)
    assert (pace.width, pace.goal_at) == ("100.00%", "95.00%")
    assert pace.range_at == ("20.00%", "10.00%")
    assert 'aria-label="more"' in drawn("pace", pace=pace)


def test_shares_in_words() -> None:
    """UI-2.b: with the space that belongs there."""
    assert percent(0.974) == "97 %"
    assert percent(0.974, 1) == "97.4 %"
