"""Settings → Mail log."""

from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from advocacy.messaging.models import OutgoingMail
from advocacy.messaging.returns import return_mail
from advocacy.messaging.selectors import outgoing_mails
from advocacy.messaging.services import retry_mail
from advocacy.messaging.tables import MailFilter, MailTable, kind_words
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import ActionView, BulkAction, EachRow, ListPage, MemberView


class MailLog(ListPage):
    """Every mail that left or is to leave, and what became of it."""

    permission = "audit.view"
    nav_item = "settings"
    title = _("Mail log")
    answer = ngettext_lazy("%(count)s mail was written", "%(count)s mails were written", "n")
    subtitle = _("Every mail this program sends, when it is due and what became of it.")
    table = MailTable
    filterset = MailFilter
    bulk_actions = (BulkAction(_("Send again"), "mail-retry-many", "mail.retry", "refresh"),)
    empty_title = _("No mail yet")
    empty_text = _("Invitations, asks, reminders and thank-yous appear here as they are written.")
    empty_icon = "mail"

    def get_queryset(self) -> QuerySet[OutgoingMail]:
        return outgoing_mails()


class _OneMail(MemberView):
    """A page about one mail of the log."""

    abstract = True

    @cached_property
    def mail(self) -> OutgoingMail:
        """The mail the address names, else 404."""
        pk: UUID = self.kwargs["pk"]
        return get_object_or_404(outgoing_mails(), pk=pk)


class MailEntry(_OneMail):
    """One mail with its text. Placeholders stay unfilled: no link that works is ever shown."""

    permission = "audit.view"
    nav_item = "settings"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page."""
        context = {
            "page_title": self.mail.subject,
            "crumbs": [(tenant_reverse(request, "mail-log"), MailLog.title)],
            "mail": self.mail,
            "kind": kind_words(self.mail.kind),
        }
        return render(request, "messaging/entry.html", context)


class MailRetry(ActionView, _OneMail):
    """Send a failed mail again."""

    permission = "mail.retry"
    nav_item = "settings"
    success_message = _("The mail goes out again.")

    def perform(self) -> OutgoingMail:
        return retry_mail(actor=self.actor, mail=self.mail)

    def get_success_url(self, result: OutgoingMail) -> str:
        """The mail's page, which shows what becomes of it."""
        return tenant_reverse(self.request, "mail-entry", result.pk)


class MailRetryMany(EachRow):
    """Send several failed mails again."""

    permission = "mail.retry"
    nav_item = "settings"
    list_page = MailLog
    home = "mail-log"
    label = _("Send again")
    service = retry_mail
    subject_name = "mail"


class MailReturned(ActionView, _OneMail):
    """Somebody saw the mail come back."""

    permission = "mail.retry"
    nav_item = "settings"
    success_message = _("It counts as not delivered.")

    def perform(self) -> OutgoingMail:
        return return_mail(actor=self.actor, mail=self.mail)

    def get_success_url(self, result: OutgoingMail) -> str:
        return tenant_reverse(self.request, "mail-entry", result.pk)
