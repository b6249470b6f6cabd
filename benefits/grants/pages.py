"""How grants look in a browser (BEN-2)."""

from collections.abc import Sequence
from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import QuerySet
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.records.lifecycle import Move
from advocacy.records.pages import RecordForm, RecordPage
from advocacy.search.selectors import ids_of, searched
from advocacy.tenancy.models import Membership
from advocacy.web.filters import FilterSet
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse
from advocates.models import Advocate
from benefits.budgets.models import Budget
from benefits.budgets.selectors import budget_for, with_totals
from benefits.catalogue.choices import Category
from benefits.catalogue.pages import amount
from benefits.fitting.cards import lines_of
from benefits.fitting.selectors import suggestions_for
from benefits.grants.forms import GrantForm, said_about
from benefits.grants.lifecycle import GrantState
from benefits.grants.models import Grant, Proportion, Waits
from benefits.grants.presentation import covers_words, is_late
from benefits.grants.selectors import late

#: A POST with this asks what there is to say; nothing is saved.
LOOK = "_look"


class GrantTable(Table):
    """What for whom, how far, by when."""

    columns: ClassVar[Sequence[Column]] = (
        Column(
            "benefit",
            gettext_lazy("What"),
            value="benefit.name",
            sort="benefit__name",
            url=lambda row, request: tenant_reverse(request, "grants:detail", row.pk),
        ),
        Column(
            "advocate",
            gettext_lazy("Who"),
            value="advocate.name",
            sort=("advocate__last_name", "advocate__first_name"),
        ),
        Column("account", gettext_lazy("Account"), value="advocate.account.name", phone=False),
        Column("covers", gettext_lazy("For what"), value=covers_words, hidden=True),
        Column("cost", gettext_lazy("Cost"), value=amount("cost"), sort="cost", align="end"),
        Column(
            "value",
            gettext_lazy("Worth"),
            value=amount("value"),
            sort="value",
            align="end",
            hidden=True,
        ),
        Column("owner", gettext_lazy("Who sees to it"), value="owner.name", phone=False),
        Column(
            "due_on",
            gettext_lazy("Promised for"),
            sort="due_on",
            template="benefits/grants/cell_due.html",
        ),
        Column(
            "state", gettext_lazy("State"), sort="state", template="components/cells/state.html"
        ),
    )
    default_sort: ClassVar[str] = "-due_on"

    def title(self, row: Any) -> str:
        return f"{row}, {row.advocate.name}"


def _owners(request: HttpRequest) -> QuerySet[Membership]:
    return Membership.objects.select_related("user").order_by("user__name", "id")


def _advocates(request: HttpRequest) -> QuerySet[Advocate]:
    return Advocate.objects.all()


