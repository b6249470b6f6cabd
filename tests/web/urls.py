"""Pages made of the generic views over real models, for their tests."""

from typing import Any

import django_filters
from django import forms
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.generic import View

from advocacy.tenancy.errors import Conflict
from advocacy.tenancy.models import Holiday, Membership
from advocacy.tenancy.roles import Role
from advocacy.web import styleguide
from advocacy.web.filters import FilterSet
from advocacy.web.forms import TenantModelForm
from advocacy.web.http import is_htmx
from advocacy.web.tables import Column, Table
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import (
    ANY_MEMBER,
    ActionView,
    BulkAction,
    DetailPage,
    EachRow,
    ListPage,
    ModelFormPage,
    PageAction,
)


class PeopleFilter(FilterSet):
    role = django_filters.ChoiceFilter(label="Role", choices=Role.choices)
    search_fields = ("user__name", "user__email")

    class Meta:
        model = Membership
        fields = ["role"]


class PeopleTable(Table):
    columns = (
        Column(
            "name",
            "Person",
            sort="user__name",
            template="components/cells/person.html",
            url=lambda row, request: tenant_reverse(request, "test-person", row.pk),
        ),
        Column("role", "Role", value="get_role_display", sort="role"),
        Column("email", "E-mail", sort="user__email"),
        Column("created_at", "Since", hidden=True, template="components/cells/since.html"),
    )
    default_sort = "name"


class People(ListPage):
    permission = "settings.rules"
    title = "People"
    table = PeopleTable
    filterset = PeopleFilter
    page_size = 25
    empty_title = "Nobody yet"
    bulk_actions = (
        BulkAction("Deactivate", "test-deactivate", "settings.rules", confirm="They sign out."),
        BulkAction("Promote", "test-deactivate", "settings.people"),
    )

    def get_queryset(self) -> QuerySet[Membership]:
        return Membership.objects.select_related("user").filter(is_active=True)

    def get_header_actions(self) -> list[PageAction]:
        return [PageAction("Invite", "/invite/", primary=True)]


class NoHolidays(ListPage):
    permission = ANY_MEMBER
    title = "Holidays"
    table = type("HolidayTable", (Table,), {"columns": (Column("name", "Name", sort="name"),)})
    empty_title = "No holidays yet"
    export_permission = "settings.rules"

    def get_queryset(self) -> QuerySet[Holiday]:
        return Holiday.objects.order_by("day")


class Deactivate(EachRow):
    permission = "settings.rules"
    list_page = People
    home = "test-people"
    label = "Deactivate"

    def perform_one(self, row: Membership, **said: Any) -> None:
        Membership.objects.filter(pk=row.pk).update(is_active=False)


class Person(DetailPage):
    permission = "settings.rules"
    panel_template = "web/styleguide_panel.html"

    def get_object(self) -> Membership:
        return Membership.objects.select_related("user").get(pk=self.kwargs["pk"])


class HolidayForm(TenantModelForm):
    class Meta:
        model = Holiday
        fields = ["day", "name"]


class UncheckedHolidayForm(HolidayForm):
    """Checks nothing first, as if somebody else were faster."""

    def validate_constraints(self) -> None:
        """Leave it to the database."""


class NewHoliday(ModelFormPage):
    permission = ANY_MEMBER
    form_class: type[forms.BaseForm] = HolidayForm
    title = "A new holiday"
    success_message = "Saved."

    def perform(self, form: Any) -> Holiday:
        if form.cleaned_data["name"] == "taken":
            raise Conflict("Somebody else was faster.", fields={"name": "This one is taken."})
        with transaction.atomic():
            saved: Holiday = form.save()
            return saved

    def get_success_url(self, result: Any) -> str:
        return tenant_reverse(self.request, "test-holidays")


class RacedHoliday(NewHoliday):
    form_class = UncheckedHolidayForm


class ForgetHoliday(ActionView):
    permission = "settings.rules"
    fragment_template = ""
    success_message = "Forgotten."

    def perform(self) -> None:
        holiday = Holiday.objects.get(pk=self.kwargs["pk"])
        holiday.delete()
        if holiday.name == "kept":
            raise Conflict("This one stays.")

    def get_success_url(self, result: Any) -> str:
        return tenant_reverse(self.request, "test-holidays")


class ForgetRow(ForgetHoliday):
    fragment_template = "web/nothing.html"


class Broken(View):
    def get(self, request: HttpRequest) -> HttpResponse:
        raise RuntimeError(f"deliberate, htmx={is_htmx(request)}")


urlpatterns = [
    path(
        "t/<slug:tenant>/",
        include(
            [
                path("people/", People.as_view(), name="test-people"),
                path("people/deactivate/", Deactivate.as_view(), name="test-deactivate"),
                path("people/<uuid:pk>/", Person.as_view(), name="test-person"),
                path("holidays/", NoHolidays.as_view(), name="test-holidays"),
                path("holidays/new/", NewHoliday.as_view(), name="test-new"),
                path("holidays/raced/", RacedHoliday.as_view(), name="test-raced"),
                path("holidays/<uuid:pk>/forget/", ForgetHoliday.as_view(), name="test-forget"),
                path("holidays/<uuid:pk>/row/", ForgetRow.as_view(), name="test-row"),
            ]
        ),
    ),
    path("broken/", Broken.as_view()),
    path("sign-in/", Broken.as_view(), name="sign-in"),
    *styleguide.urlpatterns,
]

handler400 = "advocacy.web.errors.bad_request"
handler403 = "advocacy.web.errors.permission_denied"
handler404 = "advocacy.web.errors.page_not_found"
handler500 = "advocacy.web.errors.server_error"
