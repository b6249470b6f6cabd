"""What of moments waits on Today: the owner's open and fresh ones (MOM-1)."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import DateField, ExpressionWrapper, F, QuerySet
from django.utils.translation import gettext as _

from advocacy.tenancy.models import Membership
from advocacy.tenant_settings.reading import current
from advocacy.web.queue import QueueRow, Work, closing_time, key_of
from advocacy.web.urls import tenant_reverse
from advocates.models import Moment
from advocates.moments.numbers import MomentNumbers
from advocates.moments.selectors import fresh_moments_of, suggestion_of


def waiting(membership: Membership) -> QuerySet[Moment]:
    """The member's, if they may make anything of one."""
    if not membership.can("moments.edit"):
        return Moment.objects.none()
    by = ExpressionWrapper(
        F("happened_on") + current(MomentNumbers).react_days, output_field=DateField()
    )
    return fresh_moments_of(membership).annotate(due=closing_time(by, membership))


def rows(membership: Membership, pks: Collection[UUID]) -> list[QueueRow]:
    """How they read."""
    found = []
    for moment in waiting(membership).filter(pk__in=pks):
        url = tenant_reverse(membership.tenant, "moments:detail", moment.pk)
        found.append(
            QueueRow(
                id=key_of("moment", moment.pk),
                kind="moments",
                icon="confetti",
                tone="info",
                title=f"{moment.account.name}: {moment}",
                why=suggestion_of(moment),
                url=url,
                due=moment.due,  # type: ignore[attr-defined]
                action=(_("Look"), url, "panel"),
                panel=True,
            )
        )
    return found


WORK = Work("moment", "moments", waiting, rows)
