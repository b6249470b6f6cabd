"""Why somebody must not, or had better not, be asked for a request (MAT-2).

Three strengths. A *block* refuses the ask. A *warn* lets it pass with a written reason (CAP-5). A
*note* is only said. Whoever is blocked for several reasons counts once in the totals, under the
first in the order of this file.
"""

import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db.models import Exists, OuterRef, Q
from django.utils.formats import date_format
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from advocates.models import (
    AccountHold,
    AccountTag,
    Advocate,
    Blackout,
    BlockedCompany,
    Consent,
    Preference,
    TypePreference,
)
from advocates.selectors.capacity import GuardReason, GuardStatus, refusal_text
from advocates.states import (
    AdvocateStatus,
    Comfort,
    ConsentUse,
    Effort,
    Lifecycle,
    Readiness,
    TagKind,
)
from requests.matching.criteria import Criteria, folded
from requests.matching.pool import Company, Person, text
from requests.models import Ask

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
    "hold": gettext_lazy("account on hold"),
    "health": gettext_lazy("account in poor health"),
    "health_low": gettext_lazy("account not quite healthy"),
    "consent": gettext_lazy("consent missing"),
    "employer": gettext_lazy("employer's approval missing"),
    "language": gettext_lazy("other language"),
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
    "capacity_cooling": gettext_lazy("cooling down"),
    "capacity_account": gettext_lazy("account has enough on its plate"),
    "type_warn_gap": gettext_lazy("did this not long ago"),
    "capacity_row": gettext_lazy("no capacity known"),
    "ladder": gettext_lazy("a big step"),
    "variety": gettext_lazy("the same again"),
    "expected": gettext_lazy("gives a lot already"),
}

#: Consents an activity needs by what it is or produces. Asking for a quote or a video is how
#: consent is obtained, so only one that ended stands in the way.
_CONSENT_FOR = {"quote": ConsentUse.QUOTE, "video": ConsentUse.VIDEO, "logo": ConsentUse.LOGO}
_EMPLOYER = "employer"


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


def _day(day: date) -> str:
    return date_format(day, "j M Y")


