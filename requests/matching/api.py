"""Matches over REST (MAT-1, MAT-2)."""

from rest_framework import serializers

from advocacy.rest.serializers import (
    Body,
    Day,
)

MOST_MATCHES = 50


class ChipSerializer(serializers.Serializer):
    """A reason in words."""

    text = serializers.CharField()
    verdict = serializers.CharField(help_text="fit, unfit or unknown")


class PartSerializer(serializers.Serializer):
    """One criterion: its weight and how much of it is met, 0 to 1."""

    criterion = serializers.CharField()
    weight = serializers.IntegerField()
    value = serializers.FloatField()
    chips = ChipSerializer(many=True)


class WarningSerializer(serializers.Serializer):
    """What is said for or against asking."""

    code = serializers.CharField()
    text = serializers.CharField()
    strength = serializers.CharField(help_text="block, warn or note")
    until = Day(allow_null=True)


class MatchSerializer(serializers.Serializer):
    """One advocate who may be asked, with the fit in parts."""

    advocate = serializers.UUIDField(source="advocate.pk")
    name = serializers.CharField(source="advocate.name")
    account = serializers.UUIDField(source="advocate.account_id")
    account_name = serializers.CharField(source="account.name")
    score = serializers.IntegerField()
    is_good = serializers.BooleanField(help_text="Whether the fit is called good, from 40 on.")
    parts = PartSerializer(many=True)
    reasons = WarningSerializer(many=True)
    outcomes = serializers.ListField(child=serializers.CharField())


class PossibleSerializer(serializers.Serializer):
    """Somebody who might be asked, as far as sales may know of them (VIS-1)."""

    job_title = serializers.CharField()
    seniority = serializers.CharField()
    industry = serializers.CharField()
    segment = serializers.CharField()
    region = serializers.CharField()
    fit = serializers.IntegerField(help_text="0 to 100")
    is_good = serializers.BooleanField(help_text="Whether the fit is called good.")


class TotalsSerializer(serializers.Serializer):
    """``can_be_asked + must_not + poor_fit == enrolled``, always (MAT-2); the first two count good
    fits. Who fits poorly is ranked all the same, below them.
    """

    can_be_asked = serializers.IntegerField()
    must_not = serializers.IntegerField()
    poor_fit = serializers.IntegerField()
    enrolled = serializers.IntegerField()


class MatchesSerializer(serializers.Serializer):
    """The ranking, and the account of everybody who is not in it unless that was left out."""

    ranked = MatchSerializer(many=True)
    totals = TotalsSerializer(required=False)
    excluded = serializers.DictField(child=serializers.IntegerField(), required=False)


class MatchesQuery(Body):
    """How many to rank, and whether everybody else is accounted for."""

    limit = serializers.IntegerField(min_value=1, max_value=MOST_MATCHES, default=10)
    totals = serializers.BooleanField(default=True)
