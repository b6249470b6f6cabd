"""Every press that sends something can be taken back, and then nothing of it is left.

What there was before is compared with what there is after: every row of every table, but for the
log, which tells both, and for what says that nothing went out.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from activities.activities.completion import log_activity
from activities.activities.models import Activity
from activities.activities.services import cancel_activity
from activities.activities.unscheduled import tell_waiting
from activities.assets.standing import tell_standing
from activities.loops.models import LoopDuty
from activities.transcripts.choosing import choose_proposal
from advocacy import clock as product_clock
from advocacy.events.models import Event
from advocacy.identity.services.invitations import invite_member, resend_invitation
from advocacy.messaging.models import MailState, OutgoingMail, PersonalLink, UndoWindow
from advocacy.messaging.selectors import typed_in
from advocacy.messaging.undo import undo_latest, undo_press
from advocacy.records import undoing
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict
from advocacy.tenancy.models import Membership, Tenant
from advocates.joining.invitations import invite_advocate, resend_program_invitation
from advocates.joining.services import (
    accept_nomination,
    nominate_advocate,
    return_nomination,
)
from advocates.models import ActivityType, Nomination, Participation
from advocates.program.ledger.services import ask_guard
from benefits.thanks.models import ThankYou
from benefits.thanks.news import send_news
from benefits.thanks.services import send_thank_you
from portal.services import send_portal_link
from requests.asks.answers import AskAnswer, answer_ask
from requests.asks.choices import AskState
from requests.asks.drafting import AskDraft
from requests.asks.saying import agree_to_ask, ask_somebody_else, put_ask_off
from requests.asks.services import send_asks
from requests.asks.sweeping import sweep_requests
from requests.asks.taking_back import withdraw_ask
from requests.evidence.services import answer_by_content
from requests.models import Ask, Request
from requests.requests.choices import RequestState
from requests.requests.services import submit_request
from requests.requests.triage import ask_for_info, cancel_request, decline_request, give_info
from requests.scheduling.services import schedule_call
from requests.shares.services import revoke_share, share_asset
from tests.contracts.samples import tenant_models
from tests.factories.advocates import AdvocateFactory, ConsentFactory, ParticipationFactory
from tests.factories.assets import AssetFactory, ShelvedAssetFactory
from tests.factories.requests import OpportunityFactory, ReadyFactory, RequestFactory
from tests.factories.tenancy import MembershipFactory
from tests.factories.touches import TouchFactory
from tests.factories.transcripts import TranscriptProposalFactory
from tests.support.cases import Cases
from tests.support.owners_say import owners_say
from tests.support.policy import change_policy
from tests.support.program import Program, make_program
from tests.support.rest import api_for
from tests.support.time import Clock

pytestmark = pytest.mark.django_db

#: They only grow: the log, what waits for its seal, the outbox and the presses themselves.
GROWS = ("events", "messaging")
#: What was typed stays, for the next attempt.
STAYS = {("benefits.thankyou", "personal_line"), ("benefits.thankyou", "mail_id")}
#: The guard counts its rows' versions up, whatever becomes of a take, and says when one came back.
COUNTERS = {"version", "reopened_at"}
#: When it was worked out last, not what.
WORKED_OUT = {("benefits.valuebalance", "changed_at")}


@pytest.fixture
def program(clock: Clock, alice: Membership, scope: Tenant) -> Program:
    return make_program(manager=alice)


def rows() -> dict[tuple[str, Any], dict[str, Any]]:
    """Every row of the tenant outside log and outbox."""
    found: dict[tuple[str, Any], dict[str, Any]] = {}
    for model in tenant_models():
        label = model._meta.label_lower
        if model._meta.app_label in GROWS:
            continue
        for row in model.objects.all():
            found[label, row.pk] = {
                f.attname: getattr(row, f.attname)
                for f in model._meta.concrete_fields
                if (label, f.attname) not in STAYS | WORKED_OUT and f.name not in COUNTERS
            }
    return found


def by(program: Program) -> dict[str, Any]:
    return {"actor": program.actor}


def thank(program: Program) -> Callable[[], Any]:
    thank_you = ThankYou.objects.get(activity=program.completed("reference_call"))
    return lambda: send_thank_you(
        **by(program), thank_you=thank_you.reload(), personal_line="Thanks"
    )


def request_of(program: Program, state: str, **values: Any) -> Request:
    sales = MembershipFactory(role="sales")
    made: Request = RequestFactory(requester=sales, manager=program.manager, state=state, **values)
    return Request.objects.select_related("requester__user", "tenant", "activity_type").get(
        pk=made.pk
    )


def ask(program: Program) -> Callable[[], Any]:
    request = request_of(program, RequestState.IN_REVIEW)
    draft = AskDraft(program.advocate, "A question", "Would you?", (), "I know them well")
    return lambda: send_asks(**by(program), request=request.reload(), drafts=[draft])


def question(program: Program) -> Callable[[], Any]:
    request = request_of(program, RequestState.IN_REVIEW)
    return lambda: ask_for_info(**by(program), request=request.reload(), question="Which product?")


def answer(program: Program) -> Callable[[], Any]:
    request = request_of(program, RequestState.NEEDS_INFO, state_reason="Which product?")
    requester = Actor.member(request.requester)
    return lambda: give_info(actor=requester, request=request.reload(), answer="The planner")


def decline(program: Program) -> Callable[[], Any]:
    request = request_of(program, RequestState.IN_REVIEW)
    return lambda: decline_request(**by(program), request=request.reload(), reason="Nobody fits")


def answered_by_content(program: Program) -> Callable[[], Any]:
    request = request_of(program, RequestState.IN_REVIEW)
    asset = AssetFactory(published=True)
    today = product_clock.today(asset.tenant.zone)
    ConsentFactory(advocate=asset.advocate, use="quote", given_on=today)
    return lambda: answer_by_content(**by(program), request=request.reload(), asset=asset)


def submit(program: Program) -> Callable[[], Any]:
    request = request_of(program, RequestState.DRAFT)
    requester = Actor.member(request.requester)
    return lambda: submit_request(actor=requester, request=request.reload())


def nomination(program: Program) -> Nomination:
    person = AdvocateFactory(status="candidate")
    colleague = MembershipFactory(role="program_manager")
    return nominate_advocate(actor=Actor.member(colleague), advocate=person, reasons="Good")


def accept(program: Program) -> Callable[[], Any]:
    row = nomination(program)
    return lambda: accept_nomination(
        **by(program), nomination=row.reload(), override_reason="I know"
    )


def returned(program: Program) -> Callable[[], Any]:
    row = nomination(program)
    return lambda: return_nomination(**by(program), nomination=row.reload(), reason="Not yet")


def invite(program: Program) -> Callable[[], Any]:
    person = AdvocateFactory(status="cultivating", email="new@example.com")
    TouchFactory(advocate=person)
    return lambda: invite_advocate(
        **by(program), advocate=person.reload(), sender=program.manager, personal_line="You"
    )


def invite_again(program: Program) -> Callable[[], Any]:
    invitation = invite(program)()
    UndoWindow.objects.all().delete()
    return lambda: resend_program_invitation(**by(program), invitation=invitation.reload())


def link(program: Program) -> Callable[[], Any]:
    return lambda: send_portal_link(**by(program), advocate=program.advocate)


def colleague(program: Program) -> Callable[[], Any]:
    admin = Actor.member(MembershipFactory(role="admin"))
    return lambda: invite_member(actor=admin, email="new@acme.example", role="sales")


def colleague_again(program: Program) -> Callable[[], Any]:
    admin = Actor.member(MembershipFactory(role="admin"))
    invitation = invite_member(actor=admin, email="new@acme.example", role="sales")
    UndoWindow.objects.all().delete()
    return lambda: resend_invitation(actor=admin, invitation=invitation.reload())


def asked(program: Program) -> Ask:
    """An ask that has arrived."""
    ask(program)()
    UndoWindow.objects.all().delete()
    OutgoingMail.objects.update(state=MailState.SENT)
    return Ask.objects.get()


def withdraw(program: Program) -> Callable[[], Any]:
    row = asked(program)
    return lambda: withdraw_ask(**by(program), ask=row.reload())


def answer_for(program: Program, said: str = "accept") -> Callable[[], Any]:
    row = asked(program)
    answer = AskAnswer(said, time_note="Any Friday", reason="No time")  # type: ignore[arg-type]
    return lambda: answer_ask(**by(program), ask=row.reload(), answer=answer)


def booked(program: Program) -> Ask:
    """Somebody said yes, and everybody has the invitation."""
    answer_for(program)()
    row, begins = Ask.objects.get(), product_clock.now() + timedelta(days=3)
    schedule_call(**by(program), ask=row, starts_at=begins, ends_at=begins + timedelta(minutes=30))
    UndoWindow.objects.all().delete()
    OutgoingMail.objects.update(state=MailState.SENT)
    return row.reload()  # type: ignore[no-any-return]


def cancel(program: Program) -> Callable[[], Any]:
    row = booked(program)
    return lambda: cancel_request(**by(program), request=row.request.reload(), reason="Not now")


def call_off(program: Program) -> Callable[[], Any]:
    row = booked(program)
    return lambda: cancel_activity(
        **by(program), activity=Activity.objects.get(pk=row.activity_id), reason="Not now"
    )


def proposed(program: Program) -> Ask:
    """An ask that waits for the account's owner, who was asked."""
    owners_say()
    return asked(program)


