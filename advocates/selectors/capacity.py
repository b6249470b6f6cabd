"""Who may be asked, by the same rules as the guard on the ledger (CAP-1, CAP-2, CAP-3, CAP-7).

:func:`guard_status` is the trigger of migration 0002 said once more as a set: one statement for
any number of advocates. The trigger decides; this predicts it, and a property test holds the
two together.
"""

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import current_tenant_id
from advocates.models import ActivityType, Advocate
from advocates.states import TierCredit

#: The guard's named rules, in the order in which it checks them, with what each says.
SENTENCES: dict[str, str | Promise] = {
    "capacity_row": gettext_lazy("%(who)s is not in the program."),
    "capacity_yearly": gettext_lazy(
        "%(who)s has given or promised %(used)s of %(allowance)s activities a year."
    ),
    "capacity_type_year": gettext_lazy(
        "%(who)s has already done this %(of_type)s times in a year; %(per_year)s is the limit."
    ),
    "capacity_type_detail": gettext_lazy(
        "%(who)s has already done this %(of_detail)s times in a year for the same topic or site;"
        " %(per_detail)s is the limit."
    ),
    "capacity_type_at_once": gettext_lazy(
        "%(who)s already has %(type_open)s of these open; %(at_once)s at a time is the limit."
    ),
    "capacity_type_gap": gettext_lazy("%(who)s has done this within the last %(gap_days)s days."),
    "capacity_reference_gap": gettext_lazy(
        "%(who)s wants %(reference_gap)s days between two reference calls."
    ),
    "capacity_recovery": gettext_lazy("%(who)s is resting after a high-effort activity."),
    "capacity_pacing": gettext_lazy(
        "%(who)s has been asked often lately: %(asks_quarter)s times in 90 days,"
        " %(asks_year)s in a year."
    ),
    "capacity_cooling": gettext_lazy(
        "%(who)s declined or did not answer the last two asks and is left in peace for a while."
    ),
    "capacity_account": gettext_lazy(
        "The company of %(who)s is asked enough: %(account_used)s activities in a year,"
        " %(account_open)s open."
    ),
    "type_warn_gap": gettext_lazy(
        "%(who)s did this less than %(warn_gap)s days ago; somebody else may tell a fresher story."
    ),
}

#: What a take can be refused for.
CODES = frozenset(SENTENCES) - {"type_warn_gap"}


@dataclass(frozen=True, slots=True)
class GuardReason:
    """One rule that is reached. ``until``: the local day from which it no longer is, if known."""

    code: str
    until: date | None
    # The figures for the sentence, in the order of _NAMES; unpacked only when it is said.
    figures: tuple[Any, ...] = field(default=(), compare=False, repr=False)

    @property
    def text(self) -> str:
        """The rule in a sentence that names nobody."""
        return refusal_text(self, _("This person"))


@dataclass(frozen=True, slots=True)
class GuardStatus:
    """What the guard would say to one more ask of one type, and the figures behind it.

    ``allowance`` and ``used`` are units a year, open ones included; ``warnings`` are rules that
    the tenant set to warn (CAP-5).
    """

    allowance: int
    used: int
    open_now: int
    last_asked_at: datetime | None
    reasons: tuple[GuardReason, ...] = ()
    warnings: tuple[GuardReason, ...] = ()

    @property
    def may(self) -> bool:
        """Whether an ask would go through."""
        return not self.reasons

    @property
    def left(self) -> int:
        """Units that can still be asked for this year."""
        return max(self.allowance - self.used, 0)

    @property
    def over(self) -> int:
        """Units beyond the allowance: facts, merges or a lowered cap (CAP-1, CAP-8)."""
        return max(self.used - self.allowance, 0)

    @property
    def until(self) -> date | None:
        """The day from which an ask may be possible; ``None`` when now, or when unknown."""
        days = [reason.until for reason in self.reasons]
        known = [day for day in days if day is not None]
        return max(known) if known and len(known) == len(days) else None


def refusal_text(reason: GuardReason, who: str) -> str:
    """A rule in a sentence about somebody, with the day it ends where that is known."""
    said = SENTENCES.get(reason.code)
    # A refusal in a race leaves no figures: say the rule without them.
    if said is None or (not reason.figures and reason.code != "capacity_row"):
        text = _("%(who)s cannot be asked for this now.") % {"who": who}
    else:
        text = str(said) % {**dict(zip(_NAMES, reason.figures, strict=False)), "who": who}
    if reason.until:
        day = formats.date_format(reason.until, "DATE_FORMAT")
        text += " " + _("Possible again from %(day)s.") % {"day": day}
    return text


