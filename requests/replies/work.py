"""What came by mail waits on Today of who asked (MSG-5)."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.db.models import DateTimeField, ExpressionWrapper, F, Q, QuerySet
from django.utils.translation import gettext as _

from advocacy.tenancy.models import Membership
from advocacy.web.queue import QueueRow, Work, key_of
from advocacy.web.urls import tenant_reverse
from requests.models import AskReply
from requests.replies.lifecycle import ReplyState
from requests.replies.selectors import listed_replies
from requests.requests.presentation import title_of

#: Somebody who took the trouble to write back is read within a day.
_SOON = timedelta(days=1)


def waiting(membership: Membership) -> QuerySet[AskReply]:
    """Unread answers to asks the member sent, or to a request of theirs."""
    if not membership.can("asks.answer_for"):
        return AskReply.objects.none()
    theirs = Q(ask__sender=membership) | Q(ask__request__manager=membership)
    due = ExpressionWrapper(F("received_at") + _SOON, output_field=DateTimeField())
    return listed_replies(membership).filter(theirs, state=ReplyState.WAITING).annotate(due=due)


def rows(membership: Membership, pks: Collection[UUID]) -> list[QueueRow]:
    """How they read."""
    found = []
    for reply in waiting(membership).filter(pk__in=pks):
        url = tenant_reverse(membership.tenant, "ask-replies:detail", reply.pk)
        found.append(
            QueueRow(
                id=key_of("reply", reply.pk),
                kind="requests",
                icon="mail-opened",
                tone="info",
                title=_("%(name)s wrote back") % {"name": reply.ask.advocate.name},
                why=title_of(reply.ask.request),
                url=url,
                due=reply.due,  # type: ignore[attr-defined]
                action=(_("Read"), url, "panel"),
                panel=True,
            )
        )
    return found


WORK = Work("reply", "requests", waiting, rows)
