"""Who hears of which event: whose it is, and for whom Today shows it as work anyway.

Each function answers the members by id; ``True`` stands for news, ``False`` for what is kept in the
list but read already, because Today shows the same thing as something to do.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from activities.activities.models import Activity
from advocacy.events.models import Event
from advocates.models import Account, Advocate, Nomination, ProgramInvitation
from advocates.program.tiers.models import TierChange
from benefits.thanks.choices import ThankYouState
from benefits.thanks.models import ThankYou
from requests.asks.choices import IN_PLAY, AskState
from requests.models import Ask, Request
from requests.requests.choices import RequestState

#: Members by id, and whether it is news to them.
Hearers = Mapping[UUID | None, bool]
Who = Callable[[Event, Any], Hearers]


def _requester(_event: Event, request: Request) -> Hearers:
    return {request.requester_id: True}


def _requester_on_today(_event: Event, request: Request) -> Hearers:
    return {request.requester_id: False}


def _both(_event: Event, request: Request) -> Hearers:
    return {request.manager_id: True, request.requester_id: True}


def _asked_at_once(event: Event, request: Request) -> Hearers:
    """Where somebody took the request up before, that was the news."""
    first = event.payload.get("from") == RequestState.SUBMITTED
    return {request.requester_id: True} if first else {}


def _confirmed(_event: Event, request: Request) -> Hearers:
    """Of a meeting Today says so: a time has to be picked."""
    return {request.requester_id: not request.people_meet}


def _sender(_event: Event, ask: Ask) -> Hearers:
    return {ask.sender_id: not _is_work(ask)}


def _answered(event: Event, ask: Ask) -> Hearers:
    """The account's owner hears of each answer there, without running anything (ASK-2)."""
    return {ask.advocate.account.owner_id: True, **_sender(event, ask)}


def _at_own_account(_event: Event, activity: Activity) -> Hearers:
    """What was booked at an account is its owner's news, also where they run nothing of it."""
    return {activity.advocate.account.owner_id: True}


def _took_place(event: Event, activity: Activity) -> Hearers:
    """Whoever owes the thank-you is told by Today."""
    owner = activity.advocate.account.owner_id
    thanks = ThankYou.objects.filter(activity=activity, owner=owner, state=ThankYouState.OPEN)
    return {owner: owner is not None and not thanks.exists()}


def _is_work(ask: Ask) -> bool:
    """Whether Today tells the sender of an answer: to ask the next, to pick a time, to collect
    what was promised. So it does to whoever runs the program and looks after the request.
    """
    request, sender = ask.request, ask.sender
    if ask.state == AskState.ACCEPTED and not request.people_meet:
        return sender.pk in (request.manager_id, ask.advocate.account.owner_id)
    if not sender.can("requests.triage") or request.manager_id not in (None, sender.pk):
        return False
    states = Counter(Ask.objects.filter(request=request).values_list("state", flat=True))
    if ask.state == AskState.ACCEPTED:
        return states[AskState.ACCEPTED] >= request.number_needed
    return sum(states[each] for each in IN_PLAY) < request.needed_count


def _owner(_event: Event, advocate: Advocate) -> Hearers:
    """The account's owner, and who sponsors the person."""
    return {advocate.account.owner_id: True, advocate.executive_sponsor_id: True}


def _proposed(_event: Event, nomination: Nomination) -> Hearers:
    return _owner(_event, nomination.advocate)


def _decided(_event: Event, nomination: Nomination) -> Hearers:
    """Who nominated reads it on Today; the account's owner here."""
    return {**_proposed(_event, nomination), nomination.nominated_by_id: False}


def _invited(_event: Event, invitation: ProgramInvitation) -> Hearers:
    return {**_owner(_event, invitation.advocate), invitation.sender_id: True}


def _moved(event: Event, advocate: Advocate) -> Hearers:
    """Both companies' owners."""
    ids = {*event.payload.get("changes", {}).get("account", ()), str(advocate.account_id)} - {None}
    owners = Account.objects.filter(pk__in=ids).values_list("owner_id", flat=True)
    return dict.fromkeys(owners, True)


def _tier(_event: Event, change: TierChange) -> Hearers:
    """That somebody came or went is told by itself."""
    if change.why in (TierChange.Why.ENROLLED, TierChange.Why.LEFT):
        return {}
    return _owner(_event, change.advocate)


def _account(_event: Event, account: Account) -> Hearers:
    return {account.owner_id: True}


HEARD: Mapping[str, Who] = {
    "request.review_started": _requester,
    "request.outreach_started": _asked_at_once,
    "request.info_asked": _requester_on_today,
    "request.declined": _requester,
    "request.unfilled": _both,
    "request.cancelled": _both,
    "request.confirmed": _confirmed,
    "request.scheduled": _both,
    "request.reopened": _requester,
    "request.completed": _requester_on_today,
    "ask.put_off": _sender,
    "ask.kept_back": _sender,
    "ask.lapsed": _answered,
    "ask.accepted": _answered,
    "ask.declined": _answered,
    "ask.postponed": _answered,
    "ask.passed_on": _answered,
    "ask.expired": _answered,
    "activity.scheduled": _at_own_account,
    "activity.completed": _took_place,
    "nomination.submitted": _proposed,
    "nomination.volunteered": _proposed,
    "nomination.accepted": _decided,
    "nomination.returned": _decided,
    "program_invitation.accepted": _invited,
    "program_invitation.declined": _invited,
    "advocate.enrolled": _owner,
    "advocate.paused": _owner,
    "advocate.resumed": _owner,
    "advocate.retired": _owner,
    "advocate.moved": _moved,
    "tier.changed": _tier,
    "account.held": _account,
    "account.hold_lifted": _account,
}

#: What is no news any more once it was taken back, of whatever that stands on the timeline of.
TAKEN_BACK: Mapping[str, tuple[str, ...]] = {
    "request.ask_for_info_undone": ("request.info_asked",),
    "request.decline_undone": ("request.declined",),
    "request.cancel_undone": ("request.cancelled",),
    "request.booking_undone": ("request.scheduled",),
    "activity.cancel_undone": ("request.reopened",),
    "ask.not_before_undone": ("ask.put_off", "ask.kept_back"),
    "ask.rather_not_undone": ("ask.kept_back",),
    "ask.answer_undone": (
        *("ask.accepted", "ask.declined", "ask.postponed", "ask.passed_on"),
        "request.confirmed",
    ),
    "nomination.accept_undone": ("nomination.accepted",),
    "nomination.return_undone": ("nomination.returned",),
}
