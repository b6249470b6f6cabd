"""Opening thank-yous with a completion, and taking back what was not sent yet (THX-1, TIER-7)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import models, transaction

from activities.activities.choices import NoShowBy
from activities.activities.models import Activity
from advocacy import clock
from advocacy.events.models import Event
from advocacy.events.services import record
from advocacy.messaging.body import Body
from advocacy.messaging.services import cancel_mail, queue_mail
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.calendar import calendar_of
from advocacy.tenancy.models import Membership
from advocacy.tenant_settings.reading import current
from advocates.people.contact import bearer_of
from advocates.program.catalogue.choices import Effort
from advocates.program.ledger.choices import Origin
from benefits.thanks.choices import ThankYouChannel, ThankYouKind, ThankYouState
from benefits.thanks.drafts import draft_of
from benefits.thanks.lifecycle import THANK_YOU
from benefits.thanks.models import ThankYou
from benefits.thanks.owners import owner_of
from benefits.thanks.reminders import cancel_reminders, plan_reminders
from benefits.thanks.settings import Thanking

#: Kinds of the mails that go to an advocate.
MAIL = "thank-you"


def about(thank_you: ThankYou) -> Iterable[models.Model]:
    """The records on whose timelines a thank-you's events appear."""
    return (thank_you.activity, thank_you.advocate, thank_you.advocate.account)


def open_thank_yous(event: Event, subject: models.Model, actor: Actor) -> None:
    """Open what a completed activity earns, in its transaction. Subscribes ``activity.completed``.

    A personal thank-you is due so many elapsed hours after the activity *happened*; high effort
    gets an executive note as well. Surveys, shares and the like are thanked by a template at once,
    if there is an address to write to.
    """
    activity = _activity(subject)
    happened_at = activity.happened_at or clock.now()
    unit, numbers = activity.participation, current(Thanking)
    oldest = clock.now() - timedelta(days=numbers.import_days)
    if unit.origin == Origin.IMPORTED and happened_at < oldest:
        return
    due_at = happened_at + timedelta(hours=numbers.due_hours)
    code = activity.activity_type.code
    # Who wants no mail is thanked by a person (ADV-2).
    by_mail = activity.advocate.email and bearer_of(activity.advocate, None) is None
    if code in numbers.automatic_types and by_mail:
        thank_you = _open(activity, ThankYouKind.AUTOMATIC, unit.effort, happened_at, due_at, actor)
        _send_automatically(thank_you, actor)
        return
    plan_reminders(_open(activity, ThankYouKind.PERSONAL, unit.effort, happened_at, due_at, actor))
    if unit.effort == Effort.HIGH:
        note_due = calendar_of(activity.advocate.tenant).add_days(
            happened_at, numbers.executive_business_days
        )
        plan_reminders(
            _open(activity, ThankYouKind.EXECUTIVE, unit.effort, happened_at, note_due, actor)
        )


def open_apology(event: Event, subject: models.Model, actor: Actor) -> None:
    """Have somebody apologise for a prospect's no-show (ACT-4). Subscribes ``activity.no_show``."""
    activity = _activity(subject)
    if activity.no_show_by != NoShowBy.PROSPECT:
        return
    missed_at = min(activity.ends_at or clock.now(), clock.now())
    plan_reminders(
        _open(
            activity,
            ThankYouKind.APOLOGY,
            activity.participation.effort,
            missed_at,
            missed_at + timedelta(hours=current(Thanking).due_hours),
            actor,
        )
    )


@transaction.atomic
def void_unsent(event: Event, subject: models.Model, actor: Actor) -> None:
    """Take back what has not reached the advocate. Subscribes ``activity.voided`` (TIER-7)."""
    activity = _activity(subject)
    for thank_you in ThankYou.objects.filter(activity=activity).exclude(state=ThankYouState.VOIDED):
        if thank_you.state == ThankYouState.DONE and not cancel_mail(
            subject_id=thank_you.pk, kinds=[MAIL]
        ):
            continue  # said is said
        THANK_YOU.move(thank_you, "void", done_at=None, done_by=None)
        cancel_reminders(thank_you)
        record("thank_you.voided", thank_you, actor=actor, about=about(thank_you))


def void_erased(event: Event, subject: models.Model, actor: Actor) -> None:
    """Nobody is left to thank. Subscribes ``advocate.erased`` (GDPR-1)."""
    for thank_you in ThankYou.objects.select_related("activity", "advocate__account").filter(
        advocate=subject.pk, state=ThankYouState.OPEN
    ):
        THANK_YOU.move(thank_you, "void", done_at=None, done_by=None)
        cancel_reminders(thank_you)
        record("thank_you.voided", thank_you, actor=actor, about=about(thank_you))


def _activity(subject: models.Model) -> Activity:
    if not isinstance(subject, Activity):
        raise TypeError(f"a thank-you is about an activity, not {subject!r}")
    return subject


def _open(
    activity: Activity,
    kind: str,
    effort: str,
    happened_at: datetime,
    due_at: datetime,
    actor: Actor,
) -> ThankYou:
    owner: Membership | None = owner_of(kind, effort, activity)
    thank_you = ThankYou.objects.create(
        activity=activity,
        advocate=activity.advocate,
        kind=kind,
        effort=effort,
        owner=owner,
        happened_at=happened_at,
        opened_at=clock.now(),
        due_at=due_at,
    )
    record(
        "thank_you.opened",
        thank_you,
        actor=actor,
        payload={"kind": kind, "effort": effort, "due_at": due_at.isoformat()},
        about=about(thank_you),
    )
    return thank_you


def _send_automatically(thank_you: ThankYou, actor: Actor) -> None:
    draft = draft_of(thank_you)
    text = draft.letter("")
    mail = queue_mail(
        kind=MAIL,
        to_email=thank_you.advocate.email,
        to_name=thank_you.advocate.name,
        subject=draft.subject,
        text=Body.of(text, draft.language),
        unique_key=f"{MAIL}:{thank_you.pk}",
        sender=thank_you.owner,
        subject_id=thank_you.pk,
    )
    THANK_YOU.move(
        thank_you,
        "send",
        channel=ThankYouChannel.AUTOMATIC,
        message=text,
        done_at=clock.now(),
        mail=mail,
    )
    record(
        "thank_you.sent",
        thank_you,
        actor=actor,
        payload={"channel": ThankYouChannel.AUTOMATIC.value},
        about=about(thank_you),
    )
