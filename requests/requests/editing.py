"""A new request, and changing one that nobody was asked for yet (REQ-1)."""

import uuid
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy import clock
from advocacy.tenancy.calendar import calendar_of
from advocacy.tenancy.models import Membership
from advocacy.tenant_settings.reading import current
from advocacy.web.http import key_of
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import FormPage, MemberView
from advocates.accounts.choices import Region, Segment
from advocates.countries import country_name
from requests.models import Opportunity, Request
from requests.opportunities import selectors
from requests.opportunities.typed import at_fields, type_in_deal
from requests.requests import selectors as requests
from requests.requests import services
from requests.requests.choices import RequestState
from requests.requests.details import RequestDetails, filled_from
from requests.requests.forms import ALWAYS, FILLABLE, MORE, SUBSTANCE, RequestForm
from requests.requests.presentation import title_of
from requests.requests.settings import Promises

NAV_ITEM = "requests"
#: In the address of a request that is changed: without the deal it had.
NO_DEAL = "none"
#: In the address: the deal is typed in, since the CRM does not hold it.
TYPED_DEAL = "new"


class _RequestFormPage(FormPage):
    """What both pages share: the sections, and what the opportunity knows."""

    abstract = True
    permission = "requests.submit"
    nav_item = NAV_ITEM
    form_class = RequestForm
    template_name = "requests/form.html"
    form_template = "requests/form_body.html"
    form_id = "request-form"

    @property
    def typed_deal(self) -> bool:
        """Whether the deal is typed in."""
        return self._opportunity_key == TYPED_DEAL

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "typed_deal": self.typed_deal}

    def details_of(self, form: RequestForm) -> RequestDetails:
        """What the form says, with the deal that was chosen or is written down now."""
        if not self.typed_deal:
            return form.details(opportunity=self.opportunity)
        with at_fields("deal_"):
            deal = type_in_deal(actor=self.actor, owner=self.owner, **form.deal())
        return form.details(opportunity=deal)

    @property
    def owner(self) -> Membership:
        """Whose deal it is."""
        return self.membership

    @cached_property
    def opportunity(self) -> Opportunity | None:
        """The deal in the form or the address."""
        return selectors.find_opportunity(self._opportunity_key) if self._opportunity_key else None

    @property
    def _opportunity_key(self) -> str:
        return self.request.POST.get("opportunity") or self.request.GET.get("opportunity", "")

    def get_context(self) -> dict[str, Any]:
        """The form's sections; what the deal fills in is folded away."""
        known = filled_from(self.opportunity)
        form = self._shown
        asked = [name for name in FILLABLE if name not in known or name in form.errors]
        if "segment" in known or "employees" in known:
            asked = [n for n in asked if n not in ("segment", "employees") or n in form.errors]
        folded = [name for name in FILLABLE if name not in asked]
        more_open = any(name in form.errors for name in MORE)
        return {
            "opportunity": self.opportunity,
            # A deal that was only there is not sent: somebody may choose another meanwhile.
            "deal_chosen": bool(self._opportunity_key),
            "known": _known_words(known),
            "deal": [form[name] for name in form.deal_fields],
            "typed_url": f"?opportunity={TYPED_DEAL}",
            "always": [form[name] for name in ALWAYS if name != "rush_reason" or self._rush],
            "asked": [form[name] for name in asked],
            "folded": [form[name] for name in folded],
            "folded_open": any(name in form.errors for name in folded),
            "substance": [form[name] for name in SUBSTANCE],
            "more": [form[name] for name in MORE],
            "more_open": more_open,
            "unseen": [] if self._rush else [form["rush_reason"]],
            "picker_url": self.get_picker_url(),
            "another": f"?opportunity={NO_DEAL}",
            "base": self.request.path,
            "found": []
            if self.opportunity or self.typed_deal
            else selectors.own_opportunities(self.membership),
        }

    def get_picker_url(self) -> str:
        """Where the deal picker looks."""
        return tenant_reverse(self.request, "requests:opportunities")

    def get_form(self) -> RequestForm:
        self._shown: RequestForm = super().get_form()
        return self._shown

    @property
    def _rush(self) -> bool:
        """Whether the reason for a rush is worth a line: it is asked for, or given."""
        form = self._shown
        return bool(form.errors.get("rush_reason") or form["rush_reason"].value())


