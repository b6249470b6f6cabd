"""Grants over REST (BEN-2); most is made from the manifest."""

from typing import Any, ClassVar

import django_filters
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from rest_framework import serializers
from rest_framework.relations import PKOnlyObject

from activities.activities.models import Activity
from advocacy.rest.filters import FilterSet
from advocacy.rest.manifests import OfManifest
from advocacy.rest.serializers import MemberField, RowSerializer
from advocates.models import Advocate
from benefits.catalogue.choices import Category
from benefits.catalogue.models import Benefit
from benefits.commitments.api import ShowsCommitments
from benefits.grants.models import Grant, GrantActivity, Proportion


class Covers(serializers.ListField):
    """The activities it is given for, by id; never a review."""

    def __init__(self, **kwargs: Any) -> None:
        child = serializers.PrimaryKeyRelatedField(queryset=Activity.objects.all())
        kwargs.setdefault("child", child)
        kwargs.setdefault("max_length", 50)
        super().__init__(**kwargs)

    def get_attribute(self, instance: Any) -> list[Any]:
        """In the order they were recorded."""
        return [PKOnlyObject(pk=each.activity_id) for each in instance.covers.all()]

    def json_expression(self, model: type[models.Model]) -> ArraySubquery:
        """The same."""
        covers = GrantActivity.objects.filter(grant=models.OuterRef("pk"))
        return ArraySubquery(covers.order_by("activity_id").values("activity_id"))


class GrantSerializer(RowSerializer):
    """A benefit for one person. ``proportion`` compares it with what they did: ``little`` feels
    insulting, ``much`` feels like payment; ``guide_low`` to ``guide_high`` would be fitting.
    ``waits_for`` says why somebody has to approve it. ``liked`` is their own word, null where they
    said nothing. ``points`` is what it was redeemed for, where it comes out of the reward shop.
    """

    advocate = serializers.PrimaryKeyRelatedField(queryset=Advocate.objects.all())
    benefit = serializers.PrimaryKeyRelatedField(queryset=Benefit.objects.all())
    activities = Covers(required=False)
    owner = MemberField(required=False, allow_null=True)
    proportion = serializers.ChoiceField(
        choices=Proportion.choices, allow_blank=True, read_only=True
    )
    anyway = serializers.BooleanField(
        required=False,
        write_only=True,
        help_text="Give it although it is promised to others (409 over_committed).",
    )

    class Meta:
        model = Grant
        fields = (
            "id",
            "advocate",
            "benefit",
            "activities",
            "occasion",
            "due_on",
            "owner",
            "cost",
            "value",
            "channel",
            "link",
            "anyway",
            "state",
            "waits_for",
            "proportion",
            "guide_low",
            "guide_high",
            "budget",
            "beyond_reason",
            "reason",
            "entitlement",
            "period_on",
            "points",
            "ended_on",
            "approved_by",
            "approved_at",
            "delivered_at",
            "liked",
            "rated_at",
            "created_by",
            "created_at",
        )
        read_only_fields = fields[12:]

    #: Without what is only written.
    SHOWN: ClassVar[tuple[str, ...]] = tuple(name for name in Meta.fields if name != "anyway")


class GrantFilter(FilterSet):
    """By person, benefit, state, and what it is."""

    advocate = django_filters.UUIDFilter(field_name="advocate_id")
    account = django_filters.UUIDFilter(field_name="advocate__account_id")
    benefit = django_filters.UUIDFilter(field_name="benefit_id")
    budget = django_filters.UUIDFilter(field_name="budget_id")
    owner = django_filters.UUIDFilter(field_name="owner_id")
    category = django_filters.ChoiceFilter(field_name="benefit__category", choices=Category.choices)
    due_until = django_filters.DateFilter(field_name="due_on", lookup_expr="lte")

    class Meta:
        model = Grant
        fields = ("state", "proportion", "liked")


class GrantApi(ShowsCommitments, OfManifest):
    """With filters of its own."""

    filterset_class = GrantFilter
