"""The manifest of thanks from sales (THX-5)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from advocacy.records.resource import Resource
from advocacy.web.status_styles import StatusStyle
from benefits.sales_thanks import pages, selectors, services
from benefits.sales_thanks.lifecycle import SALES_THANKS
from benefits.sales_thanks.models import SalesThanks
from benefits.sales_thanks.work import WORK

SALES_THANKS_RESOURCE = Resource(
    name="sales-thanks",
    model=SalesThanks,
    subject="thanks",
    title=_("Thanks from sales"),
    answer=ngettext_lazy("%(count)s word of thanks", "%(count)s words of thanks", "n"),
    new_label=_("Thank an advocate"),
    icon="heart-plus",
    nav_item="thanks",
    view="sales_thanks.view",
    edit="sales_thanks.write",
    listed=selectors.listed_thanks,
    table=pages.ThanksTable,
    form=pages.ThanksForm,
    facts=pages.facts_of,
    pages={"new": pages.WriteThanks, "detail": pages.ThanksPage},
    empty_text=_("After a call that took place, who asked for it can add their own thanks."),
    create=services.write_thanks,
    lifecycle=SALES_THANKS,
    services={
        "hold": services.hold_thanks,
        "let_go": services.let_thanks_go,
        "take_back": services.take_thanks_back,
    },
    permit=services.permit_thanks,
    verbs={
        "sales_thanks.written": (_("added their own thanks"), "heart-plus", "success"),
    },
    styles={
        "held": StatusStyle("warning", "hand-stop"),
        "taken_back": StatusStyle("neutral", "arrow-back-up"),
    },
    api_fields=(
        "id",
        "activity",
        "sender",
        "owner",
        "state",
        "message",
        "written_at",
        "sends_at",
        "sent_at",
    ),
    api_filters=("state", "activity", "sender", "owner"),
    api_ordering=("-written_at", "id"),
    work=(WORK,),
    tab=False,
    named_by=("activity__activity_type",),
)
