"""Who could help, without names, over REST (BRW-1)."""

from typing import Any, ClassVar

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request as HttpRequest
from rest_framework.response import Response

from advocacy.rest.serializers import Body
from advocates.accounts.choices import Region, Segment, TagKind
from advocates.models import Tag
from advocates.people.choices import Seniority
from requests.browsing.selectors import Wanted, available, requestable_types

MOST = 50


class BrowseQuery(Body):
    """For what, and whom; what is left out narrows nothing."""

    activity_type = serializers.SlugField(
        required=False,
        default="",
        max_length=50,
        help_text="Its code; reference calls, unless said otherwise.",
    )
    industry = serializers.CharField(required=False, default="", max_length=100)
    segment = serializers.ChoiceField(choices=Segment.choices, required=False, default="")
    region = serializers.ChoiceField(choices=Region.choices, required=False, default="")
    seniority = serializers.ChoiceField(choices=Seniority.choices, required=False, default="")
    function = serializers.CharField(required=False, default="", max_length=60)
    language = serializers.CharField(required=False, default="", max_length=8)
    product = serializers.CharField(required=False, default="", max_length=100)
    use_case = serializers.CharField(required=False, default="", max_length=100)
    also_full = serializers.BooleanField(
        required=False, default=False, help_text="Also who cannot be asked at present."
    )
    page = serializers.IntegerField(required=False, default=1, min_value=1, max_value=10_000)


class AvailableSerializer(serializers.Serializer):
    """Somebody without a name; blank where more would be told than several companies fit."""

    introduction = serializers.CharField(
        source="reference",
        help_text="Yours alone, for 14 days: give it with a new request to ask for this person.",
    )
    industry = serializers.CharField(source="told.industry")
    segment = serializers.CharField(source="told.segment")
    region = serializers.CharField(source="told.region")
    seniority = serializers.CharField(source="told.seniority")
    function = serializers.CharField(source="told.function")
    language = serializers.CharField(source="told.language")
    products = serializers.ListField(child=serializers.CharField())
    use_cases = serializers.ListField(child=serializers.CharField())
    can_be_asked = serializers.BooleanField(source="can", help_text="Whether now.")
    also_open_to = serializers.SerializerMethodField(help_text="Codes of other activity types.")

    def get_also_open_to(self, row: Any) -> list[str]:
        return [kind.code for kind in row.also_open]


class BrowseSerializer(serializers.Serializer):
    """A page of them, in an order that says nothing."""

    count = serializers.IntegerField()
    pages = serializers.IntegerField()
    results = AvailableSerializer(many=True)


class ShowsAvailable:
    """What the requests' resource says of who could help."""

    membership: Any
    reads: ClassVar[dict[str, str]] = {"browse": "references.browse"}

    @extend_schema(
        description="Who is open to a type of activity, without names and no more finely than"
        " several companies fit (BRW-1, VIS-1).",
        parameters=[BrowseQuery],
        responses=BrowseSerializer,
    )
    @action(detail=False, methods=["get"], pagination_class=None, filter_backends=[])
    def browse(self, request: HttpRequest) -> Response:
        """Look through them."""
        query = BrowseQuery(data={n: v for n, v in request.query_params.items() if v})
        query.is_valid(raise_exception=True)
        asked = dict(query.validated_data)
        code, kinds = asked.pop("activity_type"), requestable_types()
        kind = next((each for each in kinds if code in ("", each.code)), None)
        if kind is None and code:
            raise Http404
        page = asked.pop("page")
        if kind is None:
            return Response({"count": 0, "pages": 1, "results": []})
        everybody = available(self.membership, kind)
        known, found = True, []
        for name, of in (("product", TagKind.PRODUCT), ("use_case", TagKind.USE_CASE)):
            words = asked.pop(name)
            tag = Tag.objects.filter(kind=of, name__iexact=words).first() if words else None
            known &= bool(tag) or not words
            asked[name] = tag.pk if tag else None
        if known:
            found = everybody.matching(Wanted(**asked))
        shown = everybody.shown(found[(page - 1) * MOST : page * MOST])
        answer = {"count": len(found), "pages": max(1, -(-len(found) // MOST)), "results": shown}
        return Response(BrowseSerializer(answer).data)
