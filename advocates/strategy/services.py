"""Writing the strategy sheet (STR-1)."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from advocacy.events.services import record
from advocacy.records import writes
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError
from advocates.access import require_change
from advocates.strategy.models import StrategySheet
from advocates.strategy.parts import PARTS
from advocates.strategy.selectors import latest_sheet, open_parts


def write_sheet(*, actor: Actor, **values: Any) -> StrategySheet:
    """A new version with what is given; the rest stays as it was. The same words again write none.

    Raises ``DomainError`` at a part that is too long and where no part is given, ``Conflict`` when
    somebody wrote a version at the same moment.
    """
    require_change(actor, "settings.rules")
    if not values:
        raise DomainError(
            _("Give at least one of: %(parts)s.") % {"parts": ", ".join(PARTS)},
            code="nothing_given",
        )
    before = latest_sheet()
    row = StrategySheet(number=before.number + 1 if before else 1, written_by=actor.membership)
    parts = {name: getattr(before, name) for name in PARTS} if before else {}
    wanted = {**parts, **writes.clean(row, values)}
    if before is not None and all(wanted[name] == parts[name] for name in PARTS):
        return before
    for name, value in wanted.items():
        setattr(row, name, value)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            # What it says may name people: it stays out of the log.
            changed = [name for name in PARTS if wanted.get(name) != parts.get(name, "")]
            payload = {"number": row.number, "parts": changed, "open": open_parts(row)}
            record("strategy.written", row, actor=actor, payload=payload)
    except IntegrityError as error:
        raise Conflict(
            _("Somebody wrote another version a moment ago. Load the page again.")
        ) from error
    return row
