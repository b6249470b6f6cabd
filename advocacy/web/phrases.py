"""What forms say when something is wrong: Django's phrases in a colleague's words, each naming what
is accepted (BAD-1). Said once for every form, where its fields are bound.
"""

from functools import cache
from typing import Any

from django import forms
from django.utils.choices import BaseChoiceIterator
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

#: With more choices than these, a list of them helps nobody.
_NAMED = 8

#: Code → what is said instead, where a field's class does not say more.
_ANY: dict[str, str | Promise] = {
    "required": gettext_lazy("Fill this in."),
    "max_length": ngettext_lazy(
        "Enter at most %(limit_value)d character; it has %(show_value)d now.",
        "Enter at most %(limit_value)d characters; it has %(show_value)d now.",
        "limit_value",
    ),
    "min_length": ngettext_lazy(
        "Enter at least %(limit_value)d character; it has %(show_value)d now.",
        "Enter at least %(limit_value)d characters; it has %(show_value)d now.",
        "limit_value",
    ),
    "max_value": gettext_lazy("Enter %(limit_value)s or less."),
    "min_value": gettext_lazy("Enter %(limit_value)s or more."),
    "null_characters_not_allowed": gettext_lazy("Enter text without invisible characters."),
}
_CHOOSE = gettext_lazy("Choose one.")
_OF_THE_LIST = gettext_lazy("This is not in the list any more. Choose one that is.")
#: The first class that fits says more.
_BY_CLASS: tuple[tuple[type[forms.Field], dict[str, str | Promise]], ...] = (
    (forms.EmailField, {"invalid": gettext_lazy("Enter an address such as ana@example.com.")}),
    (forms.URLField, {"invalid": gettext_lazy("Enter an address such as https://example.com.")}),
    (forms.IntegerField, {"invalid": gettext_lazy("Enter a whole number, such as 12.")}),
    (forms.DecimalField, {"invalid": gettext_lazy("Enter a number, such as 12.50.")}),
    (
        forms.DateTimeField,
        {"invalid": gettext_lazy("Enter a date and a time, such as 2026-11-30 14:30.")},
    ),
    (forms.DateField, {"invalid": gettext_lazy("Enter a date, such as 2026-11-30.")}),
    (forms.TimeField, {"invalid": gettext_lazy("Enter a time, such as 14:30.")}),
    (forms.UUIDField, {"invalid": gettext_lazy("Enter the id as it is shown, all of it.")}),
    (
        forms.FileField,
        {
            "required": gettext_lazy("Choose a file."),
            "missing": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("This file is empty. Choose one with something in it."),
        },
    ),
    (
        forms.ModelMultipleChoiceField,
        {
            "required": gettext_lazy("Choose at least one."),
            "invalid_choice": _OF_THE_LIST,
            "invalid_pk_value": _OF_THE_LIST,
        },
    ),
    (
        forms.MultipleChoiceField,
        {"required": gettext_lazy("Choose at least one."), "invalid_choice": _OF_THE_LIST},
    ),
    (forms.ModelChoiceField, {"required": _CHOOSE, "invalid_choice": _OF_THE_LIST}),
    (forms.ChoiceField, {"required": _CHOOSE, "invalid_choice": _OF_THE_LIST}),
    (forms.BooleanField, {"required": gettext_lazy("Tick this to go on.")}),
)


def say_ours(field: forms.Field) -> None:
    """Give a bound field our phrases, where it has no words of its own."""
    own: dict[str, str | Promise] = {}
    for kind, phrases in _BY_CLASS:
        if isinstance(field, kind):
            own = phrases
            break
    said = {**_ANY, **own}
    if choices := _short_list(field):
        # No choice holds a percent sign that stands for a value.
        said["invalid_choice"] = _("Choose one of: %(choices)s.") % {
            "choices": choices.replace("%", "%%")
        }
    theirs = _django_says(type(field))  # type: ignore[arg-type]  # a class has a hash
    for code, text in said.items():
        if field.error_messages.get(code, theirs.get(code)) == theirs.get(code):
            field.error_messages[code] = text  # type: ignore[assignment]


@cache
def _django_says(kind: type[forms.Field]) -> dict[str, Any]:
    """What a field says by itself; a class of ours says it in our words already."""
    found: dict[str, Any] = {}
    for each in reversed(kind.__mro__):
        messages = vars(each).get("default_error_messages", {})
        if each.__module__.startswith(("django.", "django_filters.")):
            found |= messages
        else:
            found = {code: text for code, text in found.items() if code not in messages}
    return found


def _short_list(field: forms.Field) -> str:
    """The labels of a choice of few, as a sentence lists them."""
    if not isinstance(field, forms.ChoiceField):
        return ""
    # What comes from the database or a function is not read for the sake of a message.
    if isinstance(field.choices, BaseChoiceIterator):
        return ""
    labels = []
    for value, label in list(field.choices):  # type: ignore[arg-type]
        if isinstance(label, list | tuple):
            return ""
        if value not in ("", None):
            labels.append(str(label))
        if len(labels) > _NAMED:
            return ""
    return ", ".join(labels)
