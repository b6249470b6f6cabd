"""What serializers of every room share. Field names equal the model's (API-1)."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from advocacy.tenancy.models import Membership


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


#: Years a calendar can be counted in: beyond them zones and business hours have no answer.
_YEARS = range(1900, 2201)


def _countable(value: date) -> None:
    if value.year not in _YEARS:
        raise serializers.ValidationError(
            _("Enter a year from %(first)d to %(last)d.") % {"first": _YEARS[0], "last": _YEARS[-1]}
        )


class Moment(serializers.DateTimeField):
    """A time; without a zone it is UTC."""

    default_validators = [_countable]


class Day(serializers.DateField):
    """A date."""

    default_validators = [_countable]


class Body(StrictFields, serializers.Serializer):
    """What an action takes."""


class RowSerializer(StrictFields, serializers.ModelSerializer):
    """One row of a resource. Rules across rows are the database's, translated once for all."""

    serializer_field_mapping: ClassVar[dict[type[models.Field], type[serializers.Field]]] = {
        **serializers.ModelSerializer.serializer_field_mapping,
        models.DateTimeField: Moment,
        models.DateField: Day,
    }

    def get_validators(self) -> list[Any]:
        """None of DRF's uniqueness checks: they do not know the tenant."""
        return []


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
