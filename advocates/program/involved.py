"""What a kind of activity involves: a page to hand to one's employer, without signing in (ADV-4.c).

It says what the catalogue says, and nothing of anybody.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.generic import View

from advocacy.languages import spoken
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import tenant_scope
from advocates.accounts.policy import may_show_company, shows_company
from advocates.models import ActivityType
from advocates.people.choices import Comfort
from advocates.people.leave import consent_for
from advocates.program.catalogue.choices import Approval

#: As the person's employer reads it.
_APPROVED = {
    Approval.ADVOCATE: gettext_lazy("the person who speaks"),
    Approval.EMPLOYER: gettext_lazy("your company"),
    Approval.EMPLOYER_IF_POLICY: gettext_lazy("your company, where your policy says so"),
    Approval.CUSTOMER_PR: gettext_lazy("your communications team"),
    Approval.CUSTOMER_PR_IF_NAMED: gettext_lazy("your communications team, if you are named"),
    Approval.LEGAL: gettext_lazy("our own lawyers"),
}


def involved_url(tenant: Tenant, kind: ActivityType) -> str:
    """Where the page of a kind of activity is."""
    return reverse("what-is-involved", args=[tenant.slug, kind.code])


@method_decorator(never_cache, name="dispatch")
class WhatIsInvolved(View):
    """The page of one kind of activity; of one that nobody can be asked for there is none."""

    def get(self, request: HttpRequest, slug: str, code: str) -> HttpResponse:
        """In the reader's language."""
        tenant = Tenant.objects.filter(slug=slug).first()
        if tenant is None:
            raise Http404
        with tenant_scope(tenant):
            kind = ActivityType.objects.filter(code=code, is_on=True).first()
        if kind is None:
            raise Http404
        with translation.override(spoken(translation.get_language_from_request(request))):
            context = {"brand": tenant.name, "company": tenant.name, "kind": kind}
            context |= {"time": _time(kind), "sentences": _sentences(kind)}
            return render(request, "portal/involved.html", context)


def _time(kind: ActivityType) -> str:
    low, high = kind.minutes_low, kind.minutes_high
    if low == high:
        return ngettext("%(n)d minute", "%(n)d minutes", low) % {"n": low}
    return _("%(low)d to %(high)d minutes") % {"low": low, "high": high}


def _sentences(kind: ActivityType) -> list[tuple[str, str]]:
    """What an employer wants to know, each with its icon."""
    found = []
    comforts = ", ".join(str(Comfort(code).label).lower() for code in kind.needs_comfort)
    if comforts:
        found.append(("eye", _("It takes place as: %(what)s.") % {"what": comforts}))
    if shows_company(kind):
        found.append(("building", _("Your company's name or logo is seen in public.")))
    elif may_show_company(kind):
        found.append(("building", _("Your company is named only if you want it; else not.")))
    else:
        found.append(("building", _("Nothing of it is published.")))
    approvals = [str(said) for each, said in _APPROVED.items() if each in kind.default_approvals]
    if approvals:
        text = _("Nothing goes ahead before it is approved by: %(who)s.")
        found.append(("checks", text % {"who": ", ".join(approvals)}))
    if consent_for(kind) is not None:
        found.append(
            ("writing-sign", _("It rests on a written consent, which can end on a day you name."))
        )
    found.append(
        ("arrow-back-up", _("Every consent and approval can be withdrawn at any time, by a word."))
    )
    found.append(("x", _("A no is fine, and changes nothing between our companies.")))
    return found