def go(program: Program) -> Callable[[], Any]:
    row = proposed(program)
    return lambda: agree_to_ask(actor=Actor.member(program.csm), ask=row.reload())


def too_late(program: Program) -> Callable[[], Any]:
    row = proposed(program)
    day = row.request.needed_by + timedelta(days=1)
    return lambda: put_ask_off(actor=Actor.member(program.csm), ask=row.reload(), not_before=day)


def rather_not(program: Program) -> Callable[[], Any]:
    row = proposed(program)
    return lambda: ask_somebody_else(actor=Actor.member(program.csm), ask=row.reload())


def shared(program: Program) -> Callable[[], Any]:
    asset, deal = ShelvedAssetFactory(), OpportunityFactory()
    return lambda: share_asset(**by(program), asset=asset, opportunity=deal)


def unshared(program: Program) -> Callable[[], Any]:
    share = shared(program)()
    UndoWindow.objects.all().delete()
    return lambda: revoke_share(**by(program), share=share.reload())


def quote(program: Program) -> Callable[[], Any]:
    row = TranscriptProposalFactory()
    return lambda: choose_proposal(**by(program), proposal=row.reload())


def tell(program: Program) -> Callable[[], Any]:
    duty = LoopDuty.objects.get(activity=program.completed("review"))
    return lambda: send_news(
        **by(program), duty=duty.reload(), subject="It is out", message="It can be read."
    )


