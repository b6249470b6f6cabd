"""Making two records one: everything that leads to the one leads to the other afterwards (ADV-1).

Nothing here names a table: what has to follow is read off the foreign keys and the classification,
and the record that goes is deleted at the end, which PostgreSQL refuses while anything still leads
to it. The database's own row about the merging is written first: it is what lets the ledger move.
"""

from collections.abc import Iterator
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, UniqueConstraint
from django.utils.translation import gettext as _

from advocacy.records.held import is_followed, may_change
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.base import TenantModel
from advocacy.tenancy.classification import columns_of, keys_of, tenant_models
from advocacy.tenancy.errors import Conflict, DomainError
from advocacy.tenancy.models import MergedRecord

Row = TypeVar("Row", bound=TenantModel)
#: What ``Columns.twice`` can say besides the name of a column.
DROP, SETTLE = "drop", "settle"


class Merged(DomainError):
    """The record is part of another one by now; ``fields`` say of which (status 410)."""

    status = 410

    def __init__(self, into: MergedRecord) -> None:
        super().__init__(
            _("This record became part of another one: %(id)s.") % {"id": into.into_id},
            code="merged",
            fields={"merged_into": str(into.into_id)},
        )
        self.into_id = into.into_id


def merged_into(model: type[TenantModel], pk: Any) -> MergedRecord | None:
    """Where a record went that is not there any more."""
    return MergedRecord.objects.filter(kind=model._meta.label_lower, gone_id=pk).first()


def refuse_same(kept: TenantModel, gone: TenantModel) -> None:
    """Raise unless these are two records of one kind and one tenant."""
    if type(kept) is not type(gone) or kept.tenant_id != gone.tenant_id:
        raise DomainError(_("Only two records of the same kind can become one."), code="other_kind")
    if kept.pk == gone.pk:
        problem = _("That is the same record. Choose the other one.")
        raise DomainError(problem, code="same_record", fields={"other": problem})


def merge_rows(*, kept: Row, gone: Row, actor: Actor) -> None:
    """Have everything follow, and delete the record that goes.

    Needs a transaction in which both are locked. Raises ``Conflict`` when somebody added something
    to the record that goes at this very moment; nothing is merged then.
    """
    kind = kept._meta.label_lower
    MergedRecord.objects.create(
        kind=kind, gone_id=gone.pk, into_id=kept.pk, merged_by=actor.membership
    )
    # Whoever still has the id of a record that went into the one that goes is led on at once.
    MergedRecord.objects.filter(kind=kind, into_id=gone.pk).update(into_id=kept.pk)
    for model, key in leading_to(type(kept)):
        _settle_doubles(model, key.name, key.attname, kept, gone)
        model.objects.filter(**{key.name: gone}).update(**{key.attname: kept.pk})
    for model, name in referring():
        _settle_doubles(model, name, name, kept, gone)
        model.objects.filter(**{name: gone.pk}).update(**{name: kept.pk})
    rows = type(gone)._default_manager.filter(pk=gone.pk)
    try:
        with transaction.atomic():
            rows._raw_delete(rows.db)
    except IntegrityError as error:
        raise Conflict(
            _("Somebody has just added something to one of the two. Look at it, and try again.")
        ) from error


def leading_to(model: type[TenantModel]) -> Iterator[tuple[type[TenantModel], Any]]:
    """Every table whose rows lead to rows of a kind, with the key."""
    for each in tenant_models():
        for key in keys_of(each):
            if key.related_model is model:
                yield each, key


def referring() -> Iterator[tuple[type[TenantModel], str]]:
    """Every column that keeps the id of a record of any kind; not the log, which stays as it is,
    and not what says which record became which.
    """
    for model in tenant_models():
        if model is MergedRecord or not is_followed(model) or not may_change(model):
            continue
        for name in columns_of(model).refers.split():
            yield model, name


def doubles(model: type[TenantModel], name: str) -> list[UniqueConstraint]:
    """The constraints by which one record has at most one such row."""
    return [
        each
        for each in model._meta.constraints
        if isinstance(each, UniqueConstraint) and name in each.fields
    ]


def unsettled(model: type[TenantModel]) -> list[str]:
    """Tables nobody said of what becomes of a second row, when two records of a kind become one."""
    keys = [(each, key.name) for each, key in leading_to(model)]
    return sorted(
        {
            each._meta.label
            for each, name in (*keys, *referring())
            if doubles(each, name) and not columns_of(each).twice
        }
    )


def _settle_doubles(
    model: type[TenantModel], name: str, column: str, kept: TenantModel, gone: TenantModel
) -> None:
    """See to the rows of which the kept record has one already."""
    for constraint in doubles(model, name):
        second = _second(model, constraint, name, column, kept, gone)
        rule = columns_of(model).twice
        if rule == DROP:
            second._raw_delete(second.db)
        elif rule == SETTLE:
            if second.exists():
                raise RuntimeError(f"{model._meta.label}: nobody settled what both have")
        else:
            second.update(**{rule: True})


def _second(
    model: type[TenantModel],
    constraint: UniqueConstraint,
    name: str,
    column: str,
    kept: TenantModel,
    gone: TenantModel,
) -> QuerySet[Any]:
    others = [each for each in constraint.fields if each not in (name, "tenant")]
    same = {each: OuterRef(each) for each in others}
    condition = constraint.condition or Q()
    first = model.objects.filter(condition, **{column: kept.pk}, **same)
    return model.objects.filter(condition, Exists(first), **{column: gone.pk})
