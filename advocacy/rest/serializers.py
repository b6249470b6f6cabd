"""What serializers of every app share. Field names equal the model's (API-1)."""

from collections.abc import Callable, Mapping, MutableMapping
from copy import deepcopy
from operator import attrgetter
from typing import Any, ClassVar

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.fields import SkipField, empty
from rest_framework.relations import PKOnlyObject

from advocacy.tenancy.models import Membership
from advocacy.tenancy.text import LineField, typed_line
from advocacy.web.dates import countable


class StrictFields:
    """Refuses fields that do not exist or cannot be set, instead of passing over them (BAD-1)."""

    def to_internal_value(self, data: Any) -> Any:
        """Check the names before the values."""
        if isinstance(data, Mapping):
            fields: Mapping[str, serializers.Field] = self.fields  # type: ignore[attr-defined]
            problems = {
                str(name): [
                    _("This field cannot be set.")
                    if name in fields
                    else _("There is no such field.")
                ]
                for name in data
                if name not in fields or fields[name].read_only
            }
            if problems:
                raise serializers.ValidationError(problems)
        return super().to_internal_value(data)  # type: ignore[misc]


class Moment(serializers.DateTimeField):
    """A time; without a zone it is UTC."""

    default_validators = [countable]


class Day(serializers.DateField):
    """A date."""

    default_validators = [countable]


class Line(serializers.CharField):
    """A name or title: one line, before anything is checked."""

    def run_validation(self, data: Any = empty) -> Any:
        return super().run_validation(typed_line(data))


class Body(StrictFields, serializers.Serializer):
    """What an action takes."""


Reader = tuple[str, Callable[[Any], Any], Callable[[Any], Any]]


class RowSerializer(StrictFields, serializers.ModelSerializer):
    """One row of a resource. Rules across rows are the database's, translated once for all."""

    serializer_field_mapping: ClassVar[dict[type[models.Field], type[serializers.Field]]] = {
        **serializers.ModelSerializer.serializer_field_mapping,
        models.DateTimeField: Moment,
        models.DateField: Day,
        LineField: Line,
    }
    _built: ClassVar[dict[type[serializers.ModelSerializer], dict[str, serializers.Field]]] = {}

    def get_validators(self) -> list[Any]:
        """None of DRF's uniqueness checks: they do not know the tenant."""
        return []

    def include_extra_kwargs(
        self, kwargs: MutableMapping[str, Any], extra_kwargs: MutableMapping[str, Any]
    ) -> MutableMapping[str, Any]:
        """DRF forgets of a field that is only read that it may be blank; who reads must know."""
        blank = kwargs.get("allow_blank", False)
        made = super().include_extra_kwargs(kwargs, extra_kwargs)
        return {**made, "allow_blank": True} if blank else made

    def get_fields(self) -> dict[str, serializers.Field]:
        """Fresh copies of what DRF builds from the model, which it would do for every request."""
        made = self._built.get(type(self))
        if made is None:
            made = self._built[type(self)] = super().get_fields()
        return {name: deepcopy(field) for name, field in made.items()}

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """As DRF does it, except that how to read a field is found out once and not for each row:
        on a page of fifty rows that is the larger half of the answer.
        """
        shown = {}
        for name, read, represent in self._readers:
            try:
                value = read(instance)
            except SkipField:
                continue
            missing = value.pk is None if isinstance(value, PKOnlyObject) else value is None
            shown[name] = None if missing else represent(value)
        return shown

    @cached_property
    def _readers(self) -> list[Reader]:
        model: type[models.Model] = self.Meta.model
        columns = {field.name: field for field in model._meta.concrete_fields}
        return [self._reader(field, columns) for field in self._readable_fields]

    @staticmethod
    def _reader(field: serializers.Field, columns: Mapping[str, models.Field]) -> Reader:
        name, kind = str(field.field_name), type(field)
        column = columns.get(str(field.source))
        if column is None:
            return name, field.get_attribute, field.to_representation
        if kind.get_attribute is serializers.Field.get_attribute:
            return name, attrgetter(column.name), field.to_representation
        if (
            kind.get_attribute is serializers.RelatedField.get_attribute
            and kind.to_representation is serializers.PrimaryKeyRelatedField.to_representation
            and getattr(field, "pk_field", None) is None
        ):
            # The column of a foreign key is the answer; no object is needed.
            return name, attrgetter(column.attname), _as_it_is
        return name, field.get_attribute, field.to_representation


def _as_it_is(value: Any) -> Any:
    return value


class Reason(Body):
    """Why."""

    reason = serializers.CharField(max_length=500)


class OptionalReason(Body):
    """Why, if there is something to say."""

    reason = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")


@extend_schema_field({"type": "string", "format": "uuid"})
class MemberField(serializers.PrimaryKeyRelatedField):
    """A colleague, by id."""

    def __init__(self, **kwargs: Any) -> None:
        if not kwargs.get("read_only"):
            kwargs.setdefault("queryset", Membership.objects.select_related("user"))
        super().__init__(**kwargs)


class IdentifierSerializer(serializers.Serializer):
    """An id in another system."""

    source = serializers.CharField(max_length=50)  # type: ignore[assignment]
    external_id = serializers.CharField(max_length=200)

    def to_representation(self, instance: Any) -> dict[str, Any]:
        return {"source": instance.source, "external_id": instance.external_id}


class TagNames(serializers.ListField):
    """A record's tags of one kind, by name; ``links`` is the prefetched relation between them, or
    the list into which it was prefetched.
    """

    def __init__(self, *, links: str, kind: str, **kwargs: Any) -> None:
        self.links, self.kind = links, kind
        kwargs.setdefault("child", serializers.CharField(max_length=100))
        kwargs.setdefault("max_length", 50)
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)

    def get_attribute(self, instance: Any) -> list[str]:
        """The names, in the alphabet's order."""
        found = getattr(instance, self.links)
        links = found if isinstance(found, list) else found.all()
        return sorted(link.tag.name for link in links if link.tag.kind == self.kind)
