"""What every tenant table is made of: :class:`TenantModel` and :class:`TenantForeignKey`."""

from collections.abc import Iterable
from typing import Any, ClassVar, Self, TypeVar

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.db.models.base import ModelBase
from django.db.models.expressions import DatabaseDefault
from django.db.models.lookups import Exact
from django.db.models.sql.where import AND, WhereNode

from advocacy.tenancy.constraints import SameTenant, TenantIsolation, TenantKey
from advocacy.tenancy.ids import uuid7
from advocacy.tenancy.scope import ScopedTenant, current_tenant_id

_Row = TypeVar("_Row", bound=models.Model)


class CurrentTenant(models.Func):
    """The database's own view of the scope, as a column default."""

    template = "current_setting('app.tenant_id')::uuid"
    output_field = models.UUIDField()
    allowed_default = True
    arity = 0


class TenantForeignKey(models.ForeignKey):  # type: ignore[type-arg]
    """A foreign key inside the tenant.

    The plain database constraint is off; ``SameTenant`` replaces it with the composite one. Every
    join it makes compares the tenants as well, for the planner and for a shard router.
    """

    def __init__(self, to: Any, on_delete: Any = models.PROTECT, **kwargs: Any) -> None:
        kwargs["db_constraint"] = False
        super().__init__(to, on_delete, **kwargs)

    def get_extra_restriction(self, alias: str | None, related_alias: str | None) -> Any:
        """Add ``target.tenant_id = source.tenant_id`` to a join."""
        if not alias or not related_alias:
            return None
        here = self.model._meta.get_field("tenant")
        there = self.remote_field.model._meta.get_field("tenant")
        same = Exact(there.get_col(alias), here.get_col(related_alias))  # type: ignore[union-attr]
        return WhereNode([same], connector=AND)  # type: ignore[list-item]


class TenantManager(models.Manager[_Row]):
    """Adds the scope's tenant to every query. PostgreSQL's policy is the wall behind it."""

    def get_queryset(self) -> models.QuerySet[_Row]:
        """Rows of the scope's tenant only."""
        return super().get_queryset().filter(tenant_id=ScopedTenant())

    def bulk_create(self, objs: Iterable[_Row], *args: Any, **kwargs: Any) -> list[_Row]:
        """Insert many rows, with the scope's tenant written out.

        Left to the column's default, the tenant would be an expression that is compiled again for
        each row, and keep Django from handing PostgreSQL whole columns at once.
        """
        rows = list(objs)
        tenant_id = current_tenant_id()
        for row in rows:
            if isinstance(row.__dict__.get("tenant_id"), DatabaseDefault):
                row.tenant_id = tenant_id  # type: ignore[attr-defined]
        return super().bulk_create(rows, *args, **kwargs)


def _label_of(module: str) -> str:
    """The label of the app a module belongs to, wherever in its folders the module lies."""
    config = apps.get_containing_app_config(module)
    if config is None:
        raise ImproperlyConfigured(f"{module} lies in no installed app")
    return config.label


class TenantModelBase(ModelBase):
    """Gives each concrete tenant model its walls, so that none can be forgotten (TEN-1..3)."""

    def __new__(mcs, name: str, bases: tuple[type, ...], attrs: dict[str, Any], **kwargs: Any):  # type: ignore[no-untyped-def]
        """Extend ``Meta.constraints`` before Django reads it."""
        meta = attrs.get("Meta")
        abstract = bool(getattr(meta, "abstract", False)) if "Meta" in attrs else False
        if attrs.get("__module__") != __name__ and not abstract:
            label = getattr(meta, "app_label", None) or _label_of(attrs["__module__"])
            table = f"{label}_{name.lower()}"
            names = [key for key, value in attrs.items() if isinstance(value, TenantForeignKey)]
            for base in bases:
                base_meta = getattr(base, "_meta", None)
                if base_meta is not None and base_meta.abstract:
                    names += [
                        field.name
                        for field in base_meta.local_fields
                        if isinstance(field, TenantForeignKey)
                    ]
            walls: list[models.BaseConstraint] = [
                TenantKey(name=f"{table}_tkey"),
                TenantIsolation(name=f"{table}_isolation"),
                *(SameTenant(field=field, name=f"{table}_{field}_fk") for field in names),
            ]
            own = list(getattr(meta, "constraints", []))
            parents = (meta,) if meta is not None else ()
            inherited = [b.Meta for b in bases if hasattr(b, "Meta")] if meta is None else []
            options = {
                "constraints": [*walls, *own],
                "abstract": False,
                "base_manager_name": "objects",
            }
            attrs["Meta"] = type("Meta", (*parents, *inherited), options)
        return super().__new__(mcs, name, bases, attrs, **kwargs)


class TenantModel(models.Model, metaclass=TenantModelBase):
    """A row that belongs to exactly one tenant.

    ``tenant`` is never given by hand: PostgreSQL fills it from the scope, and refuses any other.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    tenant = models.ForeignKey(
        "tenancy.Tenant",
        models.PROTECT,
        db_default=CurrentTenant(),
        editable=False,
        related_name="+",
        db_index=False,
    )

    #: What the application's role may do with the table; the grants that follow every migration
    #: and the check of the live schema keep to it. ``AppendOnly`` takes UPDATE and DELETE away.
    application_may: ClassVar[frozenset[str]] = frozenset({"SELECT", "INSERT", "UPDATE", "DELETE"})

    objects: ClassVar[TenantManager[Self]] = TenantManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def reload(self) -> Self:
        """This row as it is in the database now."""
        self.refresh_from_db()
        return self
