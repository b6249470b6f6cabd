"""Asks at an account that is put on hold: unsent ones stop, the others are a question (ACC-2)."""

from django.db import models
from django.db.models import Exists, OuterRef

from activities.activities.leaving import open_activities
from activities.activities.presentation import headline_of
from advocacy.events.models import Event
from advocacy.events.services import record
from advocacy.languages import spoken
from advocacy.messaging.models import MailState, OutgoingMail
from advocacy.messaging.services import queue_mail
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Membership
from advocacy.web.urls import tenant_reverse
from advocates.accounts.holds import begins_hold
from advocates.accounts.selectors import hold_of
from advocates.changes import tenant_today
from advocates.models import Account
from advocates.people.disclosure import sees_everybody
from requests.asks.choices import WAITING
from requests.asks.ending import end_ask, look_again, unanswered
from requests.mails import who_hears, write
from requests.models import Ask, Request
from requests.requests.locks import lock_request
from requests.requests.presentation import title_of


def on_held(event: Event, subject: models.Model, actor: Actor) -> None:
    """Subscriber: an account is held, by somebody or by its health.

    An ask whose mail has not gone out is taken back without a word to the advocate; one that waits
    for an answer stays, like what is booked, and the account's owner is asked once about all of it.
    """
    if not isinstance(subject, Account) or not begins_hold(event):
        return
    asks = Ask.objects.filter(advocate__account=subject, state__in=WAITING)
    # All of them first, in the order in which others lock them.
    list(
        Request.objects.select_for_update(no_key=True, of=("self",))
        .filter(Exists(asks.filter(request=OuterRef("pk"))))
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    hold = hold_of(subject)
    has_begun = hold is None or hold.starts_on <= tenant_today()
    notice = _Notice(subject, event, actor)
    for ask in unanswered(asks).order_by("request_id", "advocate_id"):
        request = lock_request(ask.request)
        if not ask.is_sent and not has_begun:
            continue  # judged once more before it goes out
        if has_begun and _is_unsent(ask):
            if end_ask(ask, "withdraw", actor=actor):
                look_again(request)
                notice.tell(who_hears(ask, request), "stopped", _line(ask, request))
        else:
            because = {"because": event.verb}
            record("ask.questioned", ask, actor=actor, payload=because, about=ask.about)
            notice.tell(notice.owner or who_hears(ask, request), "asked", _line(ask, request))
    for activity in open_activities(models.Q(advocate__account=subject)):
        charged = activity.owner if activity.owner and sees_everybody(activity.owner) else None
        notice.tell(notice.owner or charged, "booked", headline_of(activity))
    notice.send()


def _is_unsent(ask: Ask) -> bool:
    return (
        not ask.is_sent
        or OutgoingMail.objects.filter(
            subject_id=ask.pk, kind="ask", state=MailState.QUEUED
        ).exists()
    )


def _line(ask: Ask, request: Request) -> str:
    return f"{ask.advocate.name}: {title_of(request)} ({request.reference})"


class _Notice:
    """One mail to each whom it concerns, with all that it is about."""

    def __init__(self, account: Account, event: Event, actor: Actor) -> None:
        self.account, self.event, self.actor = account, event, actor
        owner = account.owner
        self.owner = owner if owner and sees_everybody(owner) else None
        self.lines: dict[Membership, dict[str, list[str]]] = {}

    def tell(self, member: Membership | None, what: str, line: str) -> None:
        """``stopped``, ``asked`` or ``booked``. Not of what they did themselves; it stands on their
        Today as well.
        """
        if member is None or getattr(self.actor.membership, "pk", None) == member.pk:
            return
        self.lines.setdefault(member, {}).setdefault(what, []).append(line)

    def send(self) -> None:
        for member, lines in self.lines.items():
            if not member.is_active:
                continue
            language = spoken(member.user.language or member.tenant.language)
            context = {"name": member.name, "account": str(self.account), **lines}
            mail = write("held", context, language)
            queue_mail(
                kind="account_held",
                to_email=member.email,
                to_name=member.name,
                subject=mail.subject,
                text=mail.text,
                path=tenant_reverse(member.tenant, "accounts:detail", self.account.pk),
                subject_id=self.account.pk,
                unique_key=f"account_held:{self.event.pk}:{member.pk}",
            )
