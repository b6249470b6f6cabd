"""Reading the catalogue of benefits (BEN-1)."""

from django.db.models import QuerySet

from advocacy.tenancy.models import Membership
from benefits.catalogue.choices import INSTEAD
from benefits.catalogue.models import Benefit


def listed_benefits(membership: Membership) -> QuerySet[Benefit]:
    """Every kind, those that are off too."""
    return Benefit.objects.all()


def givable() -> QuerySet[Benefit]:
    """What can be given."""
    return Benefit.objects.filter(is_on=True).order_by("category", "name", "pk")


def offered_instead(most: int = 3) -> list[str]:
    """Names of what is right where a gift is not: recognition, a donation (BEN-5.a)."""
    found: list[str] = []
    for category in reversed(INSTEAD):
        row = givable().filter(category=category).first()
        found += [row.name] if row else []
    return found[:most]
