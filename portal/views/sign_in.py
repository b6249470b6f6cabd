"""Before the portal: an e-mail address in, a fresh link by mail out (ID-3)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import translation
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import View

from advocacy.languages import spoken
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import tenant_scope
from advocacy.tenancy.throttling import TooManyAttempts, machine
from portal.forms import LinkForm
from portal.services import request_link


@method_decorator(never_cache, name="dispatch")
class SignIn(View):
    """The same answer whether the address is known or not."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """The form, or what happens next."""
        tenant = self._tenant(slug)
        if "sent" in request.GET:
            return self._show(tenant, template="sent")
        return self._show(tenant, LinkForm())

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Write to the address, whoever it belongs to."""
        tenant = self._tenant(slug)
        form = LinkForm(request.POST)
        if not form.is_valid():
            return self._show(tenant, form, status=422)
        try:
            with tenant_scope(tenant):
                request_link(
                    email=form.cleaned_data["email"],
                    machine=machine(request),
                    language=translation.get_language_from_request(request),
                )
        except TooManyAttempts as error:
            form.add_error(None, error.message)
            answer = self._show(tenant, form, status=error.status)
            answer["Retry-After"] = str(error.seconds)
            return answer
        return HttpResponseRedirect(f"{request.path}?sent=1")

    @staticmethod
    def _tenant(slug: str) -> Tenant:
        tenant = Tenant.objects.filter(slug=slug).first()
        if tenant is None:
            raise Http404
        return tenant

    def _show(
        self, tenant: Tenant, form: Any = None, status: int = 200, template: str = "sign_in"
    ) -> HttpResponse:
        language = spoken(translation.get_language_from_request(self.request))
        with translation.override(language):
            return render(
                self.request,
                f"portal/{template}.html",
                {"brand": tenant.name, "company": tenant.name, "form": form},
                status=status,
            )
