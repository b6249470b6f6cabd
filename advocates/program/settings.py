"""Guardrails as settings: columns of the policy, which the database's guard reads (SET-1.d)."""

import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from django.db import connection, models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.tenant_settings.families import Family, Problems, Standing, Values
from advocacy.tenant_settings.settings import DAYS, Kind, Setting, Text
from advocates.models import ActivityType, ProgramPolicy
from advocates.people.selectors import advocate_names
from advocates.program.ledger.capacity import OVER, guardrails
from advocates.program.services import set_up_program

_HIGHEST = 10_000

# In the order in which takes lock them: accounts first, then their people.
_LOWER_OR_RAISE = """
WITH due AS (
  SELECT c.id, LEAST(%(cap)s, p.yearly_cap) AS allowance
    FROM advocates_capacity c
    JOIN advocates_advocate a ON a.tenant_id = c.tenant_id AND a.id = c.advocate_id
    LEFT JOIN advocates_preference p
      ON p.tenant_id = c.tenant_id AND p.advocate_id = c.advocate_id
   WHERE c.tenant_id = %(tenant)s AND c.allowance IS DISTINCT FROM LEAST(%(cap)s, p.yearly_cap)
   ORDER BY a.account_id, c.advocate_id
     FOR UPDATE OF c
)
UPDATE advocates_capacity c SET allowance = due.allowance, version = c.version + 1
  FROM due WHERE c.tenant_id = %(tenant)s AND c.id = due.id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyColumn:
    """A column of the policy and what the model does not say of it."""

    name: str
    part: Text
    clause: str
    unit: Text = ""
    help: Text = ""
    high: int = _HIGHEST
    blocks: str | None = None
    label: Text = ""


@dataclass(frozen=True)
class PolicyColumns:
    """Some columns of the policy as settings. Locks the policy, then the capacity rows."""

    columns: tuple[PolicyColumn, ...]

    @cached_property
    def settings(self) -> tuple[Setting, ...]:
        """Label, default and choices are the model's."""
        return tuple(_setting(column) for column in self.columns)

    def load(self) -> dict[str, Any]:
        policy = ProgramPolicy.objects.first() or ProgramPolicy()
        return {column.name: getattr(policy, column.name) for column in self.columns}

    def save(self, changes: Values) -> None:
        policy = ProgramPolicy.objects.select_for_update().first() or set_up_program()
        for name, value in changes.items():
            setattr(policy, name, value)
        policy.save(update_fields=sorted(changes))
        if "yearly_cap" in changes:
            # Who has already given more is shown as over, and refused until the year moves on.
            with connection.cursor() as cursor:
                cursor.execute(
                    _LOWER_OR_RAISE, {"tenant": policy.tenant_id, "cap": policy.yearly_cap}
                )


def _setting(column: PolicyColumn) -> Setting:
    field = cast("models.Field[Any, Any]", ProgramPolicy._meta.get_field(column.name))
    choices = tuple(cast("Any", field.choices) or ())
    kind: Kind = "choice" if choices else "number"
    return Setting(
        key=column.name,
        kind="flag" if isinstance(field, models.BooleanField) else kind,
        label=column.label or field.verbose_name,
        default=str(field.default) if choices else field.default,
        choices=choices,
        unit=column.unit,
        help=column.help,
        high=column.high,
        part=column.part,
        clause=column.clause,
        blocks=column.blocks,
    )


_TOO_MUCH = gettext_lazy("Nobody gives too much")
_TOO_OFTEN = gettext_lazy("Nobody is asked too often")
_REST = gettext_lazy("Rest after something big")
_LIMITS = gettext_lazy("Limits of a type, and how often each wants")
_STEPS = gettext_lazy("One step after the other")
_ASKED_TOO_OFTEN = gettext_lazy("When somebody would be asked too often")
_STILL_RESTING = gettext_lazy("When somebody is still resting")
_PACE: dict[str, Any] = {"part": _TOO_OFTEN, "blocks": "pacing_mode"}
_RECOVER: dict[str, Any] = {"part": _REST, "blocks": "recovery_mode", "clause": "CAP-3.a"}

