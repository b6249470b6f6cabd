"""Reading routing rules (REQ-3)."""

from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet

from advocacy.tenancy.models import Membership
from requests.models import RoutingRule, RoutingTurn
from requests.routing.choosing import running


def listed_rules(membership: Membership) -> QuerySet[RoutingRule]:
    """Every rule in its order, with everybody it names."""
    turns = RoutingTurn.objects.select_related("member__user").order_by("id")
    return RoutingRule.objects.select_related("activity_type").prefetch_related(
        Prefetch("turns", turns)
    )


def members_of(rule: RoutingRule) -> list[Membership]:
    """Those of a rule who still run the program, in the order they were named."""
    if rule._state.adding:
        return []
    turns = RoutingTurn.objects.filter(running(), rule=rule)
    return [turn.member for turn in turns.select_related("member__user").order_by("id")]


def names_of(turns: Iterable[RoutingTurn]) -> str:
    """Who they are, in one line."""
    return ", ".join(turn.member.name for turn in turns)
