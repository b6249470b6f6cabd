"""May this person be asked, for what, and if not, why: the card on the profile (MAT-2, CAP-1)."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from advocacy.web import formatting as words
from advocates.accounts.choices import Lifecycle
from advocates.accounts.policy import (
    may_show_company,
    needs_employer,
    needs_employer_by_policy,
    shows_company,
)
from advocates.accounts.selectors import health_limits, reasons_to_rest
from advocates.changes import tenant_today
from advocates.models import Account, ActivityType, Advocate, Preference
from advocates.people.choices import AdvocateStatus, Comfort, ConsentUse, Readiness
from advocates.people.selectors import (
    details_taken,
    has_valid_consent,
    preferences_of,
    refused_types,
    types_on,
)
from advocates.program.ledger.capacity import (
    GuardReason,
    GuardStatus,
    guard_statuses,
    refusal_text,
)


@dataclass(frozen=True, slots=True)
class TypeAnswer:
    """Whether one kind of activity may be asked for now."""

    activity_type: ActivityType
    reasons: list[str]
    warnings: list[str]

    @property
    def may(self) -> bool:
        """Nothing stands against it."""
        return not self.reasons


@dataclass(frozen=True, slots=True)
class Answer:
    """May the person be asked? ``blocks`` count for every kind of activity."""

    blocks: list[str]
    warnings: list[str]
    types: list[TypeAnswer] = field(default_factory=list)

    @property
    def may(self) -> bool:
        """Something can be asked for."""
        return not self.blocks and any(answer.may for answer in self.types)

    @property
    def open_types(self) -> list[TypeAnswer]:
        """What can be asked for."""
        return [answer for answer in self.types if answer.may and not self.blocks]

    @property
    def closed_types(self) -> list[TypeAnswer]:
        """What cannot, each with its own reasons."""
        return [answer for answer in self.types if not answer.may]

    @property
    def sentence(self) -> str:
        """The answer in one line."""
        if self.blocks:
            return _("No, not at present.")
        if not self.open_types:
            return _("No, not for anything at present.")
        if self.closed_types:
            return _("Yes, for some things.")
        return _("Yes.")


#: What stands against every kind alike, if against any.
_FOR_EVERYTHING = frozenset(
    {"capacity_row", "capacity_yearly", "capacity_pacing", "capacity_cooling", "capacity_account"}
)


def can_ask(advocate: Advocate) -> Answer:
    """What stands for and against asking somebody now, in sentences.

    The guard's own verdict per type, plus what it does not know: status, readiness, snooze, hold,
    health, company policy, accepted types, comfort. What stands against everything is said once.
    A fixed number of statements, however many types there are.
    """
    wishes = preferences_of(advocate)
    blocks = _person(advocate, wishes)
    account_blocks, warnings = _account(advocate)
    blocks += account_blocks
    refused = refused_types(advocate)
    who = advocate.first_name or advocate.name
    kinds = list(types_on())
    statuses = guard_statuses(activity_types=kinds, advocate_ids=[advocate.pk])
    verdicts = [statuses[kind.pk].get(advocate.pk) for kind in kinds]
    shared = _shared([verdict for verdict in verdicts if verdict is not None])
    blocks += [refusal_text(reason, who) for reason in shared]
    common = {reason.code for reason in shared}
    taken = details_taken(advocate)
    answers, approved = [], has_valid_consent(advocate, ConsentUse.EMPLOYER)
    for kind, verdict in zip(kinds, verdicts, strict=True):
        reasons = [*_wishes(kind, wishes, refused), *_policy(kind, advocate.account, approved)]
        if verdict is not None:
            reasons += [
                refusal_text(reason, who)
                for reason in verdict.reasons
                # Of one topic or site only; which ones are taken is said below.
                if reason.code not in {*common, "capacity_type_detail"}
            ]
        remarks = [refusal_text(each, who) for each in verdict.warnings] if verdict else []
        if may_show_company(kind) and advocate.account.public_mention_allowed is False:
            remarks.append(_("The company is not to be named in public: keep it anonymous."))
        if kind.per_detail_per_year is not None and kind.pk in taken:
            topics = ", ".join(sorted(taken[kind.pk]))
            remarks.append(_("Not again this year for: %(topics)s.") % {"topics": topics})
        answers.append(TypeAnswer(kind, reasons, remarks))
    return Answer(blocks, warnings, answers)


def _shared(verdicts: list[GuardStatus]) -> list[GuardReason]:
    """Rules that every verdict names, of those that know no types."""
    if not verdicts:
        return []
    codes = set(_FOR_EVERYTHING)
    for verdict in verdicts:
        codes &= {reason.code for reason in verdict.reasons}
    return [reason for reason in verdicts[0].reasons if reason.code in codes]


def _wishes(kind: ActivityType, wishes: Preference, refused: set[UUID]) -> list[str]:
    found = []
    if kind.pk in refused:
        found.append(_("Not among the activities they accept."))
    if missing := [code for code in kind.needs_comfort if code not in wishes.comforts]:
        names = ", ".join(str(Comfort(code).label).lower() for code in missing)
        found.append(_("Has not said to be comfortable with: %(what)s.") % {"what": names})
    return found


def _policy(kind: ActivityType, account: Account, approved: bool) -> list[str]:
    found = []
    if shows_company(kind) and account.public_mention_allowed is False:
        found.append(_("The company is not to be named or shown in public."))
    by_policy = needs_employer_by_policy(kind) and account.speaking_needs_approval
    if (needs_employer(kind) or by_policy) and not approved:
        found.append(_("The employer has not approved yet."))
    return found


def _day(value: date) -> str:
    return words.day(value)


def _person(advocate: Advocate, wishes: Preference) -> list[str]:
    found = []
    if advocate.status == AdvocateStatus.PAUSED:
        found.append(_("Paused: in the program, but resting."))
    elif advocate.status != AdvocateStatus.ACTIVE:
        found.append(_("Not in the program."))
    if advocate.readiness == Readiness.NOT_A_FIT:
        found.append(_("Never to be asked: somebody marked them as not a fit."))
    today = tenant_today()
    if wishes.snoozed_until and wishes.snoozed_until > today:
        found.append(_("Asked for quiet until %(day)s.") % {"day": _day(wishes.snoozed_until)})
    away = advocate.blackouts.filter(starts_on__lte=today, ends_on__gte=today).first()
    if away:
        found.append(_("Not available until %(day)s.") % {"day": _day(away.ends_on)})
    return found


def _account(advocate: Advocate) -> tuple[list[str], list[str]]:
    account = advocate.account
    blocks, warnings = [], []
    if account.lifecycle != Lifecycle.CUSTOMER:
        blocks.append(
            _("%(account)s is no customer (%(lifecycle)s).")
            % {"account": account, "lifecycle": account.get_lifecycle_display().lower()}
        )
    limits = health_limits()
    blocks += reasons_to_rest(account, limits)
    if limits.band(account.health) == "warn":
        warnings.append(
            _("The health of %(account)s is %(health)s: the owner decides.")
            % {"account": account, "health": account.health}
        )
    if account.advocacy_allowed is False:
        blocks.append(_("Company policy forbids advocacy."))
    elif account.advocacy_allowed is None:
        warnings.append(_("Nobody has asked yet whether company policy allows advocacy."))
    return blocks, warnings
