"""The invitation into the program as a text that a tenant may write anew (MSG-1.a, ENR-1)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.messaging.wording.kinds import Field, Kind
from advocacy.messaging.wording.text import Written

INVITATION_LETTER = "program-invitation"


def _ours(language: str) -> Written:
    return Written(
        _("{first name}, we would like to have you with us"),
        _(
            "Dear {first name},\n\nWe run a small circle of customers who shape what {company} does"
            " next and whose word other companies trust. We have selected you for it, and I would"
            " like to invite you personally.\n\n[{why them}]\n\nWhat is asked of you: {what is"
            " asked}\n\nWhat you get: {what they get}\n\nSee what is involved, and answer: {answer"
            " link}\n\nOr simply reply to this mail.\n\nWarm regards,\n{sender}\n{company}"
        ),
    )


KIND = Kind(
    INVITATION_LETTER,
    gettext_lazy("Invitation into the program"),
    gettext_lazy("When somebody is invited, with a link on which they answer."),
    (
        Field("first name", "first_name", gettext_lazy("Their first name"), "Ana"),
        Field("company", "company", gettext_lazy("Your company"), gettext_lazy("Your company")),
        Field("sender", "sender", gettext_lazy("Who invites"), "Priya Nair"),
        Field(
            "why them",
            "personal_line",
            gettext_lazy("Why them, as who invites wrote it"),
            gettext_lazy("Your rollout is the best we have seen."),
            known=False,
            sort="lines",
        ),
        Field(
            "what is asked",
            "asked",
            gettext_lazy("What is asked of them"),
            gettext_lazy("Now and then a talk with a peer."),
            sort="lines",
        ),
        Field(
            "what they get",
            "gives",
            gettext_lazy("What they get out of it"),
            gettext_lazy("A look at what is coming."),
            sort="lines",
        ),
        Field("until", "until", gettext_lazy("How long the link works"), gettext_lazy("14 May")),
        Field(
            "answer link",
            "",
            gettext_lazy("See what is involved, and answer"),
            sort="link",
            kept=True,
        ),
    ),
    _ours,
    small=gettext_lazy("The link is yours alone and works until {until}."),
)
