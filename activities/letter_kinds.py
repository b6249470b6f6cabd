"""What advocates are asked after a call, as texts that a tenant may write anew (MSG-1.a)."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.messaging.wording.kinds import Field, Kind
from advocacy.messaging.wording.text import Written

HAPPENED, FEEDBACK = "did-it-happen", "how-was-it"

_FIELDS = (
    Field("first name", "given", gettext_lazy("Their first name"), "Ana"),
    Field("what they did", "deed", gettext_lazy("What it was"), gettext_lazy("the reference call")),
    Field("when", "when", gettext_lazy("When it was"), gettext_lazy("Tuesday, 5 May")),
    Field("sender", "sender", gettext_lazy("Who asks"), "Priya Nair"),
)


def _happened(language: str) -> Written:
    return Written(
        _("Did {what they did} take place?"),
        _(
            "Hello {first name},\n\nI hope {what they did} on {when} was a good conversation. Did"
            " it take place? One tap tells me:\n\nSay what became of it: {answer link}\n\nIf nobody"
            " came, or you could not make it, that is one tap as well. Nobody minds, and I see to"
            " the rest.\n\n{sender}"
        ),
    )


def _how_was_it(language: str) -> Written:
    return Written(
        _("How was {what they did} for you?"),
        _(
            "Hello {first name},\n\nthank you for {what they did} on {when}. How was it for you?"
            " Two taps and, if you like, a line: it decides how we ask you the next time.\n\nSay"
            " how it was: {answer link}\n\nIf you would rather not answer, simply leave it.\n\n"
            "{sender}"
        ),
    )


def _link(label: Any) -> Field:
    return Field("answer link", "", label, sort="link", kept=True)


KINDS = (
    Kind(
        HAPPENED,
        gettext_lazy("Did it take place?"),
        gettext_lazy("A quarter of an hour after a booked call."),
        (*_FIELDS, _link(gettext_lazy("Say what became of it"))),
        _happened,
    ),
    Kind(
        FEEDBACK,
        gettext_lazy("How was it?"),
        gettext_lazy("Once a call took place."),
        (*_FIELDS, _link(gettext_lazy("Say how it was"))),
        _how_was_it,
    ),
)
