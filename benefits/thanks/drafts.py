"""The draft of a thank-you: what they did, for whom, what came of it (THX-3)."""

from dataclasses import dataclass
from typing import Any

from activities.activities.models import Activity
from activities.loops.models import LoopDuty
from advocacy.messaging.rendering import render_mail
from advocacy.messaging.templatetags.mails import OWN_LINE
from advocacy.tenancy.models import Membership
from advocates.models import Advocate
from benefits.thanks.choices import ThankYouKind
from benefits.thanks.models import ThankYou
from benefits.thanks.phrases import LETTERS, letter_language
from requests.models import Ask
from requests.opportunities.choices import Stage


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


def occasion_of(activity: Activity) -> Occasion:
    """For whom it was done, unless that is confidential, and the deal's outcome."""
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


def _language_of(advocate: Advocate) -> str:
    """The advocate's own language, else the company's, else the tenant's; English as a last."""
    return letter_language(advocate.language, advocate.account.language, advocate.tenant.language)


def _write(
    template: str, activity: Activity, sender: Membership | None, extra: dict[str, Any]
) -> Draft:
    advocate = activity.advocate
    language = _language_of(advocate)
    phrases = LETTERS[language]
    occasion = occasion_of(activity)
    context: dict[str, Any] = {
        "first_name": advocate.first_name or advocate.name,
        "what": phrases.what(
            activity.activity_type.code, activity.activity_type.name, occasion.whom
        ),
        "time": phrases.time(activity.minutes),
        "whom": occasion.whom,
        "outcome": occasion.outcome,
        "sender": sender.name if sender else advocate.tenant.name,
        "is_person": sender is not None,
        "company": advocate.tenant.name,
        **extra,
    }
    written = render_mail(f"thanks/{template}.{language}", context, language)
    opening, closing = written.text.around(OWN_LINE)
    return Draft(
        subject=written.subject,
        opening=opening.strip(),
        closing=closing.strip(),
        language=language,
    )


def draft_of(thank_you: ThankYou) -> Draft:
    """The letter by kind and effort, in the advocate's language (THX-3)."""
    personal = thank_you.kind == ThankYouKind.PERSONAL
    template = thank_you.effort if personal else thank_you.kind
    return _write(template, thank_you.activity, thank_you.owner, {})


def loop_draft_of(duty: LoopDuty, *, sender: Membership) -> Draft:
    """A message that tells what came of it, to start from (AST-3)."""
    return _write("outcome", duty.activity, sender, {"news": duty.news})
