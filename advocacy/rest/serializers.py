"""What serializers of every app share. Field names equal the model's (API-1)."""

from collections.abc import Mapping, MutableMapping
from copy import deepcopy
from typing import Any, ClassVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models.functions import Collate
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.fields import empty

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

    def build_standard_field(
        self, field_name: str, model_field: models.Field
    ) -> tuple[type[serializers.Field], dict[str, Any]]:
        """DRF does not look whether what no form has may be blank."""
        kind, kwargs = super().build_standard_field(field_name, model_field)
        if not model_field.editable and model_field.choices and model_field.blank:
            kwargs["allow_blank"] = True
        return kind, kwargs

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

    @classmethod
    def json_expressions(cls, _viewer: Membership, /) -> Mapping[str, Any]:
        """By field, what PostgreSQL shows a member of it; of what it cannot read off a column
        (``json_rows``).
        """
        return {}


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


class TagNames(serializers.ListField):
    """A record's tags of one kind, by name; ``links`` is the prefetched relation between them."""

    def __init__(self, *, links: str, kind: str, **kwargs: Any) -> None:
        self.links, self.kind = links, kind
        kwargs.setdefault("child", serializers.CharField(max_length=100))
        kwargs.setdefault("max_length", 50)
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)

    def get_attribute(self, instance: Any) -> list[str]:
        """The names, in the alphabet's order."""
        links = getattr(instance, self.links).all()
        return sorted(link.tag.name for link in links if link.tag.kind == self.kind)

    def json_expression(self, model: type[models.Model]) -> ArraySubquery:
        """The same, in Python's order of letters."""
        relation: Any = model._meta.get_field(self.links)
        its = {relation.field.name: models.OuterRef("pk"), "tag__kind": self.kind}
        links = relation.related_model.objects.filter(**its)
        return ArraySubquery(links.order_by(Collate("tag__name", "C")).values("tag__name"))
