"""What a completed activity earns, from whom and by when (THX-1, ACT-4, TIER-7)."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from activities.activities import completion, services
from activities.activities.models import Activity
from advocacy.messaging.models import MailState, OutgoingMail
from advocacy.tenancy.models import Membership
from advocacy.tenant_settings.services import change_settings
from benefits.settings import APPRECIATION
from benefits.thanks.choices import ReminderStage, ThankYouKind, ThankYouState
from benefits.thanks.models import ThankYou, ThankYouReminder
from benefits.thanks.services import send_thank_you
from tests.factories.tenancy import MembershipFactory
from tests.support.program import Program
from tests.support.time import Clock

pytestmark = pytest.mark.django_db


def personal(activity: Activity) -> ThankYou:
    return ThankYou.objects.get(activity=activity, kind=ThankYouKind.PERSONAL)


@pytest.mark.parametrize("code", ["testimonial", "reference_call"])
def test_low_and_moderate_effort_are_the_csms(program: Program, clock: Clock, code: str) -> None:
    """THX-1.a, THX-1.c: due 24 elapsed hours after it happened; owner the account's CSM."""
    activity = program.completed(code, hours_ago=3)
    thank_you = ThankYou.objects.get(activity=activity)
    assert thank_you.owner == program.csm
    assert thank_you.due_at == clock.now + timedelta(hours=21)
    assert thank_you.opened_at == clock.now


def test_without_a_csm_the_program_manager_thanks(program: Program) -> None:
    """THX-1.c: low and moderate → CSM, else program manager."""
    program.advocate.account.owner = None
    program.advocate.account.save()
    assert personal(program.completed()).owner == program.manager


def test_high_effort_is_the_managers_with_an_executive_note(program: Program, clock: Clock) -> None:
    """THX-1.c: within 24 h, plus an executive note within 5 business days."""
    executive = MembershipFactory(role="executive")
    activity = program.completed("speaking")
    thank_you = personal(activity)
    assert (thank_you.owner, thank_you.due_at) == (
        program.manager,
        clock.now + timedelta(hours=24),
    )
    note = ThankYou.objects.get(activity=activity, kind=ThankYouKind.EXECUTIVE)
    assert note.owner == executive
    # From Monday 11:00 in Berlin on, five business days of eight hours end on Monday 11:00.
    assert note.due_at == clock.now + timedelta(days=7)


def test_the_sponsor_signs_before_any_other_executive(program: Program) -> None:
    """THX-1.c: the advocate's own executive sponsor comes first."""
    MembershipFactory(role="executive")
    sponsor = MembershipFactory(role="executive")
    program.advocate.executive_sponsor = sponsor
    program.advocate.save()
    activity = program.completed("speaking")
    note = ThankYou.objects.get(activity=activity, kind=ThankYouKind.EXECUTIVE)
    assert note.owner == sponsor


@pytest.mark.parametrize(
    ("there", "expected"),
    [(["program_manager", "admin"], "program_manager"), (["admin"], "admin")],
)
def test_somebody_owns_it_while_the_program_has_anybody(
    program: Program, there: list[str], expected: str
) -> None:
    """THX-1.c: never nobody while there is a program manager or an admin."""
    colleagues = {role: MembershipFactory(role=role) for role in there}
    for gone in (program.manager, program.csm):
        Membership.objects.filter(pk=gone.pk).update(is_active=False)
    program.advocate.account.refresh_from_db()
    activity = program.completed("speaking", owner=None)
    owners = {thank_you.owner for thank_you in ThankYou.objects.filter(activity=activity)}
    assert owners == {colleagues[expected]}


def test_the_longest_serving_manager_stands_in(program: Program) -> None:
    """THX-1.c: first active program manager by seniority."""
    MembershipFactory(role="program_manager")
    program.advocate.account.owner = None
    program.advocate.account.save()
    assert personal(program.completed(owner=None)).owner == program.manager


def test_the_activitys_own_manager_comes_first(program: Program) -> None:
    """THX-1.c: the request's manager thanks, not whoever served longest."""
    other = MembershipFactory(role="program_manager")
    assert personal(program.completed("speaking", owner=other)).owner == other


@pytest.mark.parametrize("code", ["survey", "social_share", "community_contribution"])
def test_small_things_are_thanked_by_template_at_once(
    program: Program, clock: Clock, code: str
) -> None:
    """THX-1.d: surveys, shares and community contributions get an automatic template."""
    activity = program.completed(code)
    thank_you = ThankYou.objects.get(activity=activity)
    assert (thank_you.kind, thank_you.state, thank_you.done_at) == (
        ThankYouKind.AUTOMATIC,
        ThankYouState.DONE,
        clock.now,
    )
    mail = OutgoingMail.objects.get(subject_id=thank_you.pk)
    assert (mail.to_email, mail.from_name) == (program.advocate.email, "Cleo")
    assert not ThankYouReminder.objects.exists()


def test_without_an_address_a_person_thanks(program: Program) -> None:
    """THX-1: no template without an address to send it to."""
    program.advocate.email = ""
    program.advocate.save()
    thank_you = ThankYou.objects.get(activity=program.completed("survey"))
    assert (thank_you.kind, thank_you.state) == (ThankYouKind.PERSONAL, ThankYouState.OPEN)


