"""An account's sheet over REST (REP-1.f)."""

from typing import Any
from uuid import UUID

from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from advocacy.rest.plain import PlainView
from advocacy.tenancy.errors import NotAllowed
from advocates.accounts.selectors import get_account
from reporting.metrics.filters import frame_of
from reporting.sheet.content import sheet_of
from reporting.sheet.pages import DAYS, RIGHT, may_read


class SheetGivenSerializer(serializers.Serializer):
    """What their people did of one kind."""

    name = serializers.CharField()
    count = serializers.IntegerField()
    first = serializers.DateField()
    last = serializers.DateField()


class SheetContributionSerializer(serializers.Serializer):
    """One thing somebody did; ``who`` is empty without their leave to be recognised."""

    on = serializers.DateField()
    name = serializers.CharField()
    who = serializers.CharField(allow_blank=True)


def _texts(text: str) -> Any:
    return serializers.ListField(child=serializers.CharField(), help_text=text)


class SheetSerializer(serializers.Serializer):
    """What a customer's people gave and got."""

    since = serializers.DateField(source="frame.first")
    until = serializers.DateField(source="frame.last")
    people = serializers.IntegerField(help_text="How many of them gave something.")
    contributions = serializers.IntegerField()
    given = SheetGivenSerializer(many=True)
    recognise = SheetContributionSerializer(many=True, help_text="What took most of them first.")
    published = _texts("Content everybody can see.")
    received = _texts("Thanks and benefits by kind, never to whom.")
    promises = _texts("What is promised and not done, by either side.")
    goals = _texts("Of the program, for companies like this one.")


class SheetView(PlainView):
    """For a business review; of own accounts, for a CSM."""

    resource = "accounts"
    operations = "account_sheet"
    permissions = {"retrieve": RIGHT}

    @extend_schema(
        operation_id="accounts_sheet",
        parameters=[
            OpenApiParameter("period", str, enum=["30", "90", "365"], description="Days to today."),
            OpenApiParameter("since", str, description="First day, such as 2026-01-31."),
            OpenApiParameter("until", str, description="Last day; today without it."),
        ],
        responses=SheetSerializer,
    )
    def retrieve(self, request: Request, pk: UUID) -> Response:
        """The sheet of one account."""
        account, member = get_account(pk), self.membership
        if not may_read(member, account):
            raise NotAllowed(_("This account belongs to a colleague."))
        frame = frame_of(request.query_params, member, days=DAYS)
        sheet = sheet_of(account, member, frame)
        names = ("frame", "people", "contributions", "given", "recognise")
        said = {name: getattr(sheet, name) for name in names}
        for name in ("published", "received", "promises", "goals"):
            said[name] = [each.text for each in getattr(sheet, name)]
        return Response(SheetSerializer(said).data)


def urlpatterns() -> list[URLPattern]:
    """The address, below an account's own."""
    view = SheetView.as_view({"get": "retrieve"})
    return [path("accounts/<uuid:pk>/sheet/", view, name="accounts-sheet")]
