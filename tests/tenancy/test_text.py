"""Names are one line, by whichever way they come in (BAD-1, BAD-3)."""

import pytest
from django.db import models

from advocacy.tenancy.models import Holiday, Tenant
from advocacy.tenancy.text import Line, LineField, cut, one_line, plain
from advocacy.web.forms import TenantModelForm
from tests.factories.tenancy import HolidayFactory


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ana   Silva ", "Ana Silva"),
        ("Ana\r\n\tSilva\x00\x1b\u2028\u0085x", "Ana Silva x"),
        ("Ana\u202e\u2066\u200f\u200b\ufeff\u00ad", "Ana"),
        ("\u200b\u2060\u200d\u200c \ufeff", ""),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧"),
        ("Ana\u200d Silva", "Ana Silva"),
        ("A\ud800\ufffe\ufdd0B", "AB"),
        ("Ana\u00a0Silva\u3000x", "Ana Silva x"),
        ("אנה לוי", "אנה לוי"),
        ("{link} %s {{ x }}", "{link} %s {{ x }}"),
    ],
)
def test_one_line(typed: str, kept: str) -> None:
    """BAD-3: what is invisible goes, what is read stays, in any script."""
    assert one_line(typed) == kept
    assert one_line(kept) == kept


def test_paragraphs_stay_and_control_characters_go() -> None:
    """BAD-3: text people write keeps its lines."""
    assert plain("One\r\n\r\nTwo\rThree\u2028Four\tx\x00\x07\u202e\ud800") == (
        "One\n\nTwo\nThree\nFour\tx"
    )
    assert plain("👩\u200d👧 می\u200cخواهم") == "👩\u200d👧 می\u200cخواهم"


def test_cut_says_that_something_is_missing() -> None:
    """BAD-1: never in silence."""
    assert (cut("abc", 3), cut("ab cd", 4)) == ("abc", "ab…")


def test_every_way_into_the_row_puts_a_name_on_one_line(scope: Tenant) -> None:
    """BAD-3: saving, updating, many at once, and a form."""
    odd, kept = "Christ\nmas\u202e ", "Christ mas"
    row = HolidayFactory(name=odd, day="2026-12-25")
    assert row.name == kept
    Holiday.objects.update(name=odd)
    assert row.reload().name == kept
    (many,) = Holiday.objects.bulk_create([Holiday(name=odd, day="2026-12-26")])
    assert many.reload().name == kept

    class Form(TenantModelForm):
        class Meta:
            model = Holiday
            fields = ("name", "day")

    form = Form({"name": odd, "day": "2026-12-27"})
    assert form.is_valid()
    assert form.cleaned_data["name"] == kept
    assert not Form({"name": "\u200b\n", "day": "2026-12-28"}).is_valid()
    refused = Form({"name": "A\0B", "day": "2026-12-28"}).errors["name"]
    assert "without invisible characters" in str(refused)


def test_a_column_of_names_is_a_plain_column_to_migrations() -> None:
    """TEN-3: no migration for how text is cleaned."""
    field = LineField(max_length=10)
    assert field.deconstruct()[1] == "django.db.models.CharField"
    assert isinstance(field.formfield(), Line)
    assert isinstance(field, models.CharField)
