"""Reminders of thank-yous: rows with a due time, fired exactly once (THX-2, BAD-2)."""

import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone, translation

from advocacy import clock
from advocacy.events.services import record
from advocacy.identity.absences.mails import said_for
from advocacy.messaging.rendering import render_mail
from advocacy.messaging.services import cancel_mail, queue_mail
from advocacy.messaging.work_links.making import work_link
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.calendar import calendar_of
from advocacy.tenancy.delegation import who_acts_for
from advocacy.tenancy.models import Membership
from advocacy.tenancy.stuck import Unit, forget, not_stuck, work_through
from advocacy.tenant_settings.reading import current
from advocacy.web.formatting import moment as in_words
from advocacy.web.urls import tenant_reverse
from benefits.thanks.choices import ReminderStage, ThankYouState
from benefits.thanks.models import ThankYou, ThankYouReminder
from benefits.thanks.owners import can_thank, owner_of, program_manager_for, sponsor_of
from benefits.thanks.readiness import goes_by_press
from benefits.thanks.settings import Thanking

#: A sweep comes round every few seconds; what went out later than this says so.
LATE_AFTER = timedelta(minutes=10)
SWEEP = "thank-you-reminders"
SWEEP_BATCH = 100
MAIL = WORK = "thank-you-reminder"


@dataclass(frozen=True, slots=True)
class Firing:
    """What one sweep over one tenant did."""

    claimed: int
    fired: int
    mails: int


def plan_reminders(thank_you: ThankYou) -> list[ThankYouReminder]:
    """Write the promise of each reminder.

    One that would fall outside the owner's working hours moves to the end of the working time
    before, but never before the thank-you was opened. Of those whose time had passed already when
    it was opened, only the newest is kept: entered late means one reminder, not three (THX-1).
    """
    opened_at = thank_you.opened_at
    numbers = current(Thanking)
    times = {
        ReminderStage.HALF: thank_you.due_at - timedelta(hours=numbers.first_reminder_hours),
        ReminderStage.LATE: thank_you.due_at - timedelta(hours=numbers.second_reminder_hours),
        ReminderStage.OVERDUE: thank_you.due_at,
    }
    passed = [stage for stage, at in times.items() if at <= opened_at]
    zone = thank_you.owner.zone if thank_you.owner else None
    calendar = calendar_of(thank_you.advocate.tenant, zone)
    return ThankYouReminder.objects.bulk_create(
        [
            ThankYouReminder(
                thank_you=thank_you,
                stage=stage,
                due_at=max(opened_at, calendar.latest_open_before(at)),
            )
            for stage, at in times.items()
            if stage not in passed[:-1]
        ]
    )


def cancel_reminders(thank_you: ThankYou) -> None:
    """Nobody needs reminding any more: neither rows nor mails still waiting go out."""
    ThankYouReminder.objects.filter(
        thank_you=thank_you, fired_at__isnull=True, cancelled_at__isnull=True
    ).update(cancelled_at=clock.now())
    forget(WORK, subject_id=thank_you.pk)
    cancel_mail(subject_id=thank_you.pk, kinds=[MAIL])


def revive_reminders(thank_you: ThankYou) -> None:
    """Bring back the reminders that were called off before their time (THX-2, after a bounce)."""
    ThankYouReminder.objects.filter(
        thank_you=thank_you,
        fired_at__isnull=True,
        cancelled_at__isnull=False,
        due_at__gt=clock.now(),
    ).update(cancelled_at=None)


def sweep_reminders(tenant_id: uuid.UUID) -> None:
    """The sweep's handler: everything that is due in one tenant, a batch at a time."""
    while fire_due_reminders().claimed == SWEEP_BATCH:
        pass


@transaction.atomic
def fire_due_reminders(*, limit: int = SWEEP_BATCH) -> Firing:
    """Send what is due in the scope's tenant; returns how many reminders and mails.

    Claims rows with SKIP LOCKED, stamps them and queues their mails in one transaction: a worker
    killed at any moment has done all of it or nothing, and two sweeps at once share the rows.
    Somebody who would get two mails about one thank-you at the same moment gets the newer one.
    """
    now = clock.now()
    due = ThankYouReminder.objects.filter(
        due_at__lte=now, fired_at__isnull=True, cancelled_at__isnull=True
    )
    claimed = list(
        not_stuck(WORK, due)
        .select_for_update(skip_locked=True, of=("self",))
        .select_related(
            "thank_you__owner__user",
            "thank_you__advocate__account__owner__user",
            "thank_you__advocate__executive_sponsor__user",
            "thank_you__activity__owner__user",
            "thank_you__activity__activity_type",
        )
        .order_by("due_at", "stage", "id")[:limit]
    )
    units = [
        Unit(rows, tuple(row.pk for row in rows), "benefits.thankyou", rows[0].thank_you_id)
        for rows in _by_thank_you(claimed)
    ]
    counts = Counter[str]()
    work_through(WORK, units, partial(_fire, now=now, counts=counts))
    return Firing(claimed=len(claimed), fired=counts["fired"], mails=counts["mails"])


