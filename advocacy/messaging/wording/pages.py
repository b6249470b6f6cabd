"""Texts of mails in the browser: which there are, one's own, the preview (MSG-1)."""

from collections.abc import Sequence
from typing import Any, ClassVar
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from advocacy.messaging.models import MailTemplate
from advocacy.messaging.wording.checks import problem_of
from advocacy.messaging.wording.kinds import Kind, every_kind, kind_of
from advocacy.messaging.wording.previews import latest_preview, preview
from advocacy.messaging.wording.text import Written
from advocacy.records.pages import RecordForm, RecordList, RecordPage
from advocacy.tenancy.models import Membership
from advocacy.web.forms import TenantModelForm
from advocacy.web.http import is_for
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import MemberView
from advocacy.web.views.base import PageAction


def listed_templates(membership: Membership) -> QuerySet[MailTemplate]:
    """The tenant's own texts."""
    return MailTemplate.objects.all()


def _kinds() -> list[tuple[str, Any]]:
    return [(kind.code, kind.title) for kind in every_kind()]


class TemplateForm(TenantModelForm):
    """Which mail, in which language, and what it says."""

    kind = forms.ChoiceField(label=gettext_lazy("Mail"), choices=_kinds)

    class Meta:
        model = MailTemplate
        fields: ClassVar[Sequence[str]] = ("kind", "language", "subject", "text")
        widgets: ClassVar[dict[str, Any]] = {"text": forms.Textarea(attrs={"rows": 16})}


class TemplateTable(Table):
    """Which mail, in which language, and whose text goes out."""

    columns: ClassVar[Sequence[Column]] = (
        Column(
            "kind",
            gettext_lazy("Mail"),
            value=str,
            sort="kind",
            url=lambda row, request: tenant_reverse(request, "mail-templates:detail", row.pk),
        ),
        Column(
            "state",
            gettext_lazy("State"),
            sort="state",
            template="components/cells/state.html",
        ),
        Column("version", gettext_lazy("Version"), sort="version", align="end", phone=False),
        Column("changed_at", gettext_lazy("Written"), sort="changed_at", phone=False),
    )
    default_sort: ClassVar[str] = "kind"


def facts_of(row: MailTemplate) -> list[tuple[Any, Any]]:
    """When it goes out, what it says, and what stands where."""
    kind = kind_of(row.kind)
    return [
        (_("Goes out"), kind.when if kind else ""),
        (_("Subject"), row.subject),
        (_("Version"), row.version),
    ]


class Templates(RecordList):
    """Every mail that can be written anew, a language each, and the tenant's own texts."""

    abstract = True
    template_name = "messaging/wording/list.html"

    def get_context(self) -> dict[str, Any]:
        own = {(row.kind, row.language): row for row in listed_templates(self.membership)}
        return {"kinds": [(kind, self._ways(kind, own)) for kind in every_kind()]}

    def _ways(self, kind: Kind, own: dict[tuple[str, str], MailTemplate]) -> list[dict[str, Any]]:
        ways = []
        for code, name in settings.LANGUAGES:
            row = own.get((kind.code, code))
            url = self.url("detail", row.pk) if row else ""
            ways.append(
                {
                    "name": name,
                    "url": url or f"{self.url('new')}?kind={kind.code}&language={code}",
                    "is_own": row is not None and row.state == "in_use",
                }
            )
        return ways

    def get_header_actions(self) -> list[PageAction]:
        # One is begun at its mail, where our text is what it starts from.
        return []


class TemplatePage(RecordPage):
    """One's own text, as it arrives."""

    abstract = True
    template_name = "messaging/wording/detail.html"

    def get_context(self) -> dict[str, Any]:
        row, kind = self.row, kind_of(self.row.kind)
        previews = []
        if kind is not None:
            previews = [
                preview(kind, row.written, row.language),
                latest_preview(kind, row.written, row.language, self.membership),
            ]
        return {**super().get_context(), "previews": [each for each in previews if each]}


class WriteTemplate(RecordForm):
    """Write it: what can be put in stands beside it, and how it reads."""

    abstract = True
    template_name = "messaging/wording/form.html"
    form_template = "messaging/wording/form_body.html"

    def get_form(self) -> Any:
        form = super().get_form()
        if self.edits:
            form.fields["kind"].disabled = form.fields["language"].disabled = True
        return form

    def get_initial(self) -> dict[str, Any]:
        found = super().get_initial()
        kind = kind_of(found.get("kind", ""))
        if self.edits or kind is None:
            return found
        language = found.get("language", "")
        if language not in dict(settings.LANGUAGES):
            language = settings.LANGUAGES[0][0]
        with override(language):
            ours = kind.ours(language)
        return {"subject": ours.subject, "text": ours.text, **found, "language": language}

    def _which(self, code: str) -> str:
        language = self.row.language if self.edits else self.request.GET.get("language", "")
        return urlencode({"kind": code, "language": language})

    def get_context(self) -> dict[str, Any]:
        code = self.row.kind if self.edits else self.request.GET.get("kind", "")
        kind = kind_of(code)
        return {
            **super().get_context(),
            "fields": kind.fields if kind else [],
            "preview_url": f"{self.url('preview')}?{self._which(code)}",
            "page_subtitle": kind.when if kind else "",
        }


class PreviewTemplate(MemberView):
    """How what stands in the form would arrive, with sample data; keeps nothing."""

    permission = "settings.rules"
    nav_item = "settings"
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The preview, to htmx by itself."""
        # A form that changes a text does not send along what stays.
        given = {
            name: (request.POST.get(name) or request.GET.get(name) or "")[:5000]
            for name in ("kind", "language", "subject", "text")
        }
        kind, language = kind_of(given["kind"]), given["language"]
        problem, found = _("Choose a mail first."), None
        if kind is not None:
            if language not in dict(settings.LANGUAGES):
                language = settings.LANGUAGES[0][0]
            problem = problem_of(kind, given["subject"], is_subject=True) or problem_of(
                kind, given["text"]
            )
            if not problem:
                found = preview(kind, Written(given["subject"], given["text"]), language)
        context = {
            "previews": [found] if found else [],
            "problem": problem,
            "page_title": _("Preview"),
            "crumbs": [(tenant_reverse(request, "mail-templates:list"), _("Texts of mails"))],
        }
        name = "preview" if is_for(request, "mail-preview") else "preview_page"
        return render(request, f"messaging/wording/{name}.html", context)
