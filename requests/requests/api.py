"""Requests over REST (API-2, REQ-1, REQ-2), their matches (MAT-1) and sending asks (ASK-1)."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import django_filters
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request as HttpRequest
from rest_framework.response import Response

from advocacy.rest.filters import FilterSet
from advocacy.rest.resources import Creates, Resource, Updates, command
from advocacy.rest.serializers import (
    Body,
    Day,
    MemberField,
    Moment,
    Reason,
    RowSerializer,
    TagNames,
)
from advocates.accounts.choices import TagKind
from advocates.accounts.tags import tags_named
from advocates.api import TypeField
from advocates.models import Advocate, Tag
from requests.asks import drafting
from requests.asks import selectors as asks_selectors
from requests.asks import services as asks_services
from requests.asks.api import AskSerializer, ShowsAsks
from requests.asks.drafting import AskDraft, Slot
from requests.matching.api import (
    _MOST_MATCHES,
    MatchesQuery,
    MatchesSerializer,
    MatchSerializer,
    TotalsSerializer,
)
from requests.matching.ranking import match, why_not
from requests.models import AskSlot, Opportunity, Request
from requests.requests import selectors as requests
from requests.requests import services, triage
from requests.requests.services import RequestDetails
from requests.scheduling import services as scheduling

_SAID = tuple(name for name in RequestDetails.__slots__ if name != "tags")

_TAGS = {"products": TagKind.PRODUCT, "use_cases": TagKind.USE_CASE}


class RequestSerializer(RowSerializer):
    """What sales asks for. Choosing an opportunity fills what is left blank (REQ-1)."""

    activity_type = TypeField()
    opportunity = serializers.PrimaryKeyRelatedField(
        queryset=Opportunity.objects.select_related("account"), required=False, allow_null=True
    )
    requester = MemberField(
        required=False, help_text="The program may ask in a colleague's name; else the owner."
    )
    reference = serializers.CharField(read_only=True)
    products = TagNames(links="request_tags", kind=TagKind.PRODUCT)
    use_cases = TagNames(links="request_tags", kind=TagKind.USE_CASE)

    class Meta:
        model = Request
        fields = (
            "id",
            "number",
            "reference",
            *_SAID,
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
            "confirmed_at",
            "completed_at",
            "ended_at",
        )


class ChangedRequestSerializer(RequestSerializer):
    """What is said of a request anew; who asks is said once."""

    requester = MemberField(read_only=True)  # type: ignore[assignment]


class RequestFilter(FilterSet):
    """By state, type, deal and people."""

    activity_type = django_filters.CharFilter(field_name="activity_type__code")
    opportunity = django_filters.UUIDFilter(field_name="opportunity_id")
    requester = django_filters.UUIDFilter(field_name="requester_id")
    manager = django_filters.UUIDFilter(field_name="manager_id")
    needed_before = django_filters.DateFilter(field_name="needed_by", lookup_expr="lt")

    class Meta:
        model = Request
        fields = ("state", "number")


class ReviewBody(Body):
    """A new day, when the old one is past."""

    needed_by = Day(required=False, allow_null=True)


class QuestionBody(Body):
    """What the requester has to say first."""

    question = serializers.CharField(max_length=500)


class InfoBody(Body):
    """The requester's answer."""

    answer = serializers.CharField(max_length=2000)


#: What a deal can have come to.
OUTCOMES = (("won", "won"), ("lost", "lost"))


class CloseBody(Body):
    """What came of the deal, if it is known."""

    outcome = serializers.ChoiceField(choices=OUTCOMES, required=False, allow_blank=True)
    amount = serializers.DecimalField(
        max_digits=16, decimal_places=2, min_value=0, required=False, allow_null=True
    )
    closed_on = Day(required=False, allow_null=True)


class PickBody(Body):
    """One of the times an advocate ticked."""

    slot = serializers.PrimaryKeyRelatedField(queryset=AskSlot.objects.select_related("ask"))
    location = serializers.CharField(max_length=300, required=False, allow_blank=True)


class SlotBody(Body):
    """A time to propose."""

    starts_at = Moment()
    ends_at = Moment()


