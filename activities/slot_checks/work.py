"""What waits on the requester's Today: did it happen (ACT-4.a)."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from activities.slot_checks.models import SlotCheck
from activities.slot_checks.selectors import unanswered_by
from advocacy.tenancy.models import Membership
from advocacy.web import formatting as words
from advocacy.web.queue import QueueRow, Work, key_of
from advocacy.web.urls import tenant_reverse


def waiting(membership: Membership) -> QuerySet[SlotCheck]:
    """Slots of theirs that are over, until they say or it is settled."""
    if not membership.can("slot_checks.answer"):
        return SlotCheck.objects.none()
    return unanswered_by(membership).annotate(due=F("weigh_at"))


def rows(membership: Membership, pks: Collection[UUID]) -> list[QueueRow]:
    """How they read; without a name (VIS-1)."""
    found = []
    for check in waiting(membership).filter(pk__in=pks).select_related("activity__activity_type"):
        url = tenant_reverse(membership.tenant, "slot-checks:detail", check.pk)
        kind = check.activity.activity_type.name.lower()
        what = {"activity": kind, "purpose": check.activity.purpose}
        found.append(
            QueueRow(
                id=key_of("took_place", check.pk),
                kind="requests",
                icon="calendar-question",
                tone="info",
                title=_("Did the %(activity)s for %(purpose)s take place?") % what
                if check.activity.purpose
                else _("Did the %(activity)s take place?") % what,
                why=" · ".join([words.moment(check.starts_at), _("you asked for it")]),
                url=url,
                due=check.due,  # type: ignore[attr-defined]
                action=(_("Say it"), url, "panel"),
                panel=True,
            )
        )
    return found


WORK = Work("took_place", "requests", waiting, rows)
