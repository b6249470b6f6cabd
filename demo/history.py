"""A year of the program: deals, requests, asks, calls, thank-yous, told through the services.

Nothing here writes a row itself. What the guard or a rule refuses in the demo it would refuse
anybody; the story then goes on with the next advocate, as it would in life.
"""

import logging
import random
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

from django.db.models import F

from activities.activities.completion import complete_activity, log_activity
from activities.activities.models import Activity
from activities.loops.services import close_loop
from advocacy import clock
from advocacy.events.models import Event
from advocacy.messaging.models import MailState, OutgoingMail
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import Membership
from advocates.models import ActivityType, Advocate, Tag, TierChange
from benefits.thanks.choices import ThankYouKind, ThankYouState
from benefits.thanks.models import ThankYou
from benefits.thanks.services import send_thank_you
from demo import world
from demo.timeline import at, working_moment
from requests.asks.answers import AskAnswer, answer_ask
from requests.asks.drafting import draft_ask
from requests.asks.services import send_asks
from requests.asks.sweeping import sweep_asks
from requests.matching.ranking import match
from requests.models import Ask, Opportunity, Request
from requests.opportunities.services import upsert_opportunity
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
#: Deals that :func:`play_today` uses up.
PLAYED_TODAY = 9
STAGES = ("Qualification", "Value Proposition", "Negotiation/Review")


@dataclass(slots=True)
class Cast:
    """Who acts in the story."""

    manager: Membership
    sales: list[Membership]
    csms: list[Membership]
    use_cases: list[Tag]
    dice: random.Random

    @property
    def program(self) -> Actor:
        """The program manager as an actor."""
        return Actor.member(self.manager)


def make_deals(cast: Cast, *, count: int) -> list[Opportunity]:
    """Deals with invented prospects, spread over the year."""
    dice, today = cast.dice, clock.now().date()
    industries = list(world.INDUSTRIES)
    deals = []
    for number in range(1, count + 1):
        industry = dice.choice(industries)
        opened = today - timedelta(days=int(360 * (1 - number / count)) + dice.randrange(5, 40))
        prospect = f"{dice.choice(world.LAST_NAMES)} {industry.split()[0]}"
        deal, _outcome = upsert_opportunity(
            actor=cast.program,
            source="demo",
            external_id=f"D-{number:04d}",
            name=f"{prospect} · {dice.choice(world.PRODUCTS)}",
            prospect_name=prospect,
            crm_stage=dice.choice(STAGES),
            amount=Decimal(dice.randrange(4, 90) * 10_000),
            currency="EUR",
            lead_source=dice.choice(("Web", "Partner Referral", "Event", "Outbound")),
            owner=dice.choice(cast.sales),
            opened_on=opened,
            closes_on=opened + timedelta(days=dice.randrange(60, 160)),
        )
        deals.append(deal)
    return deals


def end_deals(cast: Cast) -> None:
    """Deals whose day has come are won or lost in the CRM, more often won with a reference."""
    now = clock.now()
    for deal in Opportunity.objects.filter(closes_on__lt=now.date()).order_by("external_id"):
        helped = deal.touchpoints.exists()
        won = cast.dice.random() < (0.68 if helped else 0.4)
        closes = datetime.combine(deal.closes_on or now.date(), time(12), tzinfo=UTC)
        with at(min(working_moment(closes, cast.manager.zone, 16), now)):
            upsert_opportunity(
                actor=cast.program,
                source=deal.source,
                external_id=deal.external_id,
                crm_stage="Closed Won" if won else "Closed Lost",
            )


def ask_for_help(cast: Cast, deal: Opportunity, kind: ActivityType, when: datetime) -> Request:
    """Sales submits a request for a deal at a moment."""
    dice = cast.dice
    place = dice.choice(world.PLACES)
    details = RequestDetails(
        activity_type=kind,
        needed_by=(when + timedelta(days=dice.randrange(10, 24))).date(),
        opportunity=deal,
        industry=dice.choice(list(world.INDUSTRIES)),
        country=place.code,
        segment=dice.choice(("enterprise", "mid_market", "smb")),
        persona_function=dice.choice(("IT", "Operations", "Finance", "")),
        persona_seniority=dice.choice(("executive", "manager", "")),
        tags=(dice.choice(cast.use_cases),),
        questions="\n".join(dice.sample(world.QUESTIONS, 2)),
        intended_use="Final round of the selection",
    )
    with at(when):
        actor = Actor.member(deal.owner or cast.sales[0])
        return submit_request(actor=actor, request=create_request(actor=actor, details=details))


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
    cast: Cast, request: Request, when: datetime, *, slots: tuple[Slot, ...] = ()
) -> Ask | None:
    """Ask the best-fitting advocate who may be asked at that moment."""
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
        request.reload()
        with at(happened + timedelta(days=1)):
            close_request(actor=cast.program, request=request)
        tell(cast, activity, happened)


