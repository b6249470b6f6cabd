"""Writing news: in the transaction of the event, read by whom they are for, dropped when old."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.events import bus
from advocacy.events.models import Event, EventSubject
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import NotAllowed
from advocacy.tenancy.models import Membership
from reporting.news.hearing import HEARD, TAKEN_BACK
from reporting.news.models import News
from reporting.news.selectors import news_of

#: Older news is dropped at night; what happened stays in the log.
KEPT = timedelta(days=90)


def listen() -> None:
    """Follow every event somebody hears of. Last: what others make of it is done by then."""
    for verb in HEARD:
        bus.subscribe(verb, tell, order=90, why="whose it is hears of it")
    for verb in TAKEN_BACK:
        bus.subscribe(verb, take_back, order=90, why="what was taken back is no news")


def tell(event: Event, subject: models.Model, actor: Actor) -> None:
    """Subscriber: a row for each who hears of it, but for whoever did it (also by token)."""
    did = actor.membership.pk if actor.membership else None
    hearers = HEARD[event.verb](event, subject)
    rows = [
        News(
            member_id=member_id,
            event=event,
            verb=event.verb,
            subject_type=event.subject_type,
            subject_id=event.subject_id,
            at=event.at,
            read_at=None if is_news else event.at,
        )
        for member_id, is_news in hearers.items()
        if member_id is not None and member_id != did
    ]
    if rows:
        News.objects.bulk_create(
            sorted(rows, key=lambda row: row.member_id),
            update_conflicts=True,
            unique_fields=["tenant", "member", "verb", "subject_id"],
            update_fields=["event", "at", "read_at"],
        )


def take_back(event: Event, subject: models.Model, actor: Actor) -> None:
    """Subscriber: nobody is to hear of what was taken back."""
    News.objects.filter(
        verb__in=TAKEN_BACK[event.verb],
        subject_id__in=EventSubject.objects.filter(event=event).values("subject_id"),
    ).delete()


@transaction.atomic
def read_news(*, actor: Actor, news: News) -> News:
    """Mark one's own as read; harmless the second time. ``NotAllowed`` for a colleague's."""
    if news.member_id != _member(actor).pk:
        raise NotAllowed(_("These are a colleague's news."))
    News.objects.filter(pk=news.pk, read_at=None).update(read_at=clock.now())
    return news.reload()


@transaction.atomic
def read_all_news(*, actor: Actor, until: datetime | None = None) -> int:
    """Mark one's own as read, up to the newest that was shown; how many there were."""
    unread = news_of(_member(actor)).filter(read_at=None, at__lte=until or clock.now())
    return News.objects.filter(pk__in=unread.values("pk")).update(read_at=clock.now())


def drop_old_news(tenant_id: UUID) -> None:
    """The nightly schedule's handler; the sweep has opened the tenant's scope."""
    News.objects.filter(at__lt=clock.now() - KEPT).delete()


def _member(actor: Actor) -> Membership:
    if actor.membership is None:
        raise NotAllowed(_("Only colleagues have news."))
    return actor.membership
