"""The manifest of the recognition wall (BEN-8.a)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from advocacy.records.resource import Resource
from advocacy.web.status_styles import StatusStyle
from benefits.recognition import pages, selectors, services
from benefits.recognition.lifecycle import RECOGNITION
from benefits.recognition.models import Recognition
from benefits.tabs import BenefitsList

RECOGNITIONS = Resource(
    name="recognition",
    model=Recognition,
    subject="recognition",
    title=_("Recognition wall"),
    answer=ngettext_lazy("%(count)s recognition", "%(count)s recognitions", "n"),
    new_label=_("Recognise somebody"),
    icon="award",
    nav_item="benefits",
    view="recognition.view",
    edit="recognition.edit",
    listed=selectors.listed_recognitions,
    table=pages.RecognitionTable,
    filters=pages.RecognitionFilter,
    form=pages.RecognitionForm,
    about=lambda row: f"{row.advocate.name}, {row.advocate.account.name}",
    facts=pages.facts_of,
    pages={
        "list": BenefitsList,
        "detail": pages.RecognitionPage,
        "new": pages.WriteRecognition,
        "edit": pages.WriteRecognition,
    },
    empty_text=_(
        "Spotlights and awards that everybody in the program reads, with the leave of whom they are"
        " about. Begin with somebody who helped lately."
    ),
    create=services.write_recognition,
    update=services.update_recognition,
    lifecycle=RECOGNITION,
    services={
        "publish": services.publish_recognition,
        "take_down": services.take_down_recognition,
    },
    verbs={
        "recognition.written": (_("wrote a recognition"), "award", "info"),
        "recognition.changed": (_("changed a recognition"), "pencil", "neutral"),
    },
    styles={
        "taken_down": StatusStyle("neutral", "eye-off"),
    },
    api_fields=(
        "id",
        "advocate",
        "kind",
        "title",
        "text",
        "period",
        "period_on",
        "names_company",
        "state",
        "published_at",
        "ended_at",
        "ended_by",
        "created_by",
        "created_at",
    ),
    api_filters=("advocate", "kind", "state"),
    api_ordering=("-period_on", "created_at"),
)
