"""What a question is narrowed by (EVD-1.a)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.assets.choices import AssetKind
from activities.evidence.languages import NAMES
from activities.evidence.models import SourceKind
from activities.evidence.selectors import LONGEST, Wanted
from advocates.accounts.selectors import industries

KINDS = [(SourceKind.OUTCOME.value, _("Measured result")), *AssetKind.choices]


class EvidenceForm(forms.Form):
    """The question, and filters beside it; what cannot be chosen narrows nothing."""

    q = forms.CharField(
        label=_("What do you want to prove?"),
        required=False,
        # What a link brings beyond that is not read; it refuses nothing.
        widget=forms.TextInput(
            attrs={"type": "search", "autocomplete": "off", "maxlength": LONGEST}
        ),
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    industry = forms.ChoiceField(label=_("Industry"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    use = forms.ChoiceField(
        label=_("Use"),
        required=False,
        choices=[("", _("All there is")), ("now", _("What may be shared"))],
    )

    def __init__(self, *args: Any, inside: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: dict[str, Any] = {
            "kind": [("", _("Every kind")), *KINDS],
            "industry": [("", _("Every industry")), *industries()],
            "language": [("", _("Every language")), *NAMES.items()],
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        if not inside:
            del self.fields["use"]  # they see nothing else
        for name, field in self.fields.items():
            field.widget.attrs["class"] = "form-control" if name == "q" else "form-select"

    def wanted(self) -> Wanted:
        """As far as it can be read."""
        self.is_valid()
        read = getattr(self, "cleaned_data", {})
        return Wanted(
            question=read.get("q", "")[:LONGEST],
            kind=read.get("kind", ""),
            industry=read.get("industry", ""),
            language=read.get("language", ""),
            shareable=read.get("use", "") == "now",
        )
