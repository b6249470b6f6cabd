"""Whose leave a kind of activity needs, and what of it is missing for somebody (ADV-4)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.tenancy.errors import Conflict
from advocates.accounts.policy import needs_employer, needs_employer_by_policy
from advocates.models import ActivityType, Advocate, Consent
from advocates.people.choices import ConsentUse
from advocates.people.selectors import types_on

#: What is published rests on the person's leave. Asking for it is how that is obtained, so before
#: the yes only one that ended stands in the way.
_CONSENT_FOR = {"quote": ConsentUse.QUOTE, "video": ConsentUse.VIDEO, "logo": ConsentUse.LOGO}


def consent_for(kind: ActivityType) -> ConsentUse | None:
    """The person's own leave that a kind of activity rests on."""
    return ConsentUse.REFERENCE_POOL if kind.is_reference else _CONSENT_FOR.get(kind.produces)


def given_with_yes(advocate: Advocate, kind: ActivityType) -> ConsentUse | None:
    """The leave that a yes to this gives, because nothing holds yet and something is published."""
    use = _CONSENT_FOR.get(kind.produces)
    return use if use is not None and not leave_of(advocate).given(use) else None


def types_for_employers() -> list[ActivityType]:
    """Kinds of activity for which an employer may have to approve."""
    return [kind for kind in types_on() if needs_employer(kind) or needs_employer_by_policy(kind)]


@dataclass(frozen=True, slots=True)
class Leave:
    """Everything a person and their employer ever agreed to, as it stands on a day."""

    consents: tuple[Consent, ...]
    today: date

    def holds(self, consent: Consent) -> bool:
        """Whether it counts on the day."""
        return (
            consent.given_on <= self.today
            and (consent.expires_on is None or consent.expires_on >= self.today)
            and (consent.withdrawn_on is None or consent.withdrawn_on > self.today)
        )

    def approved(self, kind: ActivityType) -> bool:
        """Whether the employer approved this kind."""
        return any(
            self.holds(row) and (not row.scope or kind.code in row.scope)
            for row in self.consents
            if row.use == ConsentUse.EMPLOYER
        )

    def given(self, use: ConsentUse) -> bool:
        """Whether the person's leave for a use holds."""
        return any(self.holds(row) for row in self.consents if row.use == use)

    def ended(self, use: ConsentUse | None) -> bool:
        """Whether the person once agreed, and does not any more."""
        rows = [row for row in self.consents if row.use == use]
        return bool(rows) and not any(map(self.holds, rows))


def leave_of(advocate: Advocate) -> Leave:
    """What holds today, in one statement."""
    return Leave(tuple(advocate.consents.all()), clock.today(advocate.tenant.zone))


def unapproved_types(
    advocate: Advocate, kinds: Iterable[ActivityType], leave: Leave
) -> list[ActivityType]:
    """Of some kinds those for which the employer has to approve and has not."""
    return [
        kind for kind in kinds if _waits_for_employer(advocate, kind) and not leave.approved(kind)
    ]


def _waits_for_employer(advocate: Advocate, kind: ActivityType) -> bool:
    by_policy = needs_employer_by_policy(kind) and advocate.account.speaking_needs_approval
    return needs_employer(kind) or bool(by_policy)


def missing_leave(
    advocate: Advocate, kind: ActivityType, leave: Leave, *, after_yes: bool = False
) -> list[str]:
    """What is missing for a kind of activity, and how it is got; nothing where it may go ahead.

    ``after_yes``: what a yes would have given is not missing before it, and is after.
    """
    found = []
    if _waits_for_employer(advocate, kind) and not leave.approved(kind):
        found.append(
            _("The employer has not approved yet: send them what is involved, and record who did.")
        )
    use = consent_for(kind)
    if use is None:
        return found
    if leave.ended(use):
        text = _("Their leave has ended (%(use)s): ask anew, and record the answer.")
        found.append(text % {"use": str(use.label).lower()})
    elif after_yes and use in _CONSENT_FOR.values() and not leave.given(use):
        text = _("Their leave is not on record (%(use)s): ask them, and record the answer.")
        found.append(text % {"use": str(use.label).lower()})
    return found


def require_leave(
    advocate: Advocate, kind: ActivityType, *, happened_on: date | None = None
) -> None:
    """Raise ``Conflict`` with what is missing before an activity goes ahead (ADV-4.e).

    Of one that has happened, a leave that held on that day counts too; without any it is no fact
    of the program, and the refusal says where it is recorded (CAP-8).
    """
    leave = leave_of(advocate)
    missing = missing_leave(advocate, kind, leave, after_yes=True)
    if missing and happened_on is not None:
        then = replace(leave, today=happened_on)
        if not missing_leave(advocate, kind, then, after_yes=True):
            return
        missing.append(
            _("Did it happen all the same? Log it as something that happened, and cancel this.")
        )
    if missing:
        raise Conflict(_said(advocate, kind, missing), code="leave_missing")


def _said(advocate: Advocate, kind: ActivityType, missing: Iterable[str]) -> str:
    return _("%(what)s of %(name)s cannot go ahead. %(why)s") % {
        "what": kind.name,
        "name": advocate.name,
        "why": " ".join(missing),
    }
