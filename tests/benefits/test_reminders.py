"""Reminders: when, to whom, once, and late if it must be (THX-2, BAD-2)."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from advocacy.events.models import Event
from advocacy.messaging.models import MailState, OutgoingMail
from advocacy.tenancy.models import Membership, User
from advocacy.tenancy.stuck import given_up
from advocacy.tenancy.text import plain
from benefits.thanks.choices import ReminderStage
from benefits.thanks.models import ThankYou, ThankYouReminder
from benefits.thanks.reminders import MAIL, fire_due_reminders
from benefits.thanks.services import mark_thanked, send_thank_you
from tests.factories.tenancy import MembershipFactory
from tests.support.cases import Cases
from tests.support.odd import ODD
from tests.support.program import Program
from tests.support.time import Clock

pytestmark = pytest.mark.django_db

BERLIN = ZoneInfo("Europe/Berlin")


def berlin(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of March 2026; the 2nd is a Monday."""
    return datetime(2026, 3, day, hour, minute, tzinfo=BERLIN)


def thank_you_of(program: Program) -> ThankYou:
    return ThankYou.objects.select_related("advocate").get(activity=program.completed())


def due(thank_you: ThankYou) -> dict[str, datetime]:
    return {row.stage: row.due_at for row in thank_you.reminders.all()}


def mails() -> list[tuple[str, str]]:
    """Stage and reader of every reminder mail."""
    found = OutgoingMail.objects.filter(kind=MAIL).order_by("created_at", "to_email")
    return [(mail.unique_key.split(":")[2], mail.to_email) for mail in found]


def test_at_12_20_and_24_hours(program: Program, clock: Clock) -> None:
    """THX-2.a: within working hours, at their very times."""
    clock.set(berlin(2, 20, 30))
    thank_you = thank_you_of(program)
    assert due(thank_you) == {
        ReminderStage.HALF: berlin(2, 20, 30),  # Tuesday 8:30 is before work begins
        ReminderStage.LATE: berlin(3, 16, 30),
        ReminderStage.OVERDUE: berlin(3, 17),
    }


def test_outside_working_hours_moves_earlier(program: Program, clock: Clock) -> None:
    """THX-2.b: to the end of the working time before."""
    clock.set(berlin(2, 14))  # Monday
    assert due(thank_you_of(program)) == {
        ReminderStage.HALF: berlin(2, 17),  # from Tuesday 2:00
        ReminderStage.LATE: berlin(3, 10),
        ReminderStage.OVERDUE: berlin(3, 14),
    }


def test_the_owners_own_zone_decides(program: Program, clock: Clock) -> None:
    """THX-2.b: the owner's working hours, wherever they live."""
    program.csm.user.time_zone = "America/New_York"
    program.csm.user.save()
    clock.set(berlin(2, 14))  # 8:00 in New York
    new_york = ZoneInfo("America/New_York")
    assert due(thank_you_of(program)) == {
        ReminderStage.HALF: datetime(2026, 3, 2, 17, tzinfo=new_york),  # from 20:00
        ReminderStage.LATE: datetime(2026, 3, 2, 17, tzinfo=new_york),  # from 4:00
        ReminderStage.OVERDUE: datetime(2026, 3, 2, 17, tzinfo=new_york),  # from 8:00
    }


def test_never_before_it_was_opened(program: Program, clock: Clock) -> None:
    """THX-2.b: over a weekend the earlier time may lie before the activity itself."""
    clock.set(berlin(6, 18))  # Friday evening
    assert set(due(thank_you_of(program)).values()) == {berlin(6, 18)}


def test_who_hears_when(program: Program, clock: Clock) -> None:
    """THX-2.a: owner at 12 h, owner and manager at 20 h, manager and sponsor at 24 h."""
    sponsor = MembershipFactory(role="executive")
    program.advocate.executive_sponsor = sponsor
    program.advocate.save()
    clock.set(berlin(2, 14))
    thank_you_of(program)
    csm, manager = program.csm.email, program.manager.email
    expected = []
    for hours, stage, readers in (
        (3, "12h", [csm]),
        (17, "20h", [csm, manager]),
        (4, "24h", [manager, sponsor.email]),
    ):
        clock.advance(hours=hours)
        fire_due_reminders()
        expected += [(stage, reader) for reader in sorted(readers)]
        assert mails() == expected
    clock.advance(days=3)
    assert fire_due_reminders().fired == 0
    assert mails() == expected


