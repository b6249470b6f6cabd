"""Saving a batch of rows in earnest, or on trial (IMP-1, BAD-1)."""

from collections.abc import Mapping

from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from advocacy.search.indexing import UNDONE
from advocacy.tenancy.errors import DomainError
from imports.registry import Batch, Kind, Outcome, find_kind


def rehearse(kind: Kind, batch: Batch, promised: Mapping[str, str]) -> Outcome:
    """What saving a batch would come to, with records that earlier files will bring: id → name."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            # Gone with the savepoint.
            cursor.execute(f"SET LOCAL {UNDONE} = 'on'")
        for code, names in kind.names.items():
            stand_in = getattr(find_kind(code), "stand_in", None)
            if stand_in and (wanted := _named(batch, names, promised)):
                stand_in(batch.source, wanted)
        outcome = save(kind, batch)
        transaction.set_rollback(True)
    return outcome


def _named(batch: Batch, names: tuple[str, str], promised: Mapping[str, str]) -> dict[str, str]:
    """Those of the promised records that a batch names, by id or by name."""
    ids = {row.values[names[0]] for row in batch.rows if names[0] in row.values}
    called = {row.values[names[1]] for row in batch.rows if names[1] in row.values}
    if not called:
        return {key: promised[key] for key in ids & promised.keys()}
    return {key: name for key, name in promised.items() if key in ids or name in called}


def save(kind: Kind, batch: Batch) -> Outcome:
    """Save a batch; when the database refuses it, its halves, until one row is to blame."""
    if not batch.rows:
        return Outcome()
    try:
        with transaction.atomic():
            return kind.save(batch)
    except (DatabaseError, DomainError) as error:
        if isinstance(error, DatabaseError) and not _is_about_a_row(error):
            raise
        if len(batch.rows) > 1:
            return _save_halves(kind, batch)
        outcome = Outcome()
        outcome.refuse(batch.rows[0], "", _sentence(error))
        return outcome


def _is_about_a_row(error: DatabaseError) -> bool:
    """Whether a value is to blame rather than the connection (SQLSTATE classes 22 and 23)."""
    state = getattr(error.__cause__, "pgcode", None) or ""
    return isinstance(error, IntegrityError) or state[:2] in ("22", "23")


def _sentence(error: Exception) -> str:
    if isinstance(error, DomainError):
        return error.message
    return _("This row contradicts another record; somebody may have changed it just now.")


def _save_halves(kind: Kind, batch: Batch) -> Outcome:
    total, middle = Outcome(), len(batch.rows) // 2
    for rows in (batch.rows[:middle], batch.rows[middle:]):
        one = save(kind, Batch(rows, batch.actor, batch.source, batch.memory))
        total.created += one.created
        total.updated += one.updated
        total.unchanged += one.unchanged
        total.remarks += one.remarks
    return total
