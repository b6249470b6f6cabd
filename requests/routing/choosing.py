"""Who gets a request that is handed in (REQ-3)."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from advocacy.tenancy.delegation import acting, who_acts_for
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.roles import Role
from requests.models import Request, RoutingRule, RoutingTurn
from requests.requests.choices import REQUEST_OPEN
from requests.routing.lifecycle import RuleState


def running() -> Q:
    """Turns of who still runs the program."""
    roles = [role.value for role in Role if Membership(role=role).can("requests.triage")]
    return Q(member__is_active=True, member__user__is_active=True, member__role__in=roles)


def rules_in_use() -> QuerySet[RoutingRule]:
    """In their order, each with those of its managers who still run the program."""
    turns = RoutingTurn.objects.filter(running()).select_related("member__user", "member__tenant")
    return (
        RoutingRule.objects.filter(state=RuleState.IN_USE)
        .select_related("activity_type")
        .prefetch_related(Prefetch("turns", turns.order_by("id"), to_attr="there"))
        .order_by("position", "id")
    )


def fits(rule: RoutingRule, request: Request) -> bool:
    """Whether a request is one of those a rule is about."""
    return (
        rule.activity_type_id in (None, request.activity_type_id)
        and rule.segment in ("", request.segment)
        and rule.region in ("", request.region)
    )


def next_turn(
    turns: Sequence[RoutingTurn], absent: Collection[UUID], last: Mapping[UUID, int]
) -> RoutingTurn:
    """Whose turn it is: who is here before who is away, then whose last turn is longest ago."""
    here = [turn for turn in turns if turn.member_id not in absent] or list(turns)
    return min(here, key=lambda turn: (last[turn.pk], turn.pk))


def choose_manager(request: Request) -> tuple[Membership | None, RoutingRule | None]:
    """Who gets a request, and by which rule; without one that fits, who has the fewest open.

    Takes the turn in the caller's transaction, the turns of the rule locked until it ends. Who is
    away is passed over; are all of them, the one who stands in for them has it (ID-1.c).
    """
    rule = next((rule for rule in rules_in_use() if rule.there and fits(rule, request)), None)  # type: ignore[attr-defined]
    if rule is not None:
        turns = list(
            RoutingTurn.objects.select_for_update(no_key=True, of=("self",))
            .filter(running(), rule=rule)
            .select_related("member__user", "member__tenant")
            .order_by("id")
        )
        if turns:
            last = {turn.pk: turn.last_turn for turn in turns}
            turn = next_turn(turns, acting(turns[0].member), last)
            RoutingTurn.objects.filter(pk=turn.pk).update(last_turn=max(last.values()) + 1)
            return who_acts_for(turn.member), rule
    return _with_fewest(request.tenant), None


def _with_fewest(tenant: Tenant) -> Membership | None:
    """The program manager with the fewest open requests; the longest-serving among equals."""
    managers = list(
        Membership.objects.filter(
            role=Role.PROGRAM_MANAGER, is_active=True, user__is_active=True
        ).select_related("user", "tenant")
    )
    if not managers:
        return None
    load = dict(
        Request.objects.filter(state__in=REQUEST_OPEN, manager__isnull=False)
        .order_by()
        .values_list("manager_id")
        .annotate(n=Count("id"))
    )
    absent = acting(managers[0])
    chosen = min(managers, key=lambda m: (m.pk in absent, load.get(m.pk, 0), m.created_at, m.pk))
    return who_acts_for(chosen)
