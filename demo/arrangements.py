"""What colleagues arranged among themselves: who stands in, a tier by hand, segments."""

from collections.abc import Mapping
from datetime import timedelta

from advocacy import clock
from advocacy.identity.absences.services import record_absence
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Membership
from advocacy.tenancy.roles import Role
from advocates.models import Tier, TierStanding
from advocates.overrides.services import set_override
from advocates.segments.services import save_segment
from demo.cast import Cast
from demo.timeline import at

WHY_BY_HAND = "Opens our user conference in spring, and was promised it before the year's count."

#: Name, of which list, and the filters as they stand in its address.
SEGMENTS = (
    ("Gave nothing for a year", "members", "gave=none"),
    ("Silver, with something left", "members", "left=some&tier=silver"),
    ("Large and doing well", "accounts", "health=good&segment=enterprise"),
)
OWN_SEGMENT = "My accounts"


def arrange(cast: Cast, by_role: Mapping[str, list[Membership]]) -> None:
    """A seller is away and another one has it; somebody stands on gold; lists have names."""
    today = clock.now().date()
    with at(clock.now() - timedelta(days=2)):
        if len(cast.sales) > 1:
            here, gone = cast.sales[:2]
            record_absence(
                actor=Actor.member(gone),
                delegate=here,
                starts_on=today - timedelta(days=1),
                ends_on=today + timedelta(days=6),
            )
        standing = (
            TierStanding.objects.filter(tier__code="silver")
            .select_related("advocate")
            .order_by("advocate__last_name", "pk")
            .first()
        )
        if standing is not None:
            set_override(
                actor=cast.program,
                advocate=standing.advocate,
                tier=Tier.objects.get(code="gold"),
                until=today + timedelta(days=60),
                reason=WHY_BY_HAND,
                anyway=True,
            )
        for name, of, query in SEGMENTS:
            save_segment(actor=cast.program, name=name, of=of, query=query, shared=True)
        for csm in by_role.get(Role.CSM, [])[:1]:
            name, of = OWN_SEGMENT, "accounts"
            save_segment(actor=Actor.member(csm), name=name, of=of, query=f"owner={csm.pk}")
