"""The manifest of enablement (ENB-1)."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from advocacy.records.resource import Resource
from advocates.enablement import api, pages, selectors, services
from advocates.enablement.models import Material

ENABLEMENT = Resource(
    name="enablement",
    model=Material,
    subject="material",
    title=_("Enablement"),
    answer=ngettext_lazy("%(count)s text for colleagues", "%(count)s texts for colleagues", "n"),
    new_label=_("Write a text"),
    icon="book",
    nav_item="settings",
    view="enablement.view",
    edit="settings.rules",
    listed=selectors.listed_materials,
    table=pages.MaterialTable,
    form=pages.MaterialForm,
    search=("title",),
    pages={
        "list": pages.Materials,
        "new": pages.WriteMaterial,
        "detail": pages.MaterialPage,
        "edit": pages.WriteMaterial,
    },
    more_urls=[
        path("team/", pages.TeamPage.as_view(), name="team"),
        path("for/<slug:audience>/", pages.Offered.as_view(), name="offered"),
        path("<uuid:pk>/complete/", pages.Complete.as_view(), name="complete"),
    ],
    empty_text=_("How to spot an advocate, when to ask for a reference: what colleagues need."),
    create=services.create_material,
    update=services.update_material,
    verbs={
        "material.written": (_("wrote a text for colleagues"), "book", "neutral"),
        "material.completed": (_("read a text for colleagues"), "book", "neutral"),
    },
    api=api.MaterialApi,
    api_fields=("id", "audience", "title", "body", "version", "changed_at"),
    api_filters=("audience",),
    api_ordering=("id", "title"),
)