def tell_waiting_one(program: Program) -> Callable[[], Any]:
    activity = program.accepted()
    long_ago = product_clock.now() - timedelta(days=30)
    Activity.objects.filter(pk=activity.pk).update(accepted_at=long_ago)
    return lambda: tell_waiting(
        **by(program), activity=activity.reload(), subject="A time", message="It is coming."
    )


def tell_where(program: Program) -> Callable[[], Any]:
    asset = AssetFactory(confirmed=True, collected_at=product_clock.now())
    return lambda: tell_standing(
        **by(program), asset=asset.reload(), subject="Where it stands", message="With PR."
    )


PRESSES: dict[str, Callable[[Program], Callable[[], Any]]] = {
    "thank_you.send": thank,
    "loop.tell": tell,
    "activity.tell_waiting": tell_waiting_one,
    "asset.tell_standing": tell_where,
    "share.make": shared,
    "share.revoke": unshared,
    "ask.send": ask,
    "ask.go": go,
    "ask.not_before": too_late,
    "ask.rather_not": rather_not,
    "ask.withdraw": withdraw,
    "ask.answer": answer_for,
    "request.cancel": cancel,
    "transcript_proposal.choose": quote,
    "activity.cancel": call_off,
    "request.ask_for_info": question,
    "request.give_info": answer,
    "request.decline": decline,
    "request.answered_by_content": answered_by_content,
    "request.submit": submit,
    "nomination.accept": accept,
    "nomination.return": returned,
    "advocate.invite": invite,
    "program_invitation.resend": invite_again,
    "portal.link": link,
    "invitation.send": colleague,
    "invitation.resend": colleague_again,
}
#: Nobody is written to.
SILENT = {"share.make", "share.revoke", "transcript_proposal.choose"}
#: Rows that say that somebody's score is to be counted anew.
COUNTED: dict[str, dict[str, Any]] = {"advocates.advocatescore": {}}
#: What is left of a press that made something: the row stays, and says that it came to nothing.
LEFT = {
    "ask.send": {"advocates.participation": {"state": "released", "release_reason": "unsent"}},
    "share.make": {"requests.share": {"state": "revoked"}},
    "ask.go": {"advocates.participation": {"state": "released", "release_reason": "unsent"}},
    "advocate.invite": {"advocates.programinvitation": {"state": "withdrawn"}},
    "invitation.send": {"people.invitation": {}},
}