class NewRequest(_RequestFormPage):
    """Ask for an advocate; an opportunity fills what it knows."""

    title = gettext_lazy("New request")
    submit_label = gettext_lazy("Submit")

    def get_initial(self) -> dict[str, Any]:
        return filled_from(self.opportunity)

    def perform(self, form: RequestForm) -> Request:
        """Write it down and, unless it is for later, submit it; both or none."""
        with transaction.atomic():
            request = services.create_request(actor=self.actor, details=self.details_of(form))
            if "draft" in self.request.POST:
                return request
            return services.submit_request(actor=self.actor, request=request)

    def get_success_url(self, result: Request) -> str:
        """Its page, where it stays."""
        return tenant_reverse(self.request, "requests:detail", result.pk)

    def get_success_message(self, result: Request) -> str:
        if result.state == RequestState.DRAFT:
            return _("Saved. Nobody sees it until you submit it.")
        return _("%(request)s is submitted.") % {"request": result.reference}

    def get_cancel_url(self) -> str:
        return tenant_reverse(self.request, "requests:list")

    def get_context(self) -> dict[str, Any]:
        """When a person answers, honestly."""
        calendar = calendar_of(self.tenant)
        return {
            **super().get_context(),
            "crumbs": [(tenant_reverse(self.request, "requests:list"), _("Requests"))],
            "answers_by": calendar.add_hours(clock.now(), current(Promises).answer_hours),
            "may_draft": True,
        }


class EditRequest(_RequestFormPage):
    """Change what was said."""

    title = gettext_lazy("Change the request")
    edits = True
    success_message = gettext_lazy("Changed.")

    @cached_property
    def row(self) -> Request:
        """The request in the address."""
        pk: uuid.UUID = self.kwargs["pk"]
        return requests.get_request(self.membership, pk)

    @cached_property
    def opportunity(self) -> Opportunity | None:
        """The chosen deal, else the one it had; ``opportunity=none`` lets go of that."""
        key = self._opportunity_key
        if key in (NO_DEAL, TYPED_DEAL):
            return None
        return selectors.find_opportunity(key) if key else self.row.opportunity

    @property
    def owner(self) -> Membership:
        return self.row.requester

    def get_picker_url(self) -> str:
        return f"{super().get_picker_url()}?change={self.row.pk}"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "keep_type": self.row.activity_type}

    def get_initial(self) -> dict[str, Any]:
        row = self.row
        names = (*ALWAYS, *FILLABLE, *SUBSTANCE, *MORE)
        initial = {name: getattr(row, name) for name in names if name != "tags"}
        return {**initial, "tags": [link.tag_id for link in row.request_tags.all()]}

    def perform(self, form: RequestForm) -> Request:
        """Change it, and write down the deal; both or none."""
        with transaction.atomic():
            return services.update_request(
                actor=self.actor, request=self.row, details=self.details_of(form)
            )

    def get_success_url(self, result: Request) -> str:
        return tenant_reverse(self.request, "requests:detail", self.row.pk)

    def get_cancel_url(self) -> str:
        return tenant_reverse(self.request, "requests:detail", self.row.pk)

    def get_context(self) -> dict[str, Any]:
        """Where it belongs; here the whole of it is shown."""
        return {
            **super().get_context(),
            "crumbs": [
                (tenant_reverse(self.request, "requests:list"), _("Requests")),
                (self.get_cancel_url(), title_of(self.row)),
            ],
        }


class FindOpportunities(MemberView):
    """What the deal picker offers while somebody types."""

    permission = "requests.submit"
    nav_item = NAV_ITEM

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A fragment with links that choose one."""
        words = request.GET.get("deal", "").strip()
        found = (
            selectors.search_opportunities(self.membership, words)
            if words
            else selectors.own_opportunities(self.membership)
        )
        return render(
            request,
            "requests/opportunities.html",
            {
                "words": words,
                "found": found,
                "base": self._base(),
                "typed_url": f"{self._base()}?opportunity={TYPED_DEAL}",
            },
        )

    def _base(self) -> str:
        """The page a link of the list goes back to: a new request, or the one being changed."""
        new = tenant_reverse(self.request, "requests:new")
        changed = key_of(self.request.GET.get("change", ""))
        return tenant_reverse(self.request, "requests:edit", changed) if changed else new


def _known_words(known: dict[str, Any]) -> list[tuple[str, str]]:
    """What the deal knows, as facts."""
    facts = {
        "prospect": (_("Company"), known.get("prospect")),
        "industry": (_("Industry"), known.get("industry")),
        "segment": (_("Size"), Segment(known["segment"]).label if "segment" in known else None),
        "employees": (_("Employees"), f"{known['employees']:,}" if "employees" in known else None),
        "country": (_("Country"), country_name(known["country"]) if "country" in known else None),
        "region": (_("Region"), Region(known["region"]).label if "region" in known else None),
    }
    return [(str(label), str(value)) for label, value in facts.values() if value]