_COUNTED = """
       p.tenant_id = %(tenant)s AND p.state IN ('open', 'completed')
   AND (p.completed_at IS NULL OR p.completed_at >= (SELECT since FROM moments))
"""

# Moments are worked out once: calendar arithmetic for each of a million rows takes seconds.
_STATUS = """
WITH moments AS MATERIALIZED (
  SELECT year_start(%(zone)s) AS since, clock() - interval '366 days' AS year_ago,
         clock() - interval '90 days' AS quarter_ago
),
who AS (
  SELECT a.id, a.account_id, a.last_asked_at, c.allowance, c.reference_gap_days AS reference_gap
    FROM advocates_advocate a
    LEFT JOIN advocates_capacity c ON c.tenant_id = a.tenant_id AND c.advocate_id = a.id
   WHERE a.tenant_id = %(tenant)s {only_who}
),
given AS (
  SELECT p.advocate_id, sum(p.units) AS used,
         count(*) FILTER (WHERE p.state = 'open') AS open_now,
         count(*) FILTER (WHERE p.activity_type_id = %(kind)s) AS of_type,
         count(*) FILTER (WHERE p.activity_type_id = %(kind)s AND p.detail = %(detail)s)
           AS of_detail,
         count(*) FILTER (WHERE p.activity_type_id = %(kind)s AND p.state = 'open') AS type_open,
         max(coalesce(p.completed_at, p.taken_at)) FILTER (WHERE p.activity_type_id = %(kind)s)
           AS type_last,
         max(coalesce(p.completed_at, p.taken_at)) FILTER (WHERE p.is_reference)
           AS reference_last,
         max(p.completed_at) FILTER (WHERE p.effort = 'high') AS high_last,
         min(p.completed_at) FILTER (WHERE p.units > 0) AS first_unit,
         min(p.completed_at) FILTER (WHERE p.activity_type_id = %(kind)s) AS first_of_type,
         min(p.completed_at)
           FILTER (WHERE p.activity_type_id = %(kind)s AND p.detail = %(detail)s)
           AS first_of_detail
    FROM advocates_participation p
   WHERE {counted} {only_advocates}
   GROUP BY p.advocate_id
),
asked AS (
  SELECT p.advocate_id,
         count(*) FILTER (WHERE p.taken_at >= (SELECT since FROM moments)
                            AND p.taken_at > (SELECT year_ago FROM moments)) AS asks_year,
         count(*) FILTER (WHERE p.taken_at > (SELECT quarter_ago FROM moments)) AS asks_quarter,
         max(p.taken_at) AS ask_last,
         min(p.taken_at) FILTER (WHERE p.taken_at >= (SELECT since FROM moments)) AS first_of_year,
         min(p.taken_at) FILTER (WHERE p.taken_at > (SELECT quarter_ago FROM moments))
           AS first_of_quarter,
         max(p.released_at) FILTER (WHERE p.release_reason IN ('declined', 'expired'))
           AS miss_any
    FROM advocates_participation p
   WHERE p.tenant_id = %(tenant)s AND p.origin = 'asked' {only_advocates}
   GROUP BY p.advocate_id
),
missed AS (
  SELECT asked.advocate_id, two.miss_last
    FROM asked
    JOIN advocates_programpolicy policy ON policy.tenant_id = %(tenant)s
   CROSS JOIN LATERAL (
         SELECT count(*) FILTER (WHERE last_two.release_reason IN ('declined', 'expired'))
                  AS misses,
                max(last_two.released_at) AS miss_last
           FROM (SELECT p.release_reason, p.released_at
                   FROM advocates_participation p
                  WHERE p.tenant_id = %(tenant)s AND p.advocate_id = asked.advocate_id
                    AND p.origin = 'asked' AND p.state <> 'open'
                  ORDER BY p.taken_at DESC, p.id DESC LIMIT 2) last_two) two
   WHERE asked.miss_any > clock() - make_interval(days => policy.cooling_days)
     AND two.misses = 2
),
company AS (
  SELECT p.account_id, sum(p.units) AS account_used,
         count(*) FILTER (WHERE p.state = 'open') AS account_open
    FROM advocates_participation p
   WHERE {counted} {only_accounts}
   GROUP BY p.account_id
),
last_ever AS (
  SELECT p.advocate_id, max(p.completed_at) AS done
    FROM advocates_participation p
   WHERE %(warn_gap)s IS NOT NULL AND p.tenant_id = %(tenant)s
     AND p.activity_type_id = %(kind)s AND p.state = 'completed' {only_advocates}
   GROUP BY p.advocate_id
),
figures AS (
  SELECT who.id, who.allowance, who.reference_gap, who.last_asked_at, asked.ask_last,
         coalesce(given.used, 0) AS used, coalesce(given.open_now, 0) AS open_now,
         coalesce(given.of_type, 0) AS of_type, coalesce(given.of_detail, 0) AS of_detail,
         coalesce(given.type_open, 0) AS type_open,
         given.type_last, given.reference_last, given.high_last,
         given.first_unit, given.first_of_type, given.first_of_detail,
         coalesce(asked.asks_year, 0) AS asks_year,
         coalesce(asked.asks_quarter, 0) AS asks_quarter,
         asked.first_of_year, asked.first_of_quarter, missed.miss_last,
         coalesce(company.account_used, 0) AS account_used,
         coalesce(company.account_open, 0) AS account_open,
         last_ever.done AS done_ever,
         policy.recovery_days, policy.recovery_low_days, policy.days_between_asks,
         policy.cooling_days, policy.asks_per_year, policy.asks_per_90_days,
         policy.pacing_mode, policy.recovery_mode,
         who.allowance IS NULL AS no_row,
         %(units)s > 0 AND coalesce(given.used, 0) + %(units)s > who.allowance AS yearly,
         given.of_type >= %(per_year)s OR %(per_year)s = 0 AS type_year,
         given.of_detail >= %(per_detail)s OR %(per_detail)s = 0 AS type_detail,
         given.type_open >= %(at_once)s OR %(at_once)s = 0 AS at_once,
         %(gap_days)s > 0
           AND given.type_last > clock() - make_interval(days => %(gap_days)s) AS gap,
         %(is_reference)s AND who.reference_gap > 0
           AND given.reference_last > clock() - make_interval(days => who.reference_gap)
           AS reference,
         (policy.recovery_days > 0
            AND given.high_last > clock() - make_interval(days => policy.recovery_days))
           OR (%(effort)s <> 'low' AND policy.recovery_low_days > 0
               AND given.high_last > clock() - make_interval(days => policy.recovery_low_days))
           AS recovery,
         coalesce(asked.asks_year, 0) >= policy.asks_per_year
           OR coalesce(asked.asks_quarter, 0) >= policy.asks_per_90_days
           OR (policy.days_between_asks > 0
               AND asked.ask_last > (SELECT year_ago FROM moments)
               AND asked.ask_last > clock() - make_interval(days => policy.days_between_asks))
           AS pacing,
         policy.cooling_days > 0
           AND missed.miss_last > clock() - make_interval(days => policy.cooling_days) AS cooling,
         (%(units)s > 0
            AND coalesce(company.account_used, 0) + %(units)s > policy.account_units_per_year)
           OR coalesce(company.account_open, 0) >= policy.account_open AS account,
         last_ever.done > clock() - make_interval(days => %(warn_gap)s) AS warn_gap
    FROM who
    JOIN advocates_programpolicy policy ON policy.tenant_id = %(tenant)s
    LEFT JOIN given ON given.advocate_id = who.id
    LEFT JOIN asked ON asked.advocate_id = who.id
    LEFT JOIN missed ON missed.advocate_id = who.id
    LEFT JOIN company ON company.account_id = who.account_id
    LEFT JOIN last_ever ON last_ever.advocate_id = who.id
)
SELECT id, coalesce(allowance, 0), used, open_now, greatest(ask_last, last_asked_at),
       CASE WHEN no_row THEN ARRAY['capacity_row'] ELSE array_remove(ARRAY[
         CASE WHEN yearly THEN 'capacity_yearly' END,
         CASE WHEN type_year THEN 'capacity_type_year' END,
         CASE WHEN type_detail THEN 'capacity_type_detail' END,
         CASE WHEN at_once THEN 'capacity_type_at_once' END,
         CASE WHEN gap THEN 'capacity_type_gap' END,
         CASE WHEN reference THEN 'capacity_reference_gap' END,
         CASE WHEN recovery AND recovery_mode = 'block' THEN 'capacity_recovery' END,
         CASE WHEN pacing AND pacing_mode = 'block' THEN 'capacity_pacing' END,
         CASE WHEN cooling AND pacing_mode = 'block' THEN 'capacity_cooling' END,
         CASE WHEN account AND pacing_mode = 'block' THEN 'capacity_account' END], NULL) END,
       CASE WHEN no_row THEN ARRAY[]::text[] ELSE array_remove(ARRAY[
         CASE WHEN recovery AND recovery_mode <> 'block' THEN 'capacity_recovery' END,
         CASE WHEN pacing AND pacing_mode <> 'block' THEN 'capacity_pacing' END,
         CASE WHEN cooling AND pacing_mode <> 'block' THEN 'capacity_cooling' END,
         CASE WHEN account AND pacing_mode <> 'block' THEN 'capacity_account' END,
         CASE WHEN warn_gap THEN 'type_warn_gap' END], NULL) END,
       of_type, of_detail, type_open, reference_gap, asks_year, asks_quarter,
       account_used, account_open,
       CASE WHEN used + %(units)s - allowance = 1
            THEN (first_unit AT TIME ZONE %(zone)s)::date + 365 END,
       CASE WHEN of_type = %(per_year)s
            THEN (first_of_type AT TIME ZONE %(zone)s)::date + 365 END,
       CASE WHEN of_detail = %(per_detail)s
            THEN (first_of_detail AT TIME ZONE %(zone)s)::date + 365 END,
       ((type_last + make_interval(days => %(gap_days)s)) AT TIME ZONE %(zone)s)::date,
       ((reference_last + make_interval(days => reference_gap)) AT TIME ZONE %(zone)s)::date,
       ((high_last + make_interval(days =>
           CASE WHEN %(effort)s <> 'low' THEN greatest(recovery_days, recovery_low_days)
                ELSE recovery_days END)) AT TIME ZONE %(zone)s)::date,
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
                  AT TIME ZONE %(zone)s)::date END,
       ((miss_last + make_interval(days => cooling_days)) AT TIME ZONE %(zone)s)::date,
       ((done_ever + make_interval(days => %(warn_gap)s)) AT TIME ZONE %(zone)s)::date
  FROM figures
"""