def test_every_press_that_can_be_taken_back_is_tried_out() -> None:
    """A new one joins the list."""
    assert set(PRESSES) == undoing.declared()


@pytest.mark.parametrize("key", sorted(PRESSES))
def test_taken_back_nothing_is_left(key: str, program: Program, clock: Clock) -> None:
    """State, links and units are as they were; its mails are cancelled, its links open nothing."""
    press = PRESSES[key](program)
    before, links = rows(), set(PersonalLink.objects.filter(revoked_at=None))
    clock.advance(seconds=1)
    press()
    window = UndoWindow.objects.get()
    mails = OutgoingMail.objects.filter(window_id=window.pk)
    assert window.key == key
    assert mails.exists() is (key not in SILENT)
    assert all(mail.due_at == window.until for mail in mails)
    clock.advance(seconds=8)
    undo_press(actor=Actor.member(window.member), window_id=window.pk)

    assert {mail.state for mail in mails.all()} <= {MailState.CANCELLED}
    assert set(PersonalLink.objects.filter(revoked_at=None)) == links
    after = rows()
    changed = {
        name: (value, after[name].get(column))
        for name in before
        for column, value in before[name].items()
        if name in after and after[name][column] != value
    }
    assert changed == {}
    assert before.keys() <= after.keys()
    for label, pk in after.keys() - before.keys():
        for column, value in {**COUNTED, **LEFT.get(key, {})}[label].items():
            assert after[label, pk][column] == value
    assert Event.objects.filter(verb=undoing.undone(key)).count() == 1


@pytest.mark.parametrize("key", sorted(PRESSES))
def test_and_it_can_be_done_again(key: str, program: Program, clock: Clock) -> None:
    """Nothing stands in the way of the second attempt, and its mail goes out."""
    press = PRESSES[key](program)
    press()
    window = UndoWindow.objects.get()
    undo_press(actor=Actor.member(window.member), window_id=window.pk)
    press()
    again = UndoWindow.objects.exclude(pk=window.pk).get()
    queued = OutgoingMail.objects.filter(window_id=again.pk, state=MailState.QUEUED)
    assert queued.exists() is (key not in SILENT)


def test_an_ask_taken_back_was_never_sent(program: Program) -> None:
    """CAP-7: pacing counts asks that were sent; CAP-1.b: the unit is free."""
    ask(program)()
    unit = Participation.objects.get()
    window = UndoWindow.objects.get()
    undo_press(actor=program.actor, window_id=window.pk)
    assert not Ask.objects.exists()
    found = ask_guard(advocates=[program.advocate], activity_type=unit.activity_type)
    assert (found[program.advocate.pk].used, found[program.advocate.pk].reasons) == (0, ())
    assert program.advocate.reload().last_asked_at is None


