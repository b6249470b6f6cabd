"""What the actions of requests take, and the letter one of them shows (API-2)."""

from django.conf import settings
from rest_framework import serializers

from advocacy.rest.serializers import Body, Day, MemberField, Moment
from advocates.models import Advocate
from requests.models import AskSlot
from requests.requests.contacts import LONGEST


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
    contacts = serializers.CharField(
        max_length=LONGEST,
        required=False,
        allow_blank=True,
        help_text="Who joins from the prospect's side, one a line: `Jane Roe, jane@example.com`.",
    )


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
    language = serializers.ChoiceField(
        choices=settings.LANGUAGES,
        required=False,
        help_text="In which the letter is written; the advocate's own, unless said otherwise.",
    )
    override_reason = serializers.CharField(
        max_length=300, required=False, allow_blank=True, help_text="Answers every warning (CAP-5)."
    )


class LetterSlot(serializers.Serializer):
    """A time the letter proposes."""

    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()


class LetterSerializer(serializers.Serializer):
    """An ask before it goes out."""

    advocate = serializers.UUIDField(source="letter.advocate.pk")
    subject = serializers.CharField(source="letter.subject")
    message = serializers.CharField(source="letter.message")
    language = serializers.CharField(source="letter.language")
    slots = LetterSlot(source="letter.slots", many=True)
    expires_at = serializers.DateTimeField(help_text="Until when an answer would be waited for.")
    missing = serializers.ListField(
        child=serializers.CharField(),
        help_text="What the letter does not say, because the request does not.",
    )
    warnings = serializers.ListField(
        child=serializers.CharField(),
        help_text="That the program's very first ask goes out without a strategy sheet.",
    )


class AsksBody(Body):
    """Either all of them go out or none."""

    asks = DraftBody(many=True, allow_empty=False, max_length=20)  # type: ignore[call-arg]


class TimeZoneBody(Body):
    """On which clock the prospect lives."""

    time_zone = serializers.CharField(
        max_length=64, allow_blank=True, help_text="A name like `Europe/Berlin`; blank: not known."
    )


class AssignBody(Body):
    """Who takes it."""

    manager = MemberField()
