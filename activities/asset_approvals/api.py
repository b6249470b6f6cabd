"""Approvals of content over REST (APR-1)."""

from typing import Any

from rest_framework import serializers

from activities.asset_approvals.models import AssetApproval
from activities.assets.models import Asset
from advocacy.rest.serializers import Body, MemberField, RowSerializer


class AssetApprovalSerializer(RowSerializer):
    """Who decides about a piece's text, when, and what they said."""

    asset: Any = serializers.PrimaryKeyRelatedField(
        queryset=Asset.objects.select_related("advocate__account")
    )
    assignee = MemberField(required=False, allow_null=True)

    class Meta:
        model = AssetApproval
        fields = (
            *("id", "asset", "step", "position", "assignee", "contact_name", "contact_email"),
            *("days", "state", "number", "seen_number", "opened_at", "due_at", "reminded_at"),
            *("decided_at", "decided_by", "comment", "created_at"),
        )
        read_only_fields = (
            *("id", "state", "number", "seen_number", "opened_at", "due_at", "reminded_at"),
            *("decided_at", "decided_by", "comment", "created_at"),
        )


class ApproveTextBody(Body):
    """A word with it. With ``number`` it holds only if that is still the version asked about."""

    comment = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")
    number = serializers.IntegerField(min_value=1, required=False, allow_null=True, default=None)


class RefuseTextBody(ApproveTextBody):
    """What should be different."""

    comment = serializers.CharField(max_length=2000)


class HandOverTextBody(Body):
    """Who decides in their place."""

    assignee = MemberField()
