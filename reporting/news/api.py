"""One's own news over REST: what happened to what is mine, without words (API-2, VIS-1)."""

from datetime import datetime
from typing import Any

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from advocacy.rest.filters import BooleanFilter, FilterSet
from advocacy.rest.resources import Resource, command
from advocacy.rest.serializers import Body, Moment, RowSerializer
from reporting.news.models import News
from reporting.news.selectors import news_of
from reporting.news.services import read_all_news, read_news


class NewsSerializer(RowSerializer):
    """Something that happened to what is the token owner's. ``verb`` and subject are the event's;
    the subject's own resource says the rest, as far as the owner may read it.
    """

    class Meta:
        model = News
        fields = ("id", "verb", "subject_type", "subject_id", "event", "at", "read_at")
        read_only_fields = fields


class NewsFilter(FilterSet):
    """By what happened, and by whether it was read."""

    unread = BooleanFilter(field_name="read_at", lookup_expr="isnull")
    since = django_filters.IsoDateTimeFilter(field_name="at", lookup_expr="gte")

    class Meta:
        model = News
        fields = ("verb",)


class ReadAllBody(Body):
    """Up to when; without it, everything."""

    until = Moment(required=False, allow_null=True, default=None)


class ReadAllAnswer(serializers.Serializer):
    """How many were unread."""

    read = serializers.IntegerField()


class NewsResource(Resource):
    """What happened to what is mine: the bell of the pages."""

    resource = "news"
    permissions = {
        "list": "today.view",
        "retrieve": "today.view",
        "mark_read": "today.view",
        "mark_all_read": "today.view",
    }
    queryset = News.objects.none()  # for the schema's sake, which knows no member
    serializer_class = NewsSerializer
    filterset_class = NewsFilter
    ordering_fields = ("at",)
    ordering = "-at"

    def get_queryset(self) -> QuerySet[News]:
        return news_of(self.membership)

    @command(path="read")
    def mark_read(self, news: News) -> None:
        """Mark one as read."""
        read_news(actor=self.actor, news=news)

    @extend_schema(request=ReadAllBody, responses=ReadAllAnswer)
    @action(
        detail=False,
        methods=["post"],
        url_path="read-all",
        url_name="read-all",
        pagination_class=None,
        filter_backends=[],
    )
    def mark_all_read(self, request: Request) -> Response:
        """Mark all as read, or those up to a moment."""
        given: dict[str, Any] = self.read(ReadAllBody)
        until: datetime | None = given["until"]
        return Response({"read": read_all_news(actor=self.actor, until=until)})
