"""A simulation's answer as REST gives it (SIM-1.a)."""

from rest_framework import serializers

from reporting.simulator.changes import CAUSES


class SimulatedDealsSerializer(serializers.Serializer):
    """Deals behind the refused asks; each deal's amount counts once."""

    stage = serializers.CharField(help_text="won, lost or open")
    asks = serializers.IntegerField()
    deals = serializers.IntegerField()
    amount = serializers.DecimalField(
        max_digits=18, decimal_places=2, help_text="In the base currency."
    )
    unknown = serializers.IntegerField(help_text="Deals without an amount in it.")


class SimulatedFillSerializer(serializers.Serializer):
    """Requests that came to an end, and how many of them were filled; those that content answered
    are not in it.
    """

    all = serializers.IntegerField()
    filled = serializers.IntegerField()
    rate = serializers.FloatField(allow_null=True)


class SimulatedLoadSerializer(serializers.Serializer):
    """Units asked for in the period that were given or are owed, of those who were asked."""

    people = serializers.IntegerField()
    units = serializers.IntegerField()
    typical = serializers.FloatField(help_text="The median.")
    busiest = serializers.FloatField(help_text="The mean of the tenth that gives most.")


class SimulatedSegmentSerializer(serializers.Serializer):
    """A size of company."""

    segment = serializers.CharField(allow_blank=True)
    asks = serializers.IntegerField()
    refused = serializers.IntegerField()
    units_now = serializers.IntegerField(source="now")
    units_then = serializers.IntegerField(source="then")


class SimulatedRecruitsSerializer(serializers.Serializer):
    """What more people could have taken: requests, by what would have become of them."""

    gained = serializers.IntegerField(help_text="That found nobody.")
    kept = serializers.IntegerField(help_text="That these guardrails lose.")
    late = serializers.IntegerField(help_text="That waited longer than was promised.")
    chance = serializers.FloatField(
        allow_null=True, help_text="Of those asked who say yes; null: too few were asked to tell."
    )
    winning = serializers.DecimalField(
        max_digits=18,
        decimal_places=2,
        allow_null=True,
        help_text="As typed, else costs of acquisition in the period, scaled to a year, over the"
        " people enrolled now; null: none are written.",
    )
    rewards = serializers.DecimalField(max_digits=18, decimal_places=2, allow_null=True)


class SimulationSerializer(serializers.Serializer):
    """The past under a scenario, beside what it was."""

    text = serializers.CharField(help_text="The answer in a sentence.")
    notes = serializers.ListField(
        child=serializers.CharField(), help_text="What to know of it, such as a short past."
    )
    since = serializers.DateField()
    until = serializers.DateField()
    currency = serializers.CharField()
    too_little = serializers.BooleanField(help_text="Too few asks to tell anything by.")
    asks = serializers.IntegerField()
    refused = serializers.IntegerField()
    refused_anew = serializers.IntegerField(help_text="Those that today's settings let through.")
    warned = serializers.IntegerField(help_text="That would have taken a written reason.")
    with_reason = serializers.IntegerField(help_text="Past a warning, with a reason.")
    rules = serializers.DictField(
        child=serializers.IntegerField(), help_text="Refused asks by the first rule that refuses."
    )
    unexplained = serializers.DictField(
        child=serializers.IntegerField(),
        help_text="Asks that today's settings would refuse, by what is known of why they went out:"
        f" {', '.join(CAUSES)}.",
    )
    deals = SimulatedDealsSerializer(many=True)
    lost = serializers.IntegerField(help_text="Filled requests that would lack somebody.")
    stand_ins = serializers.IntegerField(
        help_text="Of these, for which somebody else who fits had room."
    )
    newly_free = serializers.IntegerField(
        help_text="Requests that found nobody, for which somebody who fits would have had room."
    )
    by_content = serializers.IntegerField(
        help_text="Requests that content answered; they are in no fill rate."
    )
    fill_now = SimulatedFillSerializer()
    fill_then = SimulatedFillSerializer()
    load_now = SimulatedLoadSerializer()
    load_then = SimulatedLoadSerializer()
    segments = SimulatedSegmentSerializer(many=True)
    recruits = SimulatedRecruitsSerializer(allow_null=True)


class SimulatedAskSerializer(serializers.Serializer):
    """An ask of the past, and what speaks against it."""

    id = serializers.UUIDField(allow_null=True, help_text="Of the ask; null where none is left.")
    participation = serializers.UUIDField()
    advocate = serializers.UUIDField()
    request = serializers.UUIDField(allow_null=True)
    sent_at = serializers.DateTimeField()
    refused_by = serializers.CharField(allow_blank=True)
    refuses = serializers.ListField(child=serializers.CharField())
    warns = serializers.ListField(child=serializers.CharField())
    cause = serializers.CharField(
        allow_blank=True, help_text="Why it went out although today's settings refuse it."
    )


class SimulatedAsksSerializer(serializers.Serializer):
    """Some of the asks, in the order in which they were sent."""

    count = serializers.IntegerField()
    results = SimulatedAskSerializer(many=True)


class SimulatedRequestsSerializer(serializers.Serializer):
    """Some of the requests."""

    count = serializers.IntegerField()
    results = serializers.ListField(child=serializers.UUIDField())
