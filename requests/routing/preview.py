"""What a rule would have done with the requests of the last month (REQ-3)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from advocacy import clock
from advocacy.tenancy.models import Membership
from requests.models import Request, RoutingRule, RoutingTurn
from requests.routing.choosing import fits, next_turn, rules_in_use

DAYS = 30
#: So many are read; a month with more shows the newest.
_MOST = 2000
#: So many are listed one by one.
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Routed:
    """One request, who would have had it, and who had it."""

    request: Request
    would: Membership
    had: Membership | None


@dataclass(frozen=True, slots=True)
class RulePreview:
    """The requests a rule would have decided, of ``seen``; per manager, who gets most first."""

    seen: int
    routed: Sequence[Routed]

    @property
    def shares(self) -> list[tuple[Membership, int]]:
        """How many each would have had."""
        members = {each.would.pk: each.would for each in self.routed}
        counted = Counter(each.would.pk for each in self.routed)
        return [(members[pk], count) for pk, count in counted.most_common()]

    @property
    def shown(self) -> Sequence[Routed]:
        """The newest of them."""
        return list(reversed(self.routed))[:SHOWN]

    @property
    def moved(self) -> int:
        """How many of them somebody else had."""
        return sum(each.had is None or each.had.pk != each.would.pk for each in self.routed)


def preview_rule(
    rule: RoutingRule, members: Sequence[Membership], *, position: int | None = None
) -> RulePreview:
    """The rule, saved or not, among the others as they stand; nobody away, turns from the start.

    Two statements beside those of the rules, however many requests there were.
    """
    place = rule.position if position is None else position
    rules: list[Any] = [other for other in rules_in_use() if other.pk != rule.pk]
    before = [
        other
        for other in rules
        if other.there and (place is None or (other.position, other.pk) < (place, rule.pk))
    ]
    turns = [RoutingTurn(rule=rule, member=member) for member in members]
    last: dict[UUID, int] = {turn.pk: 0 for turn in turns}
    seen = list(
        Request.objects.filter(submitted_at__gte=clock.now() - timedelta(days=DAYS))
        .select_related("activity_type", "opportunity", "manager__user")
        .order_by("-submitted_at", "-number")[:_MOST]
    )
    routed = []
    for number, request in enumerate(reversed(seen), start=1):
        if not turns or not fits(rule, request) or any(fits(other, request) for other in before):
            continue
        turn = next_turn(turns, (), last)
        last[turn.pk] = number
        routed.append(Routed(request, turn.member, request.manager))
    return RulePreview(len(seen), routed)
