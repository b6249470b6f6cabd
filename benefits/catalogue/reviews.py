"""A review is never rewarded, nor is anything promised for one (BEN-4, fixed).

What is *linked* to a review the database refuses (``benefits`` migration 0006); here is what words
can say: a benefit, or the occasion of one, that is about a review. A message of thanks is no
benefit, and always right.
"""

from django.utils.translation import gettext as _

from advocacy.tenancy.errors import DomainError
from advocates.program.catalogue.reviews import speaks_of_review


def never_rewarded() -> str:
    """The sentence, wherever somebody tries."""
    return _("A review is never rewarded, nor is anything promised for one. Say thank you instead.")


def require_no_review(**texts: str) -> None:
    """Raise ``DomainError`` at each text that is about a review (BEN-4.a)."""
    wrong = [name for name, text in texts.items() if speaks_of_review(text)]
    if wrong:
        raise DomainError(
            never_rewarded(), code="review_rewarded", fields=dict.fromkeys(wrong, never_rewarded())
        )
