"""Reading absences."""

from django.db.models import Q, QuerySet

from advocacy import clock
from advocacy.tenancy.absences import Absence, AbsenceState
from advocacy.tenancy.models import Membership


def listed_absences(membership: Membership) -> QuerySet[Absence]:
    """Everybody's: who is away and who stands in concerns the whole company."""
    return Absence.objects.select_related("member__user", "member__tenant", "delegate__user")


def coming_absences(member: Membership) -> QuerySet[Absence]:
    """A member's own that are not over, the next first."""
    today = clock.today(member.tenant.zone)
    rows = listed_absences(member).filter(
        member=member, state=AbsenceState.STANDING, ends_on__gte=today
    )
    return rows.order_by("starts_on", "id")


def overlapping(absence: Absence) -> QuerySet[Absence]:
    """What holds on a day of this absence, whoever it is about."""
    return Absence.objects.filter(
        ~Q(pk=absence.pk),
        state=AbsenceState.STANDING,
        starts_on__lte=absence.ends_on,
        ends_on__gte=absence.starts_on,
    )
