"""The tenant's settings over REST: a resource for each family, made from its settings (SET-1.j)."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, ClassVar

from django.urls import URLPattern, path
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from advocacy.rest.plain import PlainView
from advocacy.rest.serializers import Body
from advocacy.rest.versions import IF_MATCH, require_version, versioned, wants_version
from advocacy.tenant_settings.families import Family, cautions_of, registered
from advocacy.tenant_settings.services import change_settings, preview_change, put_back
from advocacy.tenant_settings.settings import Kind, Setting

RULES = "settings.rules"
#: In a body beside the settings, where something can speak against a change.
ANYWAY = "anyway"


@extend_schema_field({"type": "string", "pattern": r"^[0-2]\d:[0-5]\d$"})
class TimeOfDay(serializers.TimeField):
    """Hours and minutes, wherever the tenant is."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%H:%M", **kwargs)


class Keys(Body):
    """Which settings get their default again."""

    keys = serializers.ListField(
        child=serializers.CharField(max_length=100), allow_empty=False, max_length=100
    )


class MovedPeople(serializers.Serializer):
    """People whom a change would take from one standing to another; the first few by name."""

    before = serializers.CharField()
    after = serializers.CharField()
    count = serializers.IntegerField()
    names = serializers.ListField(child=serializers.CharField())


class OneSetting(serializers.Serializer):
    """A setting with its value and what is usual."""

    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    unit = serializers.CharField(allow_blank=True)
    value = serializers.JSONField()
    default = serializers.JSONField()  # type: ignore[assignment]


class OneFamily(serializers.Serializer):
    """A family with all its settings."""

    family = serializers.CharField()
    title = serializers.CharField()
    settings = OneSetting(many=True)


class SettingsView(PlainView):
    """Reads and writes the tenant's numbers; the scope is that of all families."""

    resource: ClassVar[str] = "settings"


class AllSettings(SettingsView):
    """Every family at once, to read."""

    permissions = {"list": RULES}

    @extend_schema(responses=OneFamily(many=True), description="Every family with its settings.")
    def list(self, request: Request) -> Response:
        """Not in pages: there are as many as the product has families."""
        return Response(OneFamily([_shown(each) for each in registered()], many=True).data)


class FamilyResource(SettingsView):
    """One family: read, change, preview, put back."""

    permissions = dict.fromkeys(("retrieve", "partial_update", "preview", "put_back"), RULES)
    family: ClassVar[Family]
    serializer: ClassVar[type[serializers.Serializer]]

    def retrieve(self, request: Request) -> Response:
        """The values as they are now."""
        return self.show(self.family.load())

    def partial_update(self, request: Request) -> Response:
        """Change what is given; checked as a whole."""
        if wants_version(request, f"settings:{self.family.key}"):
            require_version(request, self.serializer(self.family.load()).data)
        values = self.read(self.serializer)
        anyway = values.pop(ANYWAY, False)
        return self.show(
            change_settings(actor=self.actor, family=self.family, values=values, anyway=anyway)
        )

    def preview(self, request: Request) -> Response:
        """Whom a change would move, before it is made."""
        values = self.read(self.serializer)
        values.pop(ANYWAY, None)
        moved = preview_change(actor=self.actor, family=self.family, values=values)
        return Response(MovedPeople(moved, many=True).data)

    def put_back(self, request: Request) -> Response:
        """Give settings their default again."""
        keys = self.read(Keys)["keys"]
        return self.show(put_back(actor=self.actor, family=self.family, keys=keys))

    def show(self, values: Mapping[str, Any]) -> Response:
        """All values of the family."""
        return versioned(self.serializer(values).data)


def _shown(family: Family) -> dict[str, Any]:
    values = serializer_of(family)(family.load()).data
    usual = serializer_of(family)({k: each.usual for k, each in family.settings.items()}).data
    return {
        "family": family.key,
        "title": str(family.title),
        "settings": [
            {
                "key": key,
                "label": setting.name,
                "unit": str(setting.unit),
                "value": values[key],
                "default": usual[key],
            }
            for key, setting in family.settings.items()
        ],
    }


_TYPES: Mapping[Kind, type[serializers.Field]] = {
    "number": serializers.IntegerField,
    "decimal": serializers.DecimalField,
    "choice": serializers.ChoiceField,
    "several": serializers.ListField,
    "words": serializers.ListField,
    "line": serializers.CharField,
    "flag": serializers.BooleanField,
    "time": TimeOfDay,
}


def _arguments(setting: Setting) -> dict[str, Any]:
    between = {"min_value": setting.low, "max_value": setting.high}
    each = serializers.ChoiceField(choices=list(setting.choices))
    arguments: Mapping[Kind, dict[str, Any]] = {
        "number": between,
        "decimal": {**between, "max_digits": 7, "decimal_places": 2},
        "choice": {"choices": list(setting.choices)},
        "several": {"child": each},
        "words": {"child": serializers.CharField(max_length=100), "max_length": 50},
        "line": {"max_length": setting.longest, "allow_blank": True},
    }
    return arguments.get(setting.kind, {})


def _field(setting: Setting) -> serializers.Field:
    said = f"{setting.name}. Default: {setting.words(setting.usual)}."
    arguments = {"required": False, "help_text": said, **_arguments(setting)}
    if setting.optional:
        arguments["allow_null"] = True
    return _TYPES[setting.kind](**arguments)


@cache
def serializer_of(family: Family) -> type[serializers.Serializer]:
    """The values of a family, each with its range."""
    fields = {key: _field(setting) for key, setting in family.settings.items()}
    if cautions_of(family.key):
        fields[ANYWAY] = serializers.BooleanField(
            required=False,
            write_only=True,
            help_text="Change it whatever speaks against it (409 over_committed).",
        )
    doc = str(family.title)
    return type(f"{family.key.title()}Settings", (Body,), {**fields, "__doc__": doc})


def resource_of(family: Family) -> type[FamilyResource]:
    """The viewset of a family."""
    serializer = serializer_of(family)
    made = type(
        f"{family.key.title()}Resource",
        (FamilyResource,),
        {
            "family": family,
            "serializer": serializer,
            "operations": f"settings_{family.key}",
            "__doc__": str(family.text),
        },
    )
    for name, request, response in (
        ("retrieve", None, serializer),
        ("partial_update", serializer, serializer),
        ("preview", serializer, MovedPeople(many=True)),
        ("put_back", Keys, serializer),
    ):
        method = _copy(getattr(FamilyResource, name))
        asked = [IF_MATCH] if name == "partial_update" else []
        described = extend_schema(parameters=asked, request=request, responses=response)
        setattr(made, name, described(method))
    return made


def _copy(method: Callable[..., Response]) -> Callable[..., Response]:
    """A function of its own for each family: its description is written onto it."""

    def run(self: FamilyResource, request: Request) -> Response:
        return method(self, request)

    run.__name__, run.__doc__ = method.__name__, method.__doc__
    return run


def urlpatterns() -> list[URLPattern]:
    """The addresses. A function: apps register their families while they start."""
    found = [path("settings/", AllSettings.as_view({"get": "list"}), name="settings")]
    for family in registered():
        view, here = resource_of(family), f"settings/{family.key}/"
        name = f"settings-{family.key}"
        found += [
            path(here, view.as_view({"get": "retrieve", "patch": "partial_update"}), name=name),
            path(f"{here}preview/", view.as_view({"post": "preview"}), name=f"{name}-preview"),
            path(f"{here}put-back/", view.as_view({"post": "put_back"}), name=f"{name}-put-back"),
        ]
    return found
