"""How the interface names an activity type."""

from typing import Any

from rest_framework import serializers

from advocates.models import ActivityType


class TypeField(serializers.SlugRelatedField):
    """An activity type, by code."""

    def __init__(self, **kwargs: Any) -> None:
        if not kwargs.get("read_only"):
            kwargs.setdefault("queryset", ActivityType.objects.all())
        super().__init__(slug_field="code", **kwargs)
