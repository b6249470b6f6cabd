"""What erasing a person takes of mails and links, besides emptying their columns (GDPR-1)."""

import uuid
from collections.abc import Mapping
from typing import Any

from advocacy import clock
from advocacy.messaging.models import MailState, OutgoingMail, PersonalLink, UndoWindow
from advocacy.records.held import Keeper, Traces
from advocacy.tenancy.base import TenantModel

Found = Mapping[type[TenantModel], set[uuid.UUID]]


def _held(traces: Traces, found: Found) -> list[dict[str, Any]]:
    return []


def _forget(traces: Traces, found: Found) -> None:
    """Nothing that waits goes out, no link opens anything any more, and what a press changed when
    it wrote to them is not kept for taking it back.
    """
    mails = OutgoingMail.objects.filter(pk__in=found.get(OutgoingMail, ()))
    mails.filter(state__in=[MailState.QUEUED, MailState.FAILED]).update(state=MailState.CANCELLED)
    UndoWindow.objects.filter(pk__in=mails.values("window_id")).delete()
    PersonalLink.objects.filter(pk__in=found.get(PersonalLink, ()), revoked_at__isnull=True).update(
        revoked_at=clock.now()
    )


KEEPER = Keeper("messaging", _held, _forget)
