"""Reading answers that came by mail (MSG-5, VIS-1)."""

from django.db.models import Q, QuerySet

from advocacy.tenancy.delegation import answers_for
from advocacy.tenancy.models import Membership
from requests.models import Ask, AskReply


def theirs(membership: Membership, ask: str) -> Q:
    """The asks a member may answer for somebody: a CSM at own accounts (ID-2)."""
    if membership.can("requests.triage"):
        return Q()
    return Q(**{f"{ask}advocate__account__owner__in": answers_for(membership)})


def listed_replies(membership: Membership) -> QuerySet[AskReply]:
    """Answers to asks this member may answer for somebody; the newest first."""
    return AskReply.objects.filter(theirs(membership, "ask__")).select_related(
        "ask__advocate__account",
        "ask__request__activity_type",
        "ask__request__opportunity__account",
        "ask__sender__user",
        "recorded_by__user",
    )


def answerable_asks(membership: Membership) -> QuerySet[Ask]:
    """Asks an answer may have come to."""
    return (
        Ask.objects.filter(theirs(membership, ""))
        .select_related(
            "advocate__account", "request__activity_type", "request__opportunity__account"
        )
        .order_by("-sent_at", "-id")
    )
