"""Columns of numbers and dates, whatever is in them (IMP-1)."""

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import assume, example, given
from hypothesis import strategies as st

from imports import dates, values
from imports.habits import Marks, Order

#: What stands between thousands, and before decimals.
STYLES = ((",", "."), (".", ","), (" ", ","), ("'", "."), ("\u202f", ","), ("", "."))
CENTS = st.lists(st.integers(0, 10**11), min_size=1, max_size=20)


def column(habit: Any, cells: list[str]) -> Any:
    for cell in cells:
        habit.see(cell)
    return habit


@given(
    cents=CENTS,
    style=st.sampled_from(STYLES),
    sign=st.sampled_from(["{}", "€ {}", "{} EUR", "$ {}"]),
)
def test_a_column_of_cents_is_read_back(
    cents: list[int], style: tuple[str, str], sign: str
) -> None:
    """IMP-1.a: in every usual way to set thousands and decimals apart."""
    amounts = [Decimal(each) / 100 for each in cents]
    thousands, decimal = style
    table = str.maketrans({",": thousands, ".": decimal})
    cells = [sign.format(f"{amount:,.2f}".translate(table)) for amount in amounts]
    marks = column(Marks(), cells)
    assert [values.money(cell, marks).value for cell in cells] == amounts
    assert list(marks.decided()) == []


@given(
    days=st.lists(st.dates(date(1970, 1, 1), date(2068, 12, 31)), min_size=1, max_size=20),
    form=st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%d-%m-%y", "%m/%d/%y"]),
)
def test_a_column_that_tells_its_order_is_read_back(days: list[date], form: str) -> None:
    """IMP-1.a: one day past the twelfth settles the others."""
    assume(any(day.day > 12 for day in days))
    cells = [day.strftime(form) for day in days]
    order = column(Order(), cells)
    assert [values.day(cell, order) for cell in cells] == days


@given(cell=st.text(max_size=30))
@example(cell="1" + "0" * 28)
def test_any_text_is_a_value_or_a_refusal(cell: str) -> None:
    """BAD-1.c: never an error that nobody foresaw."""
    for read, habit in values.HABITS.items():
        try:
            read(cell, column(habit(), [cell]))
        except values.BadValue as bad:
            assert bad.problem


@given(day=st.dates(date(1954, 10, 4), date(2100, 1, 1)))
def test_numbers_of_days_are_those_of_spreadsheets(day: date) -> None:
    """IMP-1.a: the first of 1900 is day 1, and a 29th of February is counted that never was."""
    serial = (day - date(1899, 12, 30)).days
    assert dates.read(str(serial), day_first=False) == dates.Read(day, is_serial=True)
