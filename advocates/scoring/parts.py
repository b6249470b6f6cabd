"""Strength and score of one person, part by part, in words; what is missing is named (IDN-1.e)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from advocacy.tenant_settings.reading import current
from advocacy.web.formatting import day
from advocates.joining.criteria import Criterion, criteria_of
from advocates.models import Advocate, AdvocateScore, Preference
from advocates.scoring.numbers import ScoreWeights, StrengthWeights
from advocates.scoring.statement import SCORE

LABELS: dict[str, str | Promise] = {
    "health": gettext_lazy("Health"),
    "nps": gettext_lazy("NPS"),
    "tenure": gettext_lazy("Tenure"),
    "outcome": gettext_lazy("Outcome or adoption"),
    "relationship": gettext_lazy("Strength of the relationship"),
    "responsiveness": gettext_lazy("Responsiveness"),
    "enthusiasm": gettext_lazy("Shown enthusiasm"),
    "company": gettext_lazy("Company profile"),
    "voice": gettext_lazy("Voice"),
}

#: What changed about somebody who was put aside; parts of the score have their own words.
_CHANGES: dict[str, str | Promise] = {
    **LABELS,
    "moved": gettext_lazy("another company"),
    "policy": gettext_lazy("their company allows it now"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """One part: points of how many, the fact behind it, and where missing data is brought.

    ``bring`` is the name of an address: of the person's record, the company's, their outcomes or
    touches, or the settings. ``points`` is null where data is missing.
    """

    code: str
    label: str
    points: int | None
    most: int
    fact: str
    bring: str = ""

    @property
    def answer(self) -> str:
        """As a criterion's answer, for its colour."""
        if self.points is None:
            return "unknown"
        return "met" if self.points == self.most else "not_met" if self.points == 0 else "partly"


def change_words(because: str) -> str:
    """What changed, from the codes a dismissal ended with."""
    return ", ".join(str(_CHANGES.get(code, code)) for code in because.split())


def missing(known: AdvocateScore) -> list[str]:
    """Names of the parts of the score that need data."""
    return [str(LABELS[name]) for name in SCORE if getattr(known, name) is None]


def score_parts(advocate: Advocate, known: AdvocateScore, comforts: Sequence[str]) -> list[Part]:
    """The nine parts of the candidate's score (IDN-1.b, IDN-1.c)."""
    weights = current(ScoreWeights)
    told = {each.code: each for each in criteria_of(advocate)}
    facts = {
        "health": told["health"].fact,
        "nps": told["nps"].fact,
        "tenure": told["tenure"].fact,
        "outcome": _outcome(advocate, told["outcome"]),
        "relationship": _("Strength is %(n)d of 100.") % {"n": known.strength},
        "responsiveness": _("Asked within the year, and how fast the answers came.")
        if known.responsiveness is not None
        else _("Never asked within a year, so nobody knows how fast the answer comes."),
        "enthusiasm": _("Praise, words to a peer, referrals and offers within a year.")
        if known.enthusiasm
        else _("Nothing unasked is recorded within a year."),
        "company": told["fit"].fact,
        "voice": _voice(advocate, comforts),
    }
    bring = {
        "health": "accounts:edit",
        "nps": "advocates:edit",
        "tenure": "accounts:edit",
        "outcome": "advocates:outcome-new",
        "company": "accounts:edit" if told["fit"].counts else "settings-recruiting",
        "voice": "advocates:edit",
    }
    return [
        Part(
            code=name,
            label=str(LABELS[name]),
            points=getattr(known, name),
            most=getattr(weights, f"score_{name}"),
            fact=facts[name],
            bring=bring.get(name, "") if getattr(known, name) is None else "",
        )
        for name in SCORE
    ]


def strength_parts(known: AdvocateScore) -> list[Part]:
    """The five parts of the relationship's strength (REL-1.a)."""
    weights = current(StrengthWeights)
    never = _("Nobody asked anything within a year.")
    last = known.last_check_in
    check_in = (
        _("The last one was on %(day)s.") % {"day": day(last)}
        if last
        else _("Nobody has checked in yet without asking for something.")
    )
    answered = known.response is not None
    rows = (
        ("check_ins", _("Check-ins unrelated to asks"), check_in),
        ("response", _("Response time"), _("How fast answers came.") if answered else never),
        ("acceptance", _("Acceptance"), _("How many answers were a yes.") if answered else never),
        ("feedback", _("Feedback"), _("What they told us within a year.")),
        ("executive", _("Contact with executives"), _("Within a year.")),
    )
    return [
        Part(code, label, getattr(known, code), getattr(weights, f"strength_{code}"), fact)
        for code, label, fact in rows
    ]


def one_sided_words(known: AdvocateScore) -> str:
    """Why a relationship is one-sided (REL-1.c)."""
    return ngettext(
        "%(n)d ask since the last check-in: it is time to call without asking for anything.",
        "%(n)d asks since the last check-in: it is time to call without asking for anything.",
        known.asks_since,
    ) % {"n": known.asks_since}


def comforts_of(advocate: Advocate) -> list[str]:
    """What somebody is comfortable with; empty where nobody asked."""
    found: Any = Preference.objects.filter(advocate=advocate).values_list("comforts", flat=True)
    return list(found.first() or [])


def _outcome(advocate: Advocate, told: Criterion) -> str:
    adoption = advocate.account.adoption
    if told.met or adoption is None:
        return told.fact
    return _("No result is recorded; adoption is %(n)d of 100, which counts half.") % {
        "n": adoption
    }


def _voice(advocate: Advocate, comforts: Sequence[str]) -> str:
    known = []
    if advocate.communication_skill:
        known.append(_("speaks %(score)s of 5") % {"score": advocate.communication_skill})
    if advocate.presentation_skill:
        known.append(_("presents %(score)s of 5") % {"score": advocate.presentation_skill})
    if {"recorded_video", "public_stage"} & set(comforts):
        known.append(_("comfortable in public"))
    elif comforts:
        known.append(_("rather not in public"))
    return ", ".join(known) or _("Nobody has said how they speak and present.")
