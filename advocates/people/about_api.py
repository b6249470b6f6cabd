"""What hangs on an advocate: preferences (ADV-2), outcomes (ADV-3) and consents (ADV-4)."""

from datetime import date
from typing import Any

from rest_framework import serializers

from advocacy.rest.serializers import Body, Day, RowSerializer
from advocates.models import Advocate, Consent, Outcome, Preference
from advocates.people.choices import Comfort, Disclosure, ReferenceFrequency
from advocates.people.merging import CHOICES
from advocates.program.catalogue.fields import TypeField


class PeriodSerializer(Body):
    """Days on which nobody asks, the first and the last included."""

    starts_on = Day()
    ends_on = Day()


class PreferencesSerializer(Body):
    """What an advocate allows (ADV-2). A list that is given replaces the one there was."""

    comforts = serializers.ListField(
        child=serializers.ChoiceField(choices=Comfort.choices), required=False, max_length=20
    )
    reference_frequency = serializers.ChoiceField(
        choices=ReferenceFrequency.choices, required=False
    )
    yearly_cap = serializers.IntegerField(
        min_value=0,
        required=False,
        allow_null=True,
        help_text="Never above the tenant's; null for the tenant's.",
    )
    snoozed_until = Day(required=False, allow_null=True)
    accepted_types = serializers.ListField(
        child=TypeField(), required=False, max_length=100, help_text="Of the types that are on."
    )
    blackouts = serializers.ListField(child=PeriodSerializer(), required=False, max_length=50)
    blocked_companies = serializers.ListField(
        child=serializers.CharField(max_length=200), required=False, max_length=200
    )
    topics = serializers.ListField(
        child=serializers.CharField(max_length=100), required=False, max_length=50
    )
    appreciation = serializers.ListField(
        child=serializers.ChoiceField(choices=Preference.Appreciation.choices),
        required=False,
        max_length=20,
    )
    channel = serializers.ChoiceField(choices=Preference.Channel.choices, required=False)
    disclosure = serializers.ChoiceField(
        choices=Disclosure.choices, required=False, allow_blank=True
    )
    language = serializers.CharField(max_length=8, required=False, allow_blank=True)

    def validate_blackouts(self, periods: list[dict[str, Any]]) -> list[tuple[date, date]]:
        """As the service takes them."""
        return [(period["starts_on"], period["ends_on"]) for period in periods]


class OutcomeSerializer(RowSerializer):
    """A measurable result (ADV-3)."""

    use_case = serializers.CharField(
        source="use_case.name", max_length=100, required=False, default="", allow_blank=True
    )

    class Meta:
        model = Outcome
        fields = (
            "id",
            "metric",
            "before",
            "after",
            "period",
            "narrative",
            "may_be_quoted",
            "use_case",
            "created_at",
        )
        read_only_fields = ("id", "created_at")


class ConsentSerializer(RowSerializer):
    """A person's consent to one use, or the employer's approval (ADV-4)."""

    class Meta:
        model = Consent
        fields = (
            "id",
            "use",
            "given_by",
            "evidence",
            "scope",
            "given_on",
            "expires_on",
            "withdrawn_on",
        )
        read_only_fields = ("id", "withdrawn_on")


class WithdrawBody(Body):
    """Which consent ends."""

    consent = serializers.PrimaryKeyRelatedField(
        queryset=Consent.objects.select_related("advocate__account")
    )


class EraseBody(Body):
    """The person's name, so that nobody else is erased by a slip, and why."""

    name = serializers.CharField(max_length=201)
    reason = serializers.CharField(max_length=300)


class ExportBody(Body):
    """Everything held about one person; ``records`` are lists by kind of record."""

    exported_at = serializers.DateTimeField()
    subject = serializers.DictField()
    records = serializers.DictField(child=serializers.ListField(child=serializers.DictField()))
    events = serializers.ListField(child=serializers.DictField())
    mentions = serializers.ListField(child=serializers.DictField())


class MergePersonBody(Body):
    """The record that goes, and the fields that are taken from it."""

    other = serializers.PrimaryKeyRelatedField(queryset=Advocate.objects.select_related("account"))
    take = serializers.ListField(
        child=serializers.ChoiceField(choices=CHOICES), required=False, default=list, max_length=40
    )
