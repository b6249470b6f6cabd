"""Today asks an account's owner before somebody there is asked (ASK-2)."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from advocacy.tenancy.delegation import answers_for, unattended
from advocacy.tenancy.models import Membership
from advocacy.tenancy.roles import Role, allowed
from advocacy.web import formatting as words
from advocacy.web.queue import QueueRow, Work, key_of
from advocacy.web.urls import tenant_reverse
from requests.asks.because import because_words
from requests.asks.choices import AskState
from requests.models import Ask
from requests.requests.work import subject_of


def waiting_for_say(membership: Membership) -> QuerySet[Ask]:
    """Asks at own accounts that go out unless their owner says otherwise, or take their yes.

    Once a *not before* is said there is nothing to do until then. Where nobody is there to have a
    say, the program does.
    """
    if not membership.can("asks.send"):
        return Ask.objects.none()
    says = Q(advocate__account__owner__in=answers_for(membership))
    if membership.can("requests.triage"):
        owner = "advocate__account__owner"
        may = [role for role in Role.values if allowed(role, "asks.send")]
        says |= (
            Q(**{owner: None})
            | Q(**{f"{owner}__is_active": False})
            | Q(**{f"{owner}__in": unattended(membership)})
            | ~Q(**{f"{owner}__role__in": may})
        )
    return Ask.objects.filter(says, state=AskState.PROPOSED, said="").annotate(due=F("expires_at"))


def to_say(membership: Membership, pks: Collection[UUID]) -> list[QueueRow]:
    """Go, not before, or rather somebody else."""
    rows = []
    asks = waiting_for_say(membership).filter(pk__in=pks)
    for ask in asks.select_related(
        "advocate__account", "request__activity_type", "request__opportunity", "request__tenant"
    ):
        url = tenant_reverse(membership.tenant, "requests:say", ask.pk)
        why = because_words(ask.say_because)
        if ask.say_until is not None:
            when = words.moment(ask.say_until)
            why = _("goes out %(when)s unless you say otherwise") % {"when": when}
        names = {"name": ask.advocate.name, "deal": subject_of(ask.request)}
        rows.append(
            QueueRow(
                id=key_of("say", ask.pk),
                kind="requests",
                icon="user-question",
                tone="info" if ask.say_until else "warning",
                title=_("May %(name)s be asked for %(deal)s?") % names,
                why=" · ".join([str(ask.advocate.account), str(ask.request.activity_type), why]),
                url=url,
                due=ask.expires_at,
                action=(_("Your say…"), url, "panel"),
                panel=True,
            )
        )
    return rows


WORK = Work("say", "requests", waiting_for_say, to_say, promised=True)
