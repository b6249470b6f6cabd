"""Points of a year: a shop, some on the leaderboard, two who redeemed something (BEN-7)."""

from datetime import timedelta
from uuid import uuid4

from advocacy import clock
from advocacy.tenancy.actors import Actor
from advocates.people.choices import AdvocateStatus
from benefits.catalogue.models import Benefit
from benefits.points.models import PointBalance
from benefits.points.services import give_points, show_on_board
from benefits.points.shop.services import put_in_shop, redeem
from demo.cast import Cast
from demo.timeline import at

#: What stands in the shop, and for how many points.
_SHOP = (
    ("useful_gadget", 60),
    ("quality_apparel", 80),
    ("charity_donation", 100),
    ("learning_session", 150),
    ("gift_card", 200),
    ("executive_dinner", 500),
)
_ON_BOARD = 8


def play_points(cast: Cast) -> None:
    """After a year in which they were earned."""
    kinds = {kind.code: kind for kind in Benefit.objects.exclude(code="")}
    with at(clock.now() - timedelta(days=60)):
        items = {
            code: put_in_shop(actor=cast.program, benefit=kinds[code], points=points, anyway=True)
            for code, points in _SHOP
        }
    rows = PointBalance.objects.filter(advocate__status=AdvocateStatus.ACTIVE)
    best = list(
        rows.select_related("advocate__account__owner__user", "advocate__tenant").order_by(
            "-lifetime", "pk"
        )[: 2 * _ON_BOARD : 2]
    )
    for row in best:
        actor = Actor.advocate(row.advocate.pk)
        show_on_board(actor=actor, advocate=row.advocate, on_board=True)
    # One that takes nobody's approval where they are trusted, one that somebody decides.
    for row, code in zip(best, ("charity_donation", "learning_session"), strict=False):
        item = items[code]
        if row.spendable >= item.points:
            actor = Actor.advocate(row.advocate.pk)
            redeem(actor=actor, advocate=row.advocate, item=item, key=uuid4())
    if best:
        give_points(
            actor=cast.program,
            advocate=best[-1].advocate,
            points=50,
            reason="Stood in for a speaker who was ill.",
        )
