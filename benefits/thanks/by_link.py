"""Thank-yous sent from the mail: small ones, and notes that wait to be signed (MSG-5.a, THX-3.b).

What takes a line of one's own is opened, since nobody should send it unread.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.messaging.work_links.presses import finish_by_link
from advocacy.tenancy.actors import Actor
from benefits.thanks.drafts import draft_of
from benefits.thanks.lifecycle import THANK_YOU
from benefits.thanks.models import ThankYou
from benefits.thanks.readiness import goes_by_press
from benefits.thanks.services import permit_own, send_thank_you


def permit(actor: Actor, thank_you: ThankYou, name: str) -> None:
    """Raises unless it is theirs to send."""
    THANK_YOU.permit(actor, name)
    permit_own(actor, thank_you)


def letters_of(thank_you: ThankYou) -> list[tuple[str, str]]:
    """The letter as it would go out, around the line of one's own."""
    draft = draft_of(thank_you)
    return [(draft.subject, draft.opening), (_("And it ends"), draft.closing)]


def register() -> None:
    """Called once, when the application is ready."""
    finish_by_link(
        "thank",
        THANK_YOU,
        {"send": send_thank_you},
        "thank_you",
        permit,
        asks={"send": {"personal_line": gettext_lazy("Your own line, between the two")}},
        when=goes_by_press,
        letters=letters_of,
    )
