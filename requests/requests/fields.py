"""Fields that forms about requests share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from requests.requests.contacts import LONGEST, validate_contacts


class DayInput(forms.DateInput):
    """The browser's own picker."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class ContactsField(forms.CharField):
    """Who joins from the prospect's side, one a line."""

    widget = forms.Textarea(attrs={"rows": 3, "placeholder": "Jane Roe, jane@example.com"})

    def __init__(self, **kwargs: Any) -> None:
        shared = {
            "label": gettext_lazy("Who joins from their side?"),
            "help_text": gettext_lazy("One person a line: name and e-mail. They are invited too."),
            "required": False,
            "max_length": LONGEST,
            "validators": [validate_contacts],
        }
        super().__init__(**{**shared, **kwargs})
