"""The form of a type's weights (MAT-1)."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from requests.matching.criteria import CRITERIA
from requests.models import MatchingWeights


class WeightsForm(forms.ModelForm):
    """How much each criterion counts for one type, beside what counts for all (MAT-1)."""

    class Meta:
        model = MatchingWeights
        fields = CRITERIA

    def __init__(self, *args: Any, general: Mapping[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, points in general.items():
            self.fields[name].help_text = _("Points. All types: %(points)d") % {"points": points}
