"""What the app's forms share: parts with headings, and fields for words, places, accounts."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar
from zoneinfo import available_timezones

from django import forms
from django.db.models import QuerySet
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from advocacy.search.selectors import matching
from advocacy.tenancy.models import Membership
from advocacy.tenancy.text import Line
from advocacy.web.pickers import PickerField
from advocates.access import changeable
from advocates.countries import country_name
from advocates.models import Account, ActivityType, Advocate


@dataclass(frozen=True, slots=True)
class Part:
    """Fields under one heading."""

    title: str | Promise
    names: Sequence[str]
    text: str | Promise = ""


@dataclass(frozen=True, slots=True)
class BoundPart:
    """A part with its bound fields."""

    title: str | Promise
    text: str | Promise
    fields: list[BoundField]


class PartsMixin:
    """A long form in parts; ``advocates/form_body.html`` draws it."""

    parts: ClassVar[Sequence[Part]] = ()

    def bound_parts(self) -> list[BoundPart]:
        """The parts with those of their fields that this form has."""
        form: Any = self
        found = []
        for part in self.get_parts():
            fields = [form[name] for name in part.names if name in form.fields]
            if fields:
                found.append(BoundPart(part.title, part.text, fields))
        return found

    def get_parts(self) -> Sequence[Part]:
        """The parts; a form with fields of its own making adds to them."""
        return self.parts


class DateInput(forms.DateInput):
    """The browser's own date picker, which speaks ISO whatever the language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class PersonPicker(PickerField):
    """Anybody at an account whose people this member may change, by name, address or company."""

    def offered(self, membership: Membership) -> QuerySet[Advocate]:
        """A CSM chooses at own accounts (ID-2)."""
        people = Advocate.objects.select_related("account")
        return people.filter(changeable(membership, "account")).order_by(
            "last_name", "first_name", "id"
        )

    def matching(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return matching(rows, "advocate", self.words)

    def label_from_instance(self, row: Any) -> str:
        return str(row.name)

    def detail_of(self, row: Any) -> str:
        """What they are, and where."""
        return " · ".join(part for part in (row.job_title, row.account.name) if part)


class AccountPicker(PickerField):
    """An account this member may change, by name or domain."""

    hint: ClassVar[str | Promise] = gettext_lazy("Search by name")

    def offered(self, membership: Membership) -> QuerySet[Account]:
        """A CSM chooses own accounts (ID-2)."""
        return Account.objects.filter(changeable(membership)).order_by("name", "id")

    def matching(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return matching(rows, "account", self.words)

    def detail_of(self, row: Any) -> str:
        """Where it is, and what it does."""
        return " · ".join(part for part in (row.industry, country_name(row.country)) if part)


class ColleagueField(forms.ModelChoiceField):
    """An active colleague."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(
            Membership.objects.select_related("user").filter(is_active=True).order_by("user__name"),
            **kwargs,
        )


class AnswerField(forms.TypedChoiceField):
    """Yes, no, or nobody knows yet."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(
            choices=(
                ("", gettext_lazy("Unknown, needs to be confirmed")),
                ("yes", gettext_lazy("Yes")),
                ("no", gettext_lazy("No")),
            ),
            coerce=lambda value: value == "yes",
            empty_value=None,
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no", None: ""}.get(value, value)


@cache
def zone_choices() -> list[tuple[str, str]]:
    """Time zones of places, by name."""
    areas = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/",
             "Pacific/")  # fmt: skip
    names = sorted(name for name in available_timezones() if name.startswith(areas))
    return [(name, name.replace("_", " ")) for name in names]


class TypeSelect(forms.Select):
    """Marks the types that carry a topic or site, so that it is asked for with these alone."""

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(*args, **kwargs)
        kind = getattr(option["value"], "instance", None)
        if isinstance(kind, ActivityType) and kind.carries_detail:
            option["attrs"]["data-carries-detail"] = ""
        return option


def detail_field() -> forms.CharField:
    """The topic or site; beside a :class:`TypeSelect` it shows with the types that carry one."""
    return Line(
        label=gettext_lazy("On which topic, or on which site?"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("A testimonial or an article has a topic, a review a site."),
        # By its placeholder the style sheet knows whether something was typed.
        widget=forms.TextInput(attrs={"class": "detail-input", "placeholder": " "}),
    )
