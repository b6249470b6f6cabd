"""Reading points (BEN-7)."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce, Greatest

from activities.activities.models import Activity
from advocacy.tenancy.models import Membership
from advocates.models import Advocate
from benefits.grants.models import Grant
from benefits.points.badges.models import Badge
from benefits.points.badges.winning import wins_of
from benefits.points.models import PointBalance, PointEntry, PointReason


def listed_entries(membership: Membership) -> QuerySet[PointEntry]:
    """The ledger, with what each row is for, why, and whether it was undone."""
    return _told().select_related("advocate__account__owner", "by__user")


def entries_of(advocate: Advocate) -> QuerySet[PointEntry]:
    """One person's, the newest first."""
    return _told().filter(advocate=advocate, is_double=False).order_by("-at", "-pk")


def _told() -> QuerySet[PointEntry]:
    undone = PointEntry.objects.filter(reverses=OuterRef("pk"))
    why = PointReason.objects.filter(entry=OuterRef("pk")).values("text")
    return PointEntry.objects.annotate(
        named=Coalesce(
            Subquery(_of(Activity.objects.all(), "activity_type__name")),
            Subquery(_of(Badge.objects.all(), "name")),
            Subquery(_of(Grant.objects.all(), "benefit__name")),
            Value(""),
            output_field=TextField(),
        ),
        why=Coalesce(Subquery(why), Value(""), output_field=TextField()),
        is_undone=Exists(undone),
    )


def _of(rows: QuerySet, name: str) -> QuerySet:  # type: ignore[type-arg]
    return rows.filter(pk=OuterRef("source_id")).values(name)


def listed_balances(membership: Membership) -> QuerySet[PointBalance]:
    """Who has how many."""
    return PointBalance.objects.select_related("advocate__account").annotate(
        can_spend=Greatest(F("lifetime") - F("redeemed"), Value(0)),
        owes=Greatest(F("redeemed") - F("lifetime"), Value(0)),
    )


def balance_of(advocate: Advocate) -> PointBalance:
    """Where somebody stands; at nothing, who never earned any."""
    found = PointBalance.objects.filter(advocate=advocate).first()
    return found or PointBalance(advocate=advocate)


def badges_of(advocate: Advocate) -> list[Badge]:
    """The badges somebody has, in the order they were won."""
    won = [entry.source_id for entry in wins_of(advocate)]
    return in_order(won)


def in_order(keys: Iterable[UUID]) -> list[Badge]:
    """Badges by id, as given."""
    wanted = list(keys)
    found = Badge.objects.in_bulk(wanted) if wanted else {}
    return [found[key] for key in wanted if key in found]


def by_account(value: UUID) -> Q:
    """Rows of people at one account."""
    return Q(advocate__account_id=value)