def test_a_manager_who_owns_it_hears_once(program: Program, clock: Clock) -> None:
    """THX-2.c: each exactly once, also when two of the readers are one person."""
    program.advocate.account.owner = program.manager
    program.advocate.account.save()
    thank_you = thank_you_of(program)
    ThankYouReminder.objects.exclude(stage=ReminderStage.LATE).delete()
    clock.set(thank_you.due_at)
    fire_due_reminders()
    assert mails() == [("20h", program.manager.email)]


def test_an_overdue_alert_says_so_and_leads_there(program: Program, clock: Clock) -> None:
    """THX-2.a: the mail names the person and opens the letter."""
    thank_you = thank_you_of(program)
    clock.set(thank_you.due_at)
    fire_due_reminders()
    mail = OutgoingMail.objects.get(kind=MAIL, unique_key__contains=":24h:")
    assert mail.subject == "Overdue: nobody has thanked Frank Murphy yet"
    assert mail.path == f"/t/acme/thanks/{thank_you.pk}/"
    assert "It is with Cleo" in mail.text


def test_after_a_day_without_anything_it_comes_late_and_says_so(
    program: Program, clock: Clock
) -> None:
    """THX-2.d, BAD-2.a: nothing is lost when everything is down: sent late, marked late."""
    clock.set(berlin(2, 14))
    thank_you = thank_you_of(program)
    clock.set(berlin(4, 9))
    assert fire_due_reminders().fired == 3
    assert {row.was_late for row in thank_you.reminders.all()} == {True}
    # Nobody gets two at the same moment about the same thing: the newest stands for the others.
    assert sorted(mails()) == [("20h", program.csm.email), ("24h", program.manager.email)]
    texts = [mail.text for mail in OutgoingMail.objects.filter(kind=MAIL)]
    assert all("This reminder comes late" in text for text in texts)


def test_in_time_is_not_called_late(program: Program, clock: Clock) -> None:
    """THX-2.d: a sweep that comes round a few seconds later is in time."""
    clock.set(berlin(2, 14))
    thank_you = thank_you_of(program)
    clock.set(berlin(2, 17) + timedelta(seconds=15))
    fire_due_reminders()
    assert thank_you.reminders.get(stage=ReminderStage.HALF).was_late is False
    assert "comes late" not in OutgoingMail.objects.get(kind=MAIL).text


@pytest.mark.parametrize("how", ["send", "call"])
def test_saying_it_calls_off_reminders_and_their_mails(
    program: Program, clock: Clock, how: str
) -> None:
    """THX-2: done means no more reminders, not even one that waits in the outbox."""
    clock.set(berlin(2, 14))
    thank_you = thank_you_of(program)
    clock.advance(hours=3)
    fire_due_reminders()
    if how == "send":
        send_thank_you(actor=program.actor, thank_you=thank_you, personal_line="Thanks, Frank")
    else:
        mark_thanked(actor=program.actor, thank_you=thank_you, channel="call", at=clock.now)
    clock.advance(days=2)
    assert fire_due_reminders().fired == 0
    assert OutgoingMail.objects.get(kind=MAIL).state == MailState.CANCELLED


def test_an_inactive_owner_never_gets_one(program: Program, clock: Clock) -> None:
    """THX-1, THX-2: whoever owes it now gets it, and is its owner from then on."""
    thank_you = thank_you_of(program)
    Membership.objects.filter(pk=program.csm.pk).update(is_active=False)
    clock.set(thank_you.due_at)
    fire_due_reminders()
    assert {reader for _stage, reader in mails()} == {program.manager.email}
    assert thank_you.reload().owner == program.manager


def test_one_that_cannot_be_written_holds_nobody_up(program: Program, clock: Clock) -> None:
    """BAD-2.a: the others go out; this one is tried again."""
    good = thank_you_of(program)
    bad = thank_you_of(program)
    user = program.csm.user
    clock.set(good.due_at)
    ThankYouReminder.objects.exclude(stage=ReminderStage.HALF).delete()
    other = MembershipFactory(role="csm")
    ThankYou.objects.filter(pk=good.pk).update(owner=other)
    user.email = "no address"
    user.save()
    assert fire_due_reminders().mails == 1
    assert mails() == [("12h", other.email)]
    assert bad.reminders.get().fired_at is None
    user.email = "cleo@example.com"
    user.save()
    clock.advance(hours=1)
    assert fire_due_reminders().mails == 1