def test_an_answer_that_came_first_stands(program: Program) -> None:
    """ASK-3: what they said on the phone meanwhile is not taken back with the ask."""
    ask(program)()
    window = UndoWindow.objects.get()
    answer_ask(actor=program.actor, ask=Ask.objects.get(), answer=AskAnswer("decline"))
    with pytest.raises(Conflict, match="answered"):
        undo_press(actor=program.actor, window_id=window.pk)


def test_a_decline_that_ended_asks_gives_them_back(program: Program, clock: Clock) -> None:
    """CAP-1.b, UI-1: the unit is taken again, and the advocate hears nothing of either."""
    row = asked(program)
    decline_request(actor=program.actor, request=Request.objects.get(), reason="Not needed")
    assert row.reload().state == AskState.CANCELLED
    window = UndoWindow.objects.get()
    undo_press(actor=program.actor, window_id=window.pk)
    assert (row.reload().state, row.participation.reload().state) == ("sent", "open")
    assert not OutgoingMail.objects.filter(kind="ask_cancelled", state="queued").exists()


@pytest.mark.parametrize("said", ["decline", "later", "someone_else"])
def test_any_answer_recorded_for_somebody(said: str, program: Program, clock: Clock) -> None:
    """ASK-1, UI-1: also where nobody is written to; the form has again what was typed."""
    row = asked(program)
    later = product_clock.now().date() + timedelta(days=30)
    answer = AskAnswer(said, reason="No time", later_on=later, name="Jo")  # type: ignore[arg-type]
    answer_ask(actor=program.actor, ask=row, answer=answer)
    assert row.reload().state == said.replace("decline", "declined")
    window = UndoWindow.objects.get()
    assert not OutgoingMail.objects.filter(window_id=window.pk).exists()
    undo_press(actor=program.actor, window_id=window.pk)
    assert (row.reload().state, row.participation.reload().state) == ("sent", "open")
    typed = typed_in(program.manager, window.pk)
    assert (typed["kind"], typed["later_on"]) == (said, later.isoformat())


def test_what_came_of_a_recorded_yes_stands(program: Program, clock: Clock) -> None:
    """FUL-1: a time that was booked since is not taken away with the yes."""
    answer_for(program)()
    window, row = UndoWindow.objects.get(), Ask.objects.get()
    begins = product_clock.now() + timedelta(days=3)
    schedule_call(
        actor=program.actor, ask=row, starts_at=begins, ends_at=begins + timedelta(minutes=30)
    )
    with pytest.raises(Conflict, match="come of the yes"):
        undo_press(actor=program.actor, window_id=window.pk)
    assert row.reload().state == AskState.ACCEPTED


def test_a_unit_that_somebody_took_since_is_not_taken_twice(program: Program) -> None:
    """CAP-1, CAP-2: the guard decides as of a take; the withdrawal stands then, whole."""
    row = asked(program)
    kind = row.request.activity_type
    ActivityType.objects.filter(pk=kind.pk).update(at_once=1)
    withdraw_ask(actor=program.actor, ask=row)
    window = UndoWindow.objects.get()
    other = request_of(program, RequestState.IN_REVIEW, activity_type=kind)
    change_policy(pacing_mode="warn")
    send_asks(
        actor=program.actor,
        request=other,
        drafts=[AskDraft(program.advocate, "Again", "Would you?", (), "I know them well")],
    )
    with pytest.raises(Conflict, match="taken by now"):
        undo_press(actor=program.actor, window_id=window.pk)
    assert row.reload().state == AskState.CANCELLED
    mails = OutgoingMail.objects.filter(window_id=window.pk)
    assert {mail.state for mail in mails} == {MailState.QUEUED}


def test_a_request_nobody_else_fits_does_not_end_before_it_can_be_taken_back(
    program: Program, clock: Clock
) -> None:
    """REQ-2, UI-1: the sweep looks as soon as the seconds are over, and not before."""
    row = asked(program)
    withdraw_ask(actor=program.actor, ask=row)
    window = UndoWindow.objects.get()
    sweep_requests(program.manager.tenant_id)
    assert row.request.reload().state == RequestState.OUTREACH
    assert row.request.check_at == window.until


