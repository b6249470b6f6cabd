"""Every thank-you there was and is, as a list; the desk is the queue of those that wait."""

from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from advocacy.search.selectors import ids_of, searched
from advocacy.tenancy.models import Membership
from advocacy.web.filters import FilterSet
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import BulkAction, EachRowForm, ListPage, OnEachRow
from benefits.thanks import selectors, services
from benefits.thanks.choices import ThankYouKind, ThankYouState
from benefits.thanks.forms import ThankedForm
from benefits.thanks.models import ThankYou
from benefits.thanks.presentation import title_of


def _url(row: Any, request: HttpRequest) -> str:
    return f"{tenant_reverse(request, 'thanks:detail', row.pk)}?who=all"


class ThankYouTable(Table):
    """What was or is to be said to whom, by when, and when it was."""

    columns = (
        Column(
            "what", _("Thank-you"), value=title_of, url=_url, template="benefits/cell_title.html"
        ),
        Column(
            "advocate",
            _("Advocate"),
            value="advocate.name",
            sort=("advocate__last_name", "advocate__first_name"),
            hidden=True,
        ),
        Column(
            "account",
            _("Account"),
            value="advocate.account.name",
            sort="advocate__account__name",
            hidden=True,
        ),
        Column("state", _("State"), sort="state", template="components/cells/state.html"),
        Column("due", _("Due"), value="due_at", sort="due_at", template="benefits/cell_due.html"),
        Column(
            "done",
            _("Thanked"),
            value="done_at",
            sort="done_at",
            template="components/cells/since.html",
        ),
        Column("owner", _("Owner"), value="owner.name", sort="owner__user__name", hidden=True),
        Column("kind", _("Kind"), value="get_kind_display", sort="kind", hidden=True),
        Column("channel", _("How"), value="get_channel_display", sort="channel", hidden=True),
    )
    default_sort = "-due"

    def title(self, row: Any) -> str:
        return title_of(row)


def _owners(request: HttpRequest) -> QuerySet[Membership]:
    return Membership.objects.select_related("user").order_by("user__name", "id")


class ThankYouFilter(FilterSet):
    """By whom it is for, how far it is, whose it is, and when it is due."""

    primary = 2

    state = django_filters.ChoiceFilter(label=_("State"), choices=ThankYouState.choices)
    owner = django_filters.ModelChoiceFilter(label=_("Owner"), queryset=_owners)
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=ThankYouKind.choices)
    due = django_filters.DateFromToRangeFilter(label=_("Due"), field_name="due_at")

    class Meta:
        model = ThankYou
        fields: ClassVar[list[str]] = []

    def search(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Name, address, title or company of the advocate."""
        for word in searched(value):
            queryset = queryset.filter(advocate_id__in=ids_of("advocate", word))
        return queryset


class ThankYouList(ListPage):
    """All a member may see."""

    permission = "thanks.view"
    nav_item = "thanks"
    title = _("All thank-yous")
    answer = ngettext_lazy(
        "%(count)s thank-you, said or due", "%(count)s thank-yous, said or due", "n"
    )
    table, filterset = ThankYouTable, ThankYouFilter
    template_name = "benefits/list.html"
    bulk_actions = (
        BulkAction(_("Mark as thanked…"), "thanks:thanked-many", "thanks.send", "heart-handshake"),
        BulkAction(_("Hand over…"), "thanks:hand-over-many", "thanks.send", "user-share"),
    )
    empty_title = _("Nobody was thanked yet")
    empty_text = _("As soon as an activity is completed, its thank-you turns up here.")
    empty_icon = "heart-handshake"

    def get_queryset(self) -> QuerySet[ThankYou]:
        return selectors.visible_thank_yous(self.membership)


class OwnerForm(forms.Form):
    """Who thanks."""

    owner = forms.ModelChoiceField(
        label=_("Colleague"), queryset=Membership.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = selectors.thankers()  # type: ignore[attr-defined]


class _OnThankYous(OnEachRow):
    abstract: ClassVar[bool] = True
    permission = "thanks.send"
    nav_item = "thanks"
    list_page = ThankYouList
    home = "thanks:list"
    subject_name = "thank_you"

    def name_of(self, row: ThankYou) -> str:
        return title_of(row)


class ThankedMany(_OnThankYous, EachRowForm):
    """They were thanked by call or by hand."""

    label = _("Mark as thanked")
    submit_label = _("Mark as thanked")
    form_class = ThankedForm
    service = services.mark_thanked


class HandOverMany(_OnThankYous, EachRowForm):
    """A colleague thanks them."""

    label = _("Hand over")
    submit_label = _("Hand over")
    form_class = OwnerForm
    service = services.reassign_thank_you
