"""A year of the program: deals, requests, asks, calls, thank-yous, told through the services.

Nothing here writes a row itself. What the guard or a rule refuses in the demo it would refuse
anybody; the story then goes on with the next advocate, as it would in life.
"""

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from django.db.models import F

from activities.activities.completion import complete_activity
from advocacy import clock
from advocacy.events.models import Event
from advocacy.messaging.models import MailState, OutgoingMail
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocates.models import ActivityType, TierChange
from demo import world
from demo.afterwards import say_how
from demo.cast import Cast
from demo.thanking import tell, thank
from demo.timeline import at, working_moment
from requests.asks.answers import AskAnswer, answer_ask
from requests.asks.drafting import draft_ask
from requests.asks.saying import agree_to_ask
from requests.asks.services import send_asks
from requests.asks.sweeping import sweep_asks
from requests.matching.ranking import match
from requests.models import Ask, Opportunity, Request
from requests.requests.details import RequestDetails
from requests.requests.services import create_request, submit_request
from requests.requests.triage import close_request, start_review
from requests.scheduling.services import pick_slot, schedule_call
from requests.scheduling.slots import Slot

log = logging.getLogger(__name__)

#: How often which kind of help is asked for.
WANTED = (
    *("reference_call",) * 11,
    *("testimonial",) * 3,
    *("executive_reference_call",) * 2,
    *("case_study",) * 2,
    *("review",) * 2,
    "speaking",
)


def _detail_of(kind: ActivityType, dice: Random) -> str:
    if not kind.carries_detail:
        return ""
    return dice.choice(world.REVIEW_SITES if kind.is_on_site else world.TOPICS)


def _guest_of(deal: Opportunity) -> str:
    """Somebody at the prospect; the same one whenever it is asked for."""
    name = world.GUESTS[len(deal.prospect) % len(world.GUESTS)]
    host = "".join(sign for sign in deal.prospect.lower() if sign.isascii() and sign.isalnum())
    return f"{name}, {name.split()[0].lower()}@{host or 'prospect'}.example"


def ask_for_help(
    cast: Cast, deal: Opportunity, kind: ActivityType, when: datetime, introduction: str = ""
) -> Request:
    """Sales submits a request for a deal at a moment, perhaps for somebody they have found."""
    dice = cast.dice
    place = dice.choice(world.PLACES)
    details = RequestDetails(
        activity_type=kind,
        detail=_detail_of(kind, dice),
        needed_by=(when + timedelta(days=dice.randrange(10, 24))).date(),
        opportunity=deal,
        industry=dice.choice(list(world.INDUSTRIES)),
        country=place.code,
        segment=dice.choice(("enterprise", "mid_market", "smb")),
        persona_function=dice.choice(("IT", "Operations", "Finance", "")),
        persona_seniority=dice.choice(("executive", "manager", "")),
        tags=(dice.choice(cast.use_cases),),
        questions="\n".join(dice.sample(world.QUESTIONS, 2)),
        contacts=_guest_of(deal) if kind.code.endswith("reference_call") else "",
        intended_use="Final round of the selection",
    )
    with at(when):
        actor = Actor.member(deal.owner or cast.sales[0])
        request = create_request(actor=actor, details=details, introduction=introduction)
        return submit_request(actor=actor, request=request)


def play_request(cast: Cast, request: Request, when: datetime) -> None:
    """Bring a request from submitted to closed, with the answers life gives."""
    dice, zone = cast.dice, cast.manager.zone
    moment = when + timedelta(minutes=dice.randrange(20, 230))
    with at(moment):
        start_review(actor=cast.program, request=request)
    for _attempt in range(4):
        moment = working_moment(moment + timedelta(hours=dice.randrange(1, 6)), zone, 14)
        ask = send_best(cast, request, moment)
        if ask is None:
            return
        moment += timedelta(hours=dice.randrange(2, 30))
        luck = dice.random()
        if luck < 0.72:
            say_yes(ask, moment)
            finish(cast, request.reload(), ask.reload(), moment)
            return
        if luck < 0.9:
            say_no(ask, moment, dice.choice(world.DECLINES))
        else:
            moment = ask.expires_at + timedelta(minutes=1)
            with at(moment):
                sweep_asks(request.tenant_id)
        request.reload()


