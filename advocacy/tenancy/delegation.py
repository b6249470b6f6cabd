"""Whose a thing is while somebody is away: the one place that says so (ID-1.c).

:func:`acting` answers for the whole tenant, and everything else here reads it. Pages, services and
work ask :func:`answers_for` ("is this mine to do?"); who writes to a colleague asks
:func:`who_acts_for`. Owners, requesters and managers stay who they are: what somebody has comes
back to them by itself (docs/decisions/0033).

Read with the member when a request begins, so that no page pays a statement for it.
"""

import json
import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.db.models import TextField
from django.db.models.expressions import RawSQL

from advocacy import clock
from advocacy.tenancy.models import Membership
from advocacy.tenancy.roles import MATRIX, Role, allowed
from advocacy.tenancy.scope import current_tenant_id, kept_in_scope

_NAME = "absences"
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody is away today: who was named to stand in and may, and the last day."""

    delegate: uuid.UUID
    until: date
    may: bool


#: What nobody has to do for somebody who is away: settings, and what is planned in its own time.
_NO_DAYS_WORK = (
    "settings.",
    "supply.",
    "budgets.",
    "benefits.",
    "shop.",
    "recognition.",
    "balances.",
    "commitments.",
    "rates.",
    "costs.",
    "report.",
    "simulations.",
)


def may_stand_in(delegate_role: str, role: str) -> bool:
    """Whether one role can do whatever another has to do on a day.

    A delegate is given no right by it that their own role does not have.
    """
    actions = (action for action in MATRIX if not action.startswith(_NO_DAYS_WORK))
    return all(allowed(delegate_role, action) for action in actions if allowed(role, action))


def roles_for(role: str) -> list[str]:
    """The roles that can stand in for one."""
    return [each.value for each in Role if may_stand_in(each, role)]


#: What may hold today in any time zone, in one text. Written down as it stands, since every page
#: and every request of the interface begins with it (``rest.selectors.usable_token``).
AROUND_TODAY = """(
    SELECT coalesce(jsonb_agg(jsonb_build_object(
             'member', a.member_id, 'delegate', a.delegate_id,
             'starts', a.starts_on, 'ends', a.ends_on,
             'role', m.role, 'delegate_role', d.role, 'is_here', d.is_active)
             ORDER BY a.starts_on, a.id), '[]')::text
      FROM tenancy_absence a
      JOIN tenancy_membership m ON m.tenant_id = a.tenant_id AND m.id = a.member_id
      JOIN tenancy_membership d ON d.tenant_id = a.tenant_id AND d.id = a.delegate_id
     WHERE a.tenant_id = %s AND a.state = 'standing' AND a.starts_on <= %s AND a.ends_on >= %s
       AND m.is_active
)"""


def around_today() -> list[Any]:
    """The parameters of :data:`AROUND_TODAY`."""
    today = clock.now().date()
    return [current_tenant_id(), today + _DAY, today - _DAY]


def beside_member() -> RawSQL:
    """The same as a column of the statement that finds who is asking."""
    return RawSQL(AROUND_TODAY, around_today(), output_field=TextField())  # noqa: S611 - no input


def keep(read: str) -> None:
    """Remember what was read, until the scope ends."""
    kept_in_scope()[_NAME] = json.loads(read)


def forget() -> None:
    """Read anew: an absence was changed in this scope."""
    kept_in_scope().pop(_NAME, None)


def _away(tenant_of: Membership) -> dict[uuid.UUID, Away]:
    """Who is away today, by the calendar of a member's tenant."""
    kept = kept_in_scope()
    if _NAME not in kept:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {AROUND_TODAY}", around_today())
            keep(cursor.fetchone()[0])
    found = {}
    for row in kept[_NAME]:
        ends = date.fromisoformat(row["ends"])
        if date.fromisoformat(row["starts"]) <= clock.today(tenant_of.tenant.zone) <= ends:
            member, delegate = uuid.UUID(row["member"]), uuid.UUID(row["delegate"])
            may = row["is_here"] and may_stand_in(row["delegate_role"], row["role"])
            found[member] = Away(delegate, ends, may)
    return found


def acting(tenant_of: Membership) -> dict[uuid.UUID, uuid.UUID]:
    """Who has what is somebody's, in a member's tenant: absent member → who has it now.

    A delegate who is away hands on to their own. Where that leads round in a circle, or to
    somebody who left or whose role cannot do it, everything stays with the owner: nobody is named
    who is not there.
    """
    away = _away(tenant_of)
    found = {}
    for member in away:
        at, seen = member, set[uuid.UUID]()
        while at in away and at not in seen and away[at].may:
            seen.add(at)
            at = away[at].delegate
        if at not in away:
            found[member] = at
    return found


def answers_for(member: Membership) -> frozenset[uuid.UUID]:
    """Whose things this member may do as their own: theirs, and those they stand in for."""
    absent = (gone for gone, here in acting(member).items() if here == member.pk)
    return frozenset({member.pk, *absent})


def only_stands_in(member: Membership, *owners: uuid.UUID | None) -> bool:
    """Whether a member has a thing of these owners only while one of them is away. What they may do
    with it ends with the absence: to give it to somebody else for good is not theirs.
    """
    return member.pk not in owners and not answers_for(member).isdisjoint(owners)


def stands_in_for(member: Membership) -> list[Membership]:
    """The absent colleagues whose work a member has now, by name."""
    absent = answers_for(member) - {member.pk}
    if not absent:
        return []
    return list(
        Membership.objects.filter(pk__in=absent)
        .select_related("user", "tenant")
        .order_by("user__name", "pk")
    )


def who_acts_for(member: Membership) -> Membership:
    """Who is written to in a member's place: themselves, unless they are away."""
    here = acting(member).get(member.pk)
    if here is None:
        return member
    return Membership.objects.select_related("user", "tenant").get(pk=here)


def who_is_there(member: Membership) -> Membership | None:
    """Who can answer for a member now: themselves, or who stands in; None where they left, or are
    away and nobody can.
    """
    if not member.is_active:
        return None
    if member.pk in _away(member) and member.pk not in acting(member):
        return None
    return who_acts_for(member)


def unattended(tenant_of: Membership) -> frozenset[uuid.UUID]:
    """Who is away with nobody to stand in, in a member's tenant."""
    return frozenset(_away(tenant_of).keys() - acting(tenant_of).keys())


def last_day_away(member: Membership) -> date | None:
    """The last day somebody is away whose things a colleague has now; None while they have them."""
    return _away(member)[member.pk].until if member.pk in acting(member) else None


def back_at(member: Membership) -> datetime | None:
    """The moment from which what falls due is theirs again; None while they have everything."""
    last = last_day_away(member)
    if last is None:
        return None
    return datetime.combine(last + _DAY, time(), tzinfo=member.tenant.zone)
