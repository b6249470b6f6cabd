"""A new request, and changing one that nobody was asked for yet (REQ-1)."""

import json
import uuid
from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy import clock
from advocacy.tenancy.calendar import calendar_of
from advocacy.tenancy.models import Membership
from advocacy.tenant_settings.reading import current
from advocacy.web.http import is_htmx
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import FormPage
from advocates.enablement.models import Audience
from advocates.enablement.pages import offer
from requests.browsing.asking import AsksIntroduction
from requests.evidence.asking import HandsIn, said_of
from requests.forecasts.asking import TELLING, foretold_of
from requests.models import Opportunity, Request
from requests.opportunities import selectors
from requests.opportunities.typed import at_fields, type_in_deal
from requests.pages import NAV_ITEM
from requests.requests import selectors as requests
from requests.requests import services
from requests.requests.cautions import cautions_about
from requests.requests.deal_picker import CHOOSE, NO_DEAL, SEARCH, TYPED_DEAL, offered_deals
from requests.requests.details import RequestDetails
from requests.requests.filling import Known, known_of, refill, unknown_words
from requests.requests.forms import FIRST, MORE, QUESTIONS, RequestForm, day_in, type_in
from requests.requests.levels import is_rush
from requests.requests.presentation import title_of
from requests.requests.settings import Promises

#: A POST with this asks what there is to say about a form as it stands; nothing is saved.
LOOK = "_look"


class _RequestFormPage(AsksIntroduction, FormPage):
    """What both pages share: a deal that fills in what it knows, few questions, the rest folded."""

    abstract = True
    permission = "requests.submit"
    nav_item = NAV_ITEM
    form_class = RequestForm
    form_template = "requests/form_body.html"
    form_id = "request-form"

    @property
    def row(self) -> Request | None:
        """The request that is changed."""
        return None

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save; or look up what another deal fills in, or what there is to say about the day."""
        if CHOOSE in request.POST:
            return self._choose()
        if SEARCH in request.POST:
            return self.show(self._as_typed())
        if LOOK in request.POST:
            form = self._as_typed()
            return render(request, "requests/form_said.html", {"form": form, **self._said(form)})
        return super().post(request, *args, **kwargs)

    def _choose(self) -> HttpResponse:
        response = self.show(self._as_typed())
        if is_htmx(self.request):
            # What the page's address says is what a reload, or a new sign-in, comes back to.
            said = {"opportunity": self.request.POST[CHOOSE], **self.kept}
            response["HX-Replace-Url"] = f"{self.request.path}?{urlencode(said)}"
        return response

    def _as_typed(self) -> Any:
        """The form as it was sent, with nothing checked yet."""
        form: Any = self.get_form()
        self.compare(form)
        form._errors = ErrorDict()  # Django's own mark of a form that was checked
        return form

    @property
    def typed_deal(self) -> bool:
        return self._opportunity_key == TYPED_DEAL

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = {**super().get_form_kwargs(), "typed_deal": self.typed_deal}
        if CHOOSE in self.request.POST:
            kwargs["data"] = self.request.POST.copy()
            before = known_of(self.membership, self._deal_of(self._sent_key), but=self.row)
            refill(kwargs["data"], before, self.known)
        return kwargs

    def get_form(self) -> RequestForm:
        self._shown: RequestForm = super().get_form()
        for name in ("needed_by", *TELLING):
            self._shown.fields[name].widget.attrs |= {
                "hx-post": self.request.get_full_path(),
                # What is said moves what stands below it: never between pressing and letting go.
                "hx-trigger": "change delay:300ms",
                "hx-include": "closest form",
                "hx-vals": json.dumps({LOOK: "1"}),
                "hx-target": "#request-said",
                "hx-swap": "innerHTML",
                "hx-sync": "#request-said:replace",
            }
        return self._shown

    def details_of(self, form: RequestForm) -> RequestDetails:
        """What the form says, with the deal that was chosen or is written down now."""
        if not self.typed_deal:
            return form.details(opportunity=self.opportunity)
        with at_fields("deal_"):
            deal = type_in_deal(actor=self.actor, owner=self.owner, **form.deal())
        return form.details(opportunity=deal)

    @property
    def owner(self) -> Membership:
        return self.membership

    @cached_property
    def opportunity(self) -> Opportunity | None:
        """The deal in the form or the address; else the one a changed request has."""
        return self._deal_of(self._opportunity_key)

    @cached_property
    def known(self) -> Known:
        """What the deal fills in."""
        return known_of(self.membership, self.opportunity, but=self.row)

    def _deal_of(self, key: str) -> Opportunity | None:
        if key in (NO_DEAL, TYPED_DEAL):
            return None
        if key:
            return selectors.find_opportunity(key)
        return self.row.opportunity if self.row else None

    @property
    def _opportunity_key(self) -> str:
        return self.request.POST.get(CHOOSE) or self._sent_key

    @property
    def _sent_key(self) -> str:
        return self.request.POST.get("opportunity") or self.request.GET.get("opportunity", "")

    def get_context(self) -> dict[str, Any]:
        """The form's sections; but for the few first questions, everything is folded."""
        form, deal = self._shown, self.opportunity
        more = [name for name in MORE if deal or name != "prospect"]
        key, words = self._opportunity_key, self.request.POST.get("deal", "").strip()
        return {
            "opportunity": deal,
            # A deal that was only there is not sent: somebody may choose another meanwhile.
            "deal_key": (str(deal.pk) if deal else key) if key else "",
            "known": self.known if key else None,
            "unknown": unknown_words(name for name in more if not form[name].value()),
            "deal": [form[name] for name in form.deal_fields],
            "first": [form[name] for name in FIRST],
            "company": None if deal else form["prospect"],
            "questions": form["questions"],
            "more": [form[name] for name in more],
            "more_open": any(name in form.errors for name in more),
            "picker_url": self.get_picker_url(),
            "base": self.request.path,
            "kept": urlencode(self.kept),
            "words": words,
            "found": [] if deal or self.typed_deal else offered_deals(self.membership, words),
            **self._said(form),
        }

    def get_picker_url(self) -> str:
        return tenant_reverse(self.request, "requests:opportunities")

    def _said(self, form: RequestForm) -> dict[str, Any]:
        """What there is to say about the deal and the day, and why it cannot wait if it is near."""
        needed_by = day_in(form)
        moved = self.row is None or needed_by != self.row.needed_by
        near = needed_by is not None and is_rush(calendar_of(self.tenant), clock.now(), needed_by)
        past = needed_by is not None and needed_by < clock.today(self.tenant.zone)
        rush = near and not past and (moved or bool(form["rush_reason"].value()))
        return {
            "forecast": foretold_of(form),
            "cautions": cautions_about(
                self.membership,
                opportunity=self.opportunity,
                needed_by=needed_by if moved else None,
                activity_type=None if self.typed_deal else type_in(form),
                but=self.row,
            ),
            "rush": form["rush_reason"] if rush or form.errors.get("rush_reason") else None,
        }


