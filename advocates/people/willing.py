"""Who would take part in what, by their own word: they accept it and are comfortable (ADV-2)."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from advocates.accounts.policy import shows_company
from advocates.models import ActivityType, Advocate, Preference, TypePreference
from advocates.people.choices import AdvocateStatus

_ACTIVE = AdvocateStatus.ACTIVE


def willing(rows: QuerySet[Advocate], kind: ActivityType) -> QuerySet[Advocate]:
    """Of some people those who would."""
    refused = TypePreference.objects.filter(
        advocate=OuterRef("pk"), activity_type=kind, accepted=False
    )
    found = rows.exclude(Exists(refused))
    if not kind.needs_comfort:
        return found
    said = Preference.objects.filter(advocate=OuterRef("pk"))
    return found.filter(Exists(said.filter(comforts__contains=kind.needs_comfort)))


def willing_counts(kinds: Iterable[ActivityType]) -> tuple[int, dict[UUID, int]]:
    """How many active advocates there are, and how many of them would, by the kind's id.

    Counted over whole tables: asked of every person for every kind it takes seconds in a large
    tenant. Three statements, whatever the number of kinds.
    """
    kinds = list(kinds)
    total = Advocate.objects.filter(status=_ACTIVE).count()

    def enough(kind: ActivityType, path: str) -> Q:
        needed = kind.needs_comfort
        return Q(**{f"{path}comforts__contains": needed}) if needed else Q()

    comfortable = Preference.objects.filter(advocate__status=_ACTIVE).aggregate(
        **{kind.code: Count("pk", filter=enough(kind, "")) for kind in kinds if kind.needs_comfort}
    )
    refused = TypePreference.objects.filter(
        activity_type__in=kinds, accepted=False, advocate__status=_ACTIVE
    ).aggregate(
        **{
            kind.code: Count(
                "pk",
                filter=Q(activity_type=kind) & enough(kind, "advocate__preferences__"),
            )
            for kind in kinds
        }
    )
    return total, {
        kind.pk: comfortable.get(kind.code, total) - refused[kind.code] for kind in kinds
    }


def open_kinds(
    advocates: Collection[UUID], kinds: Iterable[ActivityType]
) -> dict[UUID, list[ActivityType]]:
    """What each of some people would take part in, in the order of the kinds: they did not refuse
    it, are comfortable with what it needs, and their company may be shown where it does that. Two
    statements.
    """
    kinds = list(kinds)
    refused: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for person, kind in TypePreference.objects.filter(
        advocate__in=advocates, accepted=False
    ).values_list("advocate_id", "activity_type_id"):
        refused[person].add(kind)
    rows = Advocate.objects.filter(pk__in=advocates).values_list(
        "pk", "preferences__comforts", "account__public_mention_allowed"
    )
    return {
        pk: [
            kind
            for kind in kinds
            if kind.pk not in refused[pk]
            and set(kind.needs_comfort) <= set(comforts or ())
            and not (shows_company(kind) and may_mention is False)
        ]
        for pk, comforts, may_mention in rows
    }
