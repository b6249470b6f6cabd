"""Why silence of an account's owner will not do (ASK-2.b)."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

#: Why it takes a yes (ASK-2.b).
BECAUSE: dict[str, str | Promise] = {
    "renewal": gettext_lazy("the renewal is near"),
    "health": gettext_lazy("the account's health is low"),
    "first": gettext_lazy("they were never asked before"),
}


def because_words(codes: str) -> str:
    """Why it takes a yes, in a reader's words; empty where silence will do."""
    return ", ".join(str(BECAUSE[code]) for code in codes.split() if code in BECAUSE)
