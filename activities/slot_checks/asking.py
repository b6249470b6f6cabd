"""What happens by itself once a booked slot is over: both sides are asked, and time runs out
(ACT-4). All of it may run twice, and be cut off anywhere.
"""

import uuid
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone, translation

from activities.activities.choices import ActivityState
from activities.activities.deeds import deed_of
from activities.activities.models import Activity
from activities.activities.services import about
from activities.duties.services import requester_of
from activities.letter_kinds import HAPPENED as LETTER
from activities.settings import Fulfilment
from activities.slot_checks.lifecycle import CheckState
from activities.slot_checks.models import SlotCheck
from activities.slot_checks.services import (
    ACTOR,
    MAIL,
    MAIL_REQUESTER,
    act_on,
    lock_activity,
    weigh_again,
)
from advocacy import clock
from advocacy.events.services import record
from advocacy.identity.absences.mails import said_for
from advocacy.languages import spoken
from advocacy.messaging.links import create_link
from advocacy.messaging.rendering import render_mail
from advocacy.messaging.services import queue_mail
from advocacy.messaging.wording.kinds import write_mail
from advocacy.tenancy.calendar import calendar_of
from advocacy.tenancy.delegation import who_acts_for
from advocacy.tenancy.inserting import insert_unless_there
from advocacy.tenancy.models import Membership
from advocacy.tenancy.stuck import Unit, not_stuck, work_through
from advocacy.tenant_settings.reading import current
from advocacy.web.formatting import letter_moment
from advocates.language import language_of
from advocates.models import Advocate
from advocates.people.contact import bearer_of, write_to

SWEEP = "slot-checks"
ASKING, WEIGHING = "slot-check-ask", "slot-check-weigh"
#: What the links are good for: each side's own word about one slot.
PURPOSE, REQUESTER_PURPOSE = "happened", "happened-requester"
#: Whose slot is over for longer is not asked any more: the program knows, or finds it on Today.
TOO_LATE = timedelta(days=7)
_LINK_LIVES = timedelta(days=30)
_BATCH = 200


def sweep_slot_checks(tenant_id: uuid.UUID) -> None:
    """Ask about every slot that is over, and go on where the time to answer is. In the scope."""
    work_through(ASKING, _units(ASKING, _over()), _ask)
    late = SlotCheck.objects.filter(state=CheckState.ASKED, weigh_at__lte=clock.now())
    waiting = not_stuck(WEIGHING, late).select_related("activity").order_by("weigh_at", "id")
    units = [
        Unit(row, (row.pk,), "activities.activity", row.activity_id) for row in waiting[:_BATCH]
    ]
    work_through(WEIGHING, units, weigh_again)


def _over() -> QuerySet[Activity]:
    now = clock.now()
    after = timedelta(minutes=current(Fulfilment).after_slot_minutes)
    asked = SlotCheck.objects.filter(activity=OuterRef("pk"), starts_at=OuterRef("starts_at"))
    return Activity.objects.filter(
        ~Exists(asked),
        state=ActivityState.SCHEDULED,
        ends_at__lte=now - after,
        ends_at__gt=now - TOO_LATE,
    )


def _units(work: str, rows: QuerySet[Activity]) -> Iterable[Unit[Activity]]:
    due = not_stuck(work, rows).order_by("ends_at", "id")
    return [Unit(row, (row.pk,), "activities.activity", row.pk) for row in due[:_BATCH]]


def _ask(row: Activity) -> None:
    """Ask both sides about one slot; nothing where somebody was faster."""
    activity = lock_activity(row)
    starts_at, ends_at = activity.starts_at, activity.ends_at
    if activity.state != ActivityState.SCHEDULED or starts_at is None or ends_at is None:
        return
    now, requester = clock.now(), requester_of(activity)
    sender = activity.owner or activity.advocate.account.owner
    calendar = calendar_of(activity.advocate.tenant)
    check = SlotCheck(
        activity=activity,
        starts_at=starts_at,
        ends_at=ends_at,
        requester=requester if requester and requester.is_active else None,
        asks_advocate=_hears_by_mail(activity.advocate, sender),
        asked_at=now,
        weigh_at=calendar.add_days(now, current(Fulfilment).unanswered_business_days),
    )
    if not insert_unless_there(check):
        return
    record("slot_check.asked", check, actor=ACTOR, about=[activity, *about(activity)])
    if check.asks_advocate:
        _write_to_advocate(check, sender)
    if check.requester is not None:
        _write_to_requester(check, check.requester)
    if not check.asked_of:
        act_on(check, now)


def _hears_by_mail(advocate: Advocate, sender: Membership | None) -> bool:
    return bool(advocate.email) and bearer_of(advocate, sender) is None


def _write_to_advocate(check: SlotCheck, sender: Membership | None) -> None:
    advocate, language = check.activity.advocate, spoken(language_of(check.activity.advocate))
    context = {
        "given": advocate.first_name or advocate.name,
        "sender": sender.name if sender else advocate.tenant.name,
        **_words(check, language, advocate.zone),
    }
    mail = write_mail(LETTER, context, language)
    write_to(
        advocate,
        kind=MAIL,
        subject=mail.subject,
        text=mail.text,
        link=create_link(
            purpose=PURPOSE, subject_id=check.pk, expires_at=clock.now() + _LINK_LIVES
        ),
        sender=sender,
        subject_id=check.pk,
        unique_key=f"{MAIL}:{check.pk}",
    )


def _write_to_requester(check: SlotCheck, whose: Membership) -> None:
    """Without the advocate's name, which is the request's to show (VIS-1)."""
    member = who_acts_for(whose)
    language = spoken(member.user.language or member.tenant.language)
    context = {
        "name": member.name,
        "purpose": check.activity.purpose,
        **_words(check, language, member.zone),
    }
    mail = render_mail("slot_check_requester", context, language)
    queue_mail(
        kind=MAIL_REQUESTER,
        to_email=member.email,
        to_name=member.name,
        subject=mail.subject,
        text=said_for(mail.text, whose, member),
        link=create_link(
            purpose=REQUESTER_PURPOSE, subject_id=check.pk, expires_at=clock.now() + _LINK_LIVES
        ),
        subject_id=check.pk,
        unique_key=f"{MAIL_REQUESTER}:{check.pk}",
    )


def _words(check: SlotCheck, language: str, zone: Any) -> dict[str, str]:
    with translation.override(language), timezone.override(zone):
        return {
            "deed": deed_of(check.activity),
            "when": letter_moment(check.starts_at.astimezone(zone)),
        }
