"""Answers by mail in a browser: form, columns, facts."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.activities.forms import LocalDateTimeInput
from advocacy import clock
from advocacy.records.pages import RecordList, RecordPage
from advocacy.tenancy.models import Membership
from advocacy.web.forms import TenantModelForm
from advocacy.web.pickers import PickerField
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse
from requests.asks.choices import AskState
from requests.models import AskReply
from requests.replies.selectors import answerable_asks
from requests.requests.lists import request_tabs
from requests.requests.presentation import title_of


class AskPicker(PickerField):
    """An ask, by who was asked."""

    hint: ClassVar[str | Promise] = gettext_lazy("Search by who was asked, or their company")
    search_fields: ClassVar[Sequence[str]] = (
        "advocate__first_name",
        "advocate__last_name",
        "advocate__account__name",
    )

    def offered(self, membership: Membership) -> QuerySet[Any]:
        return answerable_asks(membership)

    def label_from_instance(self, row: Any) -> str:
        return str(row.advocate.name)

    def detail_of(self, row: Any) -> str:
        """For what, and where it stands."""
        return f"{title_of(row.request)} · {row.get_state_display()}"


class ReplyForm(TenantModelForm):
    """To which ask, what, when."""

    class Meta:
        model = AskReply
        fields = ("ask", "text", "received_at")
        field_classes: ClassVar[dict[str, Any]] = {"ask": AskPicker}
        widgets: ClassVar[dict[str, Any]] = {
            "text": forms.Textarea(attrs={"rows": 8}),
            "received_at": LocalDateTimeInput(),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["received_at"].required = False

    def clean_received_at(self) -> Any:
        """Left empty, it came just now."""
        return self.cleaned_data["received_at"] or clock.now()


class ReplyTable(Table):
    """Who wrote, about what, when."""

    columns: ClassVar[Sequence[Column]] = (
        Column(
            "who",
            gettext_lazy("Who wrote"),
            value="ask.advocate.name",
            sort="ask__advocate__last_name",
            url=lambda row, request: tenant_reverse(request, "ask-replies:detail", row.pk),
        ),
        Column("about", gettext_lazy("About"), value=lambda row: title_of(row.ask.request)),
        Column("text", gettext_lazy("What"), value=lambda row: _beginning(row.text), phone=False),
        Column(
            "received_at",
            gettext_lazy("When"),
            sort="received_at",
            template="components/cells/since.html",
        ),
        Column(
            "state", gettext_lazy("State"), sort="state", template="components/cells/state.html"
        ),
    )
    default_sort: ClassVar[str] = "-received_at"


def _beginning(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 80 else f"{line[:79].rstrip()}…"


def facts_of(reply: AskReply) -> list[tuple[Any, Any]]:
    """Names and values."""
    sender = f"{reply.from_name} <{reply.from_address}>" if reply.from_address else ""
    if reply.is_from_elsewhere:
        sender += " · " + _("not the address that was written to")
    facts: list[tuple[Any, Any]] = [
        (_("Who"), reply.ask.advocate.name),
        (_("Account"), reply.ask.advocate.account.name),
        (_("Asked for"), title_of(reply.ask.request)),
        (_("The ask"), reply.ask.get_state_display()),
        (_("When"), reply.received_at),
        (_("From"), sender.strip()),
        (_("What they wrote"), reply.text),
    ]
    if reply.whole and reply.whole != reply.text:
        facts.append((_("The whole mail"), reply.whole))
    return [*facts, (_("Kept by"), reply.recorded_by.name if reply.recorded_by else "")]


class ReplyList(RecordList):
    """Below the tabs of the requests."""

    abstract = True
    template_name = "requests/list.html"

    def get_context(self) -> dict[str, Any]:
        return {"tabs": request_tabs(self.request, self.membership, "replies")}


class ReplyPage(RecordPage):
    """What they wrote; while the ask waits, their answer is written down from here."""

    abstract = True
    template_name = "requests/reply.html"
    panel_template = "requests/reply_panel.html"

    def get_context(self) -> dict[str, Any]:
        reply: AskReply = self.row
        waits = reply.ask.state == AskState.SENT
        answer = tenant_reverse(self.request, "requests:answer-for", reply.ask_id)
        return {
            **super().get_context(),
            "answer_url": answer if waits else "",
            "request_url": tenant_reverse(self.request, "requests:detail", reply.ask.request_id),
        }