def say_yes(ask: Ask, when: datetime) -> None:
    """The advocate ticks the first two times that are left, before the ask expires."""
    moment = min(when, ask.expires_at - timedelta(minutes=30))
    slots = [slot.pk for slot in ask.slots.all() if slot.starts_at > moment][:2]
    note = "" if slots or not ask.slots.exists() else "Any morning next week suits me."
    with at(moment):
        answer = AskAnswer("accept", slots=slots, time_note=note)
        answer_ask(actor=Actor.advocate(ask.advocate_id), ask=ask, answer=answer)


def say_no(ask: Ask, when: datetime, reason: str) -> None:
    """The advocate declines."""
    with at(min(when, ask.expires_at - timedelta(minutes=30))):
        answer = AskAnswer("decline", reason=reason)
        answer_ask(actor=Actor.advocate(ask.advocate_id), ask=ask, answer=answer)


def send_best(
    cast: Cast,
    request: Request,
    when: datetime,
    *,
    slots: tuple[Slot, ...] = (),
    agreed: bool = True,
) -> Ask | None:
    """Ask the best-fitting advocate who may be asked at that moment; the account's owner says go at
    once, unless it is not ``agreed``.
    """
    with at(when):
        for candidate in match(request, limit=8).ranked:
            draft = draft_ask(request, candidate.advocate, sender=cast.manager, found=candidate)
            if candidate.warnings:
                draft = replace(draft, override_reason="Agreed with the account's owner")
            if slots:
                draft = replace(draft, slots=slots)
            try:
                (ask,) = send_asks(actor=cast.program, request=request, drafts=[draft])
            except DomainError as refusal:
                log.debug("%s was not asked: %s", candidate.advocate.pk, refusal.message)
                continue
            if agreed and ask.say_of is not None:
                ask = agree_to_ask(actor=Actor.member(ask.say_of), ask=ask)
            request.reload()
            return ask
    return None


def finish(cast: Cast, request: Request, ask: Ask, when: datetime) -> None:
    """Pick a time, let it happen, thank, close."""
    dice = cast.dice
    activity = ask.activity
    assert activity is not None  # noqa: S101 - accepting made it
    booked_at = when + timedelta(hours=1)
    offered = ask.slots.filter(offered=True, starts_at__gt=booked_at).first()
    happened = working_moment(when + timedelta(days=dice.randrange(2, 9)), cast.manager.zone, 10)
    if offered:
        happened = offered.starts_at
        with at(booked_at):
            pick_slot(actor=cast.program, request=request, slot=offered)
    elif ask.slots.exists():
        with at(booked_at):
            ends = happened + timedelta(minutes=30)
            schedule_call(actor=cast.program, ask=ask, starts_at=happened, ends_at=ends)
    if happened > clock.now() - timedelta(hours=2):
        return
    recorded = happened + timedelta(minutes=dice.randrange(40, 400))
    with at(min(recorded, clock.now())):
        activity.reload()
        complete_activity(
            actor=cast.program,
            activity=activity,
            happened_at=happened,
            minutes=dice.randrange(25, 50),
            advocate_rating=dice.choice((4, 4, 5, 5, 5, 3)),
            advocate_comment=dice.choice(world.COMMENTS),
            requester_rating=dice.choice((4, 5, 5)),
        )
    if happened < clock.now() - timedelta(days=2):
        thank(cast, activity.thank_yous.all(), happened)
        say_how(activity, happened + timedelta(hours=5))
        request.reload()
        with at(happened + timedelta(days=1)):
            close_request(actor=cast.program, request=request)
        tell(cast, activity, happened)


def date_tier_changes() -> None:
    """Give each change of tier the time of its event: SQL's clock cannot be set back."""
    for event in Event.objects.filter(verb="tier.changed"):
        TierChange.objects.filter(pk=event.subject_id).update(at=event.at)


def deliver_old_mail() -> None:
    """What the story sent in the past arrived in the past; only today's mail goes out now."""
    OutgoingMail.objects.filter(
        state=MailState.QUEUED, due_at__lt=clock.now() - timedelta(days=1, hours=6)
    ).update(state=MailState.SENT, sent_at=F("due_at"))
