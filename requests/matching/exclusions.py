"""Why somebody must not, or had better not, be asked for a request (MAT-2).

Three strengths. A *block* refuses the ask. A *warn* lets it pass with a written reason (CAP-5). A
*note* is only said. Whoever is blocked for several reasons counts once in the totals, under the
first in the order of this file.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from advocacy.web import formatting as words
from advocates.accounts.choices import Lifecycle
from advocates.models import Advocate
from advocates.people.choices import AdvocateStatus, Comfort, Readiness
from advocates.program.ledger.capacity import GuardReason, GuardStatus, refusal_text
from requests.matching.criteria import Criteria
from requests.matching.facts import Facts

Strength = Literal["block", "warn", "note"]

#: What the totals call a reason; the guard's own codes are there as well.
LABELS = {
    "not_enrolled": gettext_lazy("not in the program"),
    "paused": gettext_lazy("paused"),
    "snoozed": gettext_lazy("asked for a rest"),
    "blackout": gettext_lazy("away"),
    "readiness": gettext_lazy("not ready for this"),
    "preference": gettext_lazy("does not do this"),
    "comfort": gettext_lazy("not comfortable with this"),
    "lifecycle": gettext_lazy("no customer"),
    "policy": gettext_lazy("the company forbids it"),
    "mention": gettext_lazy("the company is not to be named"),
    "hold": gettext_lazy("account on hold"),
    "health": gettext_lazy("account in poor health"),
    "health_low": gettext_lazy("account not quite healthy"),
    "consent": gettext_lazy("consent missing"),
    "employer": gettext_lazy("employer's approval missing"),
    "speaking": gettext_lazy("speaking needs the company's approval"),
    "language": gettext_lazy("other language"),
    "region": gettext_lazy("other region"),
    "own_account": gettext_lazy("works for the prospect"),
    "competitor": gettext_lazy("competitor"),
    "not_to_meet": gettext_lazy("does not want to meet them"),
    "asked": gettext_lazy("already asked"),
    "capacity_yearly": gettext_lazy("yearly limit reached"),
    "capacity_type_year": gettext_lazy("limit of this type reached"),
    "capacity_type_detail": gettext_lazy("limit of this topic reached"),
    "capacity_type_at_once": gettext_lazy("one of these is running"),
    "capacity_type_gap": gettext_lazy("did this recently"),
    "capacity_reference_gap": gettext_lazy("stated frequency"),
    "capacity_recovery": gettext_lazy("recovering"),
    "capacity_pacing": gettext_lazy("asked recently"),
    "capacity_asked": gettext_lazy("asked for enough this year"),
    "capacity_cooling": gettext_lazy("cooling down"),
    "capacity_account": gettext_lazy("account has enough on its plate"),
    "type_warn_gap": gettext_lazy("did this not long ago"),
    "capacity_row": gettext_lazy("no capacity known"),
    "ladder": gettext_lazy("a big step"),
    "variety": gettext_lazy("the same again"),
    "tier": gettext_lazy("beyond their tier"),
    "expected": gettext_lazy("gives a lot already"),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: a code for machines, a sentence for people, and when it ends by itself."""

    code: str
    text: str
    strength: Strength = "block"
    until: date | None = None

    @property
    def label(self) -> str:
        """Two or three words, for a chip or a total."""
        return str(LABELS.get(self.code, self.code))


def label_of(code: str) -> str:
    """What the totals call a reason."""
    return str(LABELS.get(code, code))


def _day(day: date | None) -> str:
    return words.day(day) if day else ""


# -- when each holds: conditions on the facts, so that everybody and one person get the same answer

#: Reason → when it blocks, in the order in which the totals count them.
BLOCKS = {
    "paused": "status = 'paused'",
    "not_enrolled": "status NOT IN ('active', 'paused')",
    "snoozed": "snoozed_until IS NOT NULL",
    "blackout": "away_until IS NOT NULL",
    "readiness": "readiness = 'not_a_fit' OR (readiness = 'potential' AND %(effort)s <> 'low')",
    "preference": "refuses",
    "comfort": "uncomfortable",
    "lifecycle": "lifecycle <> 'customer'",
    "policy": "advocacy_allowed IS FALSE",
    "mention": "%(shown)s AND mention_allowed IS FALSE",
    "hold": "hold_reason IS NOT NULL",
    "health": "health < %(health_hold_below)s",
    "consent": "consent_ended",
    "employer": "employer_missing",
    "speaking": "%(speaks)s AND speaking_needs_approval AND unapproved",
    "own_account": "is_prospect",
    "competitor": "is_competitor",
    "not_to_meet": "avoids",
    "asked": "was_asked",
    "language": "%(language)s <> '' AND speaks NOT IN ('', %(language)s)",
    "region": "%(regional)s AND %(region)s <> '' AND region NOT IN ('', %(region)s)",
}
#: Reason → when it warns.
WARNS = {
    "health_low": "health >= %(health_hold_below)s AND health < %(health_warn_below)s",
    "comfort": "silent",
    "mention": "%(may_be_shown)s AND mention_allowed IS FALSE",
}
#: Reason → when it is worth a note.
NOTES = {
    "policy": "advocacy_allowed IS NULL",
    "mention": "(%(shown)s OR %(may_be_shown)s) AND mention_allowed IS NULL",
    "speaking": "%(speaks)s AND speaking_needs_approval IS NULL AND unapproved",
    "language": "%(language)s <> '' AND speaks = ''",
    "region": "%(regional)s AND %(region)s <> '' AND region = ''",
}


