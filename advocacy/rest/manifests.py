"""REST out of a manifest: serializer, filters and viewset, all ordinary classes of this app."""

from collections.abc import Mapping
from inspect import Parameter, getdoc, signature
from typing import Any

import django_filters
from django.core.exceptions import ImproperlyConfigured
from django.db.models import ForeignKey, QuerySet
from drf_spectacular.settings import spectacular_settings
from rest_framework.relations import SlugRelatedField

from advocacy.records.lifecycle import Lifecycle, Move
from advocacy.records.resource import Resource as Manifest
from advocacy.rest.filters import FilterSet, KnownFilter
from advocacy.rest.resources import Creates, Resource, Updates, command
from advocacy.rest.serializers import RowSerializer
from advocacy.rest.undo import undo_action


def body_of(manifest: Manifest, move: Move) -> type[Any] | None:
    """What a move takes, read off the model's fields."""
    if move.name in manifest.bodies:
        own: type[Any] = manifest.bodies[move.name]
        return own
    if not move.fields:
        return None
    optional = {"required": False}
    extra = {name: {"required": True, "allow_blank": False} for name in move.needs}
    extra |= dict.fromkeys(move.takes, optional)
    meta = type("Meta", (), {"model": manifest.model, "fields": move.fields, "extra_kwargs": extra})
    name = f"{manifest.model.__name__}{move.name.title().replace('_', '')}"
    return type(name, (RowSerializer,), {"Meta": meta, "__doc__": str(move.label)})


def needed_by(service: Any) -> set[str]:
    """The names a service cannot do without, beside who acts."""
    given = signature(service).parameters.values() if service else ()
    keyword = [each for each in given if each.kind is Parameter.KEYWORD_ONLY]
    return {each.name for each in keyword if each.default is Parameter.empty} - {"actor"}


def serializer_of(manifest: Manifest) -> type[RowSerializer]:
    """The row; what the form takes can be written."""
    extra = {
        name: {"required": True} for name in needed_by(manifest.create) & set(manifest.api_fields)
    }
    form: Any = manifest.form  # the stubs know base_fields of some forms only
    writable = set(form.base_fields)
    values = {
        "model": manifest.model,
        "fields": tuple(manifest.api_fields),
        "read_only_fields": tuple(name for name in manifest.api_fields if name not in writable),
        "extra_kwargs": extra,
    }
    name, doc = f"{manifest.model.__name__}Serializer", manifest.model.__doc__
    return type(name, (RowSerializer,), {"Meta": type("Meta", (), values), "__doc__": doc})


def filters_of(manifest: Manifest) -> type[FilterSet]:
    """Filters by equality; a foreign key by its id, or by the code its serializer shows."""
    attrs: dict[str, Any] = {}
    declared: Mapping[str, Any] = getattr(manifest.serializer, "_declared_fields", {})
    for name in manifest.api_filters:
        shown = declared.get(name)
        by_code = isinstance(shown, SlugRelatedField)
        if shown is not None and by_code:
            attrs[name] = KnownFilter(name, shown.queryset, shown.slug_field)
        elif isinstance(manifest.model._meta.get_field(name), ForeignKey):
            attrs[name] = django_filters.UUIDFilter(field_name=f"{name}_id")
    own = [name for name in manifest.api_filters if name not in attrs]
    attrs["Meta"] = type("Meta", (), {"model": manifest.model, "fields": own})
    return type(f"{manifest.model.__name__}Filter", (FilterSet,), attrs)


class OfManifest(Resource):
    """A viewset that reads a manifest; services do the writing."""

    manifest: Manifest

    def get_queryset(self) -> QuerySet[Any]:
        return self.manifest.listed(self.membership)

    def create_row(self, **values: Any) -> Any:
        """Call the service."""
        return self.manifest.create(actor=self.actor, **values)  # type: ignore[misc]

    def update_row(self, row: Any, **values: Any) -> Any:
        """Call the service."""
        subject = {self.manifest.subject: row}
        return self.manifest.update(actor=self.actor, **subject, **values)  # type: ignore[misc]


