"""What the interface reads and writes of requests (API-2, REQ-1)."""

from typing import Any
from uuid import UUID

from django.db.models import Func, TextField
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from advocacy.rest.serializers import Line, MemberField, RowSerializer, TagNames
from advocacy.rest.versions import WARNINGS
from advocacy.tenancy.models import Membership
from advocates.accounts.choices import TagKind
from advocates.accounts.tags import tags_named
from advocates.api import TypeField
from advocates.models import Tag
from requests.browsing.introducing import asked_for, first_to_ask
from requests.models import Opportunity, Request
from requests.opportunities.typed import TYPED_FIELDS
from requests.requests.cautions import Caution, cautions_about
from requests.requests.choices import REQUEST_EDITABLE
from requests.requests.details import RequestDetails

DETAILS = tuple(name for name in RequestDetails.__slots__ if name != "tags")

TAGS = {"products": TagKind.PRODUCT, "use_cases": TagKind.USE_CASE}


#: What was said of a yes when it was submitted (TIMER-1).
FORETOLD = ("forecast_likeness", "forecast_asks", "forecast_yes", "forecast_minutes")


class TypedDealSerializer(RowSerializer):
    """A deal the CRM does not hold; with ``external_id`` its next upsert finds it (REQ-1)."""

    external_id = Line(max_length=200, required=False, allow_blank=True)
    source = Line(max_length=50, required=False, allow_blank=True)  # type: ignore[assignment]

    class Meta:
        model = Opportunity
        fields = (*TYPED_FIELDS, "external_id", "source")


class Reference(Func):
    """``Request.reference`` in a statement, of the number."""

    template = (
        "'REQ-' || lpad(%(expressions)s::text, greatest(4, length(%(expressions)s::text)), '0')"
    )
    output_field = TextField()


class RequestSerializer(RowSerializer):
    """What sales asks for. Choosing an opportunity fills what is left blank (REQ-1)."""

    activity_type = TypeField()
    opportunity = serializers.PrimaryKeyRelatedField(
        queryset=Opportunity.objects.select_related("account"), required=False, allow_null=True
    )
    deal = TypedDealSerializer(
        write_only=True,
        required=False,
        help_text="Instead of an opportunity: one that is written down with the request.",
    )
    requester = MemberField(
        required=False, help_text="The program may ask in a colleague's name; else the owner."
    )
    introduction = serializers.CharField(
        write_only=True,
        required=False,
        allow_blank=True,
        max_length=300,
        help_text="Of somebody found under browse: whom the program is to ask first.",
    )
    ask_first = serializers.SerializerMethodField(
        help_text="Whom the requester asks to be introduced to; null to who may not know."
    )
    reference = serializers.CharField(read_only=True)
    forecast_likeness = serializers.CharField(
        read_only=True, help_text="market, industry, type, effort or all; blank before any was made"
    )
    products = TagNames(links="request_tags", kind=TagKind.PRODUCT)
    use_cases = TagNames(links="request_tags", kind=TagKind.USE_CASE)

    class Meta:
        model = Request
        fields = (
            "id",
            "number",
            "reference",
            *DETAILS,
            "deal",
            "introduction",
            "ask_first",
            "products",
            "use_cases",
            "requester",
            "manager",
            "state",
            "state_reason",
            "accepted_count",
            "created_at",
            "submitted_at",
            "answer_due_at",
            "answered_at",
            "confirm_due_at",
            "approval_since",
            *FORETOLD,
            "confirmed_at",
            "completed_at",
            "ended_at",
        )
        read_only_fields = (
            "id",
            "number",
            "manager",
            "state",
            "state_reason",
            "accepted_count",
            "created_at",
            "submitted_at",
            "answer_due_at",
            "answered_at",
            "confirm_due_at",
            "approval_since",
            *FORETOLD,
            "confirmed_at",
            "completed_at",
            "ended_at",
        )

    def get_ask_first(self, row: Request) -> UUID | None:
        found = asked_for(self.context["request"].auth.owner, row)
        return found.advocate.pk if found and found.advocate else None

    @classmethod
    def json_expressions(cls, viewer: Membership, /) -> dict[str, Any]:
        return {"reference": Reference("number"), "ask_first": first_to_ask(viewer)}


class CautionSerializer(serializers.Serializer):
    """One thing worth knowing before somebody is asked."""

    code = serializers.CharField(
        help_text="owed, gate, approval, unpublished, running, after_close or past"
    )
    text = serializers.CharField()
    request = serializers.UUIDField(
        source="request.pk",
        allow_null=True,
        help_text="The one that runs or is owed for, if you may see it.",
    )
    assets = serializers.SerializerMethodField(
        help_text="The oldest pieces that lie unpublished, if you may see them."
    )

    @extend_schema_field({"type": "array", "items": {"type": "string", "format": "uuid"}})
    def get_assets(self, row: Caution) -> list[UUID]:
        return [asset.pk for asset in row.assets]


class WarnedRequestSerializer(RequestSerializer):
    """One request, with what whoever asks should know."""

    warnings = serializers.SerializerMethodField(
        help_text="What may be disregarded: the deal is asked for already, or closes before."
    )

    class Meta(RequestSerializer.Meta):
        fields = (*RequestSerializer.Meta.fields, WARNINGS)  # type: ignore[assignment]

    @extend_schema_field(CautionSerializer(many=True))
    def get_warnings(self, row: Request) -> Any:
        """Of one that is still to be filled; none of one that is over."""
        if row.state not in REQUEST_EDITABLE:
            return []
        found = cautions_about(
            self.context["request"].auth.owner,
            opportunity=row.opportunity,
            needed_by=row.needed_by,
            activity_type=row.activity_type,
            but=row,
        )
        return CautionSerializer(found, many=True).data


class ChangedRequestSerializer(WarnedRequestSerializer):
    """What is said of a request anew; who asks is said once."""

    requester = MemberField(read_only=True)  # type: ignore[assignment]


def with_tags(values: dict[str, Any], kept: dict[str, list[Tag]]) -> dict[str, Any]:
    """Products and use cases by name as the tags the service takes."""
    found = dict(kept)
    for name, kind in TAGS.items():
        if name in values:
            found[kind] = tags_named(kind, values.pop(name))
    return {**values, "tags": tuple(tag for tags in found.values() for tag in tags)}
