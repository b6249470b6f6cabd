"""What of relationships waits on Today: those of a member's own accounts that are one-sided."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.db.models import DateTimeField, ExpressionWrapper, F, QuerySet, Value
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.tenancy.models import Membership
from advocacy.web.queue import QueueRow, Work, key_of
from advocacy.web.urls import tenant_reverse
from advocates.models import AdvocateScore
from advocates.scoring.parts import one_sided_words
from advocates.touches.selectors import one_sided_of

#: From the last ask on: a call then is still about the person, and later only the list and the
#: page say that it is one-sided.
_WITHIN, _FRESH = timedelta(days=7), timedelta(days=30)


def waiting(membership: Membership) -> QuerySet[AdvocateScore]:
    """The member's, if they may record a touch."""
    if not membership.can("touches.edit"):
        return AdvocateScore.objects.none()
    lately = one_sided_of(membership).filter(advocate__last_asked_at__gte=clock.now() - _FRESH)
    by = F("advocate__last_asked_at") + Value(_WITHIN)
    return lately.annotate(due=ExpressionWrapper(by, output_field=DateTimeField()))


def rows(membership: Membership, pks: Collection[UUID]) -> list[QueueRow]:
    """How they read."""
    found = []
    for known in waiting(membership).filter(pk__in=pks):
        page = tenant_reverse(membership.tenant, "advocates:detail", known.advocate_id)
        new = tenant_reverse(membership.tenant, "touches:new")
        found.append(
            QueueRow(
                id=key_of("relationship", known.pk),
                kind="touches",
                icon="message-heart",
                tone="warning",
                title=_("%(name)s: one-sided") % {"name": known.advocate.name},
                why=one_sided_words(known),
                url=page,
                due=known.due,  # type: ignore[attr-defined]
                action=(_("Record a touch"), f"{new}?advocate={known.advocate_id}", "panel"),
            )
        )
    return found


WORK = Work("relationship", "touches", waiting, rows)
