"""The personal text of an ask; a person edits it before sending (ASK-1)."""

from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.languages import spoken
from advocacy.messaging.wording.kinds import write_mail
from advocacy.tenancy.models import Membership
from advocates.countries import country_name
from advocates.models import ActivityType, Advocate
from advocates.people.choices import Seniority
from advocates.strategy.selectors import labels_of, latest_sheet, open_parts
from requests.asks.kinds import joined, kind_for
from requests.mails import first_name, language_of
from requests.matching.matches import Match
from requests.matching.ranking import why_not
from requests.models import Ask, Request
from requests.requests.choices import MeetingFormat
from requests.scheduling.slots import Slot, suggest_slots

#: More than these and a letter flatters.
_MOST_REASONS = 3


@dataclass(frozen=True, slots=True)
class AskDraft:
    """What would go out to one advocate. ``override_reason`` answers every warning (CAP-5)."""

    advocate: Advocate
    subject: str
    message: str
    slots: tuple[Slot, ...] = ()
    override_reason: str = ""
    #: In which it is written; the advocate's own where nobody says.
    language: str = ""


def as_typed(draft: AskDraft) -> dict[str, Any]:
    """A letter as a form shows it again, of what JSON holds."""
    return {
        "advocate": str(draft.advocate.pk),
        "subject": draft.subject,
        "message": draft.message,
        "language": draft.language,
        "override_reason": draft.override_reason,
        "slots": [slot.starts_at.isoformat() for slot in draft.slots],
    }


def draft_ask(
    request: Request,
    advocate: Advocate,
    *,
    sender: Membership,
    found: Match | None = None,
    language: str = "",
) -> AskDraft:
    """A personal draft with up to three times within their hours, in the advocate's language or the
    one wanted, as far as it is spoken here.

    ``found`` spares the look-up when the match is at hand. Reads only.
    """
    fit = found or why_not(request, advocate)
    language = spoken(language) if language else language_of(advocate)
    with translation.override(language):
        context = {
            "first_name": first_name(advocate),
            "company": str(advocate.account),
            "tenant": request.tenant.name,
            "minutes": minutes_words(request.activity_type),
            "meets": request.people_meet,
            "what": request.what,
            "detail": request.detail,
            "peer": peer_of(request),
            "prospect": _prospect(request),
            "why_you": joined(why_you(fit)),
            "outcome": _outcome(fit),
            "asked": "\n".join(
                f"- {line.strip('-•* ')}" for line in request.questions.splitlines() if line.strip()
            ),
            "use": request.intended_use,
            "how": _how(request),
            "gives_back": request.activity_type.gives_back,
            "sender": sender.name,
        }
        mail = write_mail(kind_for(request), context, language)
    return AskDraft(
        advocate,
        mail.subject,
        str(mail.text).strip(),
        tuple(suggest_slots(request, advocate)) if request.people_meet else (),
        language=language,
    )


def missing_parts(request: Request) -> list[str]:
    """What a letter for this request cannot say, because nobody said it (ASK-1)."""
    parts = {
        _("who in particular it is for"): peer_of(request),
        _("what they would like to know"): request.questions.strip(),
        _("what it is used for"): request.intended_use,
        # BEN-4: whoever is asked for a review is promised nothing.
        _("what is in it for them"): request.activity_type.gives_back
        or request.activity_type.is_review,
    }
    return [part for part, said in parts.items() if not said]


def first_without_strategy() -> str:
    """The warning before the very first ask of a program whose strategy sheet has open parts
    (STR-1); nothing once it is written, or once anybody was asked.
    """
    lacking = open_parts(latest_sheet())
    if not lacking or Ask.objects.exists():
        return ""
    parts = ", ".join(labels_of(lacking))
    return _(
        "This is the program's first ask, and nobody has written down what the program is for."
        " Still open: %(parts)s."
    ) % {"parts": parts}


# -- words ---------------------------------------------------------------------------------------


def minutes_words(kind: ActivityType) -> str:
    """What a letter promises: "30–45"."""
    if kind.minutes_low == kind.minutes_high:
        return str(kind.minutes_low)
    return f"{kind.minutes_low}–{kind.minutes_high}"


def _prospect(request: Request) -> str:
    """Who asks: by name unless that is confidential."""
    facts = [
        request.industry,
        country_name(request.country) if request.country else "",
        _("about %(count)s people") % {"count": f"{request.employees:,}"}
        if request.employees
        else "",
    ]
    known = ", ".join(fact for fact in facts if fact)
    if request.is_confidential or not request.prospect:
        return _("a company (%(facts)s)") % {"facts": known} if known else _("a company")
    return f"{request.prospect} ({known})" if known else request.prospect


_ROLES = {
    Seniority.EXECUTIVE: gettext_lazy("an executive"),
    Seniority.MANAGER: gettext_lazy("a manager"),
    Seniority.PRACTITIONER: gettext_lazy("somebody who works with it every day"),
}


def peer_of(request: Request) -> str:
    """Whoever wants to talk, as a letter says it: "a manager from Finance"."""
    role = _ROLES[Seniority(request.persona_seniority)] if request.persona_seniority else ""
    function = request.persona_function
    if role and function:
        return _("%(role)s from %(function)s") % {"role": role, "function": function}
    if function:
        return _("somebody from %(function)s") % {"function": function}
    return str(role)


def why_you(fit: Match) -> list[str]:
    """The best reasons why this person; what is known inside only stays inside."""
    reasons = []
    for part in fit.parts:
        if part.criterion in ("relationship", "rotation"):
            continue
        words = [chip.text for chip in part.chips if chip.verdict == "fit"]
        if part.criterion == "use_case" and words:
            reasons.append(_("you work with %(what)s") % {"what": ", ".join(words)})
        elif part.criterion == "industry" and words:
            reasons.append(_("you know the industry"))
        elif part.criterion == "size" and words:
            reasons.append(_("your company is of a similar size"))
        elif part.criterion == "persona" and words:
            reasons.append(_("you do a similar job"))
        elif part.criterion == "region" and words:
            reasons.append(_("you are not far away"))
    return reasons[:_MOST_REASONS]


def _outcome(fit: Match) -> str:
    return next((str(outcome) for outcome in fit.outcomes if outcome.may_be_quoted), "")


def _how(request: Request) -> str:
    return {
        MeetingFormat.VIDEO: _("a video call, not recorded"),
        MeetingFormat.PHONE: _("a phone call, not recorded"),
        MeetingFormat.IN_PERSON: _("a meeting in person"),
        MeetingFormat.WRITTEN: _("a few lines in writing"),
    }[MeetingFormat(request.meeting_format)]