def test_entered_late_opens_overdue_with_the_newest_reminder_only(
    program: Program, clock: Clock
) -> None:
    """THX-1.b: entered late: opens overdue and sends only the newest reminder."""
    thank_you = personal(program.completed(hours_ago=72))
    assert thank_you.due_at < clock.now
    assert [row.stage for row in thank_you.reminders.all()] == [ReminderStage.OVERDUE]
    assert thank_you.reminders.get().due_at == clock.now


def test_entered_after_the_first_reminder_keeps_the_later_ones(program: Program) -> None:
    """THX-1.b: only the newest of those that have passed, and all that are still to come."""
    thank_you = personal(program.completed(hours_ago=21))
    stages = {row.stage for row in thank_you.reminders.all()}
    assert stages == {ReminderStage.LATE, ReminderStage.OVERDUE}


@pytest.mark.parametrize(("days", "opened"), [(8, False), (6, True)])
def test_imported_history_opens_nothing_after_a_week(
    program: Program, days: int, opened: bool
) -> None:
    """THX-1.b: imported history older than 7 days opens none."""
    activity = program.completed(hours_ago=24 * days, imported=True)
    assert ThankYou.objects.filter(activity=activity).exists() is opened


def test_what_is_logged_by_hand_is_thanked_however_old(program: Program) -> None:
    """THX-1: a person who remembers something old owes the thanks all the same."""
    activity = program.completed(hours_ago=24 * 30)
    assert ThankYou.objects.filter(activity=activity).exists()


def test_24_hours_are_elapsed_hours(program: Program, clock: Clock) -> None:
    """THX-1.a: also across the change to summer time."""
    berlin = ZoneInfo("Europe/Berlin")
    clock.set(datetime(2026, 3, 28, 15, 0, tzinfo=berlin))
    thank_you = personal(program.completed())
    assert thank_you.due_at.astimezone(berlin) == datetime(2026, 3, 29, 16, 0, tzinfo=berlin)
    assert thank_you.due_at == datetime(2026, 3, 29, 14, 0, tzinfo=UTC)


def test_a_prospects_no_show_earns_an_apology(program: Program, clock: Clock) -> None:
    """ACT-4.c: apology, due within 24 hours of the missed slot, from the CSM."""
    activity = program.scheduled(hours=1)
    clock.advance(hours=3)
    services.mark_no_show(actor=program.actor, activity=activity, by="prospect")
    apology = ThankYou.objects.get(activity=activity)
    assert activity.ends_at is not None
    assert (apology.kind, apology.owner, apology.due_at) == (
        ThankYouKind.APOLOGY,
        program.csm,
        activity.ends_at + timedelta(hours=24),
    )


def test_the_advocates_no_show_earns_none(program: Program, clock: Clock) -> None:
    """ACT-4.c: nobody apologises for the other side's absence."""
    activity = program.scheduled(hours=1)
    clock.advance(hours=3)
    services.mark_no_show(actor=program.actor, activity=activity, by="advocate")
    assert not ThankYou.objects.exists()


def test_voiding_takes_back_what_was_not_said(program: Program) -> None:
    """TIER-7.b: the unsent thank-you, its reminders, and a mail that has not left the outbox."""
    activity = program.completed("speaking")
    thank_you = personal(activity)
    send_thank_you(actor=program.actor, thank_you=thank_you, personal_line="Great talk!")
    completion.void_activity(actor=program.actor, activity=activity, reason="Another Frank")
    assert {row.state for row in ThankYou.objects.filter(activity=activity)} == {"voided"}
    mail = OutgoingMail.objects.get(subject_id=thank_you.pk)
    assert mail.state == MailState.CANCELLED
    assert not ThankYouReminder.objects.filter(cancelled_at=None).exists()


def test_voiding_leaves_what_was_said(program: Program) -> None:
    """TIER-7.b: a thank-you that has reached the advocate stays on record."""
    activity = program.completed()
    thank_you = personal(activity)
    send_thank_you(actor=program.actor, thank_you=thank_you, personal_line="Thanks, Frank")
    OutgoingMail.objects.update(state=MailState.SENT)
    completion.void_activity(actor=program.actor, activity=activity, reason="Another Frank")
    assert thank_you.reload().state == ThankYouState.DONE


def test_the_tenants_own_numbers(program: Program, clock: Clock) -> None:
    """SET-1.g, SET-1.n: due times, reminders, owners; what is due already keeps its time."""
    before = personal(program.completed())
    change_settings(
        actor=program.actor,
        family=APPRECIATION,
        values={
            "due_hours": 48,
            "first_reminder_hours": 30,
            "low_effort_owner": "program_manager",
            "automatic_types": [],
            "executive_business_days": 1,
        },
    )
    after = personal(program.completed())
    assert after.due_at == clock.now + timedelta(hours=48)
    first = after.reminders.get(stage=ReminderStage.HALF)
    assert first.due_at <= clock.now + timedelta(hours=18)
    assert before.reload().due_at == clock.now + timedelta(hours=24)
    assert personal(program.completed("testimonial")).owner == program.manager
    assert personal(program.completed("social_share")).state == ThankYouState.OPEN
    note = ThankYou.objects.get(activity=program.completed("speaking"), kind=ThankYouKind.EXECUTIVE)
    assert note.due_at == clock.now + timedelta(days=1)
