"""Recruitment messages and their words over REST (ENR-3)."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from advocacy.rest.serializers import Body, RowSerializer
from advocacy.rest.versions import IF_MATCH, require_version, versioned, wants_version
from advocates.models import Advocate, RecruitmentMessage
from advocates.program.catalogue.fields import TypeField
from advocates.recruiting.drafts import template_of
from advocates.recruiting.models import PARTS
from advocates.recruiting.services import save_template


class RecruitmentSerializer(RowSerializer):
    """A letter to one person who is not in the program: seven parts, each needed unless
    ``send_incomplete`` says otherwise.
    """

    advocate = serializers.PrimaryKeyRelatedField(queryset=Advocate.objects.all())
    activity_type = TypeField()
    send_incomplete = serializers.BooleanField(
        required=False, write_only=True, help_text="Send it without what is missing."
    )

    class Meta:
        model = RecruitmentMessage
        fields = (
            "id", "advocate", "activity_type", *PARTS, "send_incomplete", "without", "sender",
            "sent_at",
        )  # fmt: skip
        read_only_fields = ("id", "without", "sender", "sent_at")


class TemplateSerializer(Body):
    """The words of each part for one type; places such as {what} are filled in when a letter is
    drafted. An empty part is said in the usual words.
    """

    together = serializers.CharField(max_length=1000, required=False, allow_blank=True)
    outcome = serializers.CharField(max_length=1000, required=False, allow_blank=True)
    project = serializers.CharField(max_length=1000, required=False, allow_blank=True)
    effort = serializers.CharField(max_length=1000, required=False, allow_blank=True)
    benefit = serializers.CharField(max_length=1000, required=False, allow_blank=True)
    no_pressure = serializers.CharField(max_length=1000, required=False, allow_blank=True)
    signed = serializers.CharField(max_length=200, required=False, allow_blank=True)


class TemplateActions:
    """To mix into the activity types' viewset."""

    permissions: ClassVar[dict[str, str]] = {
        "recruitment": "settings.view",
        "save_recruitment": "settings.rules",
    }

    @extend_schema(
        description="The words of the recruitment message for this type (ENR-3).",
        responses=TemplateSerializer,
    )
    @action(detail=True, methods=["get"], pagination_class=None, filter_backends=[])
    def recruitment(self: Any, request: Request, pk: str) -> Response:
        """Show them."""
        return versioned(TemplateSerializer(template_of(self.get_object())).data)

    @extend_schema(
        description="Save them; what is not given stays (ENR-3).",
        parameters=[IF_MATCH],
        request=TemplateSerializer,
        responses=TemplateSerializer,
    )
    @recruitment.mapping.patch
    def save_recruitment(self: Any, request: Request, pk: str) -> Response:
        """Save them."""
        wanted = wants_version(request, f"recruitment:{pk}")
        kind = self.get_object()
        if wanted:
            require_version(request, TemplateSerializer(template_of(kind)).data)
        save_template(actor=self.actor, activity_type=kind, **self.read(TemplateSerializer))
        return versioned(TemplateSerializer(template_of(kind)).data)
