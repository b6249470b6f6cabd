"""Who waits to be erased, on Today of whoever runs the program."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from advocacy.tenancy.models import Membership
from advocacy.web.formatting import since
from advocacy.web.queue import QueueRow, Work, key_of
from advocacy.web.urls import tenant_reverse
from advocates.erasure_requests.lifecycle import ErasureState
from advocates.erasure_requests.selectors import listed_requests
from advocates.models import ErasureRequest


def waiting(membership: Membership) -> QuerySet[ErasureRequest]:
    """Everybody's, for those who may erase."""
    if not membership.can("advocates.erase"):
        return ErasureRequest.objects.none()
    rows = listed_requests(membership).filter(state=ErasureState.OPEN)
    return rows.annotate(due=F("due_at"))


def rows(membership: Membership, pks: Collection[UUID]) -> list[QueueRow]:
    """How they read."""
    found = []
    for row in waiting(membership).filter(pk__in=pks):
        url = tenant_reverse(membership.tenant, "erasure-requests:detail", row.pk)
        found.append(
            QueueRow(
                id=key_of("erasure", row.pk),
                kind="erasure-requests",
                icon="eraser",
                tone="warning",
                title=_("%(name)s asks to be erased") % {"name": row.advocate.name},
                why=_("asked %(when)s; nothing is asked of them meanwhile")
                % {"when": since(row.created_at)},
                url=url,
                due=row.due,  # type: ignore[attr-defined]
                action=(_("Look"), url, "panel"),
                panel=True,
            )
        )
    return found


WORK = Work("erasure", "erasure-requests", waiting, rows)