#: What the sentences may say: columns of the statement, then limits of the type.
_NAMES = (
    "of_type",
    "of_detail",
    "type_open",
    "reference_gap",
    "asks_year",
    "asks_quarter",
    "account_used",
    "account_open",
    "used",
    "allowance",
    "per_year",
    "per_detail",
    "at_once",
    "gap_days",
    "warn_gap",
)
_FIRST, _FIGURES = 7, 8
#: The columns after the figures: the day on which a rule ends.
_DAYS = {
    code: _FIRST + _FIGURES + place
    for place, code in enumerate(
        (
            "capacity_yearly",
            "capacity_type_year",
            "capacity_type_detail",
            "capacity_type_gap",
            "capacity_reference_gap",
            "capacity_recovery",
            "capacity_pacing",
            "capacity_cooling",
            "type_warn_gap",
        )
    )
}


def guard_status(
    *,
    activity_type: ActivityType,
    advocate_ids: Iterable[uuid.UUID] | None = None,
    detail: str = "",
) -> dict[uuid.UUID, GuardStatus]:
    """What the guard would say to one more ask of this type, for all or the given advocates.

    One statement, whatever their number (CAP-1, CAP-2, CAP-3, CAP-7). ``detail`` is the topic or
    site, where the type limits those. Unknown ids are left out.
    """
    found = guard_statuses(activity_types=[activity_type], advocate_ids=advocate_ids, detail=detail)
    return found[activity_type.pk]


