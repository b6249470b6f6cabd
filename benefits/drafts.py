"""The draft of a thank-you: what they did, for whom, what came of it (THX-3)."""

from dataclasses import dataclass
from typing import Any

from advocacy.messaging.rendering import render_mail
from benefits.models import ThankYou
from benefits.phrases import LETTERS, letter_language
from benefits.states import ThankYouKind
from requests.models import Ask
from requests.states import Stage

#: Where the personal line belongs in a template.
_MARKER = "[[PERSONAL]]"


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter around the place of the personal line, which is empty until somebody fills it."""

    subject: str
    opening: str
    closing: str
    language: str

    def letter(self, personal_line: str) -> str:
        """The whole text."""
        parts = (self.opening, personal_line, self.closing)
        return "\n\n".join(part.strip() for part in parts if part.strip()) + "\n"


@dataclass(frozen=True, slots=True)
class Occasion:
    """What an activity was for, and what came of it as far as it is known."""

    whom: str
    outcome: str


def occasion_of(thank_you: ThankYou) -> Occasion:
    """For whom it was done, unless that is confidential, and the deal's outcome."""
    activity = thank_you.activity
    ask = (
        Ask.objects.filter(activity=activity)
        .select_related("request__opportunity__account")
        .order_by("-sent_at")
        .first()
    )
    if ask is None:
        return Occasion(activity.purpose, "")
    deal = ask.request.opportunity
    outcome = deal.stage if deal is not None and deal.stage in (Stage.WON, Stage.LOST) else ""
    if ask.request.is_confidential:
        return Occasion("", outcome)
    return Occasion(ask.request.prospect or (deal.prospect if deal else ""), outcome)


def draft_of(thank_you: ThankYou) -> Draft:
    """The letter by kind and effort, in the advocate's language (THX-3)."""
    advocate = thank_you.advocate
    activity = thank_you.activity
    language = letter_language(
        advocate.language, advocate.account.language, advocate.tenant.language
    )
    phrases = LETTERS[language]
    occasion = occasion_of(thank_you)
    kind = thank_you.kind
    template = thank_you.effort if kind == ThankYouKind.PERSONAL else kind
    context: dict[str, Any] = {
        "first_name": advocate.first_name or advocate.name,
        "what": phrases.what(
            activity.activity_type.code, activity.activity_type.name, occasion.whom
        ),
        "time": phrases.time(activity.minutes),
        "whom": occasion.whom,
        "outcome": occasion.outcome,
        "sender": thank_you.owner.name if thank_you.owner else advocate.tenant.name,
        "is_person": thank_you.owner is not None,
        "company": advocate.tenant.name,
    }
    written = render_mail(f"thanks/{template}.{language}", context, language)
    opening, _marker, closing = written.text.partition(_MARKER)
    return Draft(
        subject=written.subject,
        opening=opening.strip(),
        closing=closing.strip(),
        language=language,
    )