def test_a_colleagues_later_ask_keeps_the_request_where_it_is(program: Program) -> None:
    """ASK-3: only one's own ask is taken back; what follows from the other's yes can follow."""
    ask(program)()
    request, window = Request.objects.get(), UndoWindow.objects.get()
    other = ReadyFactory.create()
    draft = AskDraft(other, "Half an hour?", "Would you talk to Isdom?")
    send_asks(
        actor=Actor.member(MembershipFactory(role="admin")),
        request=request.reload(),
        drafts=[draft],
    )
    undo_press(actor=program.actor, window_id=window.pk)
    assert [found.advocate for found in Ask.objects.all()] == [other]
    assert request.reload().state == RequestState.OUTREACH


def test_what_a_colleague_did_since_is_not_overwritten(program: Program, clock: Clock) -> None:
    """The same state is not the same press, and their words are theirs."""
    decline(program)()
    request, window = Request.objects.get(), UndoWindow.objects.get()
    Request.objects.filter(pk=request.pk).update(state_reason="Another reason, by somebody else")
    with pytest.raises(Conflict, match="gone on"):
        undo_press(actor=program.actor, window_id=window.pk)
    assert request.reload().state_reason == "Another reason, by somebody else"


def test_what_was_erased_meanwhile_is_over(program: Program) -> None:
    """GDPR-1.b: what a press kept of a person goes with them; taking back then says so."""
    ask(program)()
    window = UndoWindow.objects.get()
    UndoWindow.objects.all().delete()
    with pytest.raises(Conflict):
        undo_press(actor=program.actor, window_id=window.pk)


def test_the_interface_takes_endings_back(program: Program, each: Cases) -> None:
    """API-2, CAP-1.b: where the browser has a button, there is an action."""
    row, api = asked(program), api_for(program.manager)
    address, home = f"/api/v1/asks/{row.pk}", f"/api/v1/requests/{row.request_id}"
    for press, body in {
        f"{address}/withdraw/": {},
        f"{address}/answer/": {"kind": "decline", "reason": "No time"},
        f"{home}/cancel/": {"reason": "Not now"},
    }.items():
        with each(press):
            assert api.post(press, body).status_code == 200
            assert row.reload().state != AskState.SENT
            assert api.post(f"{home if 'cancel' in press else address}/undo/").status_code == 200
            assert row.reload().state == AskState.SENT


def test_the_time_ends_where_no_mail_waits(program: Program, clock: Clock) -> None:
    """UI-1: what was called off without anybody being written to stands afterwards, too."""
    activity = program.accepted()
    cancel_activity(actor=program.actor, activity=activity, reason="A slip")
    clock.advance(seconds=11)
    with pytest.raises(Conflict, match="too long"):
        undo_latest(actor=program.actor, subject_id=activity.pk)


def test_a_fact_takes_nobodys_place(program: Program, clock: Clock) -> None:
    """CAP-1.b, CAP-8: a call that is recorded beside a booked one keeps it from nothing, before the
    slip or after it; somebody who was asked in its place does.
    """
    row = booked(program)
    call = Activity.objects.get(pk=row.activity_id)
    ActivityType.objects.filter(pk=call.activity_type_id).update(per_year=2)
    facts = {"advocate": program.advocate, "activity_type": call.activity_type}
    log_activity(**by(program), **facts, happened_at=product_clock.now() - timedelta(hours=1))
    cancel_activity(**by(program), activity=call, reason="A slip")
    log_activity(**by(program), **facts, happened_at=product_clock.now() - timedelta(hours=2))
    undo_latest(actor=program.actor, subject_id=call.pk)
    unit = Participation.objects.get(pk=call.participation_id)
    assert (unit.state, unit.reopened_at is None) == ("open", False)
    cancel_activity(**by(program), activity=call.reload(), reason="Again")
    clock.advance(seconds=1)
    colleague = AdvocateFactory(account=program.advocate.account)
    ParticipationFactory(advocate=colleague, activity_type=call.activity_type, origin="asked")
    with pytest.raises(Conflict, match="taken by now"):
        undo_latest(actor=program.actor, subject_id=call.pk)
