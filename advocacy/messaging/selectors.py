"""Reading the outbox."""

import uuid
from collections.abc import Collection, Mapping

from django.db.models import QuerySet

from advocacy.messaging.models import OutgoingMail


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
