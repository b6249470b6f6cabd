"""Who does what over REST, below the settings (RSP-1)."""

from typing import Any

from django.db import transaction
from django.http import Http404
from django.urls import URLPattern, path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from advocacy.rest.families import RULES, SettingsView
from advocacy.rest.serializers import Body, Line, MemberField
from advocacy.rest.versions import IF_MATCH, require_version, versioned, wants_version
from advocacy.tenancy.roles import Role
from advocates.models import ActivityType
from advocates.responsibilities import selectors, services
from advocates.responsibilities.steps import Step

#: In the place of a type's code: what counts for every type without a role of its own.
EVERY = "every-type"

RolesBody = type(
    "RolesBody",
    (Body,),
    {
        **{
            step.value: serializers.ChoiceField(
                choices=Role.choices, required=False, allow_blank=True
            )
            for step in Step
        },
        "__doc__": "The role of each step; empty for the usual one, left out to leave it.",
    },
)


class StepRole(serializers.Serializer):
    """Whose a step is."""

    step = serializers.ChoiceField(choices=Step.choices)
    role = serializers.ChoiceField(choices=Role.choices)
    usual = serializers.ChoiceField(choices=Role.choices)
    own = serializers.BooleanField(help_text="Whether the tenant chose it here.")


class TypeRoles(serializers.Serializer):
    """The steps of a type with their roles; ``every-type`` counts where one has none of its own."""

    type = serializers.CharField()
    steps = StepRole(many=True)


class ShareBody(Body):
    """How much of somebody's working time the program has."""

    member = MemberField()
    percent = serializers.IntegerField(min_value=1, max_value=100)


class ProgramBody(Body):
    """What is given is changed."""

    name = Line(max_length=100, required=False, allow_blank=True)
    owner = MemberField(required=False, allow_null=True)
    shares = ShareBody(many=True, required=False)


class Share(serializers.Serializer):
    """Percent of a program manager's working time."""

    member = serializers.UUIDField()
    percent = serializers.IntegerField()


class TheProgram(serializers.Serializer):
    """The program as a whole."""

    name = serializers.CharField()
    owner = serializers.UUIDField(allow_null=True)
    accountable = serializers.UUIDField(
        allow_null=True, help_text="The owner; without one the longest-serving program manager."
    )
    shares = Share(many=True)


def _shown(kind: ActivityType | None) -> Any:
    roles = selectors.roles_of(kind) if kind else selectors.general_roles()
    return TypeRoles({"type": kind.code if kind else EVERY, "steps": roles}).data


class AllRoles(SettingsView):
    """The whole matrix."""

    operations = "settings_responsibilities"
    permissions = {"list": RULES}

    @extend_schema(operation_id="settings_responsibilities_list", responses=TypeRoles(many=True))
    def list(self, request: Request) -> Response:
        """What counts for every type, then each type."""
        return Response([_shown(None), *(_shown(kind) for kind in ActivityType.objects.all())])


class RolesOfType(SettingsView):
    """The roles of one type, or of every type."""

    operations = "settings_responsibilities"
    permissions = dict.fromkeys(("retrieve", "partial_update"), RULES)

    @extend_schema(responses=TypeRoles)
    def retrieve(self, request: Request, code: str) -> Response:
        """Who does what of it."""
        return versioned(_shown(self._kind(code)))

    @extend_schema(parameters=[IF_MATCH], request=RolesBody, responses=TypeRoles)
    def partial_update(self, request: Request, code: str) -> Response:
        """Change what is given."""
        kind = self._kind(code)
        if wants_version(request, f"responsibilities:{code}"):
            require_version(request, _shown(kind))
        services.set_roles(actor=self.actor, activity_type=kind, roles=self.read(RolesBody))
        return versioned(_shown(kind))

    def _kind(self, code: str) -> ActivityType | None:
        if code == EVERY:
            return None
        found = ActivityType.objects.filter(code=code).first()
        if found is None:
            raise Http404
        return found


class ProgramResource(SettingsView):
    """Name, owner and shares of time."""

    operations = "settings_program"
    permissions = dict.fromkeys(("retrieve", "partial_update"), RULES)

    @extend_schema(responses=TheProgram)
    def retrieve(self, request: Request) -> Response:
        """As it is."""
        return versioned(self._show())

    @extend_schema(parameters=[IF_MATCH], request=ProgramBody, responses=TheProgram)
    def partial_update(self, request: Request) -> Response:
        """Change what is given; all of it or nothing."""
        if wants_version(request, "program"):
            require_version(request, self._show())
        values = self.read(ProgramBody)
        with transaction.atomic():
            services.set_shares(actor=self.actor, shares=values.pop("shares", ()))
            services.update_program(actor=self.actor, **values)
        return versioned(self._show())

    def _show(self) -> Any:
        row, owner = selectors.program(), selectors.accountable_owner()
        shares = [{"member": member.pk, "percent": part} for member, part in selectors.shares()]
        return TheProgram(
            {
                "name": row.name,
                "owner": row.owner_id,  # type: ignore[attr-defined]
                "accountable": owner.pk if owner else None,
                "shares": shares,
            }
        ).data


def urlpatterns() -> list[URLPattern]:
    """The addresses."""
    here = "settings/responsibilities/"
    return [
        path(here, AllRoles.as_view({"get": "list"}), name="settings-responsibilities"),
        path(
            f"{here}<slug:code>/",
            RolesOfType.as_view({"get": "retrieve", "patch": "partial_update"}),
            name="settings-type-responsibilities",
        ),
        path(
            "settings/program/",
            ProgramResource.as_view({"get": "retrieve", "patch": "partial_update"}),
            name="settings-program",
        ),
    ]