class DraftBody(Body):
    """Whom to ask; text and times come from the draft unless given (ASK-1)."""

    advocate = serializers.PrimaryKeyRelatedField(
        queryset=Advocate.objects.select_related("account__owner__user", "tenant")
    )
    subject = serializers.CharField(max_length=200, required=False)
    message = serializers.CharField(max_length=10_000, required=False)
    slots = SlotBody(many=True, required=False)
    override_reason = serializers.CharField(
        max_length=300, required=False, allow_blank=True, help_text="Answers every warning (CAP-5)."
    )


class AsksBody(Body):
    """Either all of them go out or none."""

    asks = DraftBody(many=True, allow_empty=False, max_length=20)  # type: ignore[call-arg]


class AssignBody(Body):
    """Who takes it."""

    manager = MemberField()


class RequestResource(ShowsAsks, Creates, Updates, Resource):
    """Requests the token's owner may see: sales their own, the program all (REQ-1, REQ-2)."""

    resource = "requests"
    permissions = {
        "list": "requests.view",
        "retrieve": "requests.view",
        "create": "requests.submit",
        "partial_update": "requests.submit",
        "submit": "requests.submit",
        "give_info": "requests.submit",
        "cancel": "requests.submit",
        "accept_fewer": "requests.submit",
        "pick_slot": "requests.submit",
        "close": "requests.submit",
        "review": "requests.triage",
        "ask_for_info": "requests.triage",
        "decline": "requests.triage",
        "assign": "requests.triage",
        "why_not": "requests.match",
        "matches": "requests.match",
        "asks": "asks.send",
    }
    scope_resources = {"asks": "asks"}
    queryset = Request.objects.none()  # for the schema, which is made for nobody in particular
    serializer_class = RequestSerializer
    filterset_class = RequestFilter
    search_fields = ("prospect", "opportunity__name")
    ordering_fields = ("number", "needed_by", "created_at", "id")
    ordering = "-number"

    def get_queryset(self) -> QuerySet[Request]:
        """As far as they are visible."""
        return requests.rest_requests(self.membership)

    def get_serializer_class(self) -> type[RowSerializer]:
        """Who asks is not changed."""
        changes = self.action == "partial_update"
        return ChangedRequestSerializer if changes else RequestSerializer

    def create_row(self, *, requester: Any = None, **values: Any) -> Request:
        """Write down a draft."""
        details = RequestDetails(**_with_tags(values, {}))
        return services.create_request(actor=self.actor, details=details, requester=requester)

    def update_row(self, row: Request, **values: Any) -> Request:
        """Change what is said."""
        kept: dict[str, list[Tag]] = {kind: [] for kind in _TAGS.values()}
        for link in row.request_tags.all():
            kept.setdefault(link.tag.kind, []).append(link.tag)
        said = {name: getattr(row, name) for name in _SAID} | values
        details = RequestDetails(**_with_tags(said, kept))
        return services.update_request(actor=self.actor, request=row, details=details)

    @command()
    def submit(self, request: Request) -> None:
        """Hand the draft in; the clock starts (REQ-2)."""
        services.submit_request(actor=self.actor, request=request)

    @command(ReviewBody)
    def review(self, request: Request, **values: Any) -> None:
        """Take it up (REQ-2)."""
        triage.start_review(actor=self.actor, request=request, **values)

    @command(QuestionBody)
    def ask_for_info(self, request: Request, *, question: str) -> None:
        """Ask the requester something; the clock stands still (REQ-2)."""
        triage.ask_for_info(actor=self.actor, request=request, question=question)

    @command(InfoBody)
    def give_info(self, request: Request, *, answer: str) -> None:
        """The requester answers; the clock goes on (REQ-2)."""
        triage.give_info(actor=self.actor, request=request, answer=answer)

    @command(Reason)
    def decline(self, request: Request, *, reason: str) -> None:
        """Say no, with a reason the requester reads (REQ-2)."""
        triage.decline_request(actor=self.actor, request=request, reason=reason)

    @command(AssignBody)
    def assign(self, request: Request, **values: Any) -> None:
        """Give it to a colleague who runs the program (REQ-3)."""
        services.assign_manager(actor=self.actor, request=request, **values)

    @command(Reason)
    def cancel(self, request: Request, *, reason: str) -> None:
        """It is not needed any more; every unit goes back (REQ-2)."""
        triage.cancel_request(actor=self.actor, request=request, reason=reason)

    @command()
    def accept_fewer(self, request: Request) -> None:
        """Be content with those who said yes so far (REQ-2)."""
        triage.accept_fewer(actor=self.actor, request=request)

    @command(PickBody)
    def pick_slot(self, request: Request, **values: Any) -> None:
        """Book one of the times an advocate ticked (FUL-1)."""
        scheduling.pick_slot(actor=self.actor, request=request, **values)

    @command(CloseBody)
    def close(self, request: Request, **values: Any) -> None:
        """Close a completed request, with what came of the deal (FUL-3)."""
        triage.close_request(actor=self.actor, request=request, **values)

    @extend_schema(
        description="Who fits, best first, and why everybody else is missing (MAT-1, MAT-2).",
        parameters=[
            OpenApiParameter(
                "limit",
                {"type": "integer", "minimum": 1, "maximum": _MOST_MATCHES, "default": 10},
            ),
            OpenApiParameter(
                "totals",
                {"type": "boolean", "default": True},
                description="`false` leaves `totals` and `excluded` out, which is faster.",
            ),
        ],
        responses=MatchesSerializer,
    )
    @action(detail=True, methods=["get"], pagination_class=None, filter_backends=[])
    def matches(self, request: HttpRequest, pk: str) -> Response:
        """Rank everybody who may be asked."""
        given = request.query_params.dict()
        query = MatchesQuery(data={name: value for name, value in given.items() if value})
        query.is_valid(raise_exception=True)
        found = match(self.get_object(), limit=query.validated_data["limit"])
        answer: dict[str, Any] = {"ranked": MatchSerializer(found.ranked, many=True).data}
        if query.validated_data["totals"]:
            answer |= {
                "totals": TotalsSerializer(found.tally.totals).data,
                "excluded": found.tally.excluded,
            }
        return Response(answer)

    @extend_schema(
        description="Score and every reason for or against anybody, enrolled or not (MAT-2).",
        responses=MatchSerializer,
    )
    @action(
        detail=True,
        methods=["get"],
        url_path="matches/<uuid:advocate>",
        url_name="match",
        pagination_class=None,
        filter_backends=[],
    )
    def why_not(self, request: HttpRequest, pk: str, advocate: UUID) -> Response:
        """Look at one advocate."""
        row = self.get_object()
        found = why_not(row, get_object_or_404(Advocate.objects.all(), pk=advocate))
        return Response(MatchSerializer(found).data)

    @extend_schema(
        description="Send personal asks; either all of them go out or none (ASK-1).",
        request=AsksBody,
        responses={201: AskSerializer(many=True)},
    )
    @action(detail=True, methods=["post"], pagination_class=None, filter_backends=[])
    def asks(self, request: HttpRequest, pk: str) -> Response:
        """Ask."""
        row = self.get_object()
        drafts = [self._draft(row, **draft) for draft in self.read(AsksBody)["asks"]]
        sent = asks_services.send_asks(actor=self.actor, request=row, drafts=drafts)
        rows = asks_selectors.rest_asks(self.membership).filter(pk__in=[ask.pk for ask in sent])
        found = list(rows.order_by("sent_at", "id"))
        shown = AskSerializer(found, many=True, context=self.ask_context(found))
        return Response(shown.data, status=201)

    def _draft(self, row: Request, *, advocate: Advocate, **given: Any) -> AskDraft:
        """The usual draft with what was given in its place."""
        if "slots" in given:
            given["slots"] = tuple(Slot(**slot) for slot in given["slots"])
        if given.keys() >= {"subject", "message", "slots"}:
            return AskDraft(advocate, **given)
        return replace(drafting.draft_ask(row, advocate, sender=self.membership), **given)


def _with_tags(values: dict[str, Any], kept: dict[str, list[Tag]]) -> dict[str, Any]:
    """Products and use cases by name as the tags the service takes."""
    found = dict(kept)
    for name, kind in _TAGS.items():
        if name in values:
            found[kind] = tags_named(kind, values.pop(name))
    return {**values, "tags": tuple(tag for tags in found.values() for tag in tags)}
