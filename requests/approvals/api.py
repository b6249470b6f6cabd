"""Rules of what is approved first, over REST (REQ-3.b)."""

from advocacy.rest.serializers import RowSerializer
from advocates.api import TypeField
from requests.models import ApprovalRule


class ApprovalRuleSerializer(RowSerializer):
    """Which requests a colleague of a role approves before anybody is asked."""

    activity_type = TypeField(required=False, allow_null=True)

    class Meta:
        model = ApprovalRule
        fields = (
            "id",
            "activity_type",
            "min_amount",
            "currency",
            "on_policy",
            "approver_role",
            "position",
            "is_on",
            "created_at",
        )
        read_only_fields = ("id", "created_at")
