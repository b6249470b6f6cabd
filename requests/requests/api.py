"""Requests over REST (API-2, REQ-1, REQ-2), their matches (MAT-1) and sending asks (ASK-1)."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import django_filters
from django.db import transaction
from django.db.models import QuerySet, prefetch_related_objects
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request as HttpRequest
from rest_framework.response import Response

from activities.duties.selectors import DutyLine
from activities.duties.showing import ShowsDuties
from advocacy import clock
from advocacy.rest.filters import FilterSet, KnownFilter
from advocacy.rest.manifests import moves_of
from advocacy.rest.resources import Creates, Resource, Updates, command
from advocacy.rest.serializers import Reason, RowSerializer
from advocacy.tenancy.calendar import calendar_of
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import Membership
from advocates.models import ActivityType, Advocate, Tag
from requests.access import may_ask
from requests.allocation.api import ShowsAllocation
from requests.asks import drafting
from requests.asks import services as asks_services
from requests.asks.api import AskSerializer, ShowsAsks
from requests.asks.drafting import AskDraft, missing_parts
from requests.asks.selectors import asks_of
from requests.browsing.api import ShowsAvailable
from requests.browsing.references import FIELD
from requests.case_subjects.api import ShowsCaseSubjects
from requests.evidence.api import AnsweredBody
from requests.evidence.services import answer_by_content
from requests.forecasts.api import ShowsForecasts
from requests.matching.api import ShowsMatches
from requests.models import Request
from requests.opportunities.typed import at_fields, type_in_deal
from requests.requests import selectors as requests
from requests.requests import services, triage
from requests.requests.bodies import (
    AsksBody,
    AssignBody,
    CloseBody,
    InfoBody,
    LetterSerializer,
    PickBody,
    QuestionBody,
    ReviewBody,
    TimeZoneBody,
)
from requests.requests.details import RequestDetails
from requests.requests.duty_lines import duty_lines
from requests.requests.filling import known_of
from requests.requests.levels import answer_times
from requests.requests.lifecycle import REQUEST
from requests.requests.serializers import (
    DETAILS,
    TAGS,
    ChangedRequestSerializer,
    RequestSerializer,
    WarnedRequestSerializer,
    with_tags,
)
from requests.scheduling import services as scheduling
from requests.scheduling.slots import Slot
from requests.supply.api import ShowsSupply


class RequestFilter(FilterSet):
    """By state, type, deal and people."""

    activity_type = KnownFilter("activity_type", ActivityType.objects.all())
    opportunity = django_filters.UUIDFilter(field_name="opportunity_id")
    requester = django_filters.UUIDFilter(field_name="requester_id")
    manager = django_filters.UUIDFilter(field_name="manager_id")
    needed_before = django_filters.DateFilter(field_name="needed_by", lookup_expr="lt")

    class Meta:
        model = Request
        fields = ("state", "number")


_Moves = moves_of(
    REQUEST,
    subject="request",
    services={
        "submit": services.submit_request,
        "review": triage.start_review,  # takes up again, too
        "ask_for_info": triage.ask_for_info,
        "give_info": triage.give_info,
        "decline": triage.decline_request,
        "cancel": triage.cancel_request,
        "accept_fewer": triage.accept_fewer,
        "close": triage.close_request,
        "answered_by_content": answer_by_content,
    },
    bodies={
        "answered_by_content": AnsweredBody,
        "review": ReviewBody,
        "ask_for_info": QuestionBody,
        "give_info": InfoBody,
        "decline": Reason,
        "cancel": Reason,
        "close": CloseBody,
    },
    undo="requests.view",
)


class RequestResource(
    _Moves,  # type: ignore[valid-type, misc]
    ShowsDuties,
    ShowsAsks,
    ShowsMatches,
    ShowsForecasts,
    ShowsAllocation,
    ShowsAvailable,
    ShowsSupply,
    ShowsCaseSubjects,
    Creates,
    Updates,
    Resource,
):
    """Requests the token's owner may see: sales their own, the program all (REQ-1, REQ-2)."""

    resource = "requests"
    permissions = {
        "list": "requests.view",
        "retrieve": "requests.view",
        "create": "requests.submit",
        "partial_update": "requests.submit",
        "pick_slot": "requests.submit",
        "draft": "asks.send",
        "assign": "requests.triage",
        "say_time_zone": "requests.submit",
        **ShowsMatches.reads,
        **ShowsForecasts.reads,
        **ShowsAllocation.reads,
        **ShowsAvailable.reads,
        **ShowsSupply.reads,
        **ShowsCaseSubjects.reads,
        "asks": "asks.send",
        "duties": "requests.view",
    }
    scope_resources = {"asks": "asks"}
    queryset = Request.objects.none()  # for the schema, which is made for nobody in particular
    serializer_class = RequestSerializer
    filterset_class = RequestFilter
    search_kind = "request"
    ordering_fields = ("number", "needed_by", "created_at", "id")
    ordering = "-number"

    def get_queryset(self) -> QuerySet[Request]:
        rows = requests.rest_requests(self.membership)
        if self.action == "asks":
            # What is written is read again under the lock, what is shown is the asks.
            return rows.select_related(None).prefetch_related(None)
        return rows

    def duty_lines(self, row: Request) -> list[DutyLine]:
        """Who asks, and who does what about what comes of it."""
        return duty_lines(row, self.membership, asks_of(row))

    def get_serializer_class(self) -> type[RowSerializer]:
        """Who asks is not changed; a list says no warnings."""
        if self.action == "partial_update":
            return ChangedRequestSerializer
        return RequestSerializer if self.action == "list" else WarnedRequestSerializer

    def create_row(
        self, *, requester: Any = None, introduction: str = "", **values: Any
    ) -> Request:
        with transaction.atomic():
            self._write_deal(values, requester or self.membership)
            known = known_of(self.membership, values.get("opportunity"))
            tags: dict[str, list[Tag]] = {kind: [] for kind in TAGS.values()}
            for tag in known.tags:
                tags[tag.kind].append(tag)
            # What is given counts, also where it is blank.
            details = RequestDetails(**with_tags(known.values | values, tags))
            return services.create_request(
                actor=self.actor, details=details, requester=requester, introduction=introduction
            )

    def update_row(self, row: Request, **values: Any) -> Request:
        if values.pop(FIELD, ""):
            text = _("An introduction is asked for with a new request.")
            raise DomainError(text, fields={FIELD: text})
        with transaction.atomic():
            self._write_deal(values, row.requester)
            return self._update(row, values)

    def _write_deal(self, values: dict[str, Any], owner: Membership) -> None:
        """A deal that is typed in, as the opportunity it becomes (REQ-1)."""
        deal = values.pop("deal", None)
        if deal is None:
            return
        if values.get("opportunity"):
            text = _("Give either an opportunity or a deal.")
            raise DomainError(text, fields={"deal": text})
        deal.setdefault("prospect_name", values.get("prospect", ""))
        with at_fields("deal."):
            values["opportunity"] = type_in_deal(actor=self.actor, owner=owner, **deal)

    def _update(self, row: Request, values: dict[str, Any]) -> Request:
        kept: dict[str, list[Tag]] = {kind: [] for kind in TAGS.values()}
        for link in row.request_tags.all():
            kept.setdefault(link.tag.kind, []).append(link.tag)
        data = {name: getattr(row, name) for name in DETAILS} | values
        details = RequestDetails(**with_tags(data, kept))
        return services.update_request(actor=self.actor, request=row, details=details)

    @command(AssignBody)
    def assign(self, request: Request, **values: Any) -> None:
        """Give it to a colleague who runs the program (REQ-3)."""
        services.assign_manager(actor=self.actor, request=request, **values)

    @command(TimeZoneBody)
    def say_time_zone(self, request: Request, **values: Any) -> None:
        """Say on which clock the prospect lives, also after somebody was asked (FUL-1)."""
        services.say_time_zone(actor=self.actor, request=request, **values)

    @command(PickBody)
    def pick_slot(self, request: Request, **values: Any) -> None:
        """Book one of the times an advocate ticked (FUL-1)."""
        scheduling.pick_slot(actor=self.actor, request=request, **values)

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
        prefetch_related_objects(sent, "slots")
        shown = AskSerializer(sent, many=True, context=self.ask_context(sent))
        return Response(shown.data, status=201)

    @extend_schema(
        description="The letter that would go out to somebody, with times and the end of the wait;"
        " nothing is sent (ASK-1).",
        responses=LetterSerializer,
    )
    @action(
        detail=True,
        methods=["get"],
        url_path="drafts/<uuid:advocate>",
        url_name="draft",
        pagination_class=None,
        filter_backends=[],
    )
    def draft(self, request: HttpRequest, pk: str, advocate: UUID) -> Response:
        """Read it before it goes out."""
        row = self.get_object()
        person = get_object_or_404(Advocate.objects.select_related("account"), pk=advocate)
        if not may_ask(self.membership, person):
            raise Http404
        letter = drafting.draft_ask(row, person, sender=self.membership)
        _remind_at, expires_at = answer_times(row, person, calendar_of(row.tenant), clock.now())
        shown = {"letter": letter, "expires_at": expires_at}
        warning = drafting.first_without_strategy()
        shown |= {"missing": missing_parts(row), "warnings": [warning] if warning else []}
        return Response(LetterSerializer(shown).data)

    def _draft(self, row: Request, *, advocate: Advocate, **given: Any) -> AskDraft:
        """The usual draft with what was given in its place."""
        if "slots" in given:
            given["slots"] = tuple(Slot(**slot) for slot in given["slots"])
        if given.keys() >= {"subject", "message", "slots"}:
            return AskDraft(advocate, **given)
        draft = drafting.draft_ask(
            row, advocate, sender=self.membership, language=given.get("language", "")
        )
        return replace(draft, **given)
