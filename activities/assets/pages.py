"""Content in the browser: the library, a piece, its versions (AST-1, AST-2)."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.asset_approvals.selectors import may_open, steps_of
from activities.asset_files.pages import files_card
from activities.assets.access import may_edit, permit_edit
from activities.assets.differences import differences
from activities.assets.duties import duty_lines
from activities.assets.forms import AskForm, ConfirmForm, PublishForm, StandingForm
from activities.assets.lifecycle import AssetState
from activities.assets.models import Asset, AssetVersion
from activities.assets.openings import usual_questions
from activities.assets.presentation import (
    answers_of,
    check_of,
    check_words,
    facts_for,
    fresh_words,
    notes_of,
    used_words,
)
from activities.assets.selectors import (
    derived_of,
    is_shelved,
    listed_assets,
    sees_workshop,
    version_before,
    versions_of,
)
from activities.assets.standing import draft_of, tell_standing
from activities.assets.times import is_unpublished
from activities.assets.words import has_text, parts_of, text_of
from activities.distribution.beside import plans_of
from activities.duties.selectors import for_viewer
from activities.transcripts.card import said_in
from advocacy.records.pages import MoveForm, RecordForm, RecordList, RecordPage
from advocacy.records.tabs import TabbedList
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import FormPage
from advocates.panels import panels_for


class AssetTable(Table):
    """What, how far, how fresh, how good."""

    columns: ClassVar[Sequence[Column]] = (
        Column(
            "title",
            gettext_lazy("Title"),
            sort="title",
            url=lambda row, request: tenant_reverse(request, "assets:detail", row.pk),
        ),
        Column("kind", gettext_lazy("Kind"), value="get_kind_display", sort="kind"),
        Column("attribution", gettext_lazy("Who speaks"), sort="attribution", phone=False),
        Column("topic", gettext_lazy("Topic"), sort="topic", hidden=True),
        Column("check", gettext_lazy("Check"), value=check_words, sort="is_good", phone=False),
        Column(
            "fresh",
            gettext_lazy("Freshness"),
            value=fresh_words,
            sort="confirmed_at",
            phone=False,
        ),
        Column(
            "used",
            gettext_lazy("Used"),
            value=used_words,
            sort="use_count",
            export=lambda row: row.use_count,
            phone=False,
        ),
        Column("published_at", gettext_lazy("Published"), sort="published_at", hidden=True),
        Column("updated_at", gettext_lazy("Last changed"), sort="updated_at", hidden=True),
        Column(
            "state", gettext_lazy("State"), sort="state", template="components/cells/state.html"
        ),
    )
    default_sort: ClassVar[str] = "-updated_at"


class AssetList(TabbedList):
    """The library, and the workshop behind it."""

    abstract: ClassVar[bool] = True
    subtitle = gettext_lazy("What customers say about us, exactly as they approved it.")


class AssetPage(RecordPage):
    """One piece: its text, what is missing, who approves it, its versions."""

    abstract: ClassVar[bool] = True
    template_name: ClassVar[str] = "activities/assets/detail.html"
    panel_template: ClassVar[str] = "activities/assets/panel.html"

    def get_context(self) -> dict[str, Any]:
        asset, inside = self.row, sees_workshop(self.membership)
        found = super().get_context()
        if not inside:
            # Who did what to it names who it is (VIS-1).
            found["happened"] = []
        may = may_edit(self.membership, asset)
        plannable = (AssetState.DRAFT, AssetState.REVIEW, AssetState.APPROVALS)
        plan_url = tenant_reverse(self.request, "asset-approvals:new")
        standing_url = tenant_reverse(self.request, "assets:tell-standing", asset.pk)
        return {
            **found,
            "facts": facts_for(asset, self.membership),
            "parts": parts_of(asset),
            "copied": text_of(asset) if is_shelved(asset) else "",
            "made_of": listed_assets(self.membership).filter(pk=asset.origin_id).first()
            if asset.origin_id
            else None,
            "derived": list(derived_of(asset, self.membership)[:20]),
            "panels": panels_for("asset", asset, self.membership),
            "check": check_of(asset),
            "inside": inside,
            "said_in": said_in(asset, self.membership),
            "notes": notes_of(asset) if inside else [],
            "answers": answers_of(asset) if inside else [],
            "steps": [(step, may_open(self.membership, step)) for step in steps_of(asset)]
            if inside
            else [],
            "duties": for_viewer(duty_lines(asset), self.membership) if inside else [],
            "versions": versions_of(asset) if inside else [],
            **files_card(self.request, asset, inside=inside, may=may),
            **plans_of(self.request, asset, inside=inside, may=may),
            "standing_url": standing_url if may and is_unpublished(asset) else "",
            "plan_url": f"{plan_url}?asset={asset.pk}" if may and asset.state in plannable else "",
        }


class WriteAsset(RecordForm):
    """Begin a piece, or change it."""

    abstract: ClassVar[bool] = True

    def get_form(self) -> Any:
        form: Any = super().get_form()
        if "pk" in self.kwargs and not self.row.body and any(self.row.answers):
            form.initial["body"] = from_answers(self.row)
        return form

    def get_context(self) -> dict[str, Any]:
        found = super().get_context()
        if "pk" in self.kwargs and self.row.state != AssetState.DRAFT:
            found["page_subtitle"] = _(
                "Whatever you change of the text is confirmed and approved anew; until then it is a"
                " draft again."
            )
        return found


def from_answers(asset: Any) -> str:
    """Answers as the beginning of a text: word for word, each as a paragraph."""
    return "\n\n".join(answer for answer in asset.answers if answer.strip())


class Ask(MoveForm):
    """What the advocate is asked; the playbook's prompts where nothing was asked before."""

    abstract: ClassVar[bool] = True
    form_class = AskForm

    def get_initial(self) -> dict[str, Any]:
        asset = self.row
        if asset.questions or has_text(asset):
            return {"questions": asset.questions}
        return {"questions": usual_questions(asset.activity, asset.kind)}


