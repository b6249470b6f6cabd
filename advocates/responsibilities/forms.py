"""Forms of who does what: a role for each step; the program and its people."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.tenancy.roles import Role
from advocacy.web.forms import TenantModelForm
from advocates.forms import ColleagueField
from advocates.responsibilities.models import Program
from advocates.responsibilities.selectors import RUNS, Responsible, shares
from advocates.responsibilities.steps import TAKES_PART

_SHARE = "share_"


class RolesForm(forms.Form):
    """One choice a step; empty is the usual role."""

    def __init__(self, *args: Any, roles: Sequence[Responsible], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in roles:
            usual = _("as usual: %(role)s") % {"role": each.usual_label}
            self.fields[each.step.value] = forms.ChoiceField(
                label=each.step.label,
                choices=[("", usual), *Role.choices],
                required=False,
                initial=each.role if each.own else "",
                help_text=str(TAKES_PART[each.step]),
            )


class ProgramForm(TenantModelForm):
    """Name, owner, and a share of time for each program manager."""

    owner = ColleagueField(
        label=gettext_lazy("Who answers for it"),
        help_text=gettext_lazy("A CS leader or customer marketing manager may, part-time."),
    )

    class Meta:
        model = Program
        fields: ClassVar[Sequence[str]] = ("name", "owner")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner: Any = self.fields["owner"]
        owner.queryset = owner.queryset.filter(role__in=RUNS)
        self.shares = shares()
        for member, percent in self.shares:
            self.fields[f"{_SHARE}{member.pk}"] = forms.IntegerField(
                label=_("Working time of %(name)s for it, in percent") % {"name": member.name},
                min_value=1,
                max_value=100,
                initial=percent,
            )

    @property
    def percents(self) -> list[tuple[Any, int]]:
        """Each program manager with what was typed."""
        return [(member, self.cleaned_data[f"{_SHARE}{member.pk}"]) for member, _now in self.shares]
