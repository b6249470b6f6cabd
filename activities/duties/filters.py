"""What narrows the list of duties."""

from typing import ClassVar

import django_filters
from django.utils.translation import gettext_lazy as _

from activities.duties.lifecycle import DutyState
from activities.duties.models import Duty
from advocacy.tenancy.roles import Role
from advocacy.web.filters import FilterSet
from advocates.responsibilities.steps import Step


class DutyFilter(FilterSet):
    """By step, state and the team of whose it is."""

    step = django_filters.ChoiceFilter(choices=Step.choices, label=_("Step"))
    state = django_filters.ChoiceFilter(choices=DutyState.choices, label=_("State"))
    team = django_filters.ChoiceFilter(
        choices=Role.choices, field_name="owner__role", label=_("Team")
    )

    class Meta:
        model = Duty
        fields: ClassVar[list[str]] = []
