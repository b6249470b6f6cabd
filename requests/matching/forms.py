"""The form of the weights (MAT-1)."""

from django import forms

from requests.matching.criteria import CRITERIA
from requests.models import MatchingWeights


class WeightsForm(forms.ModelForm):
    """How much each criterion counts (MAT-1)."""

    class Meta:
        model = MatchingWeights
        fields = CRITERIA