# -- what each says --------------------------------------------------------------------------------


class Sayings:
    """The reasons of one advocate in sentences."""

    def __init__(self, criteria: Criteria, advocate: Advocate, facts: Facts) -> None:
        self.criteria = criteria
        self.advocate = advocate
        self.company = advocate.account
        self.facts = facts

    def reason(self, code: str, strength: Strength) -> Reason:
        """One reason that the facts gave."""
        until = {
            "snoozed": self.facts.snoozed_until,
            "blackout": self.facts.away_until,
            "hold": self.facts.hold_until,
        }.get(code)
        return Reason(code, self._sentence(code, strength), strength, until)

    def _sentence(self, code: str, strength: Strength) -> str:
        if strength == "block":
            return self._block(code)
        if strength == "warn":
            return {
                "health_low": _("The account's health is %(health)d.")
                % {"health": self.company.health or 0},
                "comfort": _("Has never said whether this is fine: %(comfort)s.")
                % {"comfort": self._comforts()},
                "mention": _("%(company)s is not to be named in public: keep it anonymous.")
                % {"company": self.company.name},
            }[code]
        return {
            "policy": _("Nobody has noted yet what the company allows."),
            "mention": _("Nobody has noted yet whether the company may be named in public."),
            "speaking": _("Nobody has noted yet whether speaking needs the company's approval."),
            "language": _("Nobody has noted which language they speak."),
            "region": _("Nobody has noted in which region they are, and this is asked regionally."),
        }[code]

    def _block(self, code: str) -> str:
        facts, company, kind = self.facts, self.company, self.criteria.activity_type
        match code:
            case "paused":
                return _("Paused: asked nothing until somebody resumes them.")
            case "not_enrolled":
                status = AdvocateStatus(self.advocate.status).label
                return _("Not in the program: %(status)s.") % {"status": status}
            case "snoozed":
                day = _day(facts.snoozed_until)
                return _("Asked to hear nothing until %(day)s.") % {"day": day}
            case "blackout":
                return _("Away until %(day)s.") % {"day": _day(facts.away_until)}
            case "readiness":
                if self.advocate.readiness == Readiness.NOT_A_FIT:
                    return _("Marked as never to be asked.")
                return _("Ready for low-effort asks only.")
            case "preference":
                return _("Does not want to be asked for: %(type)s.") % {"type": kind}
            case "comfort":
                return _("Is not comfortable with: %(comfort)s.") % {"comfort": self._comforts()}
            case "lifecycle":
                return _("%(company)s is no customer: %(lifecycle)s.") % {
                    "company": company.name,
                    "lifecycle": Lifecycle(company.lifecycle).label,
                }
            case "policy":
                return _("%(company)s allows no advocacy.") % {"company": company.name}
            case "mention":
                return _("%(company)s is not to be named or shown in public.") % {
                    "company": company.name
                }
            case "hold":
                text = (
                    _("%(company)s is on hold until %(day)s: %(reason)s")
                    if facts.hold_until
                    else _("%(company)s is on hold: %(reason)s")
                )
                return text % {
                    "company": company.name,
                    "reason": facts.hold_reason,
                    "day": _day(facts.hold_until),
                }
            case "health":
                return _("The account's health is %(health)d; below %(limit)d nobody is asked.") % {
                    "health": company.health or 0,
                    "limit": self.criteria.policy.health_hold_below,
                }
            case "consent":
                return _("The consent this needs has ended or was withdrawn.")
            case "employer":
                return _(
                    "The employer has not approved yet: send them what is involved, and record who"
                    " did."
                )
            case "speaking":
                return _("%(company)s has to approve speaking, and has not yet.") % {
                    "company": company.name
                }
            case "own_account":
                return _("Works for the prospect.")
            case "competitor":
                return _("%(company)s competes here.") % {"company": company.name}
            case "not_to_meet":
                return _("Does not want to be put in touch with this company.")
            case "asked":
                return _("Has been asked for this request or this deal already.")
            case "language":
                return _("Speaks %(language)s.") % {"language": language_name(facts.speaks)}
            case "region":
                return _("Is in another region (%(region)s), and this is asked regionally.") % {
                    "region": company.get_region_display()
                }
        raise KeyError(code)

    def _comforts(self) -> str:
        needed = self.criteria.activity_type.needs_comfort
        return ", ".join(str(Comfort(name).label) for name in needed)


def language_name(code: str) -> str:
    """A language in words; its code when Django knows no name."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def guard_reasons(status: GuardStatus | None, who: str = "") -> list[Reason]:
    """What the ledger's guard would say, as reasons; its warnings as warnings (CAP-5)."""
    if status is None:
        return []
    found: list[tuple[GuardReason, Strength]] = [
        *((reason, "block") for reason in status.reasons),
        *((reason, "warn") for reason in status.warnings),
    ]
    return [
        Reason(
            reason.code,
            refusal_text(reason, who) if who else reason.text,
            strength,
            reason.until,
        )
        for reason, strength in found
    ]
