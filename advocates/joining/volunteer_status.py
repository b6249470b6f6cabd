"""Where somebody stands who offers to help, and whom an address belongs to (IDN-2)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from advocacy import clock
from advocacy.tenant_settings.reading import current
from advocates.accounts.choices import Lifecycle
from advocates.joining.choices import InvitationState, NominationOrigin, NominationState
from advocates.joining.numbers import Recruiting
from advocates.models import Account, Advocate, Nomination, ProgramInvitation
from advocates.people.choices import ENROLLED, AdvocateStatus

#: Everybody can have an address there, so it says nothing about who somebody works for.
_ANYBODYS = frozenset(
    (
        *("aol.com", "fastmail.com", "gmail.com", "gmx.at", "gmx.ch", "gmx.de", "gmx.net"),
        *("googlemail.com", "hotmail.com", "hotmail.co.uk", "icloud.com", "live.com", "mail.com"),
        *("mail.ru", "me.com", "msn.com", "outlook.com", "proton.me", "protonmail.com", "qq.com"),
        *("t-online.de", "uol.com.br", "web.de", "yahoo.co.id", "yahoo.co.uk", "yahoo.com"),
        *("yahoo.com.br", "yahoo.de", "yandex.com", "yandex.ru", "zoho.com", "163.com"),
    )
)

Where = Literal["free", "offered", "in_mind", "invited", "member", "resting"]

#: Of several records with one address, the one who is furthest along speaks (ADV-1).
_FURTHEST = (
    AdvocateStatus.ACTIVE,
    AdvocateStatus.PAUSED,
    AdvocateStatus.INVITED,
    AdvocateStatus.CULTIVATING,
    AdvocateStatus.QUALIFIED,
    AdvocateStatus.NOMINATED,
    AdvocateStatus.ALUMNI,
    AdvocateStatus.DECLINED,
    AdvocateStatus.CANDIDATE,
)


@dataclass(frozen=True, slots=True)
class VolunteerStatus:
    """What a person who offers to help finds.

    ``free`` to offer; ``offered`` already; ``in_mind``: somebody else thought of them, or they
    qualified; ``invited``; a ``member``; ``resting``: answered not long ago, until ``again_on``.
    """

    where: Where
    nomination: Nomination | None = None
    invitation: ProgramInvitation | None = None
    again_on: date | None = None


def volunteer_status_of(advocate: Advocate) -> VolunteerStatus:
    """Where a person stands; three statements at most."""
    if advocate.status in ENROLLED:
        return VolunteerStatus("member")
    if advocate.status == AdvocateStatus.INVITED:
        invitation = (
            ProgramInvitation.objects.select_related("sender__user")
            .filter(advocate=advocate, state=InvitationState.SENT)
            .first()
        )
        return VolunteerStatus("invited", invitation=invitation)
    if advocate.status == AdvocateStatus.NOMINATED:
        nomination = open_nomination_of(advocate)
        own = nomination is not None and nomination.is_own
        return VolunteerStatus("offered" if own else "in_mind", nomination if own else None)
    if advocate.status in (AdvocateStatus.QUALIFIED, AdvocateStatus.CULTIVATING):
        return VolunteerStatus("in_mind")
    answered = last_answer_of(advocate)
    day = _rests_until(advocate, answered)
    return VolunteerStatus("resting" if day else "free", answered, again_on=day)


def open_nomination_of(advocate: Advocate) -> Nomination | None:
    """The nomination that waits for a decision about a person, whoever proposed them."""
    return (
        Nomination.objects.select_related(
            "advocate__account__owner__user", "advocate__tenant", "nominated_by__user", "tenant"
        )
        .prefetch_related("wishes__activity_type")
        .filter(advocate=advocate, state=NominationState.SUBMITTED)
        .first()
    )


def last_answer_of(advocate: Advocate) -> Nomination | None:
    """The person's own offer that was returned last."""
    return (
        Nomination.objects.select_related("decided_by__user")
        .filter(advocate=advocate, origin=NominationOrigin.SELF, state=NominationState.RETURNED)
        .order_by("-decided_at")
        .first()
    )


def again_on(advocate: Advocate) -> date | None:
    """The day from which somebody may offer again; ``None`` when that is now."""
    return _rests_until(advocate, last_answer_of(advocate))


def _rests_until(advocate: Advocate, answered: Nomination | None) -> date | None:
    if answered is None or answered.decided_at is None:
        return None
    until = answered.decided_at + timedelta(days=current(Recruiting).volunteer_again_days)
    return until.astimezone(advocate.zone).date() if until > clock.now() else None


def people_with(email: str) -> list[Advocate]:
    """Everybody with an address, whoever is furthest along first."""
    people = Advocate.objects.select_related("account__owner__user", "tenant").filter(email=email)
    return sorted(people, key=lambda person: (_FURTHEST.index(_status(person)), person.created_at))


def _status(person: Advocate) -> AdvocateStatus:
    return AdvocateStatus(person.status)


def customer_of(email: str) -> Account | None:
    """The one customer whose web domain an address belongs to.

    ``None`` for no customer, for several (who could say which?), and for the domains at which
    anybody can have an address.
    """
    domain = email.rpartition("@")[2].lower()
    if not domain or domain in _ANYBODYS:
        return None
    found = list(
        Account.objects.select_related("owner__user", "tenant").filter(
            domain=domain, lifecycle=Lifecycle.CUSTOMER
        )[:2]
    )
    return found[0] if len(found) == 1 else None
