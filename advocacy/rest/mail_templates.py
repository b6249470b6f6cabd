"""Texts of mails over REST, with their previews (MSG-1)."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from advocacy.messaging.models import MailTemplate
from advocacy.messaging.wording.kinds import every_kind, kind_of
from advocacy.messaging.wording.previews import latest_preview, preview
from advocacy.rest.manifests import OfManifest
from advocacy.rest.serializers import RowSerializer


class MailTemplateSerializer(RowSerializer):
    """A tenant's own text of a kind of mail in one language; ours where there is none."""

    class Meta:
        model = MailTemplate
        fields = ("id", "kind", "language", "subject", "text", "state", "version", "changed_at")
        read_only_fields = ("id", "state", "version", "changed_at")


class MailPreviewShown(serializers.Serializer[Any]):
    """How it would arrive; ``problem`` says why it would not."""

    subject = serializers.CharField()
    text = serializers.CharField()
    problem = serializers.CharField()
    real = serializers.BooleanField(help_text="With the data of the last one, not with a sample.")


class MailFieldShown(serializers.Serializer[Any]):
    """What can be put in, in braces."""

    name = serializers.CharField()
    meaning = serializers.CharField(source="label")
    always_known = serializers.BooleanField(
        source="known", help_text="What is not stands in square brackets."
    )


class MailKindShown(serializers.Serializer[Any]):
    """A mail whose text can be written."""

    kind = serializers.CharField(source="code")
    title = serializers.CharField()
    fields_known = MailFieldShown(many=True, source="fields")


class MailTemplateApi(OfManifest):
    """With which mails there are, and previews."""

    queryset = MailTemplate.objects.none()
    permissions = {"preview": "settings.rules", "kinds": "settings.rules"}

    @extend_schema(responses=MailKindShown(many=True))
    @action(detail=False, methods=["get"], pagination_class=None, filter_backends=[])
    def kinds(self, request: Request) -> Response:
        """Which mails can be written, and what can be put into each."""
        return Response(MailKindShown(every_kind(), many=True).data)

    @extend_schema(responses=MailPreviewShown(many=True))
    @action(detail=True, methods=["get"], pagination_class=None, filter_backends=[])
    def preview(self, request: Request, pk: str) -> Response:
        """The mail with sample data, and with that of the last one there was."""
        row: MailTemplate = self.get_object()
        kind = kind_of(row.kind)
        if kind is None:
            raise Http404
        found = [
            preview(kind, row.written, row.language),
            latest_preview(kind, row.written, row.language, self.membership),
        ]
        return Response(MailPreviewShown([each for each in found if each], many=True).data)
