"""What of asks waits on Today: to ask the next, to pick a time, to collect what was promised, and
to say whether an ask stands.
"""

from collections.abc import Collection
from uuid import UUID

from django.db.models import (
    Count,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from activities.activities.choices import ActivityState
from activities.activities.models import Activity
from activities.activities.work import activity_row
from advocacy import clock
from advocacy.tenancy.models import Membership
from advocacy.web import formatting as words
from advocacy.web.queue import QueueRow, Work, closing_time, key_of
from advocacy.web.urls import tenant_reverse
from advocates.accounts.selectors import resting_accounts
from advocates.models import Preference
from requests.asks.choices import IN_PLAY, AskState
from requests.models import Ask, Request
from requests.requests.choices import RequestState
from requests.requests.selectors import people_meet
from requests.requests.work import (
    closing_of,
    mine,
    needed_by_text,
    open_requests,
    request_row,
    subject_of,
)


def waiting_for_next_ask(membership: Membership) -> QuerySet[Request]:
    """Requests in outreach with too few people still in play (ASK-1)."""
    if not membership.can("requests.triage"):
        return Request.objects.none()
    playing = (
        Ask.objects.filter(request=OuterRef("pk"), state__in=IN_PLAY)
        .order_by()
        .values("request")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return (
        mine(open_requests(RequestState.OUTREACH).filter(approval_since=None), membership)
        .annotate(
            playing=Coalesce(Subquery(playing), 0),
            due=Coalesce("confirm_due_at", closing_of(membership)),
        )
        .filter(playing__lt=F("needed_count"))
    )


def to_ask_next(membership: Membership, pks: Collection[UUID]) -> list[QueueRow]:
    """Ask the next in the ranking."""
    answers = (
        Ask.objects.exclude(state__in=IN_PLAY)
        .select_related("advocate")
        .order_by("-answered_at", "-expires_at")
    )
    waiting = (
        waiting_for_next_ask(membership)
        .filter(pk__in=pks)
        .prefetch_related(Prefetch("asks", queryset=answers, to_attr="gone"))
    )
    rows = []
    for request in waiting:
        gone: list[Ask] = request.gone  # type: ignore[attr-defined]
        title = (
            _("%(name)s is not asked: ask the next for %(deal)s")
            % {"name": gone[0].advocate.name, "deal": subject_of(request)}
            if gone and not gone[0].is_sent
            else _("%(name)s cannot: ask the next for %(deal)s")
            % {"name": gone[0].advocate.name, "deal": subject_of(request)}
            if gone
            else _("Ask the next for %(deal)s") % {"deal": subject_of(request)}
        )
        last = gone[0] if gone else None
        text = last.decline_reason or last.say_note or last.get_state_display() if last else ""
        rows.append(
            request_row(
                "next",
                request,
                membership,
                title=title,
                why=[text, needed_by_text(request)],
                label=_("Ask the next"),
            )
        )
    return rows


def waiting_for_delivery(membership: Membership) -> QuerySet[Activity]:
    """What somebody said yes to and does by themselves: a testimonial, a review (ASK-1)."""
    if not membership.can("activities.complete"):
        return Activity.objects.none()
    promised = Ask.objects.filter(
        ~people_meet("request__"), activity=OuterRef("pk"), state=AskState.ACCEPTED
    ).values("request__needed_by")[:1]
    coming = (
        Activity.objects.filter(state=ActivityState.ACCEPTED)
        .select_related("advocate__account", "activity_type")
        .annotate(needed_by=Subquery(promised))
        .filter(needed_by__isnull=False)
        .annotate(due=closing_time(F("needed_by"), membership))
        .order_by("needed_by", "id")
    )
    if membership.can("requests.triage"):
        return coming
    return coming.filter(Q(owner=membership) | Q(advocate__account__owner=membership))


def to_collect(membership: Membership, pks: Collection[UUID]) -> list[QueueRow]:
    """Record what an advocate does by themselves as soon as it is there."""
    rows = []
    for activity in waiting_for_delivery(membership).filter(pk__in=pks):
        by = words.moment(activity.needed_by)  # type: ignore[attr-defined]
        rows.append(
            activity_row(
                "collect",
                activity,
                membership,
                title=_("Is the %(activity)s of %(name)s there?"),
                why=[activity.purpose, _("said yes"), _("needed by %(day)s") % {"day": by}],
                label=_("Record it"),
                icon="package-import",
            )
        )
    return rows


def waiting_for_word(membership: Membership) -> QuerySet[Ask]:
    """Unanswered asks at own accounts that are on hold, until they are answered or withdrawn."""
    if not membership.can("asks.send"):
        return Ask.objects.none()
    return Ask.objects.filter(
        state=AskState.SENT,
        advocate__account__owner=membership,
        advocate__account__in=resting_accounts(clock.today(membership.tenant.zone)),
    ).annotate(due=F("expires_at"))


def to_question(membership: Membership, pks: Collection[UUID]) -> list[QueueRow]:
    """Let it stand, or withdraw it."""
    rows = []
    asks = waiting_for_word(membership).filter(pk__in=pks)
    for ask in asks.select_related("advocate__account", "request__activity_type"):
        url = tenant_reverse(membership.tenant, "requests:detail", ask.request_id)
        rows.append(
            QueueRow(
                id=key_of("held_ask", ask.pk),
                kind="requests",
                icon="hand-stop",
                tone="warning",
                title=_("%(account)s is on hold: does the ask to %(name)s stand?")
                % {"account": ask.advocate.account, "name": ask.advocate.name},
                why=" · ".join(
                    [
                        ask.request.activity_type.name,
                        ask.request.reference,
                        _("asked %(day)s") % {"day": words.moment(ask.sent_at)},
                    ]
                ),
                url=url,
                due=ask.expires_at,
                action=(_("Look at the ask"), url, "panel"),
                panel=True,
            )
        )
    return rows


def waiting_to_be_brought(membership: Membership) -> QuerySet[Ask]:
    """Asks to people who want to be called, or to hear through this member (ADV-2)."""
    if not membership.can("asks.answer_for"):
        return Ask.objects.none()
    by_phone = Q(advocate__preferences__channel=Preference.Channel.PHONE, sender=membership)
    through = Q(
        advocate__preferences__channel=Preference.Channel.CSM, advocate__account__owner=membership
    ) & ~Q(sender=membership)
    return (
        Ask.objects.filter(by_phone | through, state=AskState.SENT)
        .select_related(
            "advocate__account", "request__activity_type", "request__opportunity", "request__tenant"
        )
        .annotate(due=F("expires_at"))
        .order_by("expires_at", "id")
    )


def to_bring(membership: Membership, pks: Collection[UUID]) -> list[QueueRow]:
    """Ask them in person, and write down what they say."""
    rows = []
    for ask in waiting_to_be_brought(membership).filter(pk__in=pks):
        url = tenant_reverse(membership.tenant, "requests:answer-for", ask.pk)
        names = {"name": ask.advocate.name, "deal": subject_of(ask.request)}
        why = (str(ask.request.activity_type), ask.advocate.phone, ask.subject)
        rows.append(
            QueueRow(
                id=key_of("bring", ask.pk),
                kind="requests",
                icon="phone",
                tone="info",
                title=_("Ask %(name)s in person for %(deal)s") % names,
                why=" · ".join(part for part in why if part),
                url=url,
                due=ask.expires_at,
                action=(_("They told me…"), url, "panel"),
                panel=True,
            )
        )
    return rows


WORK = (
    Work("bring", "requests", waiting_to_be_brought, to_bring, promised=True),
    Work(
        "next",
        "requests",
        waiting_for_next_ask,
        to_ask_next,
        promised=True,
        handover="requests.triage",
    ),
    Work("collect", "requests", waiting_for_delivery, to_collect),
    Work("held_ask", "requests", waiting_for_word, to_question),
)
