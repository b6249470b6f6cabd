"""The tenant's holidays over REST, beside its work week in the settings (REQ-2, SET-1.j)."""

import uuid
from typing import Any

from django.urls import URLPattern, path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from advocacy.identity.selectors import all_holidays, get_holiday
from advocacy.identity.services.calendar import add_holiday, remove_holiday
from advocacy.rest.families import RULES, SettingsView
from advocacy.rest.serializers import Body, Day, Line


class HolidayBody(Body):
    """A day on which nobody works."""

    day = Day()
    name = Line(max_length=100)


class OneHoliday(serializers.Serializer):
    """A day on which the tenant's business clock stands still."""

    id = serializers.UUIDField()
    day = serializers.DateField()
    name = serializers.CharField()


class Holidays(SettingsView):
    """The days on which nobody works."""

    operations = "settings_holidays"
    permissions = dict.fromkeys(("list", "create", "destroy"), RULES)

    @extend_schema(operation_id="settings_holidays_list", responses=OneHoliday(many=True))
    def list(self, request: Request) -> Response:
        """All of them, past ones included, the earliest first."""
        return Response(OneHoliday(all_holidays(), many=True).data)

    @extend_schema(request=HolidayBody, responses={201: OneHoliday})
    def create(self, request: Request) -> Response:
        """Add one; due times that are set already stay."""
        found: dict[str, Any] = self.read(HolidayBody)
        return Response(OneHoliday(add_holiday(actor=self.actor, **found)).data, status=201)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: uuid.UUID) -> Response:
        """Make one a normal day again."""
        self.read(None)
        remove_holiday(actor=self.actor, holiday=get_holiday(pk))
        return Response(status=204)


def urlpatterns() -> list[URLPattern]:
    """The addresses."""
    here = "settings/holidays/"
    return [
        path(
            here,
            Holidays.as_view({"get": "list", "post": "create"}),
            name="settings-holidays",
        ),
        path(
            f"{here}<uuid:pk>/",
            Holidays.as_view({"delete": "destroy"}),
            name="settings-holiday",
        ),
    ]
