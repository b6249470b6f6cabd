"""Thanks from sales in the browser: written, looked at, held back (THX-5)."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.activities.models import Activity
from advocacy.records.pages import RecordForm, RecordPage
from advocacy.web import formatting as words
from advocacy.web.forms import TenantModelForm
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse
from advocates.people.disclosure import sees_everybody
from benefits.sales_thanks.lifecycle import SalesThanksState
from benefits.sales_thanks.models import SalesThanks
from benefits.sales_thanks.selectors import thankable
from benefits.sales_thanks.services import write_thanks


class _CallField(forms.ModelChoiceField):
    """One of the calls one asked for; without a name (VIS-1)."""

    def label_from_instance(self, activity: Any) -> str:
        day = words.day(activity.happened_at) if activity.happened_at else ""
        return ", ".join(part for part in (str(activity), day) if part)


class ThanksForm(TenantModelForm):
    """What for, and in what words."""

    activity = _CallField(
        label=gettext_lazy("What for?"),
        queryset=Activity.objects.none(),
        empty_label=None,
        error_messages={
            "invalid_choice": gettext_lazy(
                "Choose a call of yours that took place and that you have not thanked for."
            )
        },
    )

    class Meta:
        model = SalesThanks
        fields: ClassVar[Sequence[str]] = ("activity", "message")
        widgets: ClassVar[dict[str, Any]] = {
            "message": forms.Textarea(
                attrs={
                    "rows": 5,
                    "data-focus": True,
                    "placeholder": gettext_lazy("What their words changed for you"),
                }
            )
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "message": gettext_lazy(
                "The program puts the greeting and your name around it. It asks for nothing: no"
                " links, no attachments, no address; answers come to the program."
            )
        }


class WriteThanks(RecordForm):
    """Write to the advocate, whoever that is."""

    abstract = True
    submit_label = gettext_lazy("Add my thanks")
    subtitle = gettext_lazy(
        "Beside the thanks of whoever looks after them, who reads it first and may hold it back."
    )

    def get_title(self) -> str:
        return _("Thank the advocate in your own words")

    def get_form(self) -> Any:
        form = super().get_form()
        field = form.fields["activity"]
        field.queryset = thankable(self.membership)
        if not field.queryset.exists():
            field.help_text = _(
                "There is nothing to choose: no call you asked for has taken place, or you have"
                " added your thanks to each of them."
            )
        return form

    def get_context(self) -> dict[str, Any]:
        return {**super().get_context(), "page_subtitle": self.subtitle}

    def perform(self, form: Any) -> SalesThanks:
        uploads = self.request.FILES
        files = [str(each) for name in uploads for each in uploads.getlist(name)]
        return write_thanks(actor=self.actor, attachments=files, **form.cleaned_data)

    def get_success_message(self, result: SalesThanks) -> str:
        return _("Thank you. It goes out %(when)s unless it is held back.") % {
            "when": words.due(result.sends_at)
        }


class ThanksPage(RecordPage):
    """The words, and when they go; the advocate by name for who may know it."""

    abstract = True

    def get_title(self) -> str:
        return _("Thanks from %(name)s") % {"name": self.row.sender.name}

    def get_context(self) -> dict[str, Any]:
        found = super().get_context()
        row = self.row
        activity = row.activity
        named = sees_everybody(self.membership)
        to = (
            f"{activity.advocate.name}, {activity.advocate.account}" if named else _("the advocate")
        )
        found["facts"].insert(0, (_("To"), to))
        if self.membership.can("activities.view"):
            url = tenant_reverse(self.request, "activities:detail", activity.pk)
            found["crumbs"].append((url, str(activity)))
        return found


class ThanksTable(Table):
    """From whom, for what, when it goes."""

    columns: ClassVar[Sequence[Column]] = (
        Column(
            "activity",
            gettext_lazy("What for"),
            value=str,
            url=lambda row, request: tenant_reverse(request, "sales-thanks:detail", row.pk),
        ),
        Column("sender", gettext_lazy("From"), value="sender.name", sort="sender__user__name"),
        Column("message", gettext_lazy("Words"), phone=False),
        Column("written_at", gettext_lazy("Written"), sort="written_at"),
        Column(
            "state", gettext_lazy("State"), sort="state", template="components/cells/state.html"
        ),
    )
    default_sort: ClassVar[str] = "-written_at"


def facts_of(thanks: SalesThanks) -> list[tuple[Any, Any]]:
    """Names and values."""
    facts: list[tuple[Any, Any]] = [
        (_("What for"), str(thanks.activity)),
        (_("Words"), thanks.message),
        (_("Looked at by"), thanks.owner.name if thanks.owner else ""),
    ]
    if thanks.state == SalesThanksState.WAITING:
        facts.append((_("Goes out"), thanks.sends_at))
    if thanks.sent_at:
        facts.append((_("Went out"), thanks.sent_at))
    return facts
