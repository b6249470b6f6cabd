"""The second step of signing in, and one's own page about it (ID-1, ID-4)."""

from typing import Any, ClassVar

import segno
from django.contrib.auth import update_session_auth_hash
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import View

from advocacy.identity import second_factor
from advocacy.identity.forms import CodeForm, ProofForm
from advocacy.identity.models import SecondFactor
from advocacy.identity.proofs import FAILURES_PER_MACHINE
from advocacy.identity.sessions import finish, first_step
from advocacy.identity.views.counted import CountedForm
from advocacy.tenancy.throttling import TooManyAttempts, give_back, machine, require_attempt
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import ActionView, MemberView


@method_decorator(never_cache, name="dispatch")
class SecondStep(View):
    """Asks for the code after the password or the mailed link."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form; without a first step, back to the start."""
        return self.show(self.form()) if first_step(request) else self.start()

    def post(self, request: HttpRequest) -> HttpResponse:
        """Check the code and sign in."""
        step = first_step(request)
        if step is None:
            return self.start()
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            require_attempt(FAILURES_PER_MACHINE, machine(request))
            right = second_factor.check_second_step(user=step.user, code=form.cleaned_data["code"])
        except TooManyAttempts as error:
            form.add_error("code", error.message)
            answer = self.show(form, status=error.status)
            answer["Retry-After"] = str(error.seconds)
            return answer
        if not right:
            form.add_error("code", _("This code does not work, or was used already. Try again."))
            return self.show(form, status=422)
        give_back(FAILURES_PER_MACHINE, machine(request))
        return finish(request, step)

    @property
    def with_recovery_code(self) -> bool:
        """Whether the page asks for a recovery code."""
        return "recovery" in self.request.GET

    def form(self, data: Any = None) -> CodeForm:
        """The form; either kind of code is taken, whichever was asked for."""
        return CodeForm(data, recovery=self.with_recovery_code)

    def show(self, form: CodeForm, status: int = 200) -> HttpResponse:
        """The page."""
        context = {"form": form, "recovery": self.with_recovery_code}
        return render(self.request, "identity/sign_in_code.html", context, status=status)

    @staticmethod
    def start() -> HttpResponse:
        """Back to the password."""
        return HttpResponseRedirect(reverse("sign-in"))


class TwoStep(MemberView):
    """Whether one's own second step is on, and what can be done about it."""

    permission = "profile.edit"
    nav_item = "settings"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page."""
        user = self.membership.user
        factor = second_factor.confirmed_factor(user)
        context = {
            "factor": factor,
            "left": second_factor.codes_left(user) if factor else 0,
            "all_codes": second_factor.CODES,
        }
        return render(request, "identity/second_factor.html", context)


class StartTwoStep(ActionView):
    """Begin setting up an app."""

    permission = "profile.edit"

    def perform(self) -> SecondFactor:
        return second_factor.start_second_factor(actor=self.actor)

    def get_success_url(self, result: SecondFactor) -> str:
        return tenant_reverse(self.request, "second-factor-confirm")


class _CodePage(CountedForm):
    """A form with a code."""

    abstract = True
    permission = "profile.edit"
    nav_item = "settings"
    form_class: ClassVar[type[BaseForm]] = ProofForm
    form_template = "identity/plain_form.html"
    codes: list[str] | None = None
    first_codes: ClassVar[bool] = False

    def get_form_kwargs(self) -> dict[str, Any]:
        """Whose password, if there is one."""
        has_password = self.membership.user.has_usable_password()
        return {**super().get_form_kwargs(), "has_password": has_password}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form, when there is an app that counts."""
        if second_factor.confirmed_factor(self.membership.user) is None:
            return HttpResponseRedirect(self.get_cancel_url())
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Perform; new recovery codes are shown at once and never again."""
        answer = super().post(request, *args, **kwargs)
        if self.codes is not None:
            context = {"codes": self.codes, "first": self.first_codes}
            answer = render(request, "identity/recovery_codes.html", context)
            answer["Cache-Control"] = "no-store"
        return answer

    def get_success_url(self, result: Any) -> str:
        return tenant_reverse(self.request, "second-factor")

    def get_cancel_url(self) -> str:
        return tenant_reverse(self.request, "second-factor")


class ConfirmTwoStep(_CodePage):
    """The secret as QR code and text; the app's first code turns it on."""

    title = gettext_lazy("Set up two-step sign-in")
    form_class = CodeForm
    template_name = "identity/second_factor_confirm.html"
    submit_label = gettext_lazy("Turn on")
    first_codes = True

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        del kwargs["has_password"]
        return kwargs

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The secret, while it is being set up."""
        if second_factor.factor_to_confirm(self.membership.user) is None:
            return HttpResponseRedirect(self.get_cancel_url())
        return self.show(self.get_form())

    def perform(self, form: Any) -> None:
        """Turn it on; this session goes on, every other one ends."""
        self.codes = second_factor.confirm_second_factor(actor=self.actor, **form.cleaned_data)
        update_session_auth_hash(self.request, self.membership.user)

    def get_context(self) -> dict[str, Any]:
        factor = second_factor.factor_to_confirm(self.membership.user)
        if factor is None:
            return {}
        address = second_factor.app_address(factor)
        return {
            "qr": qr_code(address),
            "app_address": address,
            "secret": second_factor.secret_text(factor),
        }


class RenewCodes(_CodePage):
    """Ten new recovery codes."""

    title = gettext_lazy("New recovery codes")
    subtitle = gettext_lazy("The codes you have now stop working.")
    submit_label = gettext_lazy("Make new codes")

    def perform(self, form: Any) -> None:
        self.codes = second_factor.renew_recovery_codes(actor=self.actor, **form.cleaned_data)


class TurnOffTwoStep(_CodePage):
    """Go back to one step."""

    title = gettext_lazy("Turn off two-step sign-in")
    subtitle = gettext_lazy("From then on your password, or a link by mail, is enough to sign in.")
    submit_label = gettext_lazy("Turn off")
    success_message = gettext_lazy("Two-step sign-in is off.")

    def perform(self, form: Any) -> None:
        second_factor.turn_off_second_factor(actor=self.actor, **form.cleaned_data)


def qr_code(text: str) -> SafeString:
    """A QR code as SVG, black on white in both themes; attributes only, for the content policy."""
    drawing = segno.make(text, error="m", micro=False).svg_inline(
        scale=4, border=4, dark="#000", light="#fff", svgclass=None
    )
    # Trusted: paths that the library computed; the text itself is not in them.
    return mark_safe(drawing)  # noqa: S308
