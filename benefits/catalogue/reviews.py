"""A review is never rewarded, nor is anything promised for one (BEN-4, fixed).

What is *linked* to a review the database refuses (``benefits`` migration 0006); here is what words
can say: a benefit, or the occasion of one, that is about a review. A message of thanks is no
benefit, and always right.
"""

import re

from django.utils.translation import gettext as _

from advocacy.tenancy.errors import DomainError
from advocates.program.catalogue.reviews import speaks_of_review

#: Where reviews are written; what is given for "five stars on Capterra" is given for one.
_SITES = re.compile(
    r"(?<!\w)(?:g2(?:\.com| crowd)?|capterra|getapp|gartner digital markets|peer insights"
    r"|trust ?radius|trust ?pilot|software advice|software reviews|glassdoor|app store"
    r"|google play)(?!\w)",
    re.IGNORECASE,
)


def is_for_review(text: str) -> bool:
    """Whether words say that something is for a review, by its name or by where it stands."""
    return speaks_of_review(text) or _SITES.search(text) is not None


def never_rewarded() -> str:
    """The sentence, wherever somebody tries."""
    return _("A review is never rewarded, nor is anything promised for one. Say thank you instead.")


def require_no_review(**texts: str) -> None:
    """Raise ``DomainError`` at each text that is about a review (BEN-4.a)."""
    wrong = [name for name, text in texts.items() if is_for_review(text)]
    if wrong:
        raise DomainError(
            never_rewarded(), code="review_rewarded", fields=dict.fromkeys(wrong, never_rewarded())
        )