def test_reminders_come_in_the_readers_words(program: Program, clock: Clock) -> None:
    """BAD-3: times in the reader's zone."""
    program.csm.user.time_zone = "Asia/Jakarta"
    program.csm.user.save()
    clock.set(berlin(2, 14))
    thank_you = thank_you_of(program)
    clock.set(thank_you.reminders.get(stage=ReminderStage.HALF).due_at)
    fire_due_reminders()
    mail = OutgoingMail.objects.filter(kind=MAIL, to_email=program.csm.email).first()
    assert mail is not None
    assert "due Tue 3 Mar, 20:00" in mail.subject


def test_one_reader_who_cannot_be_written_to_keeps_it_from_no_other(
    program: Program, clock: Clock
) -> None:
    """THX-2, BAD-2: the program manager hears though the owner has no address; once."""
    user = program.csm.user
    thank_you = thank_you_of(program)
    ThankYouReminder.objects.exclude(stage=ReminderStage.LATE).delete()
    User.objects.filter(pk=user.pk).update(email="no address")
    clock.set(thank_you.due_at)
    fire_due_reminders()
    assert mails() == [("20h", program.manager.email)]
    for _ in range(2):
        clock.advance(minutes=2)
        fire_due_reminders()
    assert thank_you.reminders.get().fired_at is None
    User.objects.filter(pk=user.pk).update(email="cleo@example.com")
    clock.advance(hours=1)
    assert fire_due_reminders().fired == 1
    assert sorted(mails()) == [("20h", program.manager.email), ("20h", "cleo@example.com")]
    assert Event.objects.filter(verb="thank_you.reminded").count() == 1


def test_reminders_of_people_with_odd_names(program: Program, clock: Clock, each: Cases) -> None:
    """THX-2, BAD-2: an older row's name, advocate's, account's and reader's, loses no reminder."""
    thank_you = thank_you_of(program)
    clock.set(thank_you.due_at)
    for which, text in ODD.items():
        with each(which), connection.cursor() as cursor:
            for table, column, row in (
                ("advocates_advocate", "last_name", program.advocate),
                ("advocates_account", "name", program.advocate.account),
                ("tenancy_user", "name", program.csm.user),
            ):
                cursor.execute(
                    f"UPDATE {table} SET {column} = %s WHERE id = %s", [text[:100], row.pk]
                )
            assert fire_due_reminders().fired == 3
            for mail in OutgoingMail.objects.filter(kind=MAIL):
                places = [part for part in mail.body if "text" not in part]
                assert places == [{"page": ""}, {"rule": ""}]
                assert mail.path == f"/t/acme/thanks/{thank_you.pk}/"


def test_a_reminder_nobody_can_write_is_given_up_in_plain_view(
    program: Program, clock: Clock
) -> None:
    """BAD-2: with the thank-you it is about; forgotten when that is said otherwise."""
    thank_you = thank_you_of(program)
    ThankYouReminder.objects.exclude(stage=ReminderStage.HALF).delete()
    User.objects.filter(pk=program.csm.user.pk).update(email="no address")
    clock.set(thank_you.due_at)
    for _ in range(9):
        fire_due_reminders()
        clock.advance(hours=1)
    stuck = given_up().get()
    assert (stuck.attempts, stuck.subject_id) == (5, thank_you.pk)
    mark_thanked(actor=program.actor, thank_you=thank_you, channel="call", at=clock.now)
    assert not given_up().exists()


def test_a_letter_says_what_its_writer_wrote(program: Program, each: Cases) -> None:
    """THX-3, MSG-1: a line of one's own is words, whatever it looks like."""
    thank_you = thank_you_of(program)
    for which, line in ODD.items():
        with each(which):
            send_thank_you(actor=program.actor, thank_you=thank_you.reload(), personal_line=line)
            mail = OutgoingMail.objects.get(kind="thank-you")
            assert plain(line).strip() in mail.text
            assert [part for part in mail.body if "text" not in part] == []
