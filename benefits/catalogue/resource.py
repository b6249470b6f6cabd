"""The manifest of the catalogue (BEN-1)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from advocacy.records.resource import Resource
from benefits.catalogue import pages, selectors, services
from benefits.catalogue.api import BenefitSerializer
from benefits.catalogue.models import Benefit
from benefits.tabs import BenefitsList

BENEFITS = Resource(
    name="benefits",
    model=Benefit,
    subject="benefit",
    title=_("What can be given"),
    answer=ngettext_lazy("%(count)s benefit", "%(count)s benefits", "n"),
    new_label=_("Add a benefit"),
    icon="gift",
    nav_item="benefits",
    view="benefits.view",
    edit="benefits.edit",
    listed=lambda member: selectors.listed_benefits(member).select_related("tenant"),
    table=pages.BenefitTable,
    search=("name", "description"),
    form=pages.BenefitForm,
    about=lambda benefit: benefit.get_category_display(),
    facts=pages.facts_of,
    pages={"list": BenefitsList},
    empty_text=_("Recognition, access, swag, gifts: write down what your program can give."),
    create=services.add_benefit,
    update=services.update_benefit,
    verbs={
        "benefit.added": (_("added a benefit"), "gift", "info"),
        "benefit.changed": (_("changed a benefit"), "pencil", "neutral"),
    },
    serializer=BenefitSerializer,
    api_fields=BenefitSerializer.SHOWN,
    api_filters=("category", "is_on"),
    api_ordering=("category", "name", "created_at"),
)
