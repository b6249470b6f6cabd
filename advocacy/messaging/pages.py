"""Settings → Mail log."""

from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy

from advocacy.events import presentation
from advocacy.messaging.models import OutgoingMail, UndoWindow
from advocacy.messaging.returns import return_mail
from advocacy.messaging.selectors import outgoing_mails
from advocacy.messaging.services import retry_mail
from advocacy.messaging.tables import MailFilter, MailTable, kind_words
from advocacy.messaging.undo import undo_press
from advocacy.records.undoing import form_of
from advocacy.tenancy.errors import DomainError
from advocacy.web.http import go_on, key_of
from advocacy.web.undoing import PRESS
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import (
    ANY_MEMBER,
    ActionView,
    BulkAction,
    EachRow,
    ListPage,
    MemberView,
)

#: As many as a list's button sends at once.
_MOST_UNDONE = 200


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


class UndoPress(ActionView):
    """Take back what one has just sent; the toast's button. ``ids`` are the presses."""

    permission = ANY_MEMBER

    def perform(self) -> list[UndoWindow]:
        """All of them; when one cannot be taken back, it is said and the others are."""
        wanted = [key for text in self.request.POST.getlist("ids") if (key := key_of(text))]
        undone, refusals = [], []
        for key in wanted[:_MOST_UNDONE]:
            try:
                undone.append(undo_press(actor=self.actor, window_id=key))
            except DomainError as error:
                refusals.append(error)
        if refusals and not undone:
            raise refusals[0]
        if not undone:
            raise DomainError(_now("There is nothing to take back."), code="undo_over")
        self.refused_ones = len(refusals)
        return undone

    def get_success_message(self, result: list[UndoWindow]) -> str:
        if self.refused_ones:
            count = self.refused_ones
            return ngettext(
                "Taken back, but %(n)d had left already.",
                "Taken back, but %(n)d had left already.",
                count,
            ) % {"n": count}
        return _now("Taken back. Nothing was sent.")

    def get_success_url(self, result: list[UndoWindow]) -> str:
        """The form it was sent from, as it was typed, else the page of what it was about."""
        if form := self._form(result):
            return form
        about = presentation.subjects_of(result[:1])[result[0].subject_id]
        if about.url_name and self.membership.can(about.action):
            return tenant_reverse(self.request, about.url_name, about.id)
        return tenant_reverse(self.request, "today")

    def done(self, result: list[UndoWindow], message: str) -> HttpResponse:
        """The panel goes back to the form as well, and not on to the row that follows."""
        if not self._form(result):
            return super().done(result, message)
        return go_on(self.request, self.get_success_url(result), message, then="again")

    def _form(self, result: list[UndoWindow]) -> str:
        form = form_of(result[0].key) if len(result) == 1 else ""
        if not form:
            return ""
        address = tenant_reverse(self.request, form, result[0].subject_id)
        return f"{address}?{PRESS}={result[0].pk}"


class MailReturned(ActionView, _OneMail):
    """Somebody saw the mail come back."""

    permission = "mail.retry"
    nav_item = "settings"
    success_message = _("It counts as not delivered.")

    def perform(self) -> OutgoingMail:
        return return_mail(actor=self.actor, mail=self.mail)

    def get_success_url(self, result: OutgoingMail) -> str:
        return tenant_reverse(self.request, "mail-entry", result.pk)
