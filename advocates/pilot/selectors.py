"""Reading what was said about the pilot (PIL-1)."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from advocacy.tenancy.models import Membership
from advocacy.web.formatting import day
from advocates.models import ActivityType, Advocate, Participation
from advocates.people.choices import ENROLLED
from advocates.pilot.lifecycle import VoiceState
from advocates.pilot.models import PilotVoice
from advocates.program.ledger.capacity import guard_status
from advocates.program.ledger.choices import UnitState

#: A pilot has ten to twenty advocates; a list of these is still read.
MOST = 60
#: Rules about how often somebody is asked, whatever it is for.
_SOON = frozenset({"capacity_pacing", "capacity_cooling", "capacity_recovery"})


@dataclass(frozen=True, slots=True)
class PilotCounts:
    """How far the asking is."""

    asked: int
    answered: int
    undecided: int


def listed_voices(membership: Membership) -> QuerySet[PilotVoice]:
    """Every voice with whose it is."""
    return PilotVoice.objects.select_related(
        "advocate__account", "member__user", "owner__user", "decided_by__user"
    )


def pilot_counts() -> PilotCounts:
    """Asked, answered, and answered without a decision."""
    found = PilotVoice.objects.aggregate(
        asked=Count("pk"),
        answered=Count("pk", filter=~Q(state=VoiceState.ASKED)),
        undecided=Count("pk", filter=Q(state=VoiceState.ANSWERED)),
    )
    return PilotCounts(**found)


def pilot_advocates() -> QuerySet[Advocate]:
    """Who took part in anything and was not asked yet, by name."""
    took_part = Participation.objects.exclude(state=UnitState.RELEASED).values("advocate")
    return (
        Advocate.objects.filter(status__in=sorted(ENROLLED), pk__in=took_part)
        .exclude(pk__in=PilotVoice.objects.filter(advocate__isnull=False).values("advocate"))
        .select_related("account")
        .order_by("last_name", "first_name", "id")
    )


def resting(people: Collection[Advocate]) -> dict[UUID, str]:
    """For whom a question comes too soon, since each is one more of the asks they get, and until
    when (CAP-5).
    """
    survey = ActivityType.objects.filter(code="survey").first()
    if survey is None:
        return {}
    found = guard_status(activity_type=survey, advocate_ids=[each.pk for each in people])
    soon = {pk: status for pk, status in found.items() if _SOON & {r.code for r in status.reasons}}
    return {
        pk: _("asked lately; better from %(day)s") % {"day": day(status.until)}
        if status.until
        else _("asked lately")
        for pk, status in soon.items()
    }


def colleagues() -> QuerySet[Membership]:
    """Active colleagues who were not asked yet, by name."""
    return (
        Membership.objects.filter(is_active=True, user__is_active=True)
        .exclude(pk__in=PilotVoice.objects.filter(member__isnull=False).values("member"))
        .select_related("user")
        .order_by("user__name", "id")
    )


def owners_of(advocates: Collection[UUID]) -> set[UUID]:
    """Colleagues who look after the accounts of some advocates."""
    rows = Advocate.objects.filter(pk__in=advocates, account__owner__isnull=False)
    return set(rows.values_list("account__owner", flat=True))
