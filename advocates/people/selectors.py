"""Reading advocates: lists, one person with everything around, possible duplicates (ADV-1)."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db.models import (
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Sum,
    TextField,
    Value,
)
from django.db.models.functions import Coalesce, Concat, Lower, Trim
from django.http import Http404

from advocacy import clock
from advocacy.records.merging import merged_into
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import current_tenant_id
from advocates.accounts.choices import Lifecycle
from advocates.candidates.selectors import put_aside, with_score
from advocates.external_ids import known_by
from advocates.models import (
    Account,
    ActivityType,
    Advocate,
    AdvocateIdentifier,
    AdvocateTag,
    Capacity,
    Outcome,
    Participation,
    Preference,
    Tier,
    TierStanding,
)
from advocates.people.choices import ENROLLED, AdvocateStatus
from advocates.program.ledger.choices import UnitState

#: People who may still join: on the way, not in, not out.
CANDIDATES = (
    AdvocateStatus.CANDIDATE,
    AdvocateStatus.NOMINATED,
    AdvocateStatus.QUALIFIED,
    AdvocateStatus.CULTIVATING,
    AdvocateStatus.INVITED,
)
MAY_JOIN = Q(
    status__in=[str(status) for status in CANDIDATES], account__lifecycle=Lifecycle.CUSTOMER
)


def _tenant() -> Tenant:
    return Tenant.objects.get(pk=current_tenant_id())


def listed_advocates() -> QuerySet[Advocate]:
    """People with account, owner, tier, allowance and units taken in the year."""
    since = clock.year_start(_tenant().zone)
    used = (
        Participation.objects.filter(
            Q(completed_at__isnull=True) | Q(completed_at__gte=since),
            advocate=OuterRef("pk"),
            state__in=["open", "completed"],
        )
        .order_by()
        .values("advocate")
        .annotate(total=Sum("units"))
        .values("total")
    )
    allowance = Capacity.objects.filter(advocate=OuterRef("pk")).values("allowance")[:1]
    return Advocate.objects.select_related("account__owner__user").annotate(
        tier_code=F("standings__tier__code"),
        tier_name=F("standings__tier__name"),
        tier_rank=F("standings__tier__rank"),
        used=Coalesce(Subquery(used), Value(0)),
        allowance=Subquery(allowance),
    )


def enrolled_advocates() -> QuerySet[Advocate]:
    """Who is in the program."""
    return listed_advocates().filter(status__in=sorted(ENROLLED))


#: Of listed advocates those whose units of the year are all taken (CAP-1).
NOTHING_LEFT = Q(allowance__lte=F("used"))


def candidate_advocates() -> QuerySet[Advocate]:
    """Who may still join: people at customers whom nobody put aside, with their score (IDN-1)."""
    return with_score(listed_advocates().filter(MAY_JOIN).exclude(put_aside()))


def may_join() -> QuerySet[Advocate]:
    """The same people, with nothing beside them."""
    return Advocate.objects.filter(MAY_JOIN).exclude(put_aside())


def counted_lists() -> tuple[QuerySet[Any], ...]:
    """Who is in the program, who may join, everybody, the accounts: what tabs count; who rests."""
    people = Advocate.objects.all()
    enrolled = people.filter(status__in=sorted(ENROLLED))
    candidates = may_join()
    paused = people.filter(status=AdvocateStatus.PAUSED)
    return enrolled, candidates, people, Account.objects.all(), paused


def duplicated() -> Exists:
    """Whether somebody else has the same e-mail (ADV-1)."""
    return Exists(
        Advocate.objects.filter(email=OuterRef("email"))
        .exclude(pk=OuterRef("pk"))
        .exclude(email="")
    )


def done_lately() -> QuerySet[Participation]:
    """What the person of a list's row completed within the year."""
    return Participation.objects.filter(
        advocate=OuterRef("pk"),
        state=UnitState.COMPLETED,
        completed_at__gte=clock.year_start(_tenant().zone),
    )


def quotable() -> Exists:
    """Whether somebody reached something that may be quoted (ADV-3)."""
    return Exists(Outcome.objects.filter(advocate=OuterRef("pk"), may_be_quoted=True))


def get_advocate(pk: UUID) -> Advocate:
    """One person with account and owner, by the id of a record that became part of theirs too;
    ``Http404`` when there is none.
    """
    people = Advocate.objects.select_related(
        "account__owner__user", "executive_sponsor__user", "tenant"
    )
    advocate = people.filter(pk=pk).first()
    if advocate is None and (into := merged_into(Advocate, pk)):
        advocate = people.filter(pk=into.into_id).first()
    if advocate is None:
        raise Http404
    return advocate


def same_email(advocate: Advocate) -> list[Advocate]:
    """Other records with this person's e-mail: possible duplicates (ADV-1)."""
    if not advocate.email:
        return []
    return list(
        Advocate.objects.select_related("account")
        .filter(email=advocate.email)
        .exclude(pk=advocate.pk)[:10]
    )


def participations(advocate: Advocate, limit: int = 50) -> QuerySet[Participation]:
    """What was asked of and given by a person, newest first."""
    return (
        Participation.objects.select_related("activity_type", "account")
        .filter(advocate=advocate)
        .order_by(Coalesce("completed_at", "released_at", "taken_at").desc(), "-pk")[:limit]
    )


