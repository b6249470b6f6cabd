"""Whom a member looks for: only what is told of somebody can be chosen (BRW-1)."""

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocates.accounts.choices import Region, Segment, TagKind
from advocates.models import ActivityType
from advocates.people.choices import Seniority
from requests.browsing.selectors import Available, Wanted
from requests.matching.exclusions import language_name

#: Those beside each other; the others are folded.
FIRST = ("activity_type", "industry", "segment", "region")


class BrowseForm(forms.Form):
    """Filters; what cannot be chosen any more narrows nothing and says so."""

    activity_type = forms.ChoiceField(label=gettext_lazy("What for"), required=False)
    industry = forms.ChoiceField(label=gettext_lazy("Industry"), required=False)
    segment = forms.ChoiceField(label=gettext_lazy("Size"), required=False)
    region = forms.ChoiceField(label=gettext_lazy("Region"), required=False)
    seniority = forms.ChoiceField(label=gettext_lazy("Level"), required=False)
    function = forms.ChoiceField(label=gettext_lazy("Function"), required=False)
    product = forms.ChoiceField(label=gettext_lazy("Product"), required=False)
    use_case = forms.ChoiceField(label=gettext_lazy("Use case"), required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)
    capacity = forms.ChoiceField(
        label=gettext_lazy("Capacity"),
        choices=(
            ("", gettext_lazy("Can be asked now")),
            ("all", gettext_lazy("Also who has enough for now")),
        ),
        required=False,
    )

    def __init__(
        self, *args: Any, types: list[ActivityType], available: Available, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        tags = available.tags.values()
        offered: dict[str, list[tuple[str, str]]] = {
            "industry": [(value, value) for value in available.choices("industry")],
            "segment": _labelled(Segment.choices, available.choices("segment")),
            "region": _labelled(Region.choices, available.choices("region")),
            "seniority": _labelled(Seniority.choices, available.choices("seniority")),
            "function": [(value, value) for value in available.choices("function")],
            "language": [(code, language_name(code)) for code in available.choices("language")],
            "product": [(str(t.pk), t.name) for t in tags if t.kind == TagKind.PRODUCT],
            "use_case": [(str(t.pk), t.name) for t in tags if t.kind == TagKind.USE_CASE],
        }
        for name, choices in offered.items():
            label = str(self.fields[name].label)
            blank = _("%(what)s: any") % {"what": label}
            self.fields[name].choices = [  # type: ignore[attr-defined]
                ("", blank),
                *sorted(choices, key=lambda choice: choice[1].casefold()),
            ]
        self.fields["activity_type"].choices = [(kind.code, str(kind)) for kind in types]  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """What was chosen."""
        self.is_valid()
        said = {
            name: value
            for name, value in self.cleaned_data.items()
            if value and name not in ("activity_type", "capacity")
        }
        for name in ("product", "use_case"):
            if name in said:
                said[name] = uuid.UUID(said[name])
        return Wanted(**said, also_full=self.cleaned_data.get("capacity") == "all")


def _labelled(choices: Iterable[tuple[str, Any]], values: list[str]) -> list[tuple[str, str]]:
    return [(value, str(label)) for value, label in choices if value in values]