class TellStanding(FormPage):
    """A message to who gave the words, drafted in their language (AST-3.a)."""

    permission: ClassVar[str] = "assets.edit"
    nav_item: ClassVar[str] = "content"
    form_class = StandingForm
    submit_label = gettext_lazy("Send")
    success_message = gettext_lazy("On its way. The piece stays flagged until it is published.")

    @cached_property
    def asset(self) -> Asset:
        """The piece in the address."""
        found = listed_assets(self.membership).filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404
        return found

    def get_title(self) -> str:
        words = {"name": self.asset.advocate.name, "title": self.asset.title}
        return _("Tell %(name)s where “%(title)s” stands") % words

    def get_context(self) -> dict[str, Any]:
        listed = tenant_reverse(self.request, "assets:list")
        return {"crumbs": [(listed, _("Content")), (self.get_cancel_url(), self.asset.title)]}

    def get_form(self) -> Any:
        if self.request.method == "GET":
            permit_edit(self.actor, self.asset)
        return super().get_form()

    def get_initial(self) -> dict[str, Any]:
        subject, message = draft_of(self.asset, self.membership)
        return {"subject": subject, "message": message}

    def get_cancel_url(self) -> str:
        return tenant_reverse(self.request, "assets:detail", self.asset.pk)

    def get_success_url(self, result: Any) -> str:
        return self.get_cancel_url()

    def perform(self, form: Any) -> Any:
        return tell_standing(actor=self.actor, asset=self.asset, **form.cleaned_data)


class Publish(MoveForm):
    """Where it can be seen."""

    abstract: ClassVar[bool] = True
    form_class = PublishForm


class Confirm(MoveForm):
    """How they said so."""

    abstract: ClassVar[bool] = True
    form_class = ConfirmForm


def writer_of(version: AssetVersion) -> str:
    """Who left the words like this."""
    if version.by_advocate:
        return version.asset.advocate.name
    return version.written_by.name if version.written_by else _("the program")


class VersionTable(Table):
    """Of what, by whom, when."""

    columns: ClassVar[Sequence[Column]] = (
        Column(
            "title",
            gettext_lazy("Title"),
            sort="title",
            url=lambda row, request: tenant_reverse(request, "asset-versions:detail", row.pk),
        ),
        Column("number", gettext_lazy("Version"), sort="number", align="end"),
        Column("by", gettext_lazy("Written by"), value=writer_of),
        Column("written_at", gettext_lazy("Written"), sort="written_at"),
    )
    default_sort: ClassVar[str] = "-written_at"


class VersionList(RecordList):
    """Of every piece a member works on."""

    abstract: ClassVar[bool] = True

    def get_context(self) -> dict[str, Any]:
        url = tenant_reverse(self.request, "assets:list")
        return {**super().get_context(), "crumbs": [(url, _("Content"))]}


def version_facts(version: AssetVersion) -> list[tuple[Any, Any]]:
    """Names and values."""
    return [
        (_("Version"), version.number),
        (_("Written by"), writer_of(version)),
        (_("Written"), version.written_at),
        (_("Fingerprint"), version.digest),
    ]


class VersionPage(RecordPage):
    """One version, and what it changed word by word."""

    abstract: ClassVar[bool] = True
    template_name: ClassVar[str] = "activities/assets/version.html"
    panel_template: ClassVar[str] = "activities/assets/version_panel.html"

    def get_context(self) -> dict[str, Any]:
        version, before = self.row, version_before(self.row)
        found = super().get_context()
        url = tenant_reverse(self.request, "assets:detail", version.asset_id)
        title = tenant_reverse(self.request, "assets:list")
        return {
            **found,
            "crumbs": [(title, _("Content")), (url, version.asset.title)],
            "parts": parts_of(version),
            "before": before,
            "pieces": differences(text_of(before), text_of(version)) if before else [],
        }
