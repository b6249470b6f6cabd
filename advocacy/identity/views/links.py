"""Signing in with a link by mail (ID-1, ID-4)."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView, View

from advocacy.identity import account_mail, proofs
from advocacy.identity.forms import MailLinkForm
from advocacy.identity.models import AccountMailPurpose
from advocacy.identity.sessions import proceed
from advocacy.tenancy.throttling import TooManyAttempts, machine, require_attempt
from advocacy.web.http import safe_next


def too_often(request: HttpRequest, error: TooManyAttempts) -> HttpResponse:
    """Says that one has to wait, and how long."""
    context = {"minutes": error.minutes}
    answer = render(request, "identity/too_often.html", context, status=error.status)
    answer["Retry-After"] = str(error.seconds)
    return answer


def ask_for_mail(
    request: HttpRequest, *, email: str, purpose: AccountMailPurpose, sent_page: str
) -> HttpResponse:
    """Have a link mailed; known and unknown addresses get the same answers."""
    address = email.strip().lower()
    try:
        require_attempt(proofs.LINKS_PER_MACHINE, machine(request))
        require_attempt(proofs.LINKS_PER_ADDRESS, f"{purpose}:{address}")
    except TooManyAttempts as error:
        return too_often(request, error)
    account_mail.request_account_mail(
        email=address,
        purpose=purpose,
        language=get_language() or settings.LANGUAGE_CODE,
        next_page=safe_next(request, ""),
    )
    return HttpResponseRedirect(reverse(sent_page))


@method_decorator(never_cache, name="dispatch")
class AskForLink(View):
    """Asks for the address a link to sign in goes to."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form."""
        return self.show(MailLinkForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Have it sent."""
        form = MailLinkForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        return ask_for_mail(
            request,
            email=form.cleaned_data["email"],
            purpose=AccountMailPurpose.SIGN_IN,
            sent_page="sign-in-link-sent",
        )

    def show(self, form: Any, status: int = 200) -> HttpResponse:
        """The page."""
        context = {"form": form, "next": safe_next(self.request, "")}
        return render(self.request, "identity/sign_in_link.html", context, status=status)


class LinkSent(TemplateView):
    """Says that a link is on its way, if there is such an account."""

    template_name = "identity/sign_in_link_sent.html"
    extra_context = {"minutes": account_mail.LINK_MINUTES}


@method_decorator(never_cache, name="dispatch")
class SignInWithLink(View):
    """The page behind the mailed link. GET shows a button, since mail scanners follow links."""

    def get(self, request: HttpRequest, secret: str) -> HttpResponse:
        """Whom the link signs in, and the button."""
        link = account_mail.find_sign_in_link(secret)
        if link is None:
            return self.gone()
        return render(request, "identity/sign_in_with_link.html", {"email": link.user.email})

    def post(self, request: HttpRequest, secret: str) -> HttpResponse:
        """Use the link up and sign in."""
        try:
            require_attempt(proofs.LINKS_OPENED_PER_MACHINE, machine(request))
        except TooManyAttempts as error:
            return too_often(request, error)
        link = account_mail.use_sign_in_link(secret=secret)
        if link is None:
            return self.gone()
        return proceed(
            request, link.user, link.next_page or resolve_url(settings.LOGIN_REDIRECT_URL)
        )

    def gone(self) -> HttpResponse:
        """Says that it does not work any more; used up, too old and made up sound the same."""
        return render(self.request, "identity/sign_in_link_gone.html", status=410)
