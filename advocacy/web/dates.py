"""Which dates a calendar can count with."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

#: Beyond these years zones, business hours and "a day later" have no answer.
FIRST_YEAR, LAST_YEAR = 1900, 2200


def countable(value: date) -> None:
    """A validator for dates and times; ``ValidationError`` naming the years that are accepted."""
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValidationError(
            _("Enter a year from %(first)d to %(last)d.")
            % {"first": FIRST_YEAR, "last": LAST_YEAR},
            code="year",
        )
