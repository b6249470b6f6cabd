"""The letters that ask, as texts that a tenant may write anew (MSG-1.a, ASK-1).

A letter for a review has a text of its own, in which nothing can be promised (BEN-4).
"""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.messaging.wording.kinds import Field, Kind
from advocacy.messaging.wording.text import Written
from requests.models import Request

CALL, OTHER, REVIEW = "ask-call", "ask-other", "ask-review"

_FIELDS = (
    Field("first name", "first_name", gettext_lazy("Their first name"), "Ana"),
    Field(
        "prospect", "prospect", gettext_lazy("Who needs it, as far as that may be said"), "Isdom"
    ),
    Field("our company", "tenant", gettext_lazy("Your company"), gettext_lazy("Your company")),
    Field("their company", "company", gettext_lazy("Where they work"), "Quantum Textiles"),
    Field("minutes", "minutes", gettext_lazy("How many minutes it takes"), "30–45"),
    Field(
        "whom they meet",
        "peer",
        gettext_lazy("Who in particular it is for"),
        gettext_lazy("their head of operations"),
        known=False,
    ),
    Field(
        "topic",
        "detail",
        gettext_lazy("What it is about"),
        gettext_lazy("the move to the new system"),
        known=False,
    ),
    Field(
        "why you",
        "why_you",
        gettext_lazy("Why them, as it follows “because”"),
        gettext_lazy("you are in the same industry"),
        known=False,
    ),
    Field(
        "what you achieved",
        "outcome",
        gettext_lazy("What they achieved"),
        gettext_lazy("a third less waste"),
        known=False,
    ),
    Field(
        "questions",
        "asked",
        gettext_lazy("What the prospect wants to know, a line each"),
        gettext_lazy("- How long did it take?"),
        known=False,
        sort="lines",
    ),
    Field(
        "what it is for",
        "use",
        gettext_lazy("What is done with it"),
        gettext_lazy("a page on our site"),
        known=False,
    ),
    Field("sender", "sender", gettext_lazy("Who asks"), "Priya Nair"),
)
_HOW = Field("how", "how", gettext_lazy("How one meets"), gettext_lazy("a video call"))
_WHAT = Field("what", "what", gettext_lazy("What is asked for"), gettext_lazy("a testimonial"))
_GIVES = Field(
    "what is in it for you",
    "gives_back",
    gettext_lazy("What they get out of it"),
    gettext_lazy("word of what came of it."),
    known=False,
)


def _because() -> str:
    return _(
        "[You came to mind because {why you}. And because of what you achieved: {what you"
        " achieved}.|You came to mind because {why you}.|You came to mind because of what you"
        " achieved: {what you achieved}.|You came to mind because you know it from your own work at"
        " {their company}.]"
    )


def _letter(subject: str, *paragraphs: str) -> Written:
    wanted = _("[What they would like to know:\n{questions}]")
    first, *rest = paragraphs
    hello, no = (
        _("Hello {first name},"),
        _("A no is perfectly fine and changes nothing between us."),
    )
    return Written(subject, "\n\n".join([hello, first, _because(), wanted, *rest, no, "{sender}"]))


def _call(language: str) -> Written:
    return _letter(
        _("{first name}, would you talk to a peer for {minutes} minutes?"),
        _(
            "{prospect} is thinking about working with {our company}. [They would like to hear from"
            " somebody who has done it, and you would talk to {whom they meet}.] Would you tell"
            " them how it went at {their company}, the good and the bad? [It is about {topic}.]"
        ),
        _(
            "It takes {minutes} minutes: {how}. [What it is for: {what it is for}.] I brief"
            " everybody first, and I will tell you what came of it."
        ),
        _("[What is in it for you: {what is in it for you}]"),
    )


def _takes() -> tuple[str, str]:
    return (
        _(
            "{prospect} is thinking about working with {our company}, and what you did at {their"
            " company} would help them most. What we have in mind: {what}. [It is meant for {whom"
            " they meet}.]"
        ),
        _(
            "It takes about {minutes} minutes. [What it is for: {what it is for}.] I brief"
            " everybody first, and I will tell you what came of it."
        ),
    )


def _other(language: str) -> Written:
    subject = _("{first name}, would you help us with {minutes} minutes of your time?")
    return _letter(subject, *_takes(), _("[What is in it for you: {what is in it for you}]"))


def _review(language: str) -> Written:
    subject = _("{first name}, would you help us with {minutes} minutes of your time?")
    return _letter(subject, *_takes())


def kind_for(request: Request) -> str:
    """Which letter asks for what a request wants."""
    if request.activity_type.is_review:
        return REVIEW
    return CALL if request.people_meet else OTHER


def joined(reasons: list[Any]) -> str:
    """Reasons as they follow "because": "a, b and c"."""
    if len(reasons) < 2:
        return "".join(str(each) for each in reasons)
    above = ", ".join(str(each) for each in reasons[:-1])
    return _("%(above)s and %(last)s") % {"above": above, "last": reasons[-1]}


KINDS = (
    Kind(
        CALL,
        gettext_lazy("Ask for a talk"),
        gettext_lazy("The draft where people meet: a call, a visit."),
        (*_FIELDS, _HOW, _GIVES),
        _call,
    ),
    Kind(
        OTHER,
        gettext_lazy("Ask for anything else"),
        gettext_lazy("The draft where nobody meets: a testimonial, a logo."),
        (*_FIELDS, _WHAT, _GIVES),
        _other,
    ),
    Kind(
        REVIEW,
        gettext_lazy("Ask for a review"),
        gettext_lazy("The draft for a review. Nothing is promised for one, ever."),
        (*_FIELDS, _WHAT),
        _review,
    ),
)
