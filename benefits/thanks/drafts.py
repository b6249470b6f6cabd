"""The draft of a thank-you: what they did, for whom, what came of it (THX-3)."""

from dataclasses import dataclass
from typing import Any

from activities.activities.models import Activity
from activities.assets.choices import AssetKind
from activities.assets.models import Asset
from activities.loops.models import LoopDuty
from advocacy.messaging.templatetags.mails import OWN_LINE
from advocacy.messaging.wording.kinds import write_mail
from advocacy.tenancy.models import Membership
from advocates.language import language_of
from benefits.thanks.choices import ThankYouKind
from benefits.thanks.models import ThankYou
from benefits.thanks.words.languages import LETTERS
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
    """What an activity was for, and what came of it as far as it is known.

    ``told``: they have heard it already.
    """

    whom: str
    outcome: str
    news: str = ""
    told: bool = False


def occasion_of(activity: Activity) -> Occasion:
    """For whom it was done, unless that is confidential, and what is known to have come of it."""
    duty = LoopDuty.objects.filter(activity=activity).first()
    news = duty.news if duty else ""
    told = duty is not None and duty.closed_by_id is not None  # type: ignore[attr-defined]
    ask = (
        Ask.objects.filter(activity=activity)
        .select_related("request__opportunity__account")
        .order_by("-sent_at")
        .first()
    )
    if ask is None:
        return Occasion(activity.purpose, "", news, told)
    deal = ask.request.opportunity
    outcome = deal.stage if deal is not None and deal.stage in (Stage.WON, Stage.LOST) else ""
    if ask.request.is_confidential:
        return Occasion("", outcome, "", told)
    whom = ask.request.prospect or (deal.prospect if deal else "")
    return Occasion(whom, outcome, news, told)


def values_of(activity: Activity, sender: Membership | None, language: str) -> dict[str, Any]:
    """What can be put into a letter about an activity. What nobody knows is not there: nothing
    is made up, and nothing promised to who has heard it (THX-3.a).
    """
    advocate, phrases, occasion = activity.advocate, LETTERS[language], occasion_of(activity)
    came_of_it = phrases.outcome(occasion.outcome, occasion.whom)
    if not came_of_it and language == (advocate.tenant.language or "en").lower():
        # News is in a colleague's words: in another language they tell it themselves.
        came_of_it = occasion.news
    return {
        "first_name": advocate.first_name or advocate.name,
        "what": phrases.what(
            activity.activity_type.code, activity.activity_type.name, occasion.whom
        ),
        "time": phrases.time(activity.minutes),
        "whom": occasion.whom,
        "came_of_it": "" if occasion.told else came_of_it,
        "promise": "" if occasion.told else phrases.promise,
        "sender": sender.name if sender else "",
        "company": advocate.tenant.name,
    }


#: What a piece is in a letter: as the kind of activity that gives it.
_GIVEN_AS = {
    AssetKind.QUOTE: "testimonial",
    AssetKind.VIDEO: "video_testimonial",
    AssetKind.CASE_STUDY: "case_study",
    AssetKind.ARTICLE: "guest_article",
    AssetKind.RECORDING: "speaking",
    AssetKind.LOGO: "logo_use",
    AssetKind.REVIEW_LINK: "review",
}


def _values_of_piece(asset: Asset, sender: Membership, language: str) -> dict[str, Any]:
    """The same of a piece that came of no activity."""
    advocate, phrases = asset.advocate, LETTERS[language]
    code = _GIVEN_AS[AssetKind(asset.kind)]
    return {
        "first_name": advocate.first_name or advocate.name,
        "what": phrases.what(code, str(asset.get_kind_display()), ""),
        "time": "",
        "whom": "",
        "came_of_it": "",
        "promise": "",
        "sender": sender.name,
        "company": advocate.tenant.name,
    }


def _write(letter: str, values: dict[str, Any], language: str) -> Draft:
    written = write_mail(f"thanks-{letter}", values, language)
    opening, closing = written.text.around(OWN_LINE)
    return Draft(
        subject=written.subject,
        opening=opening.strip(),
        closing=closing.strip(),
        language=language,
    )


def letter_of(thank_you: ThankYou) -> str:
    """Which letter it is: by effort, or by who speaks."""
    personal = thank_you.kind == ThankYouKind.PERSONAL
    return thank_you.effort if personal else thank_you.kind


def draft_of(thank_you: ThankYou) -> Draft:
    """The letter by kind and effort, in the advocate's language (THX-3)."""
    language = language_of(thank_you.advocate)
    values = values_of(thank_you.activity, thank_you.owner, language)
    return _write(letter_of(thank_you), values, language)


def loop_draft_of(duty: LoopDuty, *, sender: Membership) -> Draft:
    """A message that tells what came of it, to start from (AST-3)."""
    language = language_of(duty.advocate)
    phrases, activity = LETTERS[language], duty.activity
    if activity is None:
        assert duty.asset is not None  # noqa: S101 - a constraint
        values, known = _values_of_piece(duty.asset, sender, language), ""
    else:
        values, occasion = values_of(activity, sender, language), occasion_of(activity)
        known = phrases.outcome(occasion.outcome, occasion.whom)
    out = phrases.came_out(duty.came_out, duty.seen_at)
    came_of_it = " ".join(said for said in (known, out) if said) or duty.news
    return _write("outcome", {**values, "came_of_it": came_of_it}, language)
