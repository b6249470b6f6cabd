"""What the tests of tiers have in common."""

from typing import Any

from django.db import connection

from advocates.models import Advocate, Participation, Tier, TierChange, TierStanding
from advocates.program.ledger import services as ledger
from advocates.program.tiers import services as tiers
from tests.factories.advocates import EnrolledFactory, catalogued, did

PLATINUM = ["case_study", "testimonial", "testimonial", "reference_call"]
GOLD = ["testimonial", "reference_call"]


def tier_of(advocate: Advocate) -> str | None:
    """The code of the tier somebody stands on."""
    code: str | None = TierStanding.objects.values_list("tier__code", flat=True).get(
        advocate=advocate
    )
    return code


def standing(advocate: Advocate) -> TierStanding:
    """Somebody's standing, with its tiers."""
    row: TierStanding = TierStanding.objects.select_related(
        "tier", "earned_tier", "waiting_for"
    ).get(advocate=advocate)
    return row


def last_change(advocate: Advocate) -> tuple[str | None, str | None, str]:
    """From, to and why of somebody's last change of tier."""
    change = TierChange.objects.filter(advocate=advocate).order_by("-at", "-pk").first()
    assert change is not None
    start, end = change.from_tier, change.to_tier
    return (start.code if start else None, end.code if end else None, change.why)


def versions() -> dict[Any, str]:
    """Where each standing lies in its table: an UPDATE, even to the same values, moves it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT advocate_id, ctid::text FROM advocates_tierstanding")
        return dict(cursor.fetchall())


def complete(advocate: Advocate, code: str, **kwargs: Any) -> Participation:
    """Do something now, and let the tier follow, as completing an activity does."""
    unit = did(advocate, code, **kwargs)
    tiers.evaluate_tiers(advocate_ids=[advocate.pk], why=TierChange.Why.EARNED)
    return unit


def void(unit: Participation) -> None:
    """Take a completion back, as voiding an activity does."""
    ledger.void_unit(participation=unit, reason="Somebody else's")
    tiers.evaluate_tiers(advocate_ids=[unit.advocate_id], why=TierChange.Why.VOIDED)


def crowd(size: int) -> list[Advocate]:
    """Enrolled people who did nothing: 20 of them make one seat on platinum."""
    return [EnrolledFactory() for _ in range(size)]


def seats(percent: float | None, code: str = "platinum") -> None:
    """Change how many seats a tier has."""
    catalogued("testimonial")  # sets the program up
    Tier.objects.filter(code=code).update(seats_percent=percent)


def nightly() -> int:
    """The nightly recalculation; returns how many changed."""
    return tiers.recalculate_tiers(reason="nightly").changed
