"""What was shared over REST: ``shares/`` (AST-2.b, AST-2.c)."""

from typing import Any

from django.db.models import Value
from rest_framework import serializers

from activities.assets.models import Asset
from advocacy.messaging.links import UnreadableLink
from advocacy.rest.serializers import RowSerializer
from advocacy.tenancy.models import Membership
from requests.models import Opportunity, Share
from requests.shares.services import url_of


class ContentShareSerializer(RowSerializer):
    """A piece of content used in a deal. ``url`` is what to send to the prospect; a list leaves it
    empty, one row has it.
    """

    asset = serializers.PrimaryKeyRelatedField(queryset=Asset.objects.all())
    opportunity = serializers.PrimaryKeyRelatedField(queryset=Opportunity.objects.all())
    url = serializers.SerializerMethodField()

    class Meta:
        model = Share
        fields = (
            *("id", "asset", "opportunity", "way", "recipient", "state", "url", "made_by"),
            *("opens", "first_opened_at", "last_opened_at", "created_at", "expires_at"),
            "ended_at",
        )
        read_only_fields = tuple(
            name for name in fields if name not in ("asset", "opportunity", "way", "recipient")
        )

    def get_url(self, share: Share) -> str:
        """The public link."""
        if self.parent is not None:
            return ""
        try:
            return url_of(share)
        except UnreadableLink:
            return ""

    @classmethod
    def json_expressions(cls, _viewer: Membership, /) -> dict[str, Any]:
        return {"url": Value("")}
