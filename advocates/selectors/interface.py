"""What the REST interface shows of accounts, people, types and tiers (API-1)."""

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
    Tier,
)

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
    )
    if viewer.can("nominations.decide"):
        return rows
    return rows.filter(Q(nominated_by=viewer) | Q(advocate__account__owner=viewer))