def _by_thank_you(claimed: Iterable[ThankYouReminder]) -> list[list[ThankYouReminder]]:
    """The claimed rows together by thank-you, each in the order of its stages."""
    groups: dict[uuid.UUID, list[ThankYouReminder]] = {}
    for row in claimed:
        groups.setdefault(row.thank_you_id, []).append(row)
    place = {stage.value: at for at, stage in enumerate(ReminderStage)}
    return [sorted(rows, key=lambda row: place[row.stage]) for rows in groups.values()]


def _fire(
    reminders: list[ThankYouReminder], *, now: datetime, counts: Counter[str]
) -> Exception | None:
    """Queue the mails of one thank-you's due reminders and stamp them; counts both.

    A reader whose mail cannot be written keeps it from nobody else: the others' stay, the
    reminders are not stamped, and the error is returned.
    """
    thank_you = reminders[0].thank_you
    if thank_you.state != ThankYouState.OPEN:
        ThankYouReminder.objects.filter(pk__in=[row.pk for row in reminders]).update(
            cancelled_at=now
        )
        return None
    _ensure_owner(thank_you)
    letters: dict[uuid.UUID, tuple[ThankYouReminder, Membership]] = {}
    for reminder in reminders:
        reminder.thank_you = thank_you  # one object, so that a new owner is everybody's
        reminder.was_late = now - reminder.due_at > LATE_AFTER
        for member in _recipients(reminder):
            letters[member.pk] = (reminder, member)
    problem = None
    for reminder, member in letters.values():
        try:
            with transaction.atomic():
                _queue(reminder, member, now)
        except Exception as error:
            problem = error
        else:
            counts["mails"] += 1
    if problem is not None:
        return problem
    for reminder in reminders:
        _stamp(reminder, now)
        counts["fired"] += 1
    return None


def _stamp(reminder: ThankYouReminder, now: datetime) -> None:
    ThankYouReminder.objects.filter(pk=reminder.pk).update(fired_at=now, was_late=reminder.was_late)
    record(
        "thank_you.reminded",
        reminder.thank_you,
        actor=Actor.system(SWEEP),
        payload={"stage": reminder.stage, "late": reminder.was_late},
    )


def _ensure_owner(thank_you: ThankYou) -> None:
    """Hand a thank-you whose owner has left to whoever owes it now; an inactive one gets none."""
    if can_thank(thank_you.owner):
        return
    owner = owner_of(thank_you.kind, thank_you.effort, thank_you.activity)
    thank_you.owner = owner
    ThankYou.objects.filter(pk=thank_you.pk, state=ThankYouState.OPEN).update(owner=owner)


def _recipients(reminder: ThankYouReminder) -> Iterable[Membership]:
    """Owner; owner and program manager; program manager and executive sponsor (THX-2)."""
    thank_you = reminder.thank_you
    manager = program_manager_for(thank_you.activity)
    named: tuple[Membership | None, ...]
    if reminder.stage == ReminderStage.HALF:
        named = (thank_you.owner,)
    elif reminder.stage == ReminderStage.LATE:
        named = (thank_you.owner, manager)
    else:
        named = (manager, sponsor_of(thank_you.advocate))
    return {member.pk: member for member in named if member is not None}.values()


def _queue(reminder: ThankYouReminder, whose: Membership, now: datetime) -> None:
    thank_you = reminder.thank_you
    member = who_acts_for(whose)
    tenant = member.tenant
    language = member.user.language or tenant.language
    with timezone.override(member.zone), translation.override(language):
        due, meant_for = in_words(thank_you.due_at), in_words(reminder.due_at)
    mine = thank_you.owner_id == whose.pk
    can_send = mine and goes_by_press(thank_you)
    text = render_mail(
        "thank_you_reminder",
        {
            "own_link": work_link("thank", thank_you.pk, member) if can_send else None,
            "member": member,
            "advocate": thank_you.advocate,
            "account": thank_you.advocate.account,
            "activity": thank_you.activity,
            "kind": thank_you.kind,
            "mine": mine,
            "owner_name": thank_you.owner.name if thank_you.owner else "",
            "overdue": thank_you.due_at <= now,
            "due": due,
            "was_late": reminder.was_late,
            "meant_for": meant_for,
        },
        language,
    )
    queue_mail(
        kind=MAIL,
        to_email=member.email,
        to_name=member.name,
        subject=text.subject,
        text=said_for(text.text, whose, member),
        path=tenant_reverse(tenant, "thanks:detail", pk=thank_you.pk),
        unique_key=f"reminder:{thank_you.pk}:{reminder.stage}:{member.pk}",
        subject_id=thank_you.pk,
    )
