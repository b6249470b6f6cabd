"""What is asked of a deal that is typed in (REQ-1)."""

from django import forms
from django.utils.translation import gettext as _

from advocacy.tenancy.text import Line
from advocates.forms import DateInput
from requests.models import Opportunity


def deal_fields() -> dict[str, forms.Field]:
    """What is asked of a deal the CRM does not hold (REQ-1); the company is asked anyway."""
    model = Opportunity._meta
    return {
        "deal_name": Line(
            label=_("What is the deal called?"),
            max_length=model.get_field("name").max_length,
            help_text=_("As your colleagues would find it."),
        ),
        "deal_amount": forms.DecimalField(
            label=_("What is it worth?"),
            max_digits=16,
            decimal_places=2,
            min_value=0,
            required=False,
        ),
        "deal_currency": forms.CharField(
            label=_("In which currency?"),
            max_length=3,
            required=False,
            help_text=_("Three letters, such as EUR. Left empty: your company's own."),
        ),
        "deal_crm_stage": Line(
            label=_("At which stage is it?"),
            max_length=model.get_field("crm_stage").max_length,
            required=False,
        ),
        "deal_closes_on": forms.DateField(
            label=_("When should it close?"), widget=DateInput(), required=False
        ),
        "deal_external_id": Line(
            label=_("Its number in the CRM, if it has one"),
            max_length=model.get_field("external_id").max_length,
            required=False,
            help_text=_("Then the CRM's own entry and this one stay one deal."),
        ),
    }
