"""What must be true of what somebody says about an activity, at its field (ACT-2, BAD-1)."""

from datetime import UTC, datetime

from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.text import has_words
from advocacy.web import formatting as words

#: Nobody ran an advocacy program on this before; also keeps dates within what zones can shift.
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)


def require_past(field: str, moment: datetime, *, not_before: datetime | None = None) -> None:
    """Refuse a moment that cannot be when something happened, with the reason at its field."""
    problem = ""
    # The year alone first: the ends of the calendar cannot be moved between time zones.
    if moment.year < EARLIEST.year:
        problem = _("Enter a date after the year 2000.")
    elif moment > clock.now():
        problem = _("This lies in the future; enter when it happened.")
    elif not_before is not None and moment < not_before:
        problem = _("This cannot have happened before it was agreed on %(day)s.") % {
            "day": words.moment(not_before)
        }
    if problem:
        raise DomainError(problem, code="invalid_time", fields={field: problem})


def require_facts(
    *, minutes: int | None, advocate_rating: int | None, requester_rating: int | None
) -> None:
    """Refuse minutes and ratings out of range, all at their fields at once (ACT-2, BAD-1)."""
    problems: dict[str, str] = {}
    if minutes is not None and not 1 <= minutes <= 10_000:
        problems["minutes"] = _("Enter between 1 and 10,000 minutes.")
    for field, rating in (
        ("advocate_rating", advocate_rating),
        ("requester_rating", requester_rating),
    ):
        if rating is not None and not 1 <= rating <= 5:
            problems[field] = _("Choose a rating from 1 to 5.")
    if problems:
        raise DomainError(" ".join(problems.values()), code="invalid", fields=problems)


def require_reason(reason: str, *, field: str = "reason") -> str:
    """A reason as it is kept; refuses an empty or endless one."""
    text = reason.strip()
    if not has_words(text):
        problem = _("Say why, in a few words.")
    elif len(text) > 300:
        problem = _("Keep the reason under 300 characters.")
    else:
        return text
    raise DomainError(problem, code="reason_required", fields={field: problem})
