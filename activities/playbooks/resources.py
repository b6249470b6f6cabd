"""The manifests of steps and of texts (PLB-1)."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from activities.playbooks import pages, selectors, services
from activities.playbooks.lifecycle import PLAYBOOK_STEP, PLAYBOOK_TEXT
from activities.playbooks.models import PlaybookStep, PlaybookText
from advocacy.records.resource import Resource
from advocacy.web.status_styles import StatusStyle

PLAYBOOK_STEPS = Resource(
    name="playbook-steps",
    model=PlaybookStep,
    subject="item",
    title=_("Steps of playbooks"),
    answer=ngettext_lazy("%(count)s step", "%(count)s steps", "n"),
    new_label=_("Add a step"),
    icon="list-check",
    nav_item="settings",
    view="playbooks.view",
    edit="settings.rules",
    listed=selectors.listed_steps,
    table=pages.StepTable,
    form=pages.StepForm,
    search=("text", "activity_type__name"),
    facts=pages.step_facts,
    pages={"new": pages.WritePart, "edit": pages.WritePart, "detail": pages.StepPage},
    more_urls=[
        path("playbooks/", pages.Playbooks.as_view(), name="playbooks"),
        path("playbooks/<uuid:pk>/", pages.PlaybookPage.as_view(), name="playbook"),
    ],
    empty_text=_("Say what is to be done for a kind of activity, and by when."),
    create=services.create_step,
    update=services.update_step,
    lifecycle=PLAYBOOK_STEP,
    services={"leave_out": services.leave_step_out, "take_up": services.take_step_up},
    permit=services.permit_step,
    verbs={
        "playbook_step.written": (_("wrote a step of a playbook"), "list-check", "neutral"),
        "playbook_step.changed": (_("changed a step of a playbook"), "pencil", "neutral"),
    },
    styles={"left_out": StatusStyle("neutral", "player-pause")},
    api_fields=("id", "activity_type", "text", "step", "anchor", "days", "position", "state"),
    api_filters=("activity_type", "step", "state"),
    api_ordering=("id", "position"),
    named_by=("activity_type",),
    tab=False,
)

PLAYBOOK_TEXTS = Resource(
    name="playbook-texts",
    model=PlaybookText,
    subject="template",
    title=_("Texts of playbooks"),
    answer=ngettext_lazy("%(count)s text", "%(count)s texts", "n"),
    new_label=_("Write a text for a playbook"),
    icon="notes",
    nav_item="settings",
    view="playbooks.view",
    edit="settings.rules",
    listed=selectors.listed_texts,
    table=pages.TextTable,
    form=pages.TextForm,
    search=("title", "activity_type__name"),
    facts=pages.text_facts,
    pages={"new": pages.WritePart, "edit": pages.WritePart, "detail": pages.TextPage},
    empty_text=_("Interview guides, prompts, talking points: what helps whoever runs it."),
    create=services.create_text,
    update=services.update_text,
    lifecycle=PLAYBOOK_TEXT,
    services={"leave_out": services.leave_text_out, "take_up": services.take_text_up},
    permit=services.permit_text,
    verbs={
        "playbook_text.written": (_("wrote a text of a playbook"), "notes", "neutral"),
        "playbook_text.changed": (_("changed a text of a playbook"), "pencil", "neutral"),
    },
    api_fields=("id", "activity_type", "kind", "title", "body", "position", "state"),
    api_filters=("activity_type", "kind", "state"),
    api_ordering=("id", "position"),
    named_by=("activity_type",),
    tab=False,
)
