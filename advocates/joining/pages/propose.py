"""Nominating somebody: who and why, with the criteria beside it (IDN-1, IDN-2)."""

import uuid
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.web.http import key_of
from advocacy.web.urls import quiet_reverse, tenant_reverse
from advocacy.web.views import FormPage, MemberView
from advocates.access import may_change, require_change
from advocates.enablement.models import Audience
from advocates.enablement.pages import offer
from advocates.joining import selectors
from advocates.joining import services as nominations
from advocates.joining.criteria import criteria_of
from advocates.joining.forms import NominationForm
from advocates.joining.pages.lists import crumbs
from advocates.models import Account, Advocate, Nomination
from advocates.pages import NAV_ITEM


class Nominate(FormPage):
    """Who and why, with the criteria beside it; done in twenty seconds (IDN-2)."""

    permission: ClassVar[str] = "nominations.submit"
    nav_item: ClassVar[str] = NAV_ITEM
    form_class = NominationForm
    form_template = "advocates/nominations/nominate.html"
    title = gettext_lazy("Nominate for the program")
    subtitle = gettext_lazy("The program looks at it, and you hear what becomes of it.")
    submit_label = gettext_lazy("Nominate")

    def _id(self, name: str) -> uuid.UUID | None:
        return key_of(self.request.GET.get(name, ""))

    @cached_property
    def _people(self) -> list[Advocate]:
        """The person in the address alone; people of the account in the address; own people."""
        if pk := self._id("advocate"):
            person = selectors.get_nominable(pk)
            if person is None:
                raise Http404
            require_change(self.actor, self.permission, person.account)
            return [person]
        account = None
        if pk := self._id("account"):
            account = Account.objects.filter(pk=pk).first()
            if account is None:
                raise Http404
        return list(selectors.nominable_people(self.membership, account=account))

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "people": self._people}

    def get_form(self) -> Any:
        """Choosing somebody else shows what is known of them. Typing starts at what is open."""
        form = super().get_form()
        first = "reasons" if len(self._people) == 1 else "advocate"
        form.fields[first].widget.attrs["autofocus"] = True
        form.fields["advocate"].widget.attrs |= {
            "hx-get": tenant_reverse(self.request, "nominations:criteria"),
            "hx-trigger": "change",
            "hx-target": "#criteria",
            "hx-swap": "innerHTML",
        }
        return form

    def get_context(self) -> dict[str, Any]:
        return {
            "crumbs": crumbs(self.request),
            "has_people": bool(self._people),
            "cut_off": len(self._people) >= selectors.MOST_PEOPLE,
            "criteria": criteria_of(self.object) if self.object else [],
            **offer(self.request, self.membership, Audience.CSM),
            "candidates_url": quiet_reverse(self.request, "advocates:candidates"),
        }

    def show(self, form: Any, status: int = 200) -> HttpResponse:
        """With the criteria of whoever is chosen."""
        self.object = form.chosen()
        return super().show(form, status)

    def perform(self, form: Any) -> Nomination:
        return nominations.nominate_advocate(
            actor=self.actor, advocate=form.chosen(), reasons=form.cleaned_data["reasons"]
        )

    def get_success_message(self, result: Any) -> str:
        return _("%(name)s is nominated. You hear what becomes of it.") % {
            "name": result.advocate.name
        }

    def get_success_url(self, result: Any) -> str:
        return tenant_reverse(self.request, "nominations:detail", result.pk)

    def get_cancel_url(self) -> str:
        return tenant_reverse(self.request, "nominations:list")


class CriteriaFragment(MemberView):
    """The criteria of the person just chosen in the form."""

    permission: ClassVar[str] = "nominations.submit"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Nothing for a person this member may not nominate."""
        pk = key_of(request.GET.get("advocate", ""))
        person = selectors.get_nominable(pk) if pk else None
        if person is None or not may_change(self.membership, self.permission, person.account):
            return HttpResponse("")
        context = {"criteria": criteria_of(person)}
        return render(request, "advocates/nominations/criteria.html", context)
