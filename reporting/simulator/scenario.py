"""What is asked of the past: other guardrails, more people, which days (SIM-1.a).

A form that lives in the address: what an address does not say is as it is today, so that
``?yearly_cap=4`` is a whole question.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.tenancy.errors import DomainError
from advocacy.tenant_settings.settings import Setting
from advocates.accounts.choices import Region, Segment
from advocates.models import ActivityType, ProgramPolicy, Tier
from advocates.program.ledger.capacity.past import Limits, Rules
from advocates.program.settings import CAPACITY, GUARDRAILS
from reporting.simulator.rows import limits_of

#: How far the replay looks back.
PERIODS = {
    "90": gettext_lazy("90 days"),
    "180": gettext_lazy("6 months"),
    "365": gettext_lazy("12 months"),
    "730": gettext_lazy("2 years"),
}
USUAL_DAYS = 365
_MOST_RECRUITS = 1000
_YES_NO = (("yes", gettext_lazy("yes")), ("no", gettext_lazy("no")))
_RULES = tuple(each.name for each in fields(Rules))
_MOST_LIMIT = 10_000
#: Field → the column of a type that it is.
_OWN = {
    "activity_per_year": "per_year",
    "activity_at_once": "at_once",
    "activity_gap_days": "gap_days",
}


@dataclass(frozen=True, slots=True)
class Recruits:
    """People who would have been there from the first day on, each at a company of their own.

    ``cost`` is what it takes to win one, ``rewards`` what one gets in a year, in the base currency;
    None is what the tenant's own people cost.
    """

    count: int = 0
    tier: Tier | None = None
    segment: str = ""
    region: str = ""
    industry: str = ""
    cost: Decimal | None = None
    rewards: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Scenario:
    """One question, and today's settings beside it."""

    days: int
    rules: Rules
    today: Rules
    recruits: Recruits
    #: An activity whose own limits are others, and these.
    activity: ActivityType | None = None
    own_limits: Limits | None = None

    @property
    def limits(self) -> dict[UUID, Limits]:
        """By type, where they are not today's."""
        if self.activity is None or self.own_limits is None:
            return {}
        return {self.activity.pk: self.own_limits}

    @property
    def changed(self) -> list[Setting]:
        """The guardrails that differ from today's."""
        return [
            setting
            for setting in GUARDRAILS.settings
            if getattr(self.rules, setting.key) != getattr(self.today, setting.key)
        ]

    @property
    def is_today(self) -> bool:
        """Whether nothing is different: the replay is what happened."""
        return not self.changed and not self.limits and not self.recruits.count


def _field(setting: Setting, today: Any) -> forms.Field:
    common: dict[str, Any] = {
        "label": setting.name,
        "required": False,
        "help_text": _("Today: %(value)s") % {"value": setting.words(today)},
    }
    if setting.kind == "flag":
        return forms.ChoiceField(choices=_YES_NO, **common)
    if setting.kind == "choice":
        return forms.ChoiceField(choices=setting.choices, **common)
    return forms.IntegerField(min_value=setting.low, max_value=setting.high, **common)


def _amount(label: str, help_text: str) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        help_text=help_text,
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=2,
    )


