"""Reading the strategy sheet (STR-1)."""

from django.db.models import QuerySet

from advocacy.tenancy.models import Membership
from advocates.strategy.models import StrategySheet
from advocates.strategy.parts import PARTS


def listed_sheets(membership: Membership) -> QuerySet[StrategySheet]:
    """Every version, the newest first."""
    return StrategySheet.objects.select_related("written_by__user")


def latest_sheet() -> StrategySheet | None:
    """What counts now."""
    return StrategySheet.objects.select_related("written_by__user").order_by("-number").first()


def open_parts(sheet: StrategySheet | None) -> list[str]:
    """Names of the parts in which nothing is written; all of them without a sheet."""
    return [name for name in PARTS if sheet is None or not getattr(sheet, name)]


def labels_of(names: list[str]) -> list[str]:
    """What parts are called."""
    return [str(StrategySheet._meta.get_field(name).verbose_name) for name in names]  # type: ignore[union-attr]