def action_of(move: Move, service: Any, subject: str, body: type[Any] | None) -> Any:
    """The action of a viewset that makes a move by its service."""

    def run(self: Resource, row: Any, **values: Any) -> None:
        service(actor=self.actor, **{subject: row}, **values)

    # DRF names the action after the function, and shows the service's own words: the first
    # paragraph, since what it raises and locks is said for engineers.
    run.__name__, run.__doc__ = move.name, (getdoc(service) or "").split("\n\n")[0]
    path = move.name.replace("_", "-")
    return command(body, path=path, gives_away=move.gives_away)(run)


def moves_of(
    lifecycle: Lifecycle,
    *,
    subject: str,
    services: Mapping[str, Any],
    bodies: Mapping[str, type[Any]] | None = None,
    undo: str = "",
) -> type:
    """To mix into a viewset of one's own: an action for each move in ``services``, which asks for
    the permission the move declares. A move that asks for something needs a body. ``undo`` is the
    permission for taking a press back that can be.
    """
    moves, bodies = [lifecycle[name] for name in services], bodies or {}
    if bare := [move.name for move in moves if move.fields and move.name not in bodies]:
        raise ImproperlyConfigured(f"{lifecycle.noun}: moves without a body: {bare}")
    actions = {m.name: action_of(m, services[m.name], subject, bodies.get(m.name)) for m in moves}
    permissions = {move.name: move.may for move in moves}
    if undo:
        actions["undo"], permissions["undo"] = undo_action(), undo
    return type(f"{lifecycle.noun.title()}Moves", (), {"permissions": permissions, **actions})


def name_choices(manifest: Manifest) -> None:
    """Call its sets of choices after model and field: ``MomentKindEnum``, by the first that has
    one. Who writes a serializer names them in the settings.
    """
    names = spectacular_settings.ENUM_NAME_OVERRIDES
    known = [list(each) for each in names.values() if not isinstance(each, str)]
    columns = {column.name: column for column in manifest.model._meta.concrete_fields}
    for name in manifest.api_fields:
        choices = getattr(columns.get(name), "choices", None)
        if choices and list(choices) not in known:
            title = name.title().replace("_", "")
            named = f"{manifest.model.__name__}{title}Enum"
            names.setdefault(named, choices)


def viewset_of(manifest: Manifest) -> type[Resource]:
    """The manifest's own viewset, or one made from it."""
    own: type[Resource] = manifest.api or OfManifest
    if manifest.serializer is None:
        name_choices(manifest)
    if not issubclass(own, OfManifest):
        return own
    moves = manifest.moves
    if taken := [move.name for move in moves if hasattr(Resource, move.name)]:
        # DRF calls its own methods by these names: the first request would fail.
        raise ImproperlyConfigured(f"{manifest.name}: moves named as parts of a viewset: {taken}")
    permissions = {"list": manifest.view, "retrieve": manifest.view}
    bases: list[type] = [own]
    for wanted, base, name in (
        (manifest.create, Creates, "create"),
        (manifest.update, Updates, "partial_update"),
    ):
        if wanted is not None:
            bases.append(base)  # after OfManifest, whose create_row and update_row count
            permissions[name] = manifest.edit
    attrs: dict[str, Any] = {
        "manifest": manifest,
        "resource": manifest.name,
        "permissions": {
            **permissions,
            **own.permissions,
            **{move.name: move.may for move in moves},
        },
        "queryset": manifest.model.objects.none(),
        "serializer_class": manifest.serializer or serializer_of(manifest),
        "filterset_class": filters_of(manifest),
        "ordering_fields": tuple(name.lstrip("-") for name in manifest.api_ordering),
        "ordering": manifest.api_ordering[0],
        "__doc__": manifest.model.__doc__,
        **{
            move.name: action_of(
                move, manifest.services[move.name], manifest.subject, body_of(manifest, move)
            )
            for move in moves
        },
    }
    if any(move.undo for move in moves):
        attrs["undo"] = undo_action()
        attrs["permissions"]["undo"] = manifest.view
    said = set(vars(own)) - {"permissions"} if own is not OfManifest else set()
    made = {name: value for name, value in attrs.items() if name not in said}
    return type(f"{manifest.model.__name__}Resource", tuple(bases), made)
