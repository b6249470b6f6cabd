"""May this person be asked, for what, and if not, why and until when (MAT-2, CAP-1, CAP-5)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.web import formatting as words
from advocates.accounts.choices import Lifecycle
from advocates.accounts.policy import may_show_company, shows_company
from advocates.accounts.selectors import health_limits, rests
from advocates.changes import tenant_today
from advocates.models import Account, ActivityType, Advocate, Preference
from advocates.people.choices import AdvocateStatus, Comfort, Readiness
from advocates.people.leave import leave_of, missing_leave
from advocates.people.selectors import (
    details_taken,
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
    """Whether one kind of activity may be asked for now; ``free_from``: when it may be again, where
    nothing but time stands against it.
    """

    activity_type: ActivityType
    reasons: list[str]
    warnings: list[str]
    free_from: date | None = None

    @property
    def may(self) -> bool:
        """Nothing stands against it."""
        return not self.reasons


@dataclass(frozen=True, slots=True)
class Grouped:
    """Kinds of activity about which the same is to be said."""

    names: str
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """May the person be asked? ``blocks`` count for every kind of activity; ``free_from`` is when
    the last of them ends, where they all have an end.
    """

    blocks: list[str]
    warnings: list[str]
    types: list[TypeAnswer] = field(default_factory=list)
    free_from: date | None = None

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
    def clean_types(self) -> list[TypeAnswer]:
        """What can be asked for without a word of care."""
        return [answer for answer in self.open_types if not answer.warnings]

    @property
    def cautions(self) -> list[Grouped]:
        """Guardrails that warn, and the kinds they warn of (CAP-5)."""
        return _grouped(
            (answer.activity_type, text) for answer in self.open_types for text in answer.warnings
        )

    @property
    def refusals(self) -> list[Grouped]:
        """Why some kinds cannot be asked for, and which."""
        return _grouped(
            (answer.activity_type, " ".join(answer.reasons)) for answer in self.closed_types
        )

    @property
    def first_day(self) -> date | None:
        """When what stands against everything is over, and for some kind its own limits as well: a
        gap counts from an ask, and may be longer than what else there is. None where nobody knows.
        """
        if self.free_from is None or any(answer.may for answer in self.types):
            return self.free_from
        own = [answer.free_from for answer in self.types if answer.free_from is not None]
        return max(self.free_from, min(own)) if own else None if self.types else self.free_from

    @property
    def sentence(self) -> str:
        """The answer in one line."""
        if self.blocks:
            return _not_before(self.first_day) or _("No, not at present")
        closed = self.closed_types
        if not self.open_types:
            days = [answer.free_from for answer in closed if answer.free_from]
            return _not_before(min(days, default=None)) or _("No, not for anything at present")
        if not closed:
            return _("Yes, for anything")
        calls = [answer for answer in self.types if answer.activity_type.is_reference]
        known = [answer.free_from for answer in calls if answer.free_from]
        if known and not any(answer.may for answer in calls):
            return _("Yes, but no reference call before %(day)s") % {"day": _day(min(known))}
        count = len(self.open_types)
        return ngettext(
            "Yes, for %(count)d kind of activity", "Yes, for %(count)d kinds of activity", count
        ) % {"count": count}


def _not_before(day: date | None) -> str:
    return _("Not before %(day)s") % {"day": _day(day)} if day else ""


def _grouped(said: Iterable[tuple[ActivityType, str]]) -> list[Grouped]:
    kinds: dict[str, list[str]] = {}
    for kind, text in said:
        kinds.setdefault(text, []).append(kind.name)
    return [Grouped(", ".join(names), text) for text, names in kinds.items()]


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
    blocks += [_Block(refusal_text(reason, who), reason.until) for reason in shared]
    common = {reason.code for reason in shared}
    taken = details_taken(advocate)
    answers, leave = [], leave_of(advocate)
    for kind, verdict in zip(kinds, verdicts, strict=True):
        reasons = [*_wishes(kind, wishes, refused), *_policy(kind, advocate.account)]
        reasons += missing_leave(advocate, kind, leave)
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
        only_time = verdict is not None and len(reasons) == len(verdict.reasons)
        answers.append(
            TypeAnswer(kind, reasons, remarks, verdict.until if verdict and only_time else None)
        )
    ends = [block.until for block in blocks]
    known = [day for day in ends if day is not None]
    return Answer(
        [block.text for block in blocks],
        warnings,
        answers,
        max(known) if known and len(known) == len(ends) else None,
    )


@dataclass(frozen=True, slots=True)
class _Block:
    """Something that stands against every kind; ``until``: the first day on which it does not."""

    text: str
    until: date | None = None


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


def _policy(kind: ActivityType, account: Account) -> list[str]:
    if shows_company(kind) and account.public_mention_allowed is False:
        return [_("The company is not to be named or shown in public.")]
    return []


def _day(value: date) -> str:
    return words.day(value)


def _person(advocate: Advocate, wishes: Preference) -> list[_Block]:
    found = []
    if advocate.status == AdvocateStatus.PAUSED:
        found.append(_Block(_("Paused: in the program, but resting.")))
    elif advocate.status != AdvocateStatus.ACTIVE:
        found.append(_Block(_("Not in the program.")))
    if advocate.readiness == Readiness.NOT_A_FIT:
        found.append(_Block(_("Never to be asked: somebody marked them as not a fit.")))
    today, until = tenant_today(), wishes.snoozed_until
    if until and until > today:
        found.append(_Block(_("Asked for quiet until %(day)s.") % {"day": _day(until)}, until))
    away = advocate.blackouts.filter(starts_on__lte=today, ends_on__gte=today).first()
    if away:
        text = _("Not available until %(day)s.") % {"day": _day(away.ends_on)}
        found.append(_Block(text, away.ends_on + timedelta(days=1)))
    return found


def _account(advocate: Advocate) -> tuple[list[_Block], list[str]]:
    account = advocate.account
    blocks, warnings = [], []
    if account.lifecycle != Lifecycle.CUSTOMER:
        text = _("%(account)s is no customer (%(lifecycle)s).") % {
            "account": account,
            "lifecycle": account.get_lifecycle_display().lower(),
        }
        blocks.append(_Block(text))
    limits = health_limits()
    blocks += [_Block(text, until) for text, until in rests(account, limits)]
    if limits.band(account.health) == "warn":
        warnings.append(
            _("The health of %(account)s is %(health)s: the owner decides.")
            % {"account": account, "health": account.health}
        )
    if account.advocacy_allowed is False:
        blocks.append(_Block(_("Company policy forbids advocacy.")))
    elif account.advocacy_allowed is None:
        warnings.append(_("Nobody has asked yet whether company policy allows advocacy."))
    return blocks, warnings
