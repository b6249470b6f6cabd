"""Who agreed to hear from the program before it came here (TIER-9.a, IMP-2)."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocates.models import Advocate
from advocates.pool.services import bring_agreement
from imports.registry import Outcome, Row


def is_asked(row: Row) -> bool:
    """Whether a row says since when somebody is in the community pool."""
    return row.values.get("pool_since") is not None


def bring_in(people: Iterable[tuple[Row, Advocate]], actor: Actor, outcome: Outcome) -> None:
    """Put them in with day and source; nobody is written to, and who does not belong there is
    remarked.
    """
    for row, advocate in people:
        source = str(row.values.get("pool_source") or "") or _("Imported without a source.")
        try:
            bring_agreement(
                actor=actor,
                advocate=advocate,
                agreed_on=row.values["pool_since"],
                evidence=source,
            )
        except DomainError as error:
            outcome.remark(row, "pool_since", error.message)
