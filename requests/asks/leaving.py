"""Somebody is not asked any more: what waits for their answer is withdrawn (CAP-1, ASK-1)."""

from django.db import models

from advocacy.events.models import Event
from advocacy.tenancy.actors import Actor
from advocates.models import Advocate
from advocates.people.choices import Readiness
from requests.asks.choices import AskState
from requests.asks.ending import end_ask, look_again, unanswered
from requests.mails import mail_member, who_hears
from requests.models import Ask
from requests.requests.moves import lock_request


def on_left(event: Event, subject: models.Model, actor: Actor) -> None:
    """Subscriber: somebody paused or left the program.

    Their open asks are withdrawn with a kind mail, the units return, and whoever runs the request
    hears that the next has to be asked.
    """
    if isinstance(subject, Advocate):
        _withdraw_open_asks(subject, actor)


def on_changed(event: Event, subject: models.Model, actor: Actor) -> None:
    """Subscriber: a person's record was changed; who is never to be asked is not asked now."""
    changed = event.payload.get("changes", {}).get("readiness", [None, None])
    if isinstance(subject, Advocate) and changed[1] == Readiness.NOT_A_FIT:
        _withdraw_open_asks(subject, actor)


def _withdraw_open_asks(advocate: Advocate, actor: Actor) -> None:
    # In the order in which their requests were locked before.
    for ask in unanswered(Ask.objects.filter(advocate=advocate)).order_by("request_id"):
        request = lock_request(ask.request)
        if not end_ask(ask, actor=actor, to=AskState.CANCELLED):
            continue
        look_again(request)
        manager = who_hears(ask, request)
        if manager is not None and getattr(actor.membership, "pk", None) != manager.pk:
            mail_member(
                manager,
                "left",
                request,
                key=str(ask.pk),
                context={"advocate": ask.advocate.name},
            )
