"""What REST takes about an ask (API-2)."""

from typing import Any, get_args

from rest_framework import serializers

from advocacy.rest.serializers import Body, Day, Moment
from requests.asks.answers import Kind
from requests.requests.contacts import LONGEST

ANSWERS = tuple((kind, kind) for kind in get_args(Kind))


class AnswerBody(Body):
    """What the advocate said; only the fields of its kind count (ASK-1)."""

    kind = serializers.ChoiceField(choices=ANSWERS)
    slots = serializers.ListField(
        child=serializers.UUIDField(), required=False, max_length=20, help_text="Times ticked."
    )
    time_note = serializers.CharField(max_length=300, required=False, allow_blank=True)
    reason = serializers.CharField(max_length=500, required=False, allow_blank=True)
    later_on = Day(required=False, allow_null=True)
    name = serializers.CharField(max_length=200, required=False, allow_blank=True)
    email = serializers.EmailField(required=False, allow_blank=True)


def _contacts(**kwargs: Any) -> serializers.CharField:
    text = "Who joins from the prospect's side, one a line: `Jane Roe, jane@example.com`."
    return serializers.CharField(max_length=LONGEST, help_text=text, **kwargs)


class TimeBody(Body):
    """When, where and with whom; what is left out stays, or is the usual."""

    starts_at = Moment()
    ends_at = Moment()
    location = serializers.CharField(max_length=300, required=False, allow_blank=True)
    contacts = _contacts(required=False, allow_blank=True)


class ChooseBody(Body):
    """Who gets a link to pick one of the times."""

    contacts = _contacts()


class OfferBody(Body):
    """Other times the advocate offers after the yes."""

    slots = serializers.ListField(
        child=serializers.UUIDField(), required=False, max_length=20, help_text="Times ticked."
    )
    time_note = serializers.CharField(max_length=300, required=False, allow_blank=True)


class PutOffBody(Body):
    """From which day on the account's owner lets it go out (ASK-2)."""

    not_before = Day()


class KeepBackBody(Body):
    """Why the account's owner would rather have somebody else asked (ASK-2)."""

    say_note = serializers.CharField(max_length=500, required=False, allow_blank=True)
