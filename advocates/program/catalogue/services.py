"""Editing the activity catalogue (spec.md, section 5; ACT-3, BEN-4)."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext as _

from advocacy.events.services import record
from advocacy.records.writes import changed_fields, code_of, refusal
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocates.access import require_change
from advocates.changes import check_fields, required, tidy_values
from advocates.models import ActivityType, ProgramPolicy
from advocates.program.catalogue.seeds import CATALOGUE
from advocates.program.ledger.choices import GuardMode

#: What a tenant changes. The code is what integrations know a type by.
TYPE_FIELDS = frozenset(
    {
        "name",
        "description",
        "steps",
        "gives_back",
        "importance",
        "effort",
        "minutes_low",
        "minutes_high",
        "units",
        "tier_credit",
        "rewards",
        "per_year",
        "per_detail_per_year",
        "at_once",
        "gap_days",
        "warn_gap_days",
        "is_reference",
        "needs_comfort",
        "default_approvals",
        "produces",
        "reach",
        "is_on",
    }
)
_TEXT = frozenset({"name", "description", "steps", "gives_back"})
#: What the guard keeps, with the mode that says whether it blocks (CAP-2, CAP-5).
_LIMITS = {
    "per_year": "limits_mode",
    "per_detail_per_year": "limits_mode",
    "at_once": "limits_mode",
    "gap_days": "limits_mode",
    "is_reference": "frequency_mode",
}


def blocking_limits() -> frozenset[str]:
    """The limits beyond which the guard refuses: only an admin changes them (CAP-5)."""
    policy = ProgramPolicy.objects.first() or ProgramPolicy()
    return frozenset(
        name for name, mode in _LIMITS.items() if getattr(policy, mode) == GuardMode.BLOCK
    )


@transaction.atomic
def create_activity_type(*, actor: Actor, code: str, **values: Any) -> ActivityType:
    """A type of the tenant's own, behind the others (CAT-1); on at once unless it says ``is_on``.

    ``code`` is what integrations know it by, and stays. Raises as :func:`update_activity_type`,
    and at ``code`` for one that is taken.
    """
    if unknown := values.keys() - TYPE_FIELDS:
        raise TypeError(f"no such field of a type: {', '.join(sorted(unknown))}")
    require_change(actor, "settings.rules")
    last = ActivityType.objects.aggregate(last=Max("position"))["last"] or 0
    kind = ActivityType(position=last + 1, **tidy_values(ActivityType, {"code": code, **values}))
    names = ["code", *values]
    for name in ("code", "name"):
        if not getattr(kind, name):
            raise required(kind, name)
    check_fields(kind, names)
    _check_rules(kind)
    if ActivityType.objects.filter(code=kind.code).exists():
        problem = _("There is a type with this code already; choose another one.")
        raise DomainError(problem, code="taken", fields={"code": problem})
    kind.save(force_insert=True)
    record("activity_type.created", kind, actor=actor, payload={"code": kind.code})
    return kind


@transaction.atomic
def update_activity_type(
    *, actor: Actor, activity_type: ActivityType, **changes: Any
) -> ActivityType:
    """Change one type; the units already taken keep what they were taken as (section 5).

    A review stays without reward and without tier credit, whatever is asked (BEN-4). Raises
    ``DomainError`` with a sentence per field, ``NotAllowed``, ``TypeError`` for a field that is
    none.
    """
    if unknown := changes.keys() - TYPE_FIELDS:
        raise TypeError(f"no such field of a type: {', '.join(sorted(unknown))}")
    require_change(actor, "settings.rules")
    kind = ActivityType.objects.select_for_update(no_key=True).get(pk=activity_type.pk)
    wanted = tidy_values(ActivityType, changes)
    names = changed_fields(kind, wanted)
    if not names:
        return kind
    if blocking_limits() & set(names):
        require_change(actor, "settings.guardrails")
    before = {name: getattr(kind, name) for name in names}
    for name in names:
        setattr(kind, name, wanted[name])
    if not kind.name:
        raise required(kind, "name")
    check_fields(kind, names)
    _check_rules(kind)
    kind.save(update_fields=names)
    record(
        "activity_type.updated",
        kind,
        actor=actor,
        payload={
            "code": kind.code,
            "fields": sorted(names),
            "changes": {
                name: [code_of(value), code_of(getattr(kind, name))]
                for name, value in before.items()
                if name not in _TEXT
            },
        },
    )
    return kind


def _check_rules(kind: ActivityType) -> None:
    if kind.minutes_high < kind.minutes_low:
        raise refusal(kind, {"minutes_high": [_("Not fewer than the least minutes.")]})
    if kind.is_review:
        wrong = {
            name: [_("A review is never rewarded and never counts.")]
            for name, value in (("rewards", "never"), ("tier_credit", "no"))
            if getattr(kind, name) != value
        }
        if kind.gives_back:
            wrong["gives_back"] = [_("Nobody is promised anything for a review.")]
        if wrong:
            raise refusal(kind, wrong)


def usual_values(kind: ActivityType) -> dict[str, Any]:
    """The values that a new tenant's type of this code has; none for a type of the tenant's own.

    In the tenant's language. Whether it is on follows the program, so that has no usual value.
    """
    seed = next((each for each in CATALOGUE if each.code == kind.code), None)
    if seed is None:
        return {}
    with translation.override(kind.tenant.language):
        columns = seed.columns()
    return {name: value for name, value in columns.items() if name in TYPE_FIELDS}


def put_back_activity_type(
    *, actor: Actor, activity_type: ActivityType, fields: Collection[str] = ()
) -> ActivityType:
    """Give some fields of a type their usual values again; all of them where none is named.

    Raises ``DomainError`` for a field that has none.
    """
    usual = usual_values(activity_type)
    if unknown := [name for name in fields if name not in usual]:
        problem = _("“%(field)s” has no usual value; these have: %(known)s.") % {
            "field": unknown[0],
            "known": ", ".join(usual) or _("none"),
        }
        raise DomainError(problem, fields={"fields": problem})
    values = {name: usual[name] for name in fields or usual}
    return update_activity_type(actor=actor, activity_type=activity_type, **values)
