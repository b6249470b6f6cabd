"""Whoever has not decided is reminded once before it is due (APR-1.a)."""

import uuid

from django.db import transaction

from activities.asset_approvals.lifecycle import StepState
from activities.asset_approvals.mails import REMINDER, ask_by_mail
from activities.asset_approvals.models import AssetApproval
from activities.asset_approvals.selectors import with_beside
from activities.assets.numbers import ContentNumbers
from advocacy import clock
from advocacy.tenancy.calendar import calendar_of
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import current_tenant_id
from advocacy.tenant_settings.reading import current


@transaction.atomic
def remind(tenant_id: uuid.UUID) -> None:
    """The schedule's handler. A second time the same day finds nobody left."""
    tenant = Tenant.objects.get(pk=current_tenant_id())
    soon = calendar_of(tenant).add_days(clock.now(), current(ContentNumbers).remind_days)
    rows = with_beside(AssetApproval.objects.filter(state=StepState.WAITING, reminded_at=None))
    due = rows.filter(due_at__lte=soon).select_for_update(skip_locked=True, of=("self",))
    for approval in due.order_by("id"):
        ask_by_mail(approval, kind=REMINDER)
        AssetApproval.objects.filter(pk=approval.pk).update(reminded_at=clock.now())