#: What differs from type to type in the statement.
_OF_TYPE = re.compile(
    r"%\((kind|units|effort|is_reference|per_year|per_detail|at_once|gap_days|warn_gap)\)s"
)


def guard_statuses(
    *,
    activity_types: Iterable[ActivityType],
    advocate_ids: Iterable[uuid.UUID] | None = None,
    detail: str = "",
) -> dict[uuid.UUID, dict[uuid.UUID, GuardStatus]]:
    """:func:`guard_status` of several types, still in one statement; by type, then by advocate."""
    kinds = list(activity_types)
    ids = None if advocate_ids is None else list(advocate_ids)
    found: dict[uuid.UUID, dict[uuid.UUID, GuardStatus]] = {kind.pk: {} for kind in kinds}
    if ids == [] or not kinds:
        return found
    given = ids is not None
    sql = _STATUS.format(
        counted=_COUNTED,
        only_who="AND a.id = ANY(%(ids)s)" if given else "",
        only_advocates="AND p.advocate_id = ANY(%(ids)s)" if given else "",
        only_accounts="AND p.account_id IN (SELECT account_id FROM who)" if given else "",
    )
    tenant = Tenant.objects.get(pk=current_tenant_id())
    parameters: dict[str, Any] = {
        "tenant": tenant.pk,
        "zone": tenant.time_zone,
        "ids": ids,
        "detail": detail,
    }
    parts, limits = [], []
    for place, kind in enumerate(kinds):
        own = _limits_of(kind)
        parameters |= {f"{name}_{place}": value for name, value in own.items()}
        limits.append(tuple(own[name] for name in _NAMES[_FIGURES + 2 :]))
        part = _OF_TYPE.sub(rf"%(\1_{place})s", sql)
        parts.append(f"(SELECT {place} AS place, answer.* FROM ({part}) answer)")  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), parameters)
        for place, *row in cursor.fetchall():
            found[kinds[place].pk][row[0]] = _status(tuple(row), limits[place])
    return found


