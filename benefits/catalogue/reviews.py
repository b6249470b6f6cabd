"""A review is never rewarded, nor is anything promised for one (BEN-4, fixed).

What is *linked* to a review the database refuses (``benefits`` migration 0006); here is what words
can say: a benefit, or the occasion of one, that is about a review. A message of thanks is no
benefit, and always right.
"""

import re

from django.utils.translation import gettext as _

from advocacy.tenancy.errors import DomainError

#: Reviews that are no opinion on a site: the word before says so.
_OTHERS = "business|quarterly|executive|annual|yearly|account|strategy|design|product|roadmap|peer"
_REVIEW = re.compile(rf"(?<!\w)(?<!-)(?:(?P<kind>{_OTHERS})\s+)?reviews?(?!\w)", re.IGNORECASE)


def never_rewarded() -> str:
    """The sentence, wherever somebody tries."""
    return _("A review is never rewarded, nor is anything promised for one. Say thank you instead.")


def speaks_of_review(text: str) -> bool:
    """Whether a text is about an opinion on a review site; a business review is none."""
    return any(found["kind"] is None for found in _REVIEW.finditer(text))


def require_no_review(**texts: str) -> None:
    """Raise ``DomainError`` at each text that is about a review (BEN-4.a)."""
    wrong = [name for name, text in texts.items() if speaks_of_review(text)]
    if wrong:
        raise DomainError(
            never_rewarded(), code="review_rewarded", fields=dict.fromkeys(wrong, never_rewarded())
        )
