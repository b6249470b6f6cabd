"""Approvals of content in the browser (APR-1)."""

from collections.abc import Sequence
from typing import Any, ClassVar

import django_filters
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.asset_approvals.lifecycle import OUTSIDE, StepKind, StepState
from activities.asset_approvals.models import AssetApproval
from activities.asset_approvals.selectors import text_before, words_decided
from activities.asset_files.presentation import player_of
from activities.assets.differences import Piece, differences
from activities.assets.models import Asset
from activities.assets.words import parts_of, text_of
from advocacy.files.models import StoredFile
from advocacy.files.selectors import ready_file
from advocacy.records.pages import MoveForm, RecordForm, RecordPage
from advocacy.records.tabs import TabbedList
from advocacy.web.filters import FilterSet
from advocacy.web.forms import TenantModelForm
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse
from advocates.forms import ColleagueField


class PlanForm(TenantModelForm):
    """Who decides, in which order."""

    assignee = ColleagueField(
        label=gettext_lazy("Who decides"),
        empty_label=gettext_lazy("Whoever is usual for it"),
        help_text=gettext_lazy("While they are away, who stands in for them is asked."),
    )

    class Meta:
        model = AssetApproval
        fields: ClassVar[Any] = (
            *("asset", "step", "position", "assignee"),
            *("contact_name", "contact_email", "days"),
        )
        widgets: ClassVar[dict[str, Any]] = {"asset": forms.HiddenInput()}
        help_texts: ClassVar[dict[str, Any]] = {
            "position": gettext_lazy(
                "Steps of one place are asked at once, those of the next when all of them said yes."
            ),
            "contact_name": gettext_lazy("Of the customer's step: who there says yes."),
            "contact_email": gettext_lazy(
                "They decide on a link. Empty: whoever decides above asks them, and records it."
            ),
            "days": gettext_lazy("Empty for the usual time."),
        }


