"""Asks at an account that is put on hold: unsent ones stop, the others are a question (ACC-2)."""

from django.db import models
from django.db.models import Exists, OuterRef

from advocacy.events.models import Event
from advocacy.events.services import record
from advocacy.messaging.models import MailState, OutgoingMail
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Membership
from advocates.accounts.holds import begins_hold
from advocates.accounts.selectors import hold_of
from advocates.changes import tenant_today
from advocates.models import Account
from advocates.people.disclosure import sees_everybody
from requests.asks.choices import AskState
from requests.asks.ending import end_ask, look_again, unanswered
from requests.mails import mail_member, who_hears
from requests.models import Ask, Request
from requests.requests.locks import lock_request


def on_held(event: Event, subject: models.Model, actor: Actor) -> None:
    """Subscriber: an account is held, by somebody or by its health.

    An ask whose mail has not gone out is taken back without a word to the advocate; one that waits
    for an answer stays, and the account's owner is asked whether it should.
    """
    if not isinstance(subject, Account) or not begins_hold(event):
        return
    asks = Ask.objects.filter(advocate__account=subject, state=AskState.SENT)
    # All of them first, in the order in which others lock them.
    list(
        Request.objects.select_for_update(no_key=True, of=("self",))
        .filter(Exists(asks.filter(request=OuterRef("pk"))))
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    hold = hold_of(subject)
    has_begun = hold is None or hold.starts_on <= tenant_today()
    for ask in unanswered(asks).order_by("request_id", "advocate_id"):
        request = lock_request(ask.request)
        if has_begun and _is_unsent(ask):
            _stop(ask, request, actor)
        else:
            _question(ask, request, event, actor)


def _is_unsent(ask: Ask) -> bool:
    return OutgoingMail.objects.filter(
        subject_id=ask.pk, kind="ask", state=MailState.QUEUED
    ).exists()


def _stop(ask: Ask, request: Request, actor: Actor) -> None:
    if not end_ask(ask, "withdraw", actor=actor):
        return
    look_again(request)
    _mail(who_hears(ask, request), "stopped", ask, request, str(ask.pk), actor)


def _question(ask: Ask, request: Request, event: Event, actor: Actor) -> None:
    record("ask.questioned", ask, actor=actor, payload={"because": event.verb}, about=ask.about)
    owner = ask.advocate.account.owner
    member = owner if owner and sees_everybody(owner) else who_hears(ask, request)
    _mail(member, "in_question", ask, request, f"{ask.pk}:{event.pk}", actor)


def _mail(
    member: Membership | None, template: str, ask: Ask, request: Request, key: str, actor: Actor
) -> None:
    # Not of what they did themselves; it stands on their Today as well.
    if member is None or getattr(actor.membership, "pk", None) == member.pk:
        return
    mail_member(
        member,
        template,
        request,
        key=key,
        context={"advocate": ask.advocate.name, "account": str(ask.advocate.account)},
    )
