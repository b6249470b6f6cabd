"""What the replay cannot know: settings of the past (SIM-1.a).

It judges by today's settings. Where one of them was changed since an ask, that ask may have been
sent under another; the log says when, and the page says which.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from advocacy.events.models import Event
from advocacy.tenancy.models import MergedRecord
from advocates.program.ledger.capacity.past import Unit
from reporting.simulator.history import History
from reporting.simulator.replay import Verdict

GUARDRAILS, TYPE, WISHES, MERGED, UNKNOWN = "guardrails", "type", "wishes", "merged", "unknown"
#: Why today's settings refuse what was sent, in words.
CAUSES: dict[str, str | Promise] = {
    GUARDRAILS: _("a guardrail was changed since"),
    TYPE: _("a limit of the activity was changed since"),
    WISHES: _("the person has asked for less since"),
    MERGED: _("two records were made one since"),
    UNKNOWN: _("written down afterwards, or imported"),
}
#: Rule → the settings that decide it, beside the limits of a type and the person's own wishes.
_DECIDED_BY = {
    "capacity_yearly": ("yearly_cap",),
    "capacity_type_year": ("limits_mode",),
    "capacity_type_detail": ("limits_mode",),
    "capacity_type_at_once": ("limits_mode",),
    "capacity_type_gap": ("limits_mode",),
    "capacity_reference_gap": ("frequency_mode",),
    "capacity_recovery": ("recovery_mode", "recovery_days", "recovery_low_days"),
    "variety": ("variety_mode",),
    "ladder": ("ladder_mode",),
    "capacity_pacing": (
        *("pacing_mode", "asks_per_year", "asks_per_90_days", "days_between_asks"),
    ),
    "capacity_asked": ("pacing_mode", "asked_per_year", "counts_free_types"),
    "capacity_cooling": ("pacing_mode", "cooling_days"),
    "capacity_account": ("pacing_mode", "account_units_per_year", "account_open"),
}
_WISHED = {"capacity_yearly": "yearly_cap", "capacity_reference_gap": "reference_frequency"}


@dataclass(slots=True)
class Changes:
    """When each was last changed in the period."""

    guardrails: dict[str, datetime]
    types: dict[UUID, datetime]
    wishes: dict[tuple[UUID, str], datetime]
    merged: dict[UUID, datetime]

    def cause(self, verdict: Verdict) -> str:
        """Why today's settings refuse an ask that went out, as far as the log says."""
        unit, rule = verdict.unit, verdict.refused_by
        for cause, moments in (
            (GUARDRAILS, [self.guardrails.get(name) for name in _DECIDED_BY.get(rule, ())]),
            (TYPE, [self.types.get(unit.kind)]),
            (WISHES, [self.wishes.get((unit.advocate, _WISHED.get(rule, "")))]),
            (MERGED, [self.merged.get(unit.advocate), self.merged.get(unit.account)]),
        ):
            if _since(unit, moments):
                return cause
        return UNKNOWN


def _since(unit: Unit, moments: list[datetime | None]) -> bool:
    return any(moment is not None and moment >= unit.taken_at for moment in moments)


def changes_since(history: History) -> Changes:
    """What the log says of the period; two statements."""
    found = Changes({}, {}, {}, {})
    settings = Q(verb="settings.changed", payload__family="capacity")
    others = Q(verb__in=["activity_type.updated", "preferences.saved"])
    events = Event.objects.filter(settings | others, at__gte=history.frame.start).order_by("at")
    for verb, subject, payload, at in events.values_list("verb", "subject_id", "payload", "at"):
        if verb == "settings.changed":
            found.guardrails |= dict.fromkeys(payload.get("after", ()), at)
        elif verb == "activity_type.updated":
            found.types[subject] = at
        else:
            found.wishes |= {(subject, name): at for name in payload.get("fields", ())}
    merged = MergedRecord.objects.filter(at__gte=history.frame.start).order_by("at")
    found.merged = dict(merged.values_list("into_id", "at"))
    return found
