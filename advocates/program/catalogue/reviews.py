"""What a review is: an opinion on a site that others read (BEN-4, fixed).

The one definition: what is never rewarded, never counts, never goes to the pool or to a chosen few
and is asked of all alike is found by this, in Python and in the database.
"""

import re

#: Reviews of something else: the word before says so.
_OTHERS = (
    "business", "quarterly", "monthly", "annual", "yearly", "executive", "account", "strategy",
    "design", "roadmap", "architecture", "security", "code", "contract", "legal",
)  # fmt: skip

#: Read alike by Python and by PostgreSQL, whatever the case: so each word before is its own look
#: behind, which Python wants of one length.
REVIEW = (
    "(?<![a-z])"
    + "".join(f"(?<!{word}[ _-])" for word in _OTHERS)
    + "(reviews?|ratings?|bewertung(en)?|rezension(en)?)(?![a-z])"
)
_FOUND = re.compile(REVIEW, re.IGNORECASE)


def speaks_of_review(text: str) -> bool:
    """Whether words, or a code, are about one; a business review is none."""
    return _FOUND.search(text) is not None
