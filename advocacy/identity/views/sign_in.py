"""Before a tenant: signing in and out, a forgotten password, the choice of tenants."""

from typing import Any

from django.contrib.auth import views as auth
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, TemplateView, View

from advocacy.identity.account_mail import end_sign_in_links
from advocacy.identity.forms import MailLinkForm, NewPasswordForm, SignInForm
from advocacy.identity.models import AccountMailPurpose
from advocacy.identity.proofs import FAILURES_PER_MACHINE
from advocacy.identity.sessions import proceed
from advocacy.identity.views.links import ask_for_mail, too_often
from advocacy.tenancy.lookups import workplaces_of
from advocacy.tenancy.throttling import TooManyAttempts, give_back, machine, require_attempt
from advocacy.web.http import safe_next
from advocacy.web.urls import TENANT_KWARG


def workplace_url(slug: str) -> str:
    """Where work starts in a tenant: its Today."""
    try:
        return reverse("today", kwargs={TENANT_KWARG: slug})
    except NoReverseMatch:
        return reverse("settings", kwargs={TENANT_KWARG: slug})


class OursNext(auth.RedirectURLMixin):
    """Django would go on to any page at the ``Host`` a request names; we go on to our own."""

    request: HttpRequest

    def get_redirect_url(self) -> str:  # type: ignore[override]
        """The page asked for, if it is one of ours."""
        return safe_next(self.request, "")


class SignIn(OursNext, auth.LoginView):
    """E-mail and password; the session gets a new key on success (ID-4)."""

    form_class = SignInForm
    template_name = "identity/sign_in.html"
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Check the password, unless too many from this machine were wrong, whoever's they were."""
        try:
            require_attempt(FAILURES_PER_MACHINE, machine(request))
        except TooManyAttempts as error:
            return too_often(request, error)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        give_back(FAILURES_PER_MACHINE, machine(self.request))
        return proceed(self.request, form.get_user(), self.get_success_url())

    def form_invalid(self, form: Any) -> HttpResponse:
        """It was not; or nothing was tried, because a field is empty."""
        if not form.non_field_errors():
            give_back(FAILURES_PER_MACHINE, machine(self.request))
        return super().form_invalid(form)


class SignOut(OursNext, auth.LogoutView):
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
        return render(request, "identity/workplaces.html", {"workplaces": found})


class ForgotPassword(FormView):
    """Asks for the address; answers the same whether it is known or not (ID-4)."""

    form_class = MailLinkForm
    template_name = "identity/password_reset.html"

    def form_valid(self, form: Any) -> HttpResponse:
        return ask_for_mail(
            self.request,
            email=form.cleaned_data["email"],
            purpose=AccountMailPurpose.NEW_PASSWORD,
            sent_page="password-reset-sent",
        )


class ForgotPasswordSent(TemplateView):
    """Says that a link is on its way, if there is such an account."""

    template_name = "identity/password_reset_sent.html"


class NewPassword(auth.PasswordResetConfirmView):
    """The page behind the mailed link."""

    form_class = NewPasswordForm
    template_name = "identity/new_password.html"
    success_url = reverse_lazy("password-reset-done")

    def form_valid(self, form: Any) -> HttpResponse:
        """The new password counts; links mailed before it do not."""
        answer = super().form_valid(form)
        end_sign_in_links(user=form.user)
        return answer


class NewPasswordDone(TemplateView):
    """Says that the new password counts."""

    template_name = "identity/new_password_done.html"
