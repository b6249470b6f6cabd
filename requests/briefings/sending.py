"""Briefings go out by mail before the call (FUL-2)."""

import uuid

from django.db import models
from django.utils import translation

from activities.activities.choices import ActivityState
from activities.activities.models import Activity
from activities.playbooks.planning import days_before
from activities.settings import Fulfilment
from advocacy import clock
from advocacy.events.models import Event
from advocacy.records.undoing import note
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.calendar import calendar_of
from advocacy.tenancy.stuck import Unit, not_stuck, work_through
from advocacy.tenant_settings.reading import current
from requests.asks.choices import AskState
from requests.briefings.choices import Side
from requests.briefings.contents import sheet_of
from requests.briefings.logistics import when_words
from requests.briefings.models import Briefing
from requests.briefings.services import open_briefings
from requests.mails import language_of_ask, link_of, mail_advocate, mail_member
from requests.models import Ask
from requests.scheduling.invitations import undo_for

WORK = "briefing"
BATCH = 200


def on_booked(event: Event, subject: models.Model, actor: Actor) -> None:
    """Subscriber of a booking: both sides get theirs in time, again where it is another time."""
    assert isinstance(subject, Activity)  # noqa: S101 - its own events
    ask = Ask.objects.filter(activity=subject).select_related("request__activity_type").first()
    if ask is None or ask.state != AskState.ACCEPTED or subject.starts_at is None:
        return
    open_briefings(ask)
    days = current(Fulfilment).briefing_business_days
    wanted = days_before(calendar_of(subject.tenant), subject.starts_at, days)
    # At short notice at once, but not before the booking is heard of.
    Briefing.objects.filter(ask=ask).update(send_at=max(wanted, clock.now() + undo_for()))


def on_fell_through(event: Event, subject: models.Model, actor: Actor) -> None:
    """Subscriber of what takes a booking away: there is nothing to prepare for."""
    waiting = Briefing.objects.filter(ask__activity=subject.pk, send_at__isnull=False)
    for briefing in waiting:
        note(briefing, {"send_at": None})  # a cancellation that is taken back has them sent again
    waiting.update(send_at=None)


def sweep_briefings(tenant_id: uuid.UUID) -> None:
    """Send what is due. Runs in the tenant's scope."""
    due = not_stuck(WORK, Briefing.objects.filter(send_at__lte=clock.now()))
    rows = due.order_by("send_at", "id").values_list("pk", "ask__request_id")[:BATCH]
    units = [Unit(pk, (pk,), "requests.request", request) for pk, request in rows]
    work_through(WORK, units, _send)


def _send(pk: uuid.UUID) -> None:
    row = Briefing.objects.select_for_update(of=("self",)).get(pk=pk)
    at, activity = row.send_at, row.ask.activity
    if at is None:
        return
    Briefing.objects.filter(pk=pk).update(send_at=None)
    is_on = activity is not None and activity.state == ActivityState.SCHEDULED
    if activity is None or not is_on or not activity.starts_at:
        return
    if activity.starts_at <= clock.now():
        return
    _mail(row, activity, f"{activity.starts_at:%Y%m%d%H%M}")
    Briefing.objects.filter(pk=pk).update(sent_at=clock.now())


def _mail(row: Briefing, activity: Activity, key: str) -> None:
    ask, request = row.ask, row.ask.request
    sheet = sheet_of(row)
    parts = [section.as_text for section in sheet.sections]
    if row.side == Side.REQUESTER:
        requester = request.requester
        with translation.override(sheet.language):
            when = when_words(activity, requester.zone)
        mail_member(
            requester,
            "briefing_requester",
            request,
            key=f"{row.pk}:{key}",
            context={"parts": parts, "when": when},
            sender=request.manager,
        )
        return
    link, language = link_of(ask), language_of_ask(ask)
    with translation.override(language):
        when = when_words(activity, ask.advocate.zone)
    host = request.manager or ask.sender
    mail_advocate(
        ask.advocate,
        "briefing_advocate",
        key=f"briefing:{row.pk}:{key}",
        kind="briefing",
        context={"parts": parts, "when": when, "sender": host.name, "has_link": link is not None},
        sender=host,
        subject_id=ask.pk,
        link=link,
        language=language,
    )
