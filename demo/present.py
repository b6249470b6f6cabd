"""What waits for the other colleagues when somebody starts the demo: each finds a queue."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from activities.activities.completion import log_activity
from activities.activities.offering import plan_offered
from advocacy import clock
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Membership
from advocacy.tenancy.roles import Role
from advocates.candidates.services import dismiss_candidate
from advocates.joining.selectors import nominable_people
from advocates.joining.services import accept_nomination, nominate_advocate, return_nomination
from advocates.joining.volunteering import volunteer
from advocates.models import Account, ActivityType, Advocate
from advocates.moments.services import celebrate_moment, record_moment
from advocates.people.choices import AdvocateStatus
from advocates.signals.services import record_signal
from advocates.touches.services import record_touch
from benefits.thanks.choices import ThankYouKind
from benefits.thanks.services import prepare_note
from demo import world
from demo.cast import Cast
from demo.history import ask_for_help
from demo.joining import bring_people_in
from demo.timeline import at, working_moment
from reporting.chat.models import ChatKind
from reporting.chat.services import connect_chat
from reporting.queue import everything
from reporting.services import put_off
from reporting.snoozing import choices_for
from requests.browsing.selectors import Wanted, available
from requests.models import Opportunity, Request
from requests.requests.choices import RequestState
from requests.requests.triage import ask_for_info, close_request, start_review


def fill_queues(
    cast: Cast,
    deals: Sequence[Opportunity],
    kinds: Mapping[str, ActivityType],
    by_role: Mapping[str, list[Membership]],
) -> None:
    """Nominations, a talk to thank for, a question back, and news to tell."""
    for csm in by_role.get(Role.CSM, []):
        nominate(cast, csm)
    offer_help(kinds)
    give_a_talk(cast, kinds["speaking"])
    give_unasked(cast, kinds)
    own = [deal for deal in deals if deal.owner_id == cast.sales[0].pk] or list(deals)
    if own:
        ask_back(cast, own[0], kinds["testimonial"])
    # Of a seller who is away: it falls due on the Today of whoever stands in.
    if away := [deal for deal in deals if deal.owner_id == cast.sales[-1].pk and deal not in own]:
        ask_back(cast, away[-1], kinds["short_reference_call"])
    if spare := [deal for deal in deals if not deal.requests.exists()]:
        ask_for_an_introduction(cast, spare[0], kinds["reference_call"])
    win_a_deal()
    notice(cast, by_role.get(Role.CSM, []))
    keep_in_touch(cast)
    bring_people_in(cast, kinds)
    put_one_off(cast)
    for csm in by_role.get(Role.CSM, [])[:1]:
        connect_chat(actor=Actor.member(csm), kind=ChatKind.MAIL)


def nominate(cast: Cast, csm: Membership) -> None:
    """Two wait for a decision, one came back, one was accepted."""
    now, actor = clock.now(), Actor.member(csm)
    people = nominable_people(csm)[:4]
    for place, (person, reasons) in enumerate(zip(people, world.NOMINATIONS, strict=False)):
        with at(now - timedelta(days=1 + place, hours=3)):
            nomination = nominate_advocate(actor=actor, advocate=person, reasons=reasons)
        with at(now - timedelta(hours=place)):
            if place == 2:
                return_nomination(actor=cast.program, nomination=nomination, reason=world.NOT_YET)
            if place == 3:
                accept_nomination(
                    actor=cast.program,
                    nomination=nomination,
                    override_reason=world.ALL_THE_SAME,
                )


def offer_help(kinds: Mapping[str, ActivityType]) -> None:
    """Somebody at a customer would like to take part, and nobody has answered yet."""
    outside = Advocate.objects.filter(status=AdvocateStatus.CANDIDATE, nominations=None)
    person = outside.order_by("pk").first()
    if person is not None:
        with at(clock.now() - timedelta(hours=5)):
            volunteer(
                advocate=person,
                reasons=world.OFFER,
                kinds=[kinds["reference_call"], kinds["testimonial"]],
            )


def give_a_talk(cast: Cast, kind: ActivityType) -> None:
    """Somebody spoke on stage yesterday: a letter from the program, a note from an executive."""
    speaker = Advocate.objects.filter(status=AdvocateStatus.ACTIVE).order_by("pk")[3]
    happened = working_moment(clock.now() - timedelta(days=1), cast.manager.zone, 15)
    happened = min(happened, clock.now() - timedelta(hours=3))
    talk = log_activity(
        actor=cast.program,
        advocate=speaker,
        activity_type=kind,
        happened_at=happened,
        minutes=kind.minutes_low,
        purpose="Customer day",
        owner=cast.manager,
        advocate_rating=5,
    )
    for note in talk.thank_yous.filter(kind=ThankYouKind.EXECUTIVE, owner__isnull=False):
        prepare_note(actor=cast.program, thank_you=note, personal_line=world.PERSONAL_LINES[0])


def give_unasked(cast: Cast, kinds: Mapping[str, ActivityType]) -> None:
    """Somebody offered a testimonial; somebody else's referral waits to qualify."""
    people = list(Advocate.objects.filter(status=AdvocateStatus.ACTIVE).order_by("pk")[4:6])
    with at(clock.now() - timedelta(hours=7)):
        plan_offered(
            actor=cast.program,
            advocate=people[0],
            activity_type=kinds["testimonial"],
            detail=world.TOPICS[0],
            purpose=world.OFFERED_FOR,
        )
        log_activity(
            actor=cast.program,
            advocate=people[-1],
            activity_type=kinds["referral"],
            happened_at=clock.now() - timedelta(hours=2),
            purpose=world.REFERRED,
            owner=cast.manager,
        )


