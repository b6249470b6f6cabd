"""What the REST interface shows of accounts, people, types and tiers (API-1)."""

from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet

from advocacy.tenancy.models import Membership
from advocates.models import (
    Account,
    AccountIdentifier,
    AccountTag,
    ActivityType,
    Advocate,
    AdvocateIdentifier,
    AdvocateTag,
    Nomination,
    Outcome,
    Tier,
)
from advocates.selectors.advocates import preferences_of, refused_types, topic_names, types_on

# Into lists of their own: a related manager would build a query for each row, only to be handed
# what was fetched; on a page of fifty that costs more than the queries.


def shown_accounts() -> QuerySet[Account]:
    """Accounts with their external ids as ``shown_identifiers``, their tags as ``shown_tags``."""
    return Account.objects.prefetch_related(
        Prefetch("identifiers", AccountIdentifier.objects.all(), to_attr="shown_identifiers"),
        Prefetch("account_tags", AccountTag.objects.select_related("tag"), to_attr="shown_tags"),
    )


def shown_advocates() -> QuerySet[Advocate]:
    """People with their tier as ``tier_code``; ids and tags as of :func:`shown_accounts`."""
    return Advocate.objects.annotate(tier_code=F("standings__tier__code")).prefetch_related(
        Prefetch("identifiers", AdvocateIdentifier.objects.all(), to_attr="shown_identifiers"),
        Prefetch("advocate_tags", AdvocateTag.objects.select_related("tag"), to_attr="shown_tags"),
    )


def account_by_identifier(*, source: str, external_id: str) -> Account | None:
    """The account with an id in another system, if there is one (API-4)."""
    return Account.objects.filter(
        identifiers__source=source, identifiers__external_id=external_id
    ).first()


def advocate_by_identifier(*, source: str, external_id: str) -> Advocate | None:
    """The person with an id in another system, if there is one (API-4)."""
    return Advocate.objects.filter(
        identifiers__source=source, identifiers__external_id=external_id
    ).first()


def shown_preferences(advocate: Advocate) -> dict[str, Any]:
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


def shown_outcomes(advocate: Advocate) -> QuerySet[Outcome]:
    """What was reached, the newest first (ADV-3)."""
    return advocate.outcomes.select_related("use_case").order_by("-created_at", "-id")


def shown_types() -> QuerySet[ActivityType]:
    """The catalogue (ACT-3)."""
    return ActivityType.objects.all()


def shown_tiers() -> QuerySet[Tier]:
    """The tiers (TIER-1)."""
    return Tier.objects.all()


def shown_nominations(viewer: Membership) -> QuerySet[Nomination]:
    """All to who decides; to others their own and those at their accounts (IDN-2)."""
    rows = Nomination.objects.select_related(
        "advocate__account__owner__user",
        "advocate__tenant",
        "nominated_by__user",
        "decided_by__user",
        "tenant",
    ).prefetch_related("wishes__activity_type")
    if viewer.can("nominations.decide"):
        return rows
    return rows.filter(Q(nominated_by=viewer) | Q(advocate__account__owner=viewer))