class GrantFilter(FilterSet):
    """By how far it is, what it is, whose it is, and whether it is late."""

    primary = 3

    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=GrantState.choices)
    category = django_filters.ChoiceFilter(
        label=gettext_lazy("Category"), choices=Category.choices, field_name="benefit__category"
    )
    which = django_filters.ChoiceFilter(
        label=gettext_lazy("Which"),
        choices=(
            ("late", gettext_lazy("Promised and late")),
            ("waiting", gettext_lazy("Waiting for an approval")),
            ("hand", gettext_lazy("Given by hand")),
            ("tier", gettext_lazy("Brought by a tier")),
            ("shop", gettext_lazy("Redeemed for points")),
        ),
        method="narrow",
    )
    proportion = django_filters.ChoiceFilter(
        label=gettext_lazy("Proportion"), choices=Proportion.choices
    )
    owner = django_filters.ModelChoiceFilter(label=gettext_lazy("Who sees to it"), queryset=_owners)
    liked = django_filters.ChoiceFilter(
        label=gettext_lazy("They said"),
        choices=(
            ("yes", gettext_lazy("They liked it")),
            ("no", gettext_lazy("They did not like it")),
        ),
        method="by_verdict",
    )
    # Only set by links: a list of everybody would be no help.
    advocate = django_filters.ModelChoiceFilter(
        queryset=_advocates, label=gettext_lazy("Who"), widget=forms.HiddenInput()
    )

    class Meta:
        model = Grant
        fields: ClassVar[list[str]] = []

    def narrow(self, queryset: QuerySet[Grant], name: str, value: str) -> QuerySet[Grant]:
        """Late, not yet decided, or where it comes from."""
        if value == "late":
            return late(queryset, self.request.membership)
        if value == "waiting":
            return queryset.filter(state=GrantState.PLANNED).exclude(waits_for=[])
        if value == "shop":
            return queryset.filter(points__isnull=False)
        rows = queryset.filter(entitlement__isnull=value == "hand")
        return rows.filter(points=None) if value == "hand" else rows

    def by_verdict(self, queryset: QuerySet[Grant], name: str, value: str) -> QuerySet[Grant]:
        """What they said of it (BEN-9.b)."""
        return queryset.filter(liked=value == "yes")

    def search(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Name, address, title or company of the person."""
        for word in searched(value):
            queryset = queryset.filter(advocate_id__in=ids_of("advocate", word))
        return queryset


class GrantPage(RecordPage):
    """One grant; that it is late stands first, and going beyond the budget is offered where it is
    needed.
    """

    abstract: ClassVar[bool] = True
    template_name: ClassVar[str] = "benefits/grants/detail.html"

    def get_context(self) -> dict[str, Any]:
        return {**super().get_context(), "late": is_late(self.row)}

    def get_moves(self) -> list[tuple[Move, str]]:
        moves = super().get_moves()
        if self._is_short():
            return moves
        return [(move, url) for move, url in moves if move.name != "approve_beyond"]

    def _is_short(self) -> bool:
        grant = self.row
        if grant.state != GrantState.PLANNED or Waits.BUDGET in grant.waits_for:
            return True
        budget = budget_for(grant.advocate.account, grant.created_at.date())
        if budget is None:
            return False
        left = with_totals(Budget.objects.filter(pk=budget.pk)).get().left  # type: ignore[attr-defined]
        return bool(grant.cost > left)


class WriteGrant(RecordForm):
    """The form; what there is to say about it is said while it is filled in."""

    abstract: ClassVar[bool] = True
    form_template: ClassVar[str] = "benefits/grants/form_body.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save; or say what there is to say about what is typed."""
        if LOOK not in request.POST:
            return super().post(request, *args, **kwargs)
        form: Any = self.get_form()
        form._errors = ErrorDict()  # Django's own mark of a form that was checked
        return render(request, "benefits/grants/form_said.html", self._said(form))

    def get_form(self) -> GrantForm:
        form: GrantForm = super().get_form()
        if "pk" in self.kwargs:
            form.fields.pop("advocate", None)
        self._shown = form
        return form

    def get_initial(self) -> dict[str, Any]:
        initial = super().get_initial()
        return initial if self.edits else {"activities": self.request.GET.getlist("for"), **initial}

    def get_context(self) -> dict[str, Any]:
        form = self._shown
        names = ("advocate", "benefit")
        return {
            **super().get_context(),
            "first": [form[name] for name in names if name in form.fields],
            "second": [form[name] for name in ("occasion", "due_on", "owner")],
            "amounts": [form[name] for name in ("cost", "value")],
            "anyway": form["anyway"],
            **self._said(form),
        }

    def _said(self, form: GrantForm) -> dict[str, Any]:
        return {
            "form": form,
            "activities": form["activities"] if form.ticked or _offers(form) else None,
            "who": form.advocate,
            "said": said_about(form),
            "fitting": self._fitting(form),
            "where": form.where,
        }

    def _fitting(self, form: GrantForm) -> list[dict[str, Any]]:
        """What would fit them, while nothing is chosen or something else is (BEN-9.a)."""
        who = form.advocate
        if who is None or self.edits:
            return []
        ticked, occasion = form.ticked, str(form["occasion"].value() or "")
        found = suggestions_for([who], activities=ticked, occasion=occasion)[who.pk]
        chosen = str(form["benefit"].value() or "")
        others = [each for each in found if str(each.kind.pk) != chosen]
        keys = [each.pk for each in ticked]
        return lines_of(others, self.membership, who, activities=keys, occasion=occasion)

    def get_success_message(self, result: Grant) -> str:
        if result.state == GrantState.PLANNED:
            return _("Planned. It waits for an approval.")
        return _("Planned and approved.") if not self.edits else super().get_success_message(result)


def _offers(form: GrantForm) -> bool:
    field: Any = form.fields["activities"]
    return bool(field.queryset.exists())
