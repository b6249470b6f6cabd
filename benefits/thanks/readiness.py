"""What a thank-you still needs before it goes out (THX-3.b)."""

from advocacy.tenancy.text import has_words
from advocates.people.contact import how_instead
from advocates.program.catalogue.choices import Effort
from benefits.thanks.choices import ThankYouKind, ThankYouState
from benefits.thanks.models import ThankYou


def needs_personal_line(thank_you: ThankYou) -> bool:
    """Whether this one must not go out without a word of one's own (THX-3)."""
    return thank_you.effort != Effort.LOW


def is_ready(thank_you: ThankYou) -> bool:
    """Whether one press sends it: a note whose line was prepared, and nothing is in the way."""
    return (
        thank_you.kind == ThankYouKind.EXECUTIVE
        and thank_you.state == ThankYouState.OPEN
        and has_words(thank_you.personal_line)
        and bool(thank_you.advocate.email)
        # Once a mail came back, somebody looks at the address first.
        and thank_you.reopened_at is None
    )


def goes_by_press(thank_you: ThankYou) -> bool:
    """Whether who reads the draft may send it as it is, by mail: something small, or a note that
    waits to be signed.
    """
    if not thank_you.advocate.email or how_instead(thank_you.advocate, thank_you.owner):
        return False
    return is_ready(thank_you) or not needs_personal_line(thank_you)