def _limits_of(kind: ActivityType) -> dict[str, Any]:
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


def _status(row: tuple[Any, ...], limits: tuple[Any, ...]) -> GuardStatus:
    _id, allowance, used, open_now, last_asked_at, refusing, warning = row[:_FIRST]
    if not refusing and not warning:
        return GuardStatus(allowance, used, open_now, last_asked_at)
    figures = (*row[_FIRST : _FIRST + _FIGURES], used, allowance, *limits)

    def reason(code: str) -> GuardReason:
        place = _DAYS.get(code)
        return GuardReason(code, None if place is None else row[place], figures)

    return GuardStatus(
        allowance,
        used,
        open_now,
        last_asked_at,
        tuple(map(reason, refusing)),
        tuple(map(reason, warning)),
    )


@dataclass(frozen=True, slots=True)
class AdvocateCapacity:
    """An advocate's year at a glance, for the profile."""

    allowance: int
    used: int
    open_now: int
    over: int
    references: tuple[GuardReason, ...]
    next_reference_on: date | None

    @property
    def left(self) -> int:
        """Units that can still be asked for this year."""
        return max(self.allowance - self.used, 0)

    @property
    def sentence(self) -> str:
        """For example “3 of 6 used; next reference call possible from 12 January 2027.”"""
        text = _("%(used)s of %(allowance)s used") % {
            "used": self.used,
            "allowance": self.allowance,
        }
        if self.over:
            text += " " + _("(%(over)s over)") % {"over": self.over}
        if not self.references:
            return _("%(figures)s; a reference call is possible now.") % {"figures": text}
        if self.next_reference_on:
            return _("%(figures)s; next reference call possible from %(day)s.") % {
                "figures": text,
                "day": formats.date_format(self.next_reference_on, "DATE_FORMAT"),
            }
        return _("%(figures)s; no reference call for the time being.") % {"figures": text}


def advocate_capacity(advocate: Advocate) -> AdvocateCapacity | None:
    """The year of one advocate; ``None`` for somebody who was never in the program."""
    kind = ActivityType.objects.filter(is_reference=True).order_by("-is_on", "position").first()
    if kind is None:
        kind = ActivityType.objects.filter(units__gt=0).first()
    if kind is None:
        return None
    status = guard_status(activity_type=kind, advocate_ids=[advocate.pk]).get(advocate.pk)
    if status is None or any(reason.code == "capacity_row" for reason in status.reasons):
        return None
    return AdvocateCapacity(
        allowance=status.allowance,
        used=status.used,
        open_now=status.open_now,
        over=status.over,
        references=status.reasons,
        next_reference_on=status.until,
    )