class ScenarioForm(forms.Form):
    """Bound to an address; what it leaves out is today's."""

    #: What stands open; the rest is folded.
    first = ("yearly_cap", "days")

    days = forms.ChoiceField(
        label=gettext_lazy("Look back"), choices=list(PERIODS.items()), required=False
    )
    recruits = forms.IntegerField(
        label=gettext_lazy("People won"),
        required=False,
        min_value=0,
        max_value=_MOST_RECRUITS,
        help_text=gettext_lazy("As if they had been there from the first day on."),
    )
    tier = forms.ModelChoiceField(
        label=gettext_lazy("Tier"),
        queryset=Tier.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=gettext_lazy("any"),
        help_text=gettext_lazy("Whose rewards they would get."),
    )
    segment = forms.ChoiceField(
        label=gettext_lazy("Size"),
        choices=[("", gettext_lazy("any")), *Segment.choices],
        required=False,
    )
    region = forms.ChoiceField(
        label=gettext_lazy("Region"),
        choices=[("", gettext_lazy("any")), *Region.choices],
        required=False,
    )
    industry = forms.CharField(label=gettext_lazy("Industry"), max_length=100, required=False)
    activity = forms.ModelChoiceField(
        label=gettext_lazy("Activity with other limits"),
        queryset=ActivityType.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=gettext_lazy("none"),
        help_text=gettext_lazy("Its own limits; each that stays empty is as today."),
    )

    def __init__(self, params: Mapping[str, Any]) -> None:
        policy = ProgramPolicy.objects.first() or ProgramPolicy()
        self.today = Rules.of(policy)
        shown = {setting.key: _said(getattr(self.today, setting.key)) for setting in self._settings}
        given = {name: value for name, value in params.items() if value != ""}
        super().__init__({**shown, "days": str(USUAL_DAYS), **given})
        for setting in self._settings:
            self.fields[setting.key] = _field(setting, getattr(self.today, setting.key))
        for name, of in _OWN.items():
            column = ActivityType._meta.get_field(of)
            self.fields[name] = forms.IntegerField(
                label=capfirst(str(column.verbose_name)),  # type: ignore[union-attr]
                required=False,
                min_value=0,
                max_value=_MOST_LIMIT,
            )
        self.fields["activity"].queryset = ActivityType.objects.all()  # type: ignore[attr-defined]
        self.fields["tier"].queryset = Tier.objects.all()  # type: ignore[attr-defined]
        self.fields["recruit_cost"] = _amount(
            _("Winning one costs"),
            _("Empty: costs of acquisition a year per advocate enrolled now."),
        )
        self.fields["reward_cost"] = _amount(
            _("Rewards for one, a year"), _("Empty: what you give those of that tier now.")
        )

    @property
    def _settings(self) -> tuple[Setting, ...]:
        return tuple(setting for setting in GUARDRAILS.settings if setting.key in _RULES)

    def clean(self) -> dict[str, Any]:
        """What is said, the rest as it is today; checked together as the settings are."""
        cleaned = super().clean() or {}
        rules = {}
        for setting in self._settings:
            value = cleaned.get(setting.key)
            if setting.kind == "flag":
                value = None if value in (None, "") else value == "yes"
            rules[setting.key] = getattr(self.today, setting.key) if value in (None, "") else value
        if not self.errors:
            for name, problem in CAPACITY.check(rules).items():
                self.add_error(name, problem)
        if not cleaned.get("activity") and "activity" not in self.errors:
            if any(cleaned.get(name) is not None for name in _OWN):
                self.add_error("activity", _("Choose the activity that these limits are of."))
        return {**cleaned, "rules": Rules(**rules)}

    def scenario(self) -> Scenario:
        """What is asked. Raises ``DomainError`` at each field that makes no sense."""
        if not self.is_valid():
            wrong = {name: str(errors[0]) for name, errors in self.errors.items()}
            raise DomainError(next(iter(wrong.values())), fields=wrong)
        said = self.cleaned_data
        activity, own = said["activity"], {}
        for name, column in _OWN.items():
            if activity is not None and said[name] is not None:
                own[column] = said[name]
        is_other = any(getattr(activity, column) != value for column, value in own.items())
        return Scenario(
            activity=activity if is_other else None,
            own_limits=limits_of(activity, **own) if is_other else None,
            days=int(said["days"] or USUAL_DAYS),
            rules=said["rules"],
            today=self.today,
            recruits=Recruits(
                count=said["recruits"] or 0,
                tier=said["tier"],
                segment=said["segment"],
                region=said["region"],
                industry=said["industry"].strip(),
                cost=said["recruit_cost"],
                rewards=said["reward_cost"],
            ),
        )

    def query(self) -> dict[str, str]:
        """The shortest address of this question: what is as today is left out."""
        found = {}
        for name in self.fields:
            value = str(self.data.get(name, "") or "")
            usual = str(USUAL_DAYS) if name == "days" else _usual(self.today, name)
            if value and value != usual and not (name == "recruits" and value == "0"):
                found[name] = value
        return found

    def parts(self) -> list[tuple[str, list[Any]]]:
        """The guardrails under their headings."""
        found: list[tuple[str, list[Any]]] = []
        for setting in self._settings:
            if setting.key in self.first:
                continue
            if not found or found[-1][0] != str(setting.part):
                found.append((str(setting.part), []))
            found[-1][1].append(self[setting.key])
        return found

    @property
    def own_limits(self) -> list[Any]:
        """The fields of one activity's limits."""
        return [self[name] for name in ("activity", *_OWN)]

    @property
    def more_said(self) -> bool:
        """Whether one of the folded ones differs from today, or is wrong."""
        folded = {field.name for _part, rows in self.parts() for field in rows}
        folded |= {"activity", *_OWN}
        return bool(folded & (self.query().keys() | self.errors.keys()))


def _said(value: Any) -> str:
    return (
        {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)
    )


def _usual(today: Rules, name: str) -> str:
    return _said(getattr(today, name)) if name in _RULES else ""


#: Everything an address may say.
NAMES = (
    *("days", "recruits", "tier", "segment", "region", "industry", "recruit_cost", "reward_cost"),
    *("activity", *_OWN),
    *_RULES,
)
