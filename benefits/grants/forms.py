"""The form of a grant, and what there is to say while it is filled in (BEN-3, BEN-4, BEN-5)."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.activities.models import Activity
from advocacy import clock
from advocacy.web.formatting import day, money
from advocacy.web.forms import TenantModelForm
from advocacy.web.http import key_of
from advocates.forms import ColleagueField, DateInput, PersonPicker
from advocates.models import Advocate
from advocates.people.choices import ConsentUse
from advocates.people.leave import leave_of
from advocates.promises import PromiseForm
from benefits.budgets.models import Budget
from benefits.budgets.selectors import budget_for, with_totals
from benefits.catalogue.choices import Category
from benefits.catalogue.models import Benefit
from benefits.catalogue.pages import currency
from benefits.catalogue.reviews import is_for_review, never_rewarded
from benefits.catalogue.selectors import givable
from benefits.grants.checks import covered_by, reasons
from benefits.grants.models import Grant, Proportion, Waits
from benefits.grants.policy import refusal_of
from benefits.grants.proportion import fit_of
from benefits.grants.selectors import rewardable


class _Covers(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, row: Any) -> str:
        """What they did, and when."""
        return f"{row}, {day(row.happened_at)}"


class GrantForm(PromiseForm, TenantModelForm):
    """To whom, what, for what, by when, and who sees to it."""

    benefit = forms.ModelChoiceField(
        Benefit.objects.all(), label=gettext_lazy("What?"), empty_label=gettext_lazy("Choose one")
    )
    owner = ColleagueField(label=gettext_lazy("Who sees to it?"), empty_label=gettext_lazy("Me"))
    link = forms.URLField(
        required=False,
        max_length=500,
        assume_scheme="https",
        label=gettext_lazy("Link to it"),
        help_text=gettext_lazy("Where it can be seen; also once it is out."),
    )
    cost = forms.DecimalField(required=False, min_value=0, max_digits=10, decimal_places=2)
    value = forms.DecimalField(required=False, min_value=0, max_digits=10, decimal_places=2)

    class Meta:
        model = Grant
        fields = (
            "advocate", "benefit", "occasion", "due_on", "owner", "cost", "value",
            "channel", "link",
        )  # fmt: skip
        field_classes: ClassVar[dict[str, Any]] = {"advocate": PersonPicker}
        widgets: ClassVar[dict[str, Any]] = {"due_on": DateInput()}
        labels: ClassVar[dict[str, Any]] = {"advocate": gettext_lazy("To whom?")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        adding = self.instance._state.adding
        kept = None if adding else self.instance.benefit
        chosen: Any = self.fields["benefit"]
        chosen.queryset = (
            givable() if kept is None else givable() | Benefit.objects.filter(pk=kept.pk)
        )
        chosen.choices = [("", chosen.empty_label), *_by_category(chosen.queryset)]
        unit = {"currency": currency()}
        self.fields["cost"].label = _("Cost to us (%(currency)s)") % unit
        self.fields["value"].label = _("Worth to them (%(currency)s)") % unit
        for name in ("cost", "value"):
            self.fields[name].widget.attrs["placeholder"] = _("as in the catalogue")
            if adding:
                self.initial.pop(name, None)
        self.advocate = self._advocate()
        rows = rewardable(self.advocate, but=None if adding else self.instance)
        self.fields["activities"] = _Covers(
            rows, label=_("For what they did"), required=False, initial=self._covered()
        )
        self.order_fields(["advocate", "benefit", "activities", "occasion"])

    def _advocate(self) -> Advocate | None:
        if not self.instance._state.adding:
            return self.instance.advocate
        said = self.data.get("advocate") if self.is_bound else self.initial.get("advocate")
        key = said.pk if isinstance(said, Advocate) else key_of(str(said or ""))
        rows = Advocate.objects.select_related("account__tenant", "tenant")
        return rows.filter(pk=key).first() if key else None

    def _covered(self) -> list[Any]:
        if self.instance._state.adding:
            return []
        return [each.pk for each in covered_by(self.instance)]

    @property
    def where(self) -> list[Any]:
        """The fields that belong to recognition, where that is chosen or something is typed."""
        key = key_of(str(self["benefit"].value() or ""))
        benefit = Benefit.objects.filter(pk=key).first() if key else None
        fields = [self["channel"], self["link"]]
        is_typed = any(field.value() for field in fields)
        return fields if is_typed or (benefit and benefit.is_recognition) else []

    @property
    def ticked(self) -> list[Activity]:
        """What is ticked now, however far the rest of the form is."""
        keys = [key for text in self["activities"].value() or () if (key := key_of(str(text)))]
        field: Any = self.fields["activities"]
        return list(field.queryset.filter(pk__in=keys))


def _by_category(rows: Any) -> list[tuple[str, list[tuple[Any, str]]]]:
    listed = sorted(rows.distinct(), key=lambda each: (str(each.get_category_display()), each.name))
    return [
        (label, [(each.pk, each.name) for each in group])
        for label, group in groupby(listed, key=lambda each: str(each.get_category_display()))
    ]


@dataclass(frozen=True, slots=True)
class Said:
    """One thing whoever gives it should know at once."""

    text: str
    tone: str
    icon: str = "alert-circle"


def said_about(form: GrantForm) -> list[Said]:
    """While the form is filled in: whether it is allowed, fits, and who has to approve it."""
    occasion = str(form["occasion"].value() or "")
    found = [Said(never_rewarded(), "danger", "ban")] if is_for_review(occasion) else []
    key = key_of(str(form["benefit"].value() or ""))
    benefit = Benefit.objects.filter(pk=key).first() if key else None
    who = form.advocate
    if benefit is None or who is None:
        return found
    found += _public(benefit, who)
    cost = _typed(form["cost"].value(), benefit.cost)
    value = _typed(form["value"].value(), benefit.value)
    unit, but = who.tenant.currency, None if form.instance._state.adding else form.instance.pk
    if refusal := refusal_of(benefit, max(cost, value), who, but=but):
        return [*found, Said(refusal, "danger", "ban")]
    ticked = form.ticked
    fit = fit_of(benefit, value, ticked, but=but)
    if words := fit.words(unit):
        is_fine = fit.code == Proportion.FITTING
        found.append(Said(words, *(("success", "check") if is_fine else ("warning",))))
    trial = Grant(advocate=who, benefit=benefit, cost=cost, value=value)
    waits = [str(Waits(code).label) for code in reasons(trial, ticked)]
    budget = budget_for(who.account, clock.today(who.tenant.zone))
    if budget is not None:
        left = with_totals(Budget.objects.filter(pk=budget.pk)).get().left  # type: ignore[attr-defined]
        if cost > left:
            words = _("“%(budget)s” has only %(left)s left")
            waits.append(words % {"budget": budget.name, "left": money(left, unit)})
    if benefit.stock == 0:
        waits.append(str(Waits.STOCK.label))
    if waits:
        text = _("Somebody has to approve it: %(why)s.") % {"why": "; ".join(waits)}
        found.append(Said(text, "neutral", "clock"))
    return found


def _public(benefit: Benefit, who: Advocate) -> list[Said]:
    if benefit.category != Category.PUBLIC_RECOGNITION:
        return []
    if leave_of(who).given(ConsentUse.RECOGNITION):
        return []
    text = _("%(name)s has not said yet that we may name them in public: ask first.")
    return [Said(text % {"name": who.name}, "warning")]


def _typed(text: Any, usual: Decimal) -> Decimal:
    try:
        typed = Decimal(str(text)) if text not in (None, "") else usual
    except ArithmeticError:
        return usual
    return typed if typed.is_finite() and abs(typed) < Decimal(10**9) else usual
