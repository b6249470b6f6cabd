"""What could not be done by itself and waits for somebody to look (BAD-2)."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from advocacy.events.presentation import subjects_of
from advocacy.tenancy import stuck
from advocacy.tenancy.models import Membership, StuckWork
from advocacy.web.queue import QueueRow, key_of
from advocacy.web.urls import tenant_reverse


def waiting_to_be_tried(membership: Membership) -> QuerySet[StuckWork]:
    """Everything given up, for whoever runs the program."""
    if not membership.can("mail.retry"):
        return StuckWork.objects.none()
    return stuck.given_up().annotate(due=F("failed_at"))


def to_try_again(membership: Membership, pks: Collection[UUID]) -> list[QueueRow]:
    """Look what is wrong, and try again."""
    rows = list(waiting_to_be_tried(membership).filter(pk__in=pks))
    about = subjects_of(rows)
    page = tenant_reverse(membership.tenant, "stuck")
    return [
        QueueRow(
            id=key_of("stuck", row.pk),
            kind="stuck",
            icon="alert-triangle",
            tone="danger",
            title=_("%(work)s failed: %(about)s")
            % {
                "work": stuck.label_of(row.work),
                "about": about[row.subject_id].name or about[row.subject_id].kind,
            },
            why=row.error,
            url=page,
            due=row.due,  # type: ignore[attr-defined]
            action=(
                _("Try again"),
                tenant_reverse(membership.tenant, "stuck-retry", row.pk),
                "post",
            ),
        )
        for row in rows
    ]
