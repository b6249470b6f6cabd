"""The guard said once more as SQL over many people: the trigger as a set.

What follows from a person's part of the ledger is worked out once (``figures``).
Two questions are asked of it: everything that refuses or warns (:func:`status_sql`, for people who
are shown), and only the first rule that refuses (:func:`first_refusal_sql`, for counting a whole
program; what only the other question needs, PostgreSQL leaves out).
"""

import re
from collections.abc import Sequence
from typing import Any

from advocacy.tenancy.scope import current_tenant_id
from advocates.models import ActivityType
from advocates.program.catalogue.choices import TierCredit
from advocates.program.ledger.capacity.figures import EVER, figures_sql

#: Rule → when it holds, and which of the policy's modes says what then (CAP-5).
_MODED = {
    "capacity_type_year": ("type_year", "limits_mode"),
    "capacity_type_detail": ("type_detail", "limits_mode"),
    "capacity_type_at_once": ("at_once", "limits_mode"),
    "capacity_type_gap": ("gap", "limits_mode"),
    "capacity_reference_gap": ("reference", "frequency_mode"),
    "capacity_recovery": ("recovery", "recovery_mode"),
    "variety": ("variety", "variety_mode"),
    "ladder": ("ladder", "ladder_mode"),
    "capacity_pacing": ("pacing", "pacing_mode"),
    "capacity_asked": ("asked_enough", "pacing_mode"),
    "capacity_cooling": ("cooling", "pacing_mode"),
    "capacity_account": ("account", "pacing_mode"),
}
#: Rule → when it refuses, over ``figures``, in the order in which the trigger checks them.
_REFUSES = {
    "capacity_yearly": "yearly",
    **{rule: f"{holds} AND {mode} = 'block'" for rule, (holds, mode) in _MODED.items()},
}
#: More is open and given than the allowance: facts, merges or a lowered cap (CAP-8).
OVER = "over"
#: Rule → when it only warns.
_WARNS = {
    **{rule: f"{holds} AND {mode} <> 'block'" for rule, (holds, mode) in _MODED.items()},
    "type_warn_gap": "warn_gap",
}


def _all_of(rules: dict[str, str]) -> str:
    """An array of the rules that hold."""
    cases = ", ".join(f"CASE WHEN {holds} THEN '{rule}' END" for rule, holds in rules.items())
    return f"array_remove(ARRAY[{cases}], NULL)"


def _first_of(rules: dict[str, str]) -> str:
    """The first rule that holds, or null."""
    cases = " ".join(f"WHEN {holds} THEN '{rule}'" for rule, holds in rules.items())
    return f"CASE {cases} END"


_STATUS = """
SELECT id, coalesce(allowance, 0), used, open_now, greatest(ask_last, last_asked_at),
       CASE WHEN no_row THEN ARRAY['capacity_row'] ELSE {refuses} END,
       CASE WHEN no_row THEN ARRAY[]::text[] ELSE {warns} END,
       of_type, of_detail, type_open, reference_gap, asks_year, asks_quarter,
       account_used, account_open, asked_given, asked_per_year,
       CASE WHEN used + %(units)s - allowance = 1
            THEN (first_unit AT TIME ZONE zone)::date + 365 END,
       CASE WHEN of_type = %(per_year)s
            THEN (first_of_type AT TIME ZONE zone)::date + 365 END,
       CASE WHEN of_detail = %(per_detail)s
            THEN (first_of_detail AT TIME ZONE zone)::date + 365 END,
       ((type_last + make_interval(days => %(gap_days)s)) AT TIME ZONE zone)::date,
       ((reference_last + make_interval(days => reference_gap)) AT TIME ZONE zone)::date,
       ((high_last + make_interval(days =>
           CASE WHEN %(effort)s <> 'low' THEN greatest(recovery_days, recovery_low_days)
                ELSE recovery_days END)) AT TIME ZONE zone)::date,
       CASE WHEN (asks_year < asks_per_year
                  OR (asks_year = asks_per_year AND asks_year > 0))
             AND (asks_quarter < asks_per_90_days
                  OR (asks_quarter = asks_per_90_days AND asks_quarter > 0))
            THEN (greatest(
                    CASE WHEN asks_year = asks_per_year
                         THEN first_of_year + interval '365 days' END,
                    CASE WHEN asks_quarter = asks_per_90_days
                         THEN first_of_quarter + interval '90 days' END,
                    ask_last + make_interval(days => days_between_asks))
                  AT TIME ZONE zone)::date END,
       CASE WHEN asked_given = asked_per_year
            THEN (first_asked AT TIME ZONE zone)::date + 365 END,
       ((miss_last + make_interval(days => cooling_days)) AT TIME ZONE zone)::date,
       ((done_ever + make_interval(days => %(warn_gap)s)) AT TIME ZONE zone)::date
  FROM figures
"""

_BLOCKING = "(SELECT {mode} = 'block' FROM advocates_programpolicy WHERE tenant_id = %(tenant)s)"
_FIRST_REFUSAL = "SELECT id, {first} AS code FROM figures"
#: Whoever has more than they are allowed to give is over, whatever else holds.
_GUARDRAIL = "SELECT id, {first} FROM figures"

