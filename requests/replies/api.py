"""Answers by mail over REST; the rest is made from the manifest (MSG-5)."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from advocacy.rest.manifests import OfManifest
from advocacy.rest.serializers import Body
from requests.models import AskReply
from requests.replies.services import forward_mail


class ForwardBody(Body):
    """One mail, as it came: headers, a blank line, the rest (RFC 5322)."""

    message = serializers.CharField(max_length=1_000_000, trim_whitespace=False)


class AskReplyApi(OfManifest):
    """With handing a mail over."""

    queryset = AskReply.objects.none()
    permissions = {"forward": "asks.answer_for"}

    @extend_schema(request=ForwardBody, responses={201: None})
    @action(detail=False, methods=["post"], pagination_class=None, filter_backends=[])
    def forward(self, request: Request) -> Response:
        """Keep a mail that answers an ask; its quotation is cut off."""
        reply = forward_mail(actor=self.actor, **self.read(ForwardBody))
        return self.show_again(reply, 201)