class Gate:
    """Knows, for the advocates of a pool, everything but what the ledger's guard says.

    A constant number of queries; ``ids`` narrows them to few advocates.
    """

    def __init__(self, criteria: Criteria, ids: Collection[uuid.UUID] | None = None) -> None:
        self.criteria = criteria
        self.kind = criteria.activity_type
        today = criteria.today

        def of(queryset, path="advocate"):  # type: ignore[no-untyped-def]
            return queryset if ids is None else queryset.filter(**{f"{path}__in": ids})

        self.snoozed: dict[str, date] = dict(
            of(Preference.objects.filter(snoozed_until__gt=today)).values_list(
                text("advocate_id"), "snoozed_until"
            )
        )
        self.away: dict[str, date] = dict(
            of(Blackout.objects.filter(starts_on__lte=today, ends_on__gte=today)).values_list(
                text("advocate_id"), "ends_on"
            )
        )
        self.refuse_type = set(
            of(TypePreference.objects.filter(activity_type=self.kind, accepted=False)).values_list(
                text("advocate_id"), flat=True
            )
        )
        self.uncomfortable, self.silent = self._comforts(of, narrowed=ids is not None)
        self.on_hold: dict[str, tuple[str, date | None]] = {
            account: (reason, ends_on)
            for account, reason, ends_on in AccountHold.objects.filter(
                Q(ends_on__isnull=True) | Q(ends_on__gte=today),
                starts_on__lte=today,
                lifted_at__isnull=True,
            ).values_list(text("account_id"), "reason", "ends_on")
        }
        self.avoid = self._avoid(of)
        self.competing = self._competing()
        self.asked = set(of(self._asked()).values_list(text("advocate_id"), flat=True))
        self.consent_ended, self.employer_said = self._consents(of)
        #: Whoever is in any of the sets.
        self.flagged = (
            self.snoozed.keys()
            | self.away.keys()
            | self.refuse_type
            | self.uncomfortable
            | self.avoid
            | self.asked
            | self.consent_ended
        )
        self._flagged_companies: dict[str, bool] = {}

    def _comforts(self, of, *, narrowed: bool):  # type: ignore[no-untyped-def]
        """Who said no to what this needs; and who said nothing yet, where it is shown."""
        needed = list(self.kind.needs_comfort)
        if not needed:
            return set(), set()
        stated = Preference.objects.exclude(comforts=[])
        refuse = set(
            of(stated.exclude(comforts__contains=needed)).values_list(
                text("advocate_id"), flat=True
            )
        )
        silent: set[str] = set()
        if narrowed:
            said = Exists(stated.filter(advocate=OuterRef("pk")))
            silent = set(
                of(Advocate.objects.filter(~said), "pk").values_list(text("pk"), flat=True)
            )
        return refuse, silent

    def _avoid(self, of):  # type: ignore[no-untyped-def]
        names = {self.criteria.prospect, self.criteria.other_prospect_name} - {""}
        if not names:
            return set()
        return {
            advocate
            for advocate, name in of(BlockedCompany.objects.all()).values_list(
                text("advocate_id"), "name"
            )
            if folded(name) in names
        }

    def _competing(self) -> set[str]:
        """Accounts that compete with the prospect, by the tenant's competitor tags."""
        names = {self.criteria.prospect, self.criteria.other_prospect_name} - {""}
        if not names:
            return set()
        return {
            account
            for account, name in AccountTag.objects.filter(
                tag__kind=TagKind.COMPETITOR
            ).values_list(text("account_id"), "tag__name")
            if folded(name) in names
        }

    def _asked(self):  # type: ignore[no-untyped-def]
        """Asks for this request, or for another one of the same deal."""
        same = Q(request=self.criteria.request_id)
        if self.criteria.opportunity_id:
            same |= Q(request__opportunity=self.criteria.opportunity_id)
        return Ask.objects.filter(same)

    def _consents(self, of):  # type: ignore[no-untyped-def]
        today = self.criteria.today
        valid = Consent.objects.filter(
            Q(expires_on__isnull=True) | Q(expires_on__gte=today),
            Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=today),
            given_on__lte=today,
        )
        use = (
            ConsentUse.REFERENCE_POOL
            if self.kind.is_reference
            else _CONSENT_FOR.get(self.kind.produces)
        )
        ended: set[str] = set()
        if use:
            still = valid.filter(advocate=OuterRef("advocate"), use=use)
            ended = set(
                of(Consent.objects.filter(~Exists(still), use=use)).values_list(
                    text("advocate_id"), flat=True
                )
            )
        employer: set[str] | None = None
        if _EMPLOYER in self.kind.default_approvals:
            employer = set(
                of(valid.filter(use=ConsentUse.EMPLOYER)).values_list(
                    text("advocate_id"), flat=True
                )
            )
        return ended, employer

    # -- one person --------------------------------------------------------------------------

    def is_blocked(self, person: Person, company: Company) -> str | None:
        """Code of the first blocking reason; quick for the many whom nothing touches."""
        if (
            person.id not in self.flagged
            and person.status == AdvocateStatus.ACTIVE
            and self._is_ready(person)
            and not self._company_is_flagged(company)
            and not self._speaks_otherwise(person, company)
            and (self.employer_said is None or person.id in self.employer_said)
        ):
            return None
        for reason in self.reasons(person, company):
            if reason.strength == "block":
                return reason.code
        return None

    def _is_ready(self, person: Person) -> bool:
        if person.readiness == Readiness.POTENTIAL:
            return self.kind.effort == Effort.LOW
        return person.readiness != Readiness.NOT_A_FIT

    def _company_is_flagged(self, company: Company) -> bool:
        known = self._flagged_companies.get(company.id)
        if known is None:
            nobody = next(self._of_company(company), None) or next(self._of_match(company), None)
            known = self._flagged_companies[company.id] = nobody is not None
        return known

    def _speaks_otherwise(self, person: Person, company: Company) -> str:
        """The language they speak, if the request wants another one."""
        if not self.criteria.language:
            return ""
        speaks = (person.language or company.language).split("-")[0].lower()
        return speaks if speaks != self.criteria.language else ""

    def reasons(self, person: Person, company: Company) -> Iterator[Reason]:
        """Every reason but the guard's and those of habit, blocks before the others."""
        yield from self._of_person(person)
        yield from self._of_company(company)
        yield from self._of_consent(person)
        yield from self._of_prospect(person, company)
        if company.health is not None:
            policy = self.criteria.policy
            if policy.health_hold_below <= company.health < policy.health_warn_below:
                yield Reason(
                    "health_low",
                    _("The account's health is %(health)d.") % {"health": company.health},
                    "warn",
                )
        if person.id in self.silent:
            yield Reason(
                "comfort",
                _("Has never said whether this is fine: %(comfort)s.")
                % {"comfort": self._comfort_words()},
                "warn",
            )
        if company.advocacy_allowed is None:
            yield Reason("policy", _("Nobody has noted yet what the company allows."), "note")
        if self.criteria.language and not (person.language or company.language):
            yield Reason("language", _("Nobody has noted which language they speak."), "note")

    def _of_person(self, person: Person) -> Iterator[Reason]:
        if person.status == AdvocateStatus.PAUSED:
            yield Reason("paused", _("Paused: asked nothing until somebody resumes them."))
        elif person.status != AdvocateStatus.ACTIVE:
            status = AdvocateStatus(person.status).label
            yield Reason("not_enrolled", _("Not in the program: %(status)s.") % {"status": status})
        if until := self.snoozed.get(person.id):
            yield Reason(
                "snoozed",
                _("Asked to hear nothing until %(day)s.") % {"day": _day(until)},
                until=until,
            )
        if until := self.away.get(person.id):
            yield Reason("blackout", _("Away until %(day)s.") % {"day": _day(until)}, until=until)
        if person.readiness == Readiness.NOT_A_FIT:
            yield Reason("readiness", _("Marked as never to be asked."))
        elif not self._is_ready(person):
            yield Reason("readiness", _("Ready for low-effort asks only."))
        if person.id in self.refuse_type:
            yield Reason(
                "preference", _("Does not want to be asked for: %(type)s.") % {"type": self.kind}
            )
        if person.id in self.uncomfortable:
            yield Reason(
                "comfort",
                _("Is not comfortable with: %(comfort)s.") % {"comfort": self._comfort_words()},
            )

    def _comfort_words(self) -> str:
        return ", ".join(str(Comfort(name).label) for name in self.kind.needs_comfort)

    def _of_company(self, company: Company) -> Iterator[Reason]:
        if company.lifecycle != Lifecycle.CUSTOMER:
            yield Reason(
                "lifecycle",
                _("%(company)s is no customer: %(lifecycle)s.")
                % {"company": company.name, "lifecycle": Lifecycle(company.lifecycle).label},
            )
        if company.advocacy_allowed is False:
            yield Reason("policy", _("%(company)s allows no advocacy.") % {"company": company.name})
        if hold := self.on_hold.get(company.id):
            why, until = hold
            text = (
                _("%(company)s is on hold until %(day)s: %(reason)s")
                if until
                else _("%(company)s is on hold: %(reason)s")
            )
            values = {"company": company.name, "reason": why, "day": _day(until) if until else ""}
            yield Reason("hold", text % values, until=until)
        if company.health is not None and company.health < self.criteria.policy.health_hold_below:
            yield Reason(
                "health",
                _("The account's health is %(health)d; below %(limit)d nobody is asked.")
                % {
                    "health": company.health,
                    "limit": self.criteria.policy.health_hold_below,
                },
            )

    def _of_consent(self, person: Person) -> Iterator[Reason]:
        if person.id in self.consent_ended:
            yield Reason("consent", _("The consent this needs has ended or was withdrawn."))
        if self.employer_said is not None and person.id not in self.employer_said:
            yield Reason("employer", _("The employer has not approved yet."))

    def _of_match(self, company: Company) -> Iterator[Reason]:
        """Who stands on the wrong side of this prospect."""
        criteria, name = self.criteria, folded(company.name)
        if company.id == criteria.prospect_account_id or (
            name and name in (criteria.prospect, criteria.other_prospect_name)
        ):
            yield Reason("own_account", _("Works for the prospect."))
        if (criteria.competitor and name == criteria.competitor) or company.id in self.competing:
            yield Reason("competitor", _("%(company)s competes here.") % {"company": company.name})

    def _of_prospect(self, person: Person, company: Company) -> Iterator[Reason]:
        yield from self._of_match(company)
        if person.id in self.avoid:
            yield Reason("not_to_meet", _("Does not want to be put in touch with this company."))
        if person.id in self.asked:
            yield Reason("asked", _("Has been asked for this request or this deal already."))
        if speaks := self._speaks_otherwise(person, company):
            yield Reason(
                "language", _("Speaks %(language)s.") % {"language": language_name(speaks)}
            )


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
    said: list[tuple[GuardReason, Strength]] = [
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
        for reason, strength in said
    ]
