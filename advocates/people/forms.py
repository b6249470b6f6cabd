"""Forms about people: the record, outcomes, consents, reasons."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy.tenancy.text import Line
from advocacy.web.forms import TenantModelForm, WordsField
from advocates.forms import (
    AccountPicker,
    AnswerField,
    ColleagueField,
    DateInput,
    Part,
    PartsMixin,
    zone_choices,
)
from advocates.languages import language_choices
from advocates.models import Account, Advocate, Consent, Outcome
from advocates.people.choices import Disclosure
from advocates.people.leave import types_for_employers
from advocates.people.selectors import topic_names
from advocates.people.writing import LONGEST_SUBJECT, LONGEST_TEXT

_SKILLS = (("", _("Unknown")), *((n, str(n)) for n in range(1, 6)))


class AdvocateForm(PartsMixin, TenantModelForm):
    """A person at an account (ADV-1)."""

    account = AccountPicker(
        Account.objects.all(),
        label=_("Account"),
        help_text=_("The company they work at. Another company keeps who they are and their past."),
    )
    topics = WordsField(label=_("Topics of expertise"))
    language = forms.ChoiceField(label=_("Language"), required=False)
    time_zone = forms.ChoiceField(label=_("Time zone"), required=False)
    communication_skill = forms.TypedChoiceField(
        label=_("Communication skill"),
        choices=_SKILLS,
        coerce=int,
        empty_value=None,
        required=False,
    )
    presentation_skill = forms.TypedChoiceField(
        label=_("Presentation skill"), choices=_SKILLS, coerce=int, empty_value=None, required=False
    )
    travels = AnswerField(label=_("Travels"))
    executive_sponsor = ColleagueField(label=_("Executive sponsor"), empty_label=_("Nobody"))
    disclosure = forms.ChoiceField(
        label=_("Sales may see the name"),
        required=False,
        choices=(("", _("As their company, else after acceptance")), *Disclosure.choices),
    )

    parts: ClassVar[Sequence[Part]] = (
        Part(
            _("The person"),
            ("first_name", "last_name", "account", "job_title", "seniority", "function"),
        ),
        Part(_("How to reach them"), ("email", "phone", "language", "time_zone")),
        Part(
            _("As an advocate"),
            (
                "readiness",
                "nps",
                "nps_on",
                "topics",
                "communication_skill",
                "presentation_skill",
                "travels",
                "executive_sponsor",
                "disclosure",
            ),
        ),
        Part(_("Personal"), ("interests", "notes"), _("Never shown to sales.")),
    )

    class Meta:
        model = Advocate
        fields: ClassVar[Sequence[str]] = [
            "first_name",
            "last_name",
            "job_title",
            "seniority",
            "function",
            "email",
            "phone",
            "language",
            "time_zone",
            "readiness",
            "nps",
            "nps_on",
            "communication_skill",
            "presentation_skill",
            "travels",
            "executive_sponsor",
            "disclosure",
            "interests",
            "notes",
        ]
        widgets: ClassVar[dict[str, Any]] = {
            "nps_on": DateInput,
            "notes": forms.Textarea(attrs={"rows": 4}),
        }
        labels: ClassVar[dict[str, Any]] = {"nps": _("Own NPS, 0 to 10")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance = kwargs.get("instance")
        initial = dict(kwargs.pop("initial", None) or {})
        if instance is not None:
            initial.setdefault("account", instance.account)
            initial.setdefault("topics", topic_names(instance))
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [("", "–"), *language_choices()]  # type: ignore[attr-defined]
        self.fields["time_zone"].choices = [  # type: ignore[attr-defined]
            ("", _("The program's own")),
            *zone_choices(),
        ]


class OutcomeForm(forms.ModelForm):
    """A measurable result (ADV-3)."""

    use_case = forms.CharField(label=_("Use case"), required=False, max_length=100)

    class Meta:
        model = Outcome
        fields: ClassVar[Sequence[str]] = [
            "metric",
            "before",
            "after",
            "period",
            "narrative",
            "may_be_quoted",
        ]
        widgets: ClassVar[dict[str, Any]] = {"narrative": forms.Textarea(attrs={"rows": 3})}
        help_texts: ClassVar[dict[str, Any]] = {
            "metric": _("For example: hours spent on the monthly report."),
        }


class ConsentForm(forms.ModelForm):
    """A consent or the employer's approval (ADV-4)."""

    scope = forms.MultipleChoiceField(
        label=_("The employer approves"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only for the employer's approval. Nothing ticked: every kind of activity."),
    )

    class Meta:
        model = Consent
        fields: ClassVar[Sequence[str]] = [
            "use",
            "given_on",
            "given_by",
            "evidence",
            "expires_on",
            "scope",
        ]
        widgets: ClassVar[dict[str, Any]] = {"given_on": DateInput, "expires_on": DateInput}
        help_texts: ClassVar[dict[str, Any]] = {
            "given_by": _("Empty: the person. For the employer's approval: who at the company."),
            "evidence": _("Where it can be found: a mail, a signed form."),
            "expires_on": _("Empty: does not expire."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = types_for_employers()
        self.fields["scope"].choices = [(kind.code, kind.name) for kind in kinds]  # type: ignore[attr-defined]


class WriteForm(forms.Form):
    """A mail of one's own words."""

    subject = Line(label=_("Subject"), max_length=LONGEST_SUBJECT)
    text = forms.CharField(
        label=_("Message"), widget=forms.Textarea(attrs={"rows": 8}), max_length=LONGEST_TEXT
    )


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Why"), widget=forms.Textarea(attrs={"rows": 3}), max_length=500
    )


class OptionalReasonForm(ReasonForm):
    """Why, if there is more to say."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = False
