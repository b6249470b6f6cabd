"""What is held about one person: shown, taken as a file, erased (GDPR-1)."""

import json
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.tenancy.text import Line
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import DetailPage, FormPage
from advocacy.web.views.base import MemberView
from advocates.models import Advocate
from advocates.pages import NAV_ITEM, crumb
from advocates.people import privacy, selectors


def file_answer(document: dict[str, Any], name: str) -> HttpResponse:
    """A document to keep."""
    answer = HttpResponse(
        json.dumps(document, ensure_ascii=False, indent=2), content_type="application/json"
    )
    answer["Content-Disposition"] = f'attachment; filename="{slugify(name) or "person"}.json"'
    answer["Cache-Control"] = "no-store"
    return answer


class Held(DetailPage):
    """What is held about somebody, and what can be done with all of it."""

    permission: ClassVar[str] = "advocates.export"
    nav_item: ClassVar[str] = NAV_ITEM
    template_name = "advocates/held.html"
    object: Advocate

    def get_object(self) -> Advocate:
        return selectors.get_advocate(self.kwargs["pk"])

    def get_title(self) -> str:
        return _("What is held about %(name)s") % {"name": self.object.name}

    def get_context(self) -> dict[str, Any]:
        return {
            "crumbs": [
                crumb(self.request, "advocates:list", _("Advocates")),
                crumb(self.request, "advocates:detail", self.object.name, self.object.pk),
            ],
            "held": privacy.held_about(self.object),
            "erasure": self.object.erasures.select_related("erased_by__user").first(),
            "may_erase": self.membership.can("advocates.erase"),
            "may_merge": self.membership.can("records.merge"),
        }


class HeldFile(MemberView):
    """The same as a file. A press, since taking it goes on the record."""

    permission: ClassVar[str] = "advocates.export"
    http_method_names: ClassVar[list[str]] = ["post", "options"]  # type: ignore[misc]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The document."""
        advocate = selectors.get_advocate(kwargs["pk"])
        document = privacy.export_advocate(actor=self.actor, advocate=advocate)
        return file_answer(document, advocate.name)


class EraseForm(forms.Form):
    """The name, typed, and why."""

    name = forms.CharField(label=gettext_lazy("Their name, to confirm"))
    reason = Line(
        label=gettext_lazy("Reason"),
        max_length=300,
        help_text=gettext_lazy(
            "Kept for whoever asks later, so leave their name and address out of it."
        ),
    )


class Erase(FormPage):
    """Everything personal goes, for good."""

    permission: ClassVar[str] = "advocates.erase"
    nav_item: ClassVar[str] = NAV_ITEM
    form_class = EraseForm
    submit_label = gettext_lazy("Erase for good")
    success_message = gettext_lazy("Erased. What they gave stays as numbers that are nobody's.")
    subtitle = gettext_lazy(
        "This cannot be undone. Name, contact data, words and letters go from every page, mail,"
        " upload and search. Open asks are withdrawn, booked activities called off, links end."
        " Counts, hours and money stay as they are."
    )

    def get_form(self) -> Any:
        self.object = selectors.get_advocate(self.kwargs["pk"])
        form = super().get_form()
        form.fields["name"].help_text = _("Type: %(name)s") % {"name": self.object.name}
        return form

    def get_title(self) -> str:
        return _("Erase %(name)s") % {"name": self.object.name}

    def perform(self, form: Any) -> Advocate:
        return privacy.erase_advocate(actor=self.actor, advocate=self.object, **form.cleaned_data)

    def get_success_url(self, result: Any) -> str:
        return tenant_reverse(self.request, "advocates:held", self.kwargs["pk"])

    def get_cancel_url(self) -> str:
        return tenant_reverse(self.request, "advocates:held", self.kwargs["pk"])
