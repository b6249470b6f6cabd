"""The manifest of balances; nobody writes one (BEN-6.a)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from advocacy.records.resource import Resource
from benefits.balance import api, pages, selectors, words
from benefits.balance.models import ValueBalance
from benefits.balance.work import WORK
from benefits.tabs import BenefitsList

VALUE_BALANCES = Resource(
    name="value-balances",
    model=ValueBalance,
    subject="balance",
    title=_("Balance"),
    answer=ngettext_lazy("%(count)s person gave or got", "%(count)s people gave or got", "n"),
    new_label=_("Balance"),
    icon="scale",
    nav_item="benefits",
    view="balances.view",
    edit="balances.view",
    listed=selectors.listed_balances,
    table=pages.BalanceTable,
    filters=pages.BalanceFilter,
    form=pages.BalanceForm,
    about=lambda balance: balance.advocate.account.name,
    facts=words.facts_of,
    pages={"list": BenefitsList, "detail": pages.BalancePage},
    empty_text=_("Nobody gave or got anything yet. What people do for you counts here by itself."),
    serializer=api.ValueBalanceSerializer,
    api=api.BalanceApi,
    api_fields=api.ValueBalanceSerializer.Meta.fields,
    api_ordering=("percent", "given", "got", "minutes", "id"),
    work=(WORK,),
    named_by=("advocate",),
)