#: Columns of the status before the figures of the sentences, and how many figures are columns.
FIRST, COLUMNS = 7, 10
#: The columns after the figures: the day on which a rule ends.
DAYS = {
    code: FIRST + COLUMNS + place
    for place, code in enumerate(
        (
            "capacity_yearly",
            "capacity_type_year",
            "capacity_type_detail",
            "capacity_type_gap",
            "capacity_reference_gap",
            "capacity_recovery",
            "capacity_pacing",
            "capacity_asked",
            "capacity_cooling",
            "type_warn_gap",
        )
    )
}
_PARAMETER = re.compile(r"%\((\w+)\)s")


def as_kept(detail: str) -> str:
    """A topic or site as the ledger holds it; case does not tell two apart, in SQL (CAP-2)."""
    return " ".join(detail.split())


def limits_of(kind: ActivityType) -> dict[str, Any]:
    """What differs from type to type in the statement."""
    return {
        "kind": kind.pk,
        # Named in a tender only: it takes its unit when it is called.
        "units": 0 if kind.tier_credit == TierCredit.CALLED else kind.units,
        "effort": str(kind.effort),
        "is_reference": kind.is_reference,
        "per_year": kind.per_year,
        "per_detail": kind.per_detail_per_year,
        "at_once": kind.at_once,
        "gap_days": kind.gap_days,
        "warn_gap": kind.warn_gap_days,
    }


#: What :func:`limits_of` gives, with the type of a column of it.
_LIMITS = {
    "kind": "uuid",
    "units": "int",
    "effort": "text",
    "is_reference": "boolean",
    "per_year": "int",
    "per_detail": "int",
    "at_once": "int",
    "gap_days": "int",
    "warn_gap": "int",
}


def status_sql(*, named: bool, several: bool) -> str:
    """Everything that refuses or warns; of the people in ``ids`` when they are named, else of all.

    Each row begins with the place of its type. Of ``several`` types each limit is a parameter with
    all of theirs; then the statement is planned once, which for one person takes longer than
    running it for all of them.
    """
    figures = figures_sql(
        people="advocates_advocate a",
        who="AND a.id = ANY(%(ids)s)" if named else "",
        advocates="AND p.advocate_id = ANY(%(ids)s)" if named else "",
        accounts="AND p.account_id IN (SELECT account_id FROM who)" if named else "",
        ever=dict.fromkeys(EVER, "true"),
    )
    status = figures + _STATUS.format(refuses=_all_of(_REFUSES), warns=_all_of(_WARNS))
    if not several:
        return f"SELECT 1, answer.* FROM ({status}) answer"  # noqa: S608
    theirs = _PARAMETER.sub(
        lambda found: f"own.{found[1]}" if found[1] in _LIMITS else found[0], status
    )
    columns = ", ".join(f"%({name})s::{kind}[]" for name, kind in _LIMITS.items())
    return (
        f"SELECT own.place, answer.* FROM unnest({columns})"  # noqa: S608
        f" WITH ORDINALITY own({', '.join(_LIMITS)}, place) CROSS JOIN LATERAL ({theirs}) answer"
    )


def first_refusal_sql(
    activity_type: ActivityType, *, among: str, detail: str = ""
) -> tuple[str, dict[str, Any]]:
    """A relation ``(id, code)``: the first rule that refuses one more ask, or null.

    For the people of the relation ``among``, which the statement around it defines with a column
    ``id``. Comes with its parameters; their names begin with ``guard_``.
    """
    few = f"IN (SELECT id FROM {among})"  # noqa: S608 - a name that the code chose
    figures = figures_sql(
        people=f"{among} JOIN advocates_advocate a ON a.id = {among}.id",
        who="",
        advocates=f"AND p.advocate_id {few}",
        accounts="AND p.account_id IN (SELECT account_id FROM who)",
        # What looks at all that ever was is asked of everybody only where it refuses.
        ever={rule: _BLOCKING.format(mode=mode) for rule, mode in EVER.items()},
    )
    first = _FIRST_REFUSAL.format(first=_first_of({"capacity_row": "no_row", **_REFUSES}))
    parameters = {
        "tenant": current_tenant_id(),
        "detail": as_kept(detail),
        **limits_of(activity_type),
    }
    return (
        _PARAMETER.sub(r"%(guard_\1)s", figures + first),
        {f"guard_{name}": value for name, value in parameters.items()},
    )


def guardrail_sql(rules: Sequence[str]) -> str:
    """Of everybody: ``over``, or the first of these rules that refuses, or null.

    Its parameters are those of :func:`limits_of`, ``tenant`` and ``detail``.
    """
    figures = figures_sql(
        people="advocates_advocate a",
        who="",
        advocates="",
        accounts="",
        ever={rule: _BLOCKING.format(mode=mode) for rule, mode in EVER.items()},
    )
    holds = {OVER: "used > coalesce(allowance, 0)"}
    holds |= {rule: f"NOT no_row AND ({_REFUSES[rule]})" for rule in rules}
    return figures + _GUARDRAIL.format(first=_first_of(holds))
