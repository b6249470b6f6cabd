"""Connections in a browser: form, columns, facts."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.records.pages import RecordForm, RecordList
from advocacy.web.forms import TenantModelForm
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse
from reporting.chat.models import ChatConnection, ChatKind


class ChatForm(TenantModelForm):
    """Where, and its address."""

    address = forms.CharField(
        label=gettext_lazy("Address of the webhook"),
        max_length=1000,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy(
            "By e-mail there is none: what waits comes to your own address, with links that finish"
            " it. Slack: add “Incoming Webhooks” to your workspace, choose a channel that only you"
            " or people with your role read, and copy its webhook URL. Teams: in the channel choose"
            " Workflows → “Send webhook alerts to a channel”, and copy the address it shows. Names"
            " of advocates are posted as your Today shows them."
        ),
    )

    class Meta:
        model = ChatConnection
        fields = ("kind", "address", "name")


class ChatTable(Table):
    """Whose, where, and whether it takes anything."""

    columns: ClassVar[Sequence[Column]] = (
        Column(
            "name",
            gettext_lazy("Chat"),
            value=str,
            sort="name",
            url=lambda row, request: tenant_reverse(request, "chats:detail", row.pk),
        ),
        Column("member", gettext_lazy("Whose Today"), value="member.name", sort="member__user"),
        Column("kind", gettext_lazy("Where"), value="get_kind_display", sort="kind"),
        Column(
            "state", gettext_lazy("State"), sort="state", template="components/cells/state.html"
        ),
        Column(
            "posted_at",
            gettext_lazy("Last posted"),
            sort="posted_at",
            template="components/cells/since.html",
        ),
    )
    default_sort: ClassVar[str] = "name"


class ChatList(RecordList):
    """Below the settings."""

    abstract: ClassVar[bool] = True
    subtitle = gettext_lazy("What newly waits on your Today is posted there, in working hours.")

    def get_context(self) -> dict[str, Any]:
        url = tenant_reverse(self.request, "settings")
        return {**super().get_context(), "crumbs": [(url, _("Settings"))]}


class ChatRecordForm(RecordForm):
    """Connecting."""

    abstract: ClassVar[bool] = True
    submit_label = gettext_lazy("Connect")

    def get_success_message(self, result: Any) -> str:
        if result.kind == ChatKind.MAIL:
            return _("What waits for you comes by mail, in working hours.")
        return _("Connected: a first message stands there.")


def facts_of(connection: ChatConnection) -> list[tuple[Any, Any]]:
    """Names and values; of the address its host and its end."""
    return [
        (_("Whose Today"), connection.member.name),
        (_("Where"), connection.get_kind_display()),
        (_("Address"), connection.shown),
        (_("Last posted"), connection.posted_at),
        (_("What it said"), connection.problem),
    ]
