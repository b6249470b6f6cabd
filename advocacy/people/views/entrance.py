"""Before a tenant: signing in and out, a forgotten password, the choice of tenants."""

from typing import Any

from django.conf import settings
from django.contrib.auth import views as auth
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView, View

from advocacy.people.forms import ForgotPasswordForm, NewPasswordForm, SignInForm
from advocacy.tenancy.lookups import workplaces_of
from advocacy.web.urls import TENANT_KWARG


def workplace_url(slug: str) -> str:
    """Where work starts in a tenant: its Today."""
    try:
        return reverse("today", kwargs={TENANT_KWARG: slug})
    except NoReverseMatch:
        return reverse("settings", kwargs={TENANT_KWARG: slug})


class SignIn(auth.LoginView):
    """E-mail and password; the session gets a new key on success (ID-4)."""

    form_class = SignInForm
    template_name = "people/sign_in.html"
    redirect_authenticated_user = True


class SignOut(auth.LogoutView):
    """By POST only."""


@method_decorator(never_cache, name="dispatch")
class Home(LoginRequiredMixin, View):
    """To the only tenant, or to a choice of them."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Go on, or ask where."""
        user_id: Any = request.user.pk
        places = workplaces_of(user_id)
        if len(places) == 1:
            return HttpResponseRedirect(workplace_url(places[0].slug))
        found = [(place, workplace_url(place.slug)) for place in places]
        return render(request, "people/workplaces.html", {"workplaces": found})


class ForgotPassword(auth.PasswordResetView):
    """Asks for the address; answers the same whether it is known or not (ID-4)."""

    form_class = ForgotPasswordForm
    template_name = "people/password_reset.html"
    email_template_name = "people/password_reset_mail.txt"
    subject_template_name = "people/password_reset_subject.txt"
    success_url = reverse_lazy("password-reset-sent")

    def form_valid(self, form: Any) -> HttpResponse:
        """Send the link; it starts with our own address, whatever the request's host says."""
        self.extra_email_context = {"base": settings.PUBLIC_URL.rstrip("/")}
        return super().form_valid(form)


class ForgotPasswordSent(TemplateView):
    """Says that a link is on its way, if there is such an account."""

    template_name = "people/password_reset_sent.html"


class NewPassword(auth.PasswordResetConfirmView):
    """The page behind the mailed link."""

    form_class = NewPasswordForm
    template_name = "people/new_password.html"
    success_url = reverse_lazy("password-reset-done")


class NewPasswordDone(TemplateView):
    """Says that the new password counts."""

    template_name = "people/new_password_done.html"