def thank(cast: Cast, thank_yous: Iterable[ThankYou], happened: datetime) -> None:
    """Thank, nearly always within the day."""
    for thank_you in thank_yous:
        if thank_you.state != ThankYouState.OPEN or thank_you.owner is None:
            continue
        wait = cast.dice.randrange(2, 22) if cast.dice.random() < 0.96 else 31
        if thank_you.kind == ThankYouKind.EXECUTIVE:
            wait += 30
        with at(min(happened + timedelta(hours=wait), clock.now())):
            send_thank_you(
                actor=Actor.member(thank_you.owner),
                thank_you=thank_you,
                personal_line=cast.dice.choice(world.PERSONAL_LINES),
            )


def tell(cast: Cast, activity: Activity, happened: datetime) -> None:
    """Tell the advocate what came of it, as a good program does; only the newest wait."""
    for duty in activity.loop_duties.filter(closed_at__isnull=True):
        told = happened + timedelta(days=cast.dice.randrange(6, 12))
        if told < clock.now() - timedelta(days=3):
            with at(told):
                close_loop(
                    actor=cast.program,
                    duty=duty,
                    note="Told them how it was used and thanked again",
                )


def date_tier_changes() -> None:
    """Give each change of tier the time of its event: SQL's clock cannot be set back."""
    for event in Event.objects.filter(verb="tier.changed"):
        TierChange.objects.filter(pk=event.subject_id).update(at=event.at)


def deliver_old_mail() -> None:
    """What the story sent in the past arrived in the past; only today's mail goes out now."""
    OutgoingMail.objects.filter(
        state=MailState.QUEUED, due_at__lt=clock.now() - timedelta(days=1, hours=6)
    ).update(state=MailState.SENT, sent_at=F("due_at"))


def log_the_past(cast: Cast, people: list[Advocate], *, count: int) -> None:
    """What advocates did besides the requests: events, shares, talks (CAP-8)."""
    dice = cast.dice
    kinds = {
        kind.code: kind
        for kind in ActivityType.objects.filter(
            code__in=["testimonial", "speaking", "customer_panel", "case_study", "reference_call"]
        )
    }
    for _number in range(count):
        kind = kinds[dice.choice(list(kinds))]
        happened = working_moment(
            clock.now() - timedelta(days=dice.randrange(12, 355)), cast.manager.zone, 11
        )
        with at(happened + timedelta(hours=2)):
            activity = log_activity(
                actor=cast.program,
                # A few give much more than the others; that is what tiers are for.
                advocate=dice.choice(people[:7] if dice.random() < 0.45 else people),
                activity_type=kind,
                happened_at=happened,
                minutes=dice.randrange(kind.minutes_low, kind.minutes_high + 1),
                purpose=dice.choice(
                    ("User conference", "Spring launch", "Partner day", "Web site")
                ),
            )
        thank(cast, activity.thank_yous.all(), happened)
        tell(cast, activity, happened)


def play_today(cast: Cast, deals: list[Opportunity], kinds: dict[str, ActivityType]) -> None:
    """What stands on Today when somebody starts the demo: a bit of everything."""
    now = clock.now()
    kind = kinds["reference_call"]
    # Three to triage, the oldest waiting longest.
    for hours, deal in zip((3, 1.5, 0.4), deals[:3], strict=True):
        ask_for_help(cast, deal, kind, now - timedelta(hours=hours))
    # One that was declined this morning: the next has to be asked.
    request = ask_for_help(cast, deals[3], kind, now - timedelta(days=1, hours=4))
    if ask := send_best(cast, request, now - timedelta(days=1, hours=2)):
        say_no(ask, now - timedelta(hours=2), world.DECLINES[0])
    # One whose answer is awaited.
    request = ask_for_help(cast, deals[4], kind, now - timedelta(hours=7))
    send_best(cast, request, now - timedelta(hours=5))
    # One that said yes: a time has to be picked.
    request = ask_for_help(cast, deals[5], kind, now - timedelta(days=2))
    if ask := send_best(cast, request, now - timedelta(days=1, hours=20)):
        say_yes(ask, now - timedelta(hours=3))
    # Two that took place: one thank-you is late, one is due today; and a call nobody confirmed.
    for deal, hours_ago, confirmed in (
        (deals[6], 26, True),
        (deals[7], 9, True),
        (deals[8], 22, False),
    ):
        request = ask_for_help(cast, deal, kind, now - timedelta(days=6))
        start = (now - timedelta(hours=hours_ago)).replace(minute=0, second=0, microsecond=0)
        slot = Slot(starts_at=start, ends_at=start + timedelta(minutes=30))
        ask = send_best(cast, request, now - timedelta(days=6, hours=-3), slots=(slot,))
        if ask is None:
            continue
        say_yes(ask, now - timedelta(days=5))
        with at(now - timedelta(days=5, hours=-2)):
            booked = pick_slot(
                actor=cast.program, request=request.reload(), slot=ask.slots.get(offered=True)
            )
        if confirmed:
            with at(start + timedelta(minutes=45)):
                complete_activity(
                    actor=cast.program,
                    activity=booked.reload(),
                    happened_at=start + timedelta(minutes=30),
                    minutes=35,
                    advocate_rating=5,
                    advocate_comment=world.COMMENTS[0],
                )
