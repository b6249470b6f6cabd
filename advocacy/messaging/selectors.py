"""Reading the outbox."""

import uuid
from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import QuerySet

from advocacy.messaging.models import OutgoingMail, UndoWindow
from advocacy.tenancy.models import Membership


def outgoing_mails() -> QuerySet[OutgoingMail]:
    """Every mail of the tenant, whatever became of it, latest due first."""
    return OutgoingMail.objects.select_related("sender__user").order_by("-due_at", "-id")


def mail_kinds() -> list[str]:
    """The kinds of mail the tenant has, for a filter."""
    kinds = OutgoingMail.objects.order_by("kind").values_list("kind", flat=True).distinct()
    return list(kinds)


def mail_names(ids: Collection[uuid.UUID]) -> Mapping[uuid.UUID, str]:
    """Subjects of mails, for the audit page."""
    return dict(OutgoingMail.objects.filter(pk__in=ids).values_list("pk", "subject"))


def taken_back(member: Membership, window_id: uuid.UUID) -> dict[str, Any]:
    """What a press of one's own kept that was taken back, as its service gave it to ``keep``; what
    was typed stands under ``typed``, by argument. Nothing once it is forgotten.
    """
    window = UndoWindow.objects.filter(pk=window_id, member=member, undone_at__isnull=False).first()
    return dict(window.journal["kept"]) if window else {}


def typed_in(member: Membership, window_id: uuid.UUID) -> dict[str, Any]:
    """Of :func:`taken_back` what was typed."""
    return dict(taken_back(member, window_id).get("typed", {}))