def ask_back(cast: Cast, deal: Opportunity, kind: ActivityType) -> None:
    """The program has a question; the requester's clock stands still."""
    now = clock.now()
    request = ask_for_help(cast, deal, kind, now - timedelta(days=1, hours=3))
    with at(now - timedelta(hours=2)):
        start_review(actor=cast.program, request=request)
        ask_for_info(actor=cast.program, request=request.reload(), question=world.QUESTION_BACK)


def ask_for_an_introduction(cast: Cast, deal: Opportunity, kind: ActivityType) -> None:
    """Sales looked through who could help, and chose somebody without knowing who it is (BRW-1)."""
    seller, when = deal.owner or cast.sales[0], clock.now() - timedelta(hours=2)
    with at(when):
        found = available(seller, kind)
        people = found.shown(found.matching(Wanted())[:1])
    if people:
        ask_for_help(cast, deal, kind, when, introduction=people[0].reference)


def win_a_deal() -> None:
    """A deal was won after a call: the advocate should hear of it within three days."""
    request = Request.objects.filter(state=RequestState.COMPLETED).order_by("number").first()
    if request is not None and request.opportunity is not None:
        with at(clock.now() - timedelta(minutes=50)):
            close_request(actor=Actor.member(request.requester), request=request, outcome="won")


def notice(cast: Cast, csms: Sequence[Membership]) -> None:
    """What people did unasked; for each CSM moments on Today, and one that was celebrated."""
    speakers = Advocate.objects.filter(status=AdvocateStatus.ACTIVE).order_by("pk")
    today = clock.today(cast.manager.tenant.zone)
    for place, (signal, person) in enumerate(zip(world.SIGNALS, speakers, strict=False)):
        kind, source, note = signal
        day = today - timedelta(days=2 + 5 * place)
        record_signal(
            actor=cast.program, advocate=person, kind=kind, seen_on=day, source=source, note=note
        )
    for csm in csms:
        actor = Actor.member(csm)
        accounts = Account.objects.filter(owner=csm).order_by("pk")
        for account, (kind, days, note) in zip(accounts, world.MOMENTS, strict=False):
            day = today - timedelta(days=days)
            moment = record_moment(
                actor=actor, account=account, kind=kind, happened_on=day, note=note
            )
            if kind == "onboarded":
                celebrate_moment(actor=actor, moment=moment, said=world.WELL_DONE)


def keep_in_touch(cast: Cast) -> None:
    """Most people had a call lately, some an executive's word; one candidate is put aside
    (REL-1, IDN-1).
    """
    today = clock.today(cast.manager.tenant.zone)
    people = Advocate.objects.select_related("account__owner__user").order_by("pk")
    for place, person in enumerate(people.filter(status=AdvocateStatus.ACTIVE)):
        if place % 6 == 0:
            continue
        for kind, days in world.TOUCHES[: 1 + place % len(world.TOUCHES)]:
            record_touch(
                actor=cast.program,
                advocate=person,
                kind=kind,
                happened_on=today - timedelta(days=days + place % 20),
                by=person.account.owner,
            )
    someone = people.filter(status=AdvocateStatus.CANDIDATE, account__lifecycle="customer").first()
    if someone is not None:
        dismiss_candidate(actor=cast.program, advocate=someone, reason=world.NOT_YET)


def put_one_off(cast: Cast) -> None:
    """One thing that has time is put off until Monday."""
    for item in reversed(everything(cast.manager)):
        choice = next((c for c in choices_for(cast.manager, [item]) if c.code == "monday"), None)
        if choice is not None:
            put_off(actor=cast.program, items=[item], until=choice.at)
            return