def preferences_of(advocate: Advocate) -> Preference:
    """A person's preferences; the defaults for somebody who has none yet (ADV-2)."""
    return Preference.objects.filter(advocate=advocate).first() or Preference(advocate=advocate)


def types_on() -> QuerySet[ActivityType]:
    """Activity types that can be requested, in the catalogue's order (ACT-3)."""
    return ActivityType.objects.filter(is_on=True)


def types_as_choices() -> list[tuple[str, str]]:
    """The same as choices."""
    return list(types_on().values_list("code", "name"))


def refused_types(advocate: Advocate) -> set[UUID]:
    """Activity types the person does not accept (ADV-2)."""
    rows = advocate.type_preferences.filter(accepted=False)
    return set(rows.values_list("activity_type_id", flat=True))


def topic_names(advocate: Advocate) -> list[str]:
    """Topics of expertise."""
    links = advocate.advocate_tags.filter(tag__kind="topic").order_by("tag__name")
    return [str(name) for name in links.values_list("tag__name", flat=True)]


def tier_choices() -> list[tuple[str, str]]:
    """Tiers as choices, the highest first."""
    return list(Tier.objects.order_by("-rank").values_list("code", "name"))


def advocate_names(ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Names by id, for timelines."""
    return {row.pk: row.name for row in Advocate.objects.filter(pk__in=ids)}


def full_name(path: str = "") -> Trim:
    """``Advocate.name`` in a statement; ``path`` leads to the person."""
    whole = Concat(f"{path}first_name", Value(" "), f"{path}last_name", output_field=TextField())
    return Trim(whole)


def tier_code() -> Subquery:
    """A person's tier in a statement: read for the rows of a page only. A join is made for all
    that are sorted.
    """
    return Subquery(TierStanding.objects.filter(advocate=OuterRef("pk")).values("tier__code"))


_BESIDE = (
    Prefetch("identifiers", AdvocateIdentifier.objects.order_by("pk")),
    Prefetch("advocate_tags", AdvocateTag.objects.select_related("tag")),
)


def rest_advocates() -> QuerySet[Advocate]:
    """People with their tier as ``tier_code``; ids and tags as of ``rest_accounts``."""
    with_tier = Advocate.objects.annotate(tier_code=F("standings__tier__code"))
    return with_tier.prefetch_related(*_BESIDE)


def advocate_by_identifier(*, source: str, external_id: str) -> Advocate | None:
    """The person with an id in another system, if there is one (API-4)."""
    rows = AdvocateIdentifier.objects.select_related("advocate").filter(source=source)
    identifier = known_by(rows, external_id).first()
    return identifier.advocate if identifier else None


def rest_preferences(advocate: Advocate) -> dict[str, Any]:
    """What an advocate allows, by the names :func:`~.services.preferences.save_preferences`
    takes (ADV-2).
    """
    wishes = preferences_of(advocate)
    refused = refused_types(advocate)
    return {
        "comforts": wishes.comforts,
        "reference_frequency": wishes.reference_frequency,
        "yearly_cap": wishes.yearly_cap,
        "snoozed_until": wishes.snoozed_until,
        "accepted_types": [kind.code for kind in types_on() if kind.pk not in refused],
        "blackouts": list(advocate.blackouts.order_by("starts_on").values("starts_on", "ends_on")),
        "blocked_companies": list(
            advocate.blocked_companies.order_by("name").values_list("name", flat=True)
        ),
        "topics": topic_names(advocate),
        "appreciation": wishes.appreciation,
        "channel": wishes.channel,
        "disclosure": advocate.disclosure,
        "language": advocate.language,
    }


def rest_outcomes(advocate: Advocate) -> QuerySet[Outcome]:
    """What was reached, the newest first (ADV-3)."""
    return advocate.outcomes.select_related("use_case").order_by("-created_at", "-id")


def known_codes(codes: Collection[str]) -> set[str]:
    """Of some codes those of kinds of activity."""
    kinds = ActivityType.objects.filter(code__in=codes) if codes else ActivityType.objects.none()
    return set(kinds.values_list("code", flat=True))


def details_taken(advocate: Advocate) -> dict[UUID, set[str]]:
    """Topics and sites on which somebody has given all they may this year, by type (CAP-2)."""
    counting = Participation.objects.filter(
        Q(state=UnitState.OPEN)
        | Q(state=UnitState.COMPLETED, completed_at__gte=clock.year_start(advocate.tenant.zone)),
        advocate=advocate,
        activity_type__per_detail_per_year__isnull=False,
    ).exclude(detail="")
    rows = counting.annotate(folded=Lower("detail")).values_list(
        "activity_type_id", "activity_type__per_detail_per_year", "folded", "detail"
    )
    given: Counter[tuple[UUID, str]] = Counter()
    found: dict[UUID, set[str]] = defaultdict(set)
    for kind, most, folded, detail in rows.order_by("taken_at", "id"):
        given[kind, folded] += 1
        if given[kind, folded] == most:
            found[kind].add(detail)
    return found
