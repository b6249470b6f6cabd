"""Booked activities of somebody who is not asked any more, or whose account is put on hold: does
this still take place? (ACT-1, ACC-2)
"""

from django.db import models
from django.utils import translation
from django.utils.translation import gettext as _

from activities.activities.choices import OPEN
from activities.activities.models import Activity
from activities.activities.presentation import headline_of
from activities.activities.services import about, call_off
from activities.loops.models import LoopDuty
from advocacy import clock
from advocacy.events.models import Event
from advocacy.events.services import record
from advocacy.identity.absences.mails import said_for
from advocacy.messaging.rendering import render_mail
from advocacy.messaging.services import queue_mail
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.delegation import who_acts_for
from advocacy.web.urls import tenant_reverse
from advocates.accounts.holds import begins_hold
from advocates.models import Account, Advocate
from advocates.people.disclosure import sees_everybody


def ask_whether_it_stands(event: Event, subject: models.Model, actor: Actor) -> None:
    """Subscriber: somebody paused or left. What they said yes to is a question to whoever is in
    charge of it, else to the owner of the account; nothing is called off over anybody's head.
    """
    if isinstance(subject, Advocate):
        for activity in open_activities(models.Q(advocate=subject)):
            _doubt(activity, event, actor)
            _ask(activity, event, actor)


def ask_whether_held_stands(event: Event, subject: models.Model, actor: Actor) -> None:
    """Subscriber: an account is held. What its people said yes to is a question (ACC-2); the mail
    about all that waits there is written where its asks are known.
    """
    if isinstance(subject, Account) and begins_hold(event):
        for activity in open_activities(models.Q(advocate__account=subject)):
            _doubt(activity, event, actor)


def call_off_erased(event: Event, subject: models.Model, actor: Actor) -> None:
    """Subscriber: somebody was erased; what was booked cannot take place, and there is nobody left
    to tell what came of the rest (GDPR-1).
    """
    for activity in Activity.objects.filter(advocate=subject.pk, state__in=OPEN).order_by("pk"):
        call_off(actor=actor, activity=activity, reason=_("The person's data was erased."))
    LoopDuty.objects.filter(
        models.Q(activity__advocate=subject.pk) | models.Q(asset__advocate=subject.pk),
        closed_at__isnull=True,
    ).update(closed_at=clock.now())


def open_activities(whose: models.Q) -> models.QuerySet[Activity]:
    """What people said yes to and still comes, with who looks after it."""
    activities = Activity.objects.select_related(
        "activity_type", "advocate__account__owner__user", "owner__user", "tenant"
    )
    return activities.filter(whose, state__in=OPEN).order_by("planned_at", "id")


def _doubt(activity: Activity, event: Event, actor: Actor) -> None:
    because = {"because": event.verb}
    record("activity.questioned", activity, actor=actor, payload=because, about=about(activity))


def _ask(activity: Activity, event: Event, actor: Actor) -> None:
    owners = [activity.owner, activity.advocate.account.owner]
    member = next((owner for owner in owners if owner and sees_everybody(owner)), None)
    if member is None:
        return
    if actor.membership is not None and actor.membership.pk == member.pk:
        return  # they did it themselves, and the activity's page asks as well
    whose, member = member, who_acts_for(member)
    language = member.user.language or activity.tenant.language
    with translation.override(language):
        headline = headline_of(activity)
    mail = render_mail(
        "activity_in_question",
        {
            "member": member.name,
            "advocate": activity.advocate.name,
            "activity": headline,
            "has_left": event.verb == "advocate.retired",
        },
        language,
    )
    queue_mail(
        kind="activity-in-question",
        to_email=member.email,
        to_name=member.name,
        subject=mail.subject,
        text=said_for(mail.text, whose, member),
        path=tenant_reverse(activity.tenant, "activities:detail", activity.pk),
        unique_key=f"activity-in-question:{activity.pk}:{event.pk}",
        subject_id=activity.pk,
    )
