"""Enablement in the browser: the texts, one's own progress, and who has completed what (ENB-1)."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.http import Http404, HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.records.pages import OfResource, RecordForm, RecordList, RecordPage
from advocacy.tenancy.models import Membership
from advocacy.web.forms import TenantModelForm
from advocacy.web.markdown import rendered
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import ActionView, DetailPage
from advocacy.web.views.base import ANY_MEMBER, PageAction
from advocates.enablement import selectors, services
from advocates.enablement.models import Audience, Material


class MaterialForm(TenantModelForm):
    """For whom, what it is called, what it says."""

    class Meta:
        model = Material
        fields: ClassVar[Sequence[str]] = ("audience", "title", "body")
        widgets: ClassVar[dict[str, Any]] = {"body": forms.Textarea(attrs={"rows": 24})}


def progress_of(row: Any) -> str:
    """Whether the reader has read it: "read", "a new version", or nothing."""
    if row.read_version is None:
        return _("not read yet")
    return _("read") if row.read_version == row.version else _("there is a new version")


class MaterialTable(Table):
    """What, for whom, and how far one is."""

    columns: ClassVar[Sequence[Column]] = (
        Column(
            "title",
            gettext_lazy("Text"),
            sort="title",
            url=lambda row, request: tenant_reverse(request, "enablement:detail", row.pk),
        ),
        Column("audience", gettext_lazy("For whom"), value="get_audience_display", sort="audience"),
        Column("progress", gettext_lazy("You"), value=progress_of),
        Column("changed_at", gettext_lazy("Written"), sort="changed_at", phone=False),
        Column("version", gettext_lazy("Version"), sort="version", align="end", phone=False),
    )
    default_sort: ClassVar[str] = "audience"


class Materials(RecordList):
    """Every text."""

    abstract = True

    def get_header_actions(self) -> list[PageAction]:
        found = super().get_header_actions()
        if self.membership.can("settings.rules"):
            found.insert(0, PageAction(_("Who has read what"), self.url("team"), "users-group"))
        return found


class MaterialPage(RecordPage):
    """One text to read, and the press that says one has."""

    abstract = True
    template_name = "advocates/enablement/material.html"
    panel_template = "advocates/enablement/panel.html"

    def get_context(self) -> dict[str, Any]:
        row = self.row
        asked = self.request.GET.get("version", "")
        old = None
        if asked.isdecimal() and len(asked) < 6:
            old = row.versions.filter(number=int(asked)).first()
            if old is None:
                raise Http404
        return {
            **super().get_context(),
            "html": rendered(old.body if old else row.body),
            "old": old,
            "is_read": row.read_version == row.version,
            "is_new_version": row.read_version is not None and row.read_version < row.version,
            "complete_url": self.url("complete", row.pk),
            "version": row.version,
            "earlier": list(selectors.versions_of(row)),
        }


class WriteMaterial(RecordForm):
    """Write it, or write it anew: everybody is asked to read the new version."""

    abstract = True

    def get_context(self) -> dict[str, Any]:
        return {
            **super().get_context(),
            "page_subtitle": _("A new version asks everybody again; the earlier ones are kept."),
        }


class Complete(OfResource, ActionView):
    """I have read it."""

    permission = ANY_MEMBER
    nav_item = "settings"
    success_message = gettext_lazy("Noted. You are asked again when there is a new version.")

    @cached_property
    def row(self) -> Material:
        found = selectors.listed_materials(self.membership).filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404
        return found

    def perform(self) -> Material:
        # What stood on the page that was read, not what may have been written since.
        given = self.request.POST.get("version", "")
        version = int(given) if given.isdecimal() and len(given) < 6 else 0
        services.complete_material(actor=self.actor, material=self.row, version=version)
        return self.row

    def get_success_url(self, result: Material) -> str:
        return tenant_reverse(self.request, "enablement:detail", result.pk)


class Offered(DetailPage):
    """The few texts that are offered where something is about to be done, in the side panel."""

    permission = ANY_MEMBER
    nav_item = "settings"
    template_name = "advocates/enablement/offered.html"
    panel_template = "advocates/enablement/offered_panel.html"
    title = gettext_lazy("Good to know")

    def get_object(self) -> list[Material]:
        audience = self.kwargs["audience"]
        if audience not in Audience.values:
            raise Http404
        return list(selectors.offered(self.membership, audience))

    def get_context(self) -> dict[str, Any]:
        texts = [(row, rendered(row.body), progress_of(row)) for row in self.object]
        return {
            "texts": texts,
            "crumbs": [(tenant_reverse(self.request, "enablement:list"), _("Enablement"))],
            "page_subtitle": _("Two minutes each. Open what you need, and tick what you know."),
        }


class TeamPage(DetailPage):
    """Who has completed what, by team (ENB-1)."""

    permission = "settings.rules"
    nav_item = "settings"
    template_name = "advocates/enablement/team.html"
    title = gettext_lazy("Who has read what")

    def get_object(self) -> list[selectors.Team]:
        return selectors.teams()

    def get_context(self) -> dict[str, Any]:
        tables = []
        for team in self.object:
            rows = [
                (reader, [_cell(text, reader.read.get(text.pk)) for text in team.materials])
                for reader in team.readers
            ]
            tables.append((team, rows))
        return {
            "teams": tables,
            "crumbs": [(tenant_reverse(self.request, "enablement:list"), _("Enablement"))],
            "page_subtitle": _("Who has read the version of now, an earlier one, or none."),
        }


def _cell(text: Material, read: tuple[int, Any] | None) -> dict[str, Any]:
    if read is None:
        return {"state": "open"}
    return {"state": "done" if read[0] == text.version else "earlier", "at": read[1]}


def offer(request: HttpRequest, membership: Membership, audience: str) -> dict[str, Any]:
    """What a form shows beside its title: a quiet link, with how much is new to the reader."""
    return {
        "guide_url": tenant_reverse(request, "enablement:offered", audience),
        "guide_new": selectors.unread_count(membership, audience),
    }