class NewRequest(HandsIn, _RequestFormPage):
    """Ask for an advocate; an opportunity fills what it knows."""

    title = gettext_lazy("New request")
    submit_label = gettext_lazy("Submit")

    def get_form_kwargs(self) -> dict[str, Any]:
        deal = self.opportunity
        return {
            **super().get_form_kwargs(),
            "submits": self.submits,
            "deal_prospect": deal.prospect if deal else "",
        }

    def get_initial(self) -> dict[str, Any]:
        tags = [tag.pk for tag in self.known.tags]
        return {**self.known.values, "tags": tags, **self.sought_type()}

    def perform(self, form: RequestForm) -> Request:
        """Write it down and, unless it is for later, submit it; both or none."""
        with transaction.atomic():
            request = services.create_request(
                actor=self.actor, details=self.details_of(form), introduction=self.introduction
            )
            return self.hand_in(request)

    def get_success_url(self, result: Request) -> str:
        return tenant_reverse(self.request, "requests:detail", result.pk)

    def get_success_message(self, result: Request) -> str:
        return said_of(result)

    def get_cancel_url(self) -> str:
        return tenant_reverse(self.request, "requests:list")

    def get_context(self) -> dict[str, Any]:
        calendar = calendar_of(self.tenant)
        return {
            **super().get_context(),
            "crumbs": [(tenant_reverse(self.request, "requests:list"), _("Requests"))],
            **offer(self.request, self.membership, Audience.SALES),
            "answers_by": calendar.add_hours(clock.now(), current(Promises).answer_hours),
            "may_draft": True,
            **self.answers(),
            **self.introduced(),
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

    @property
    def owner(self) -> Membership:
        return self.row.requester

    def get_picker_url(self) -> str:
        return f"{super().get_picker_url()}?change={self.row.pk}"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "keep_type": self.row.activity_type}

    def get_initial(self) -> dict[str, Any]:
        row = self.row
        names = (*FIRST, *QUESTIONS, *MORE, "rush_reason")
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
        return {
            **super().get_context(),
            "crumbs": [
                (tenant_reverse(self.request, "requests:list"), _("Requests")),
                (self.get_cancel_url(), title_of(self.row)),
            ],
        }