class DecideForm(TenantModelForm):
    """A word with it; the version that was read goes along."""

    number = forms.IntegerField(required=False, widget=forms.HiddenInput())

    class Meta:
        model = AssetApproval
        fields = ("comment",)
        labels: ClassVar[dict[str, Any]] = {"comment": gettext_lazy("Comment")}
        help_texts: ClassVar[dict[str, Any]] = {
            "comment": gettext_lazy(
                "Where somebody at the customer decided: in which mail or call, on which day."
            )
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["number"] = self.instance.number


class RefuseForm(DecideForm):
    """What should be different."""

    class Meta(DecideForm.Meta):
        labels: ClassVar[dict[str, Any]] = {"comment": gettext_lazy("What should be different?")}
        help_texts: ClassVar[dict[str, Any]] = {
            "comment": gettext_lazy("Whoever sees to the text reads it and changes it.")
        }


class HandOverForm(TenantModelForm):
    """To whom."""

    assignee = ColleagueField(label=gettext_lazy("Who decides"), required=True)

    class Meta:
        model = AssetApproval
        fields = ("assignee",)


class ApprovalFilter(FilterSet):
    """How far, and for whom."""

    state = django_filters.ChoiceFilter(choices=StepState.choices, label=gettext_lazy("State"))
    step = django_filters.ChoiceFilter(choices=StepKind.choices, label=gettext_lazy("For whom"))

    search_fields = ("asset__title",)

    class Meta:
        model = AssetApproval
        fields: ClassVar[list[str]] = []


class ApprovalTable(Table):
    """Of what, for whom, who decides, by when."""

    columns: ClassVar[Sequence[Column]] = (
        Column(
            "asset",
            gettext_lazy("Piece"),
            value="asset.title",
            sort="asset__title",
            url=lambda row, request: tenant_reverse(request, "asset-approvals:detail", row.pk),
        ),
        Column("step", gettext_lazy("For whom"), value="get_step_display", sort="step"),
        Column("who", gettext_lazy("Who decides"), value="who", phone=False),
        Column("number", gettext_lazy("Version"), sort="number", align="end", hidden=True),
        Column("due_at", gettext_lazy("Due"), sort="due_at"),
        Column("created_at", gettext_lazy("Planned"), sort="created_at", hidden=True),
        Column(
            "state", gettext_lazy("State"), sort="state", template="components/cells/state.html"
        ),
    )
    default_sort: ClassVar[str] = "-created_at"


class ApprovalList(TabbedList):
    """Those a member may see."""

    abstract: ClassVar[bool] = True
    subtitle = gettext_lazy("Who says yes to which text before it is published.")

    def get_header_actions(self) -> list[Any]:
        # A step is planned on the page of its piece.
        return []


class ApprovalPage(RecordPage):
    """One step: the exact text, and what changed since their last look (APR-1.c)."""

    abstract: ClassVar[bool] = True
    template_name: ClassVar[str] = "activities/asset_approvals/detail.html"
    panel_template: ClassVar[str] = "activities/asset_approvals/panel.html"

    def get_title(self) -> str:
        return str(self.row.asset.title)

    def get_context(self) -> dict[str, Any]:
        found = super().get_context()
        if self.membership.can("assets.edit"):
            url = tenant_reverse(self.request, "assets:detail", self.row.asset_id)
            found["crumbs"].append((url, self.row.asset.title))
        file = file_of(self.row)
        url = tenant_reverse(self.request, "asset-file", file.pk) if file else ""
        return {**found, **text_words(self.row), "player": player_of(file, url)}


def text_words(approval: AssetApproval) -> dict[str, Any]:
    """The exact text, and what changed in it."""
    shown = words_decided(approval)
    return {"shown": shown, "parts": parts_of(shown), "pieces": changes_of(approval)}


def file_of(approval: AssetApproval) -> StoredFile | None:
    """The file that they are asked about, as long as the piece is that file."""
    shown, asset = words_decided(approval), approval.asset
    if shown.file_sha256 != asset.file_sha256:
        return None
    return ready_file(asset.pk, asset.file_sha256)


def changes_of(approval: AssetApproval) -> list[Piece]:
    """Since they looked at it last; nothing at the first look, or where nothing changed."""
    before, now = text_before(approval), text_of(words_decided(approval))
    return differences(before, now) if before and before != now else []


class PlanStep(RecordForm):
    """Plan a step, on the way from its piece; or change it."""

    abstract: ClassVar[bool] = True

    def get_form(self) -> Any:
        form: Any = super().get_form()
        form.fields["asset"].queryset = Asset.objects.select_related("advocate__account")
        if "pk" in self.kwargs:
            del form.fields["asset"]
        return form

    def get_success_url(self, result: Any) -> str:
        """Back to the piece."""
        return tenant_reverse(self.request, "assets:detail", result.asset_id)


class Decide(MoveForm):
    """Say yes."""

    abstract: ClassVar[bool] = True
    form_class = DecideForm


class Refuse(MoveForm):
    """Say no, and why."""

    abstract: ClassVar[bool] = True
    form_class = RefuseForm


class HandOver(MoveForm):
    """Let a colleague decide."""

    abstract: ClassVar[bool] = True
    form_class = HandOverForm


def about_of(approval: AssetApproval) -> str:
    """What it is, and for whom somebody decides."""
    what, step = approval.asset.get_kind_display(), approval.get_step_display()
    return _("%(what)s · %(step)s") % {"what": what, "step": step}


def facts_of(approval: AssetApproval) -> list[tuple[Any, Any]]:
    """Names and values."""
    by = approval.decided_by.name if approval.decided_by else ""
    if approval.decided_at is not None and not by and approval.step in OUTSIDE:
        by = approval.who
    shown = words_decided(approval)
    facts: list[tuple[Any, Any]] = [
        (_("Who speaks"), shown.attribution),
        (_("Link"), shown.url),
        (_("Who decides"), approval.who),
        (_("Due"), approval.due_at),
        (_("Version"), approval.number),
        (_("Decided"), approval.decided_at),
        (_("By whom"), by),
        (_("Comment"), approval.comment),
    ]
    return [(label, value) for label, value in facts if value not in ("", None)]