GUARDRAILS = PolicyColumns(
    (
        PolicyColumn(
            name="yearly_cap",
            part=_TOO_MUCH,
            clause="CAP-1.a",
            blocks="",
            help=gettext_lazy(
                "Always kept, whoever asks for what. A lower number shows who is over it and asks"
                " them for nothing more."
            ),
        ),
        PolicyColumn(
            name="limits_mode",
            part=_LIMITS,
            clause="CAP-5.a",
            blocks="limits_mode",
            label=gettext_lazy("Beyond a limit of a type"),
            help=gettext_lazy(
                "Per year, per topic or site, at a time, days between two: each type has its own."
            ),
        ),
        PolicyColumn(
            name="frequency_mode",
            part=_LIMITS,
            clause="CAP-5.a",
            blocks="frequency_mode",
            label=gettext_lazy("More reference calls than somebody wants"),
        ),
        PolicyColumn(name="asks_per_year", clause="CAP-7.a", **_PACE),
        PolicyColumn(name="asks_per_90_days", clause="CAP-7.a", **_PACE),
        PolicyColumn(name="days_between_asks", clause="CAP-7.a", unit=DAYS, **_PACE),
        PolicyColumn(
            name="asked_per_year",
            clause="CAP-7.b",
            help=gettext_lazy("Open and completed ones, of every type, asked for here."),
            **_PACE,
        ),
        PolicyColumn(name="counts_free_types", clause="CAP-7.b", **_PACE),
        PolicyColumn(name="cooling_days", clause="CAP-7.c", unit=DAYS, **_PACE),
        PolicyColumn(name="account_units_per_year", clause="CAP-7.d", **_PACE),
        PolicyColumn(name="account_open", clause="CAP-7.d", **_PACE),
        PolicyColumn(name="pacing_mode", clause="CAP-5.a", label=_ASKED_TOO_OFTEN, **_PACE),
        PolicyColumn(name="recovery_days", unit=DAYS, **_RECOVER),
        PolicyColumn(name="recovery_low_days", unit=DAYS, **_RECOVER),
        PolicyColumn(name="recovery_mode", label=_STILL_RESTING, **_RECOVER),
        PolicyColumn(
            name="variety_mode",
            part=_STEPS,
            clause="CAP-3.b",
            blocks="variety_mode",
            help=gettext_lazy("Consecutive asks are for something different."),
        ),
        PolicyColumn(
            name="ladder_mode",
            part=_STEPS,
            clause="CAP-4.a",
            blocks="ladder_mode",
            help=gettext_lazy(
                "Moderate effort after something small was done, high after something moderate."
            ),
        ),
    )
)


def _check(values: Mapping[str, Any]) -> Problems:
    found = {}
    if 0 < values["recovery_low_days"] < values["recovery_days"]:
        found["recovery_low_days"] = _(
            "Not fewer than the %(days)d days without any ask, or 0 for none."
        ) % {"days": values["recovery_days"]}
    return found


STANDINGS: dict[str, Text] = {
    "capacity_yearly": gettext_lazy("at the yearly limit"),
    "capacity_type_year": gettext_lazy("at a limit of the type"),
    "capacity_type_detail": gettext_lazy("at a limit of the type"),
    "capacity_type_at_once": gettext_lazy("at a limit of the type"),
    "capacity_type_gap": gettext_lazy("did this recently"),
    "capacity_reference_gap": gettext_lazy("asked as often as they want"),
    "capacity_recovery": gettext_lazy("resting"),
    "variety": gettext_lazy("asked for the same the last time"),
    "ladder": gettext_lazy("a step is left out"),
    "capacity_pacing": gettext_lazy("asked often lately"),
    "capacity_asked": gettext_lazy("asked for enough this year"),
    "capacity_cooling": gettext_lazy("left in peace"),
    "capacity_account": gettext_lazy("the company is asked enough"),
}
_WORDS: dict[str, Text] = {**STANDINGS, OVER: gettext_lazy("over the yearly limit")}


#: What is asked for in a preview is about something that nobody gave anything about.
_NEW_TOPIC = "–"


def _standing() -> dict[uuid.UUID, str]:
    """For what each may be asked now; for nothing: the first guardrail that refuses."""
    kinds = list(ActivityType.objects.filter(units__gt=0, is_on=True).order_by("position"))
    found: dict[uuid.UUID, list[str | None]] = defaultdict(list)
    for kind in kinds:
        for who, code in _refusals(kind).items():
            found[who].append(code)
    return {who: _for_what(codes) for who, codes in found.items()}


def _for_what(codes: list[str | None]) -> str:
    free = codes.count(None)
    if 0 < free < len(codes):
        text = _("can be asked for %(free)d of %(all)d kinds of activity")
        return text % {"free": free, "all": len(codes)}
    return _in_words(codes[0])


def _in_words(code: str | None) -> str:
    return _("can be asked") if code is None else str(_WORDS[code])


def _refusals(kind: ActivityType) -> dict[uuid.UUID, str | None]:
    return guardrails(activity_type=kind, rules=tuple(STANDINGS), detail=_NEW_TOPIC)


def standing_for(kind: ActivityType) -> dict[uuid.UUID, str]:
    """Whom the guardrails would refuse one more of a type now, by the first one that does."""
    return {who: _in_words(code) for who, code in _refusals(kind).items()}


CAPACITY = Family(
    key="capacity",
    title=gettext_lazy("Guardrails"),
    text=gettext_lazy("How much and how often anybody is asked, and whether that blocks or warns."),
    icon="shield-check",
    sources=(GUARDRAILS,),
    check=_check,
    standings=(Standing(_standing),),
    names=advocate_names,
    related=(
        (gettext_lazy("Limits of each kind of activity"), "settings-activity-types"),
        (gettext_lazy("Try other guardrails on your own past"), "simulator"),
    ),
)
