"""Forms about people and the tenant's calendar."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm, SetPasswordForm
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from advocacy.tenancy.models import Holiday, Tenant, validate_currency
from advocacy.tenancy.roles import Role
from advocacy.tenancy.text import Line
from advocacy.web.forms import TenantModelForm

#: AUTH_PASSWORD_VALIDATORS in one sentence.
_PASSWORD_HELP = _("At least 10 characters; no common password, and not like your name or e-mail.")

_LONGEST_ADDRESS = 254


def zone_choices() -> list[tuple[str, str]]:
    """Every time zone a person could live in, by continent and city."""
    return [
        (name, name.replace("_", " "))
        for name in sorted(available_timezones())
        if "/" in name and not name.startswith(("Etc/", "SystemV/", "posix/", "right/"))
    ] + [("UTC", "UTC")]


def new_password(label: Any, *, name: str = "new-password") -> forms.CharField:
    """A field for a new password, with its rules."""
    return forms.CharField(
        label=label,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": name}),
        help_text=_PASSWORD_HELP,
    )


class SignInForm(AuthenticationForm):
    """E-mail and password. One message for whatever is wrong, so that nobody learns who exists."""

    error_messages = {
        "invalid_login": _("E-mail and password do not match. Check both, or set a new password."),
        "inactive": _("E-mail and password do not match. Check both, or set a new password."),
    }

    def __init__(self, request: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        field = self.fields["username"]
        field.label = _("E-mail")
        # Django tells the browser alone; what comes past it would be counted under that name.
        field.validators.append(MaxLengthValidator(_LONGEST_ADDRESS))
        field.widget = forms.EmailInput(
            attrs={"autocomplete": "username", "autofocus": True, "maxlength": _LONGEST_ADDRESS}
        )


class MailLinkForm(forms.Form):
    """Where a link goes."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autofocus": True}),
    )


class NewPasswordForm(SetPasswordForm):
    """The new password, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].label = _("New password")
        self.fields["new_password1"].help_text = _PASSWORD_HELP
        self.fields["new_password2"].label = _("New password again")
        self.fields["new_password2"].help_text = ""


class JoinForm(forms.Form):
    """Name and password of somebody who has no account yet."""

    name = Line(
        label=_("Your name"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name", "autofocus": True}),
    )
    password = new_password(_("Password"))


class InviteForm(forms.Form):
    """Whom to invite, and as what."""

    email = forms.EmailField(
        label=_("E-mail"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.SALES)


class RoleForm(forms.Form):
    """A member's role."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)


class ProfileForm(forms.Form):
    """One's own name, language and time zone."""

    name = Line(label=_("Name"), max_length=100)
    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=lambda: [("", _("As the browser prefers")), *settings.LANGUAGES],
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        required=False,
        choices=lambda: [("", _("The company's time zone")), *zone_choices()],
        help_text=_("Times are shown in it, and reminders keep to its working hours."),
    )
    meeting_place = Line(
        label=_("Your own meeting link"),
        max_length=300,
        required=False,
        help_text=_(
            "Calls you ask for take place there, unless you say otherwise; a room will do."
        ),
    )


class PasswordForm(forms.Form):
    """The present and the new password."""

    current = forms.CharField(
        label=_("Present password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    password = new_password(_("New password"))


class CodeForm(forms.Form):
    """A code of the authenticator app, or a recovery code."""

    code = forms.CharField(max_length=40)

    def __init__(self, *args: Any, recovery: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label = _("Recovery code") if recovery else _("Code")
        field.help_text = "" if recovery else _("The six digits your app shows.")
        field.widget = forms.TextInput(
            attrs={
                "autocomplete": "off" if recovery else "one-time-code",
                "inputmode": "text" if recovery else "numeric",
                "autocapitalize": "characters" if recovery else "off",
                "autofocus": True,
                "maxlength": 40,
            }
        )


class ProofForm(forms.Form):
    """The present password and a code."""

    password = forms.CharField(
        label=_("Present password"),
        strip=False,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("The six digits your app shows, or a recovery code."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
    )

    def __init__(self, *args: Any, has_password: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].required = has_password
        if not has_password:
            self.fields["password"].widget = forms.HiddenInput()


class CodeField(forms.CharField):
    """A code that is written in capitals, however it was typed."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value) or "").upper()


class CalendarForm(forms.ModelForm):
    """Where the tenant works, and in which currency it counts."""

    time_zone = forms.ChoiceField(label=_("Time zone"), choices=zone_choices)
    language = forms.ChoiceField(
        label=_("Language"),
        choices=settings.LANGUAGES,
        help_text=_("Of mails to people who have not chosen one."),
    )
    currency = CodeField(
        label=_("Base currency"),
        max_length=3,
        validators=[validate_currency],
        help_text=_("A three-letter code such as EUR. Amounts are converted to it."),
    )

    class Meta:
        model = Tenant
        fields = ["time_zone", "currency", "language"]


class HolidayForm(TenantModelForm):
    """A day on which nobody works."""

    class Meta:
        model = Holiday
        fields = ["day", "name"]
        widgets = {"day": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
