"""The mail log's columns and filters."""

import django_filters
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from advocacy.messaging.models import MailState, OutgoingMail
from advocacy.messaging.selectors import mail_kinds
from advocacy.web.filters import FilterSet
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse


def _entry(mail: OutgoingMail, request: HttpRequest) -> str:
    return tenant_reverse(request, "mail-entry", mail.pk)


def kind_words(kind: str) -> str:
    """A kind as people read it: "thanks_reminder" is "Thanks reminder"."""
    return kind.replace("_", " ").replace(".", " ").replace("-", " ").capitalize()


def _kinds() -> list[tuple[str, str]]:
    return [(kind, kind_words(kind)) for kind in mail_kinds()]


class MailTable(Table):
    """Outgoing mails."""

    columns = (
        Column("subject", _("Subject"), url=_entry, sort="subject"),
        Column("to_email", _("To"), sort="to_email"),
        Column("kind", _("Kind"), value=lambda mail: kind_words(mail.kind), sort="kind"),
        Column("state", _("State"), sort="state", template="messaging/state_cell.html"),
        Column("due_at", _("Due"), sort="due_at", template="messaging/when_cell.html"),
        Column("sent_at", _("Sent"), sort="sent_at", template="messaging/when_cell.html"),
        Column("attempts", _("Attempts"), sort="attempts", align="end", phone=False),
        Column("error", _("Last problem"), phone=False),
    )
    default_sort = "-due_at"
    row_template = "messaging/retry_cell.html"


class MailFilter(FilterSet):
    """By what became of it, its kind, and words."""

    search_fields = ("subject", "to_email", "to_name")

    state = django_filters.ChoiceFilter(label=_("State"), choices=MailState.choices)
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=_kinds)
