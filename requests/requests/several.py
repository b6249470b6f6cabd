"""What is done with several requests of a list at once (REQ-2)."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy

from advocacy.web.views import EachRow, EachRowForm, OnEachRow
from requests.models import Request
from requests.requests import services, triage
from requests.requests import triage_forms as forms
from requests.requests.filters import managers
from requests.requests.lifecycle import REQUEST
from requests.requests.lists import NAV_ITEM, AllRequests


class _OnRequests(OnEachRow):
    abstract: ClassVar[bool] = True
    permission = "requests.triage"
    nav_item = NAV_ITEM
    list_page = AllRequests
    home = "requests:list"
    subject_name = "request"
    order = ("number",)

    def name_of(self, row: Request) -> str:
        return row.reference


class TakeUpMany(_OnRequests, EachRow):
    """A manager starts to look for somebody."""

    label = gettext_lazy("Take up")

    def perform_one(self, row: Any, **said: Any) -> None:
        # The service takes up again what was declined, too; here that would be a slip.
        REQUEST.require(row, "review")
        triage.start_review(actor=self.actor, request=row)


class AssignMany(_OnRequests, EachRowForm):
    """A colleague runs them from now on."""

    label = gettext_lazy("Hand over")
    submit_label = gettext_lazy("Hand over")
    form_class = forms.ManagerForm
    service = services.assign_manager

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "choices": managers(self.request)}
