"""Playbooks in the browser: by type, and each step and text (PLB-1)."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from activities.playbooks import selectors
from activities.playbooks.choices import Anchor
from activities.playbooks.models import PlaybookStep, PlaybookText
from advocacy.records.pages import RecordForm, RecordPage
from advocacy.web.forms import TenantModelForm
from advocacy.web.markdown import rendered
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import DetailPage
from advocates.models import ActivityType
from advocates.pages import crumb


def when_of(item: PlaybookStep) -> str:
    """ "2 business days before it begins"."""
    days = abs(item.days)
    words = {"days": days}
    if item.anchor == Anchor.BOOKED and item.days == 0:
        return _("by the time it begins")
    if item.anchor == Anchor.BOOKED and item.days < 0:
        text = ngettext(
            "%(days)d business day before it begins",
            "%(days)d business days before it begins",
            days,
        )
    elif item.anchor == Anchor.BOOKED:
        text = ngettext(
            "%(days)d business day after it ends", "%(days)d business days after it ends", days
        )
    elif item.anchor == Anchor.ACCEPTED:
        text = ngettext(
            "%(days)d business day after the yes", "%(days)d business days after the yes", days
        )
    else:
        text = ngettext(
            "%(days)d business day after it happened",
            "%(days)d business days after it happened",
            days,
        )
    return text % words


class _TypeField(forms.ModelChoiceField):
    def __init__(self) -> None:
        super().__init__(
            ActivityType.objects.order_by("position", "name"),
            label=gettext_lazy("For which activity"),
            empty_label=gettext_lazy("Choose"),
        )


class StepForm(TenantModelForm):
    """What, whose, by when."""

    activity_type = _TypeField()

    class Meta:
        model = PlaybookStep
        fields: ClassVar[Sequence[str]] = (
            "activity_type",
            "text",
            "step",
            "anchor",
            "days",
            "position",
        )


class TextForm(TenantModelForm):
    """What it is, and what it says."""

    activity_type = _TypeField()

    class Meta:
        model = PlaybookText
        fields: ClassVar[Sequence[str]] = ("activity_type", "kind", "title", "body", "position")
        widgets: ClassVar[dict[str, Any]] = {"body": forms.Textarea(attrs={"rows": 20})}


class StepTable(Table):
    """Steps of every type."""

    columns: ClassVar[Sequence[Column]] = (
        Column(
            "text",
            gettext_lazy("What"),
            sort="text",
            url=lambda row, request: tenant_reverse(request, "playbook-steps:detail", row.pk),
        ),
        Column(
            "activity_type",
            gettext_lazy("Activity"),
            value="activity_type.name",
            sort="activity_type__position",
        ),
        Column("step", gettext_lazy("Part of"), value="get_step_display", sort="step"),
        Column("when", gettext_lazy("By when"), value=when_of),
        Column(
            "state", gettext_lazy("State"), sort="state", template="components/cells/state.html"
        ),
    )
    default_sort: ClassVar[str] = "activity_type"


class TextTable(Table):
    """Texts of every type."""

    columns: ClassVar[Sequence[Column]] = (
        Column(
            "title",
            gettext_lazy("Text"),
            sort="title",
            url=lambda row, request: tenant_reverse(request, "playbook-texts:detail", row.pk),
        ),
        Column(
            "activity_type",
            gettext_lazy("Activity"),
            value="activity_type.name",
            sort="activity_type__position",
        ),
        Column("kind", gettext_lazy("What it is"), value="get_kind_display", sort="kind"),
        Column(
            "state", gettext_lazy("State"), sort="state", template="components/cells/state.html"
        ),
    )
    default_sort: ClassVar[str] = "activity_type"


class Playbooks(DetailPage):
    """Every kind of activity with its playbook."""

    permission = "playbooks.view"
    nav_item = "settings"
    template_name = "activities/playbooks.html"
    title = gettext_lazy("Playbooks")

    def get_object(self) -> list[selectors.Playbook]:
        return selectors.playbooks()

    def get_context(self) -> dict[str, Any]:
        return {
            "crumbs": [crumb(self.request, "settings", _("Settings"))],
            "page_subtitle": _(
                "What is to be done for each kind of activity, by whom and by when, and the texts"
                " that help. Every activity gets its checklist with the yes."
            ),
            "playbooks": self.object,
        }


class PlaybookPage(DetailPage):
    """The playbook of one kind of activity."""

    permission = "playbooks.view"
    nav_item = "settings"
    template_name = "activities/playbook.html"

    def get_object(self) -> ActivityType:
        kind = ActivityType.objects.filter(pk=self.kwargs["pk"]).first()
        if kind is None:
            raise Http404
        return kind

    def get_title(self) -> str:
        return _("Playbook: %(type)s") % {"type": self.object.name}

    def get_context(self) -> dict[str, Any]:
        steps = selectors.listed_steps(self.membership).filter(activity_type=self.object)
        texts = selectors.listed_texts(self.membership).filter(activity_type=self.object)
        return {
            "crumbs": [
                crumb(self.request, "settings", _("Settings")),
                crumb(self.request, "playbook-steps:playbooks", _("Playbooks")),
            ],
            "steps": [(row, selectors.role_of(row), when_of(row)) for row in steps],
            "texts": list(texts),
            "may_edit": self.membership.can("settings.rules"),
        }


class _OfPlaybook:
    """Under the playbook of its type."""

    def where(self) -> dict[str, Any]:
        page: Any = self
        crumbs = [
            crumb(page.request, "settings", _("Settings")),
            crumb(page.request, "playbook-steps:playbooks", _("Playbooks")),
        ]
        if "pk" in page.kwargs:
            kind = page.row.activity_type
            url = tenant_reverse(page.request, "playbook-steps:playbook", kind.pk)
            crumbs.append((url, kind.name))
        return {"crumbs": crumbs, "page_subtitle": ""}


class WritePart(_OfPlaybook, RecordForm):
    """Add a step or a text, or change it."""

    abstract = True


class StepPage(_OfPlaybook, RecordPage):
    """One step."""

    abstract = True


class TextPage(_OfPlaybook, RecordPage):
    """One text to read."""

    abstract = True
    template_name = "activities/playbook_text.html"
    panel_template = "activities/playbook_text_panel.html"

    def get_context(self) -> dict[str, Any]:
        return {**super().get_context(), "html": rendered(self.row.body)}


def step_facts(row: PlaybookStep) -> list[tuple[Any, Any]]:
    """Names and values."""
    return [
        (_("Activity"), row.activity_type.name),
        (_("Part of"), row.get_step_display()),
        (_("Whose"), selectors.role_of(row)),
        (_("By when"), when_of(row)),
    ]


def text_facts(row: PlaybookText) -> list[tuple[Any, Any]]:
    """Names and values."""
    return [(_("Activity"), row.activity_type.name), (_("What it is"), row.get_kind_display())]
