"""What may be given for what, and why somebody has to approve it (BEN-1.b, BEN-4.a, BEN-5)."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from activities.activities.choices import ActivityState
from activities.activities.models import Activity
from advocacy.records import writes
from advocacy.tenancy.errors import Conflict, DomainError
from advocacy.tenant_settings.reading import current
from advocates.models import Advocate
from advocates.program.catalogue.choices import Effort, Rewards
from benefits.catalogue.choices import TIER_CODES
from benefits.catalogue.models import Benefit
from benefits.catalogue.reviews import never_rewarded
from benefits.grants.models import Grant, Waits
from benefits.grants.policy import is_unclear
from benefits.points.settings import PointNumbers

_LEVELS = list(Effort.values)


def require_on(benefit: Benefit) -> None:
    """Raise ``DomainError`` for what is not given at present."""
    if not benefit.is_on:
        problem = _("“%(name)s” is switched off in the catalogue; choose another benefit.")
        text = problem % {"name": benefit.name}
        raise DomainError(text, fields={"benefit": text})


def differs(grant: Grant, values: Mapping[str, Any], *, but: Iterable[str]) -> bool:
    """Whether more would change than some fields; ``activities`` are not among the values."""
    known = {column.name for column in grant._meta.fields}
    others = {name: each for name, each in values.items() if name in known - set(but)}
    return bool(writes.changed_fields(grant, others))


def require_recognition(grant: Grant) -> None:
    """Raise ``DomainError`` for a place or link of what is no recognition (BEN-8.b)."""
    if not grant.benefit.is_recognition and (grant.channel or grant.link):
        problem = _("“%(what)s” is no recognition: leave out where it stands or is said.")
        text = problem % {"what": grant.benefit}
        field = "channel" if grant.channel else "link"
        raise DomainError(text, fields={field: text})


def require_same(grant: Grant, advocate: Advocate) -> None:
    """Raise ``DomainError`` for a grant that would become somebody else's."""
    if advocate.pk != grant.advocate_id:  # type: ignore[attr-defined]
        problem = _("For whom it is stays. Cancel it and plan another.")
        raise DomainError(problem, fields={"advocate": problem})


def clean(grant: Grant, values: Mapping[str, Any]) -> dict[str, Any]:
    """As they will be stored; who sees to it can be asked to."""
    checked = writes.clean(grant, values)
    owner = checked.get("owner")
    if owner is not None and not (owner.is_active and owner.can("grants.edit")):
        problem = _("%(name)s cannot see to it; choose a colleague who gives benefits.")
        text = problem % {"name": owner.name}
        raise DomainError(text, fields={"owner": text})
    return checked


def able(advocate: Advocate, activities: Iterable[Activity]) -> list[Activity]:
    """The activities, if each is this person's, happened, and may be rewarded at all.

    Raises ``DomainError`` at ``activities``: a review is never rewarded (BEN-4.a).
    """
    found = list(
        Activity.objects.filter(pk__in=[each.pk for each in activities])
        .select_related("activity_type")
        .order_by("pk")
    )
    for each in found:
        problem = ""
        if each.activity_type.is_review:
            problem = never_rewarded()
        elif each.activity_type.rewards == Rewards.NEVER:
            problem = _("“%(type)s” is never rewarded; the catalogue says so.") % {
                "type": each.activity_type.name
            }
        elif each.advocate_id != advocate.pk:  # type: ignore[attr-defined]
            problem = _("Somebody else did “%(what)s”; choose what %(name)s did.") % {
                "what": each,
                "name": advocate.name,
            }
        elif each.state != ActivityState.COMPLETED:
            problem = _("“%(what)s” has not happened yet; it can be thanked for afterwards.") % {
                "what": each
            }
        if problem:
            raise DomainError(problem, code="not_rewarded", fields={"activities": problem})
    return found


def covered_by(grant: Grant) -> list[Activity]:
    """What a grant is given for."""
    rows = Activity.objects.filter(rewards__grant=grant).select_related("activity_type")
    return list(rows.order_by("pk"))


def settled(grant: Grant, changes: Iterable[str]) -> Conflict:
    """What it is and what it is for stays, once it is approved."""
    problem = _(
        "“%(what)s” is approved: what it is, what it costs and what it is for stay. Cancel it and"
        " plan another."
    ) % {"what": grant}
    return Conflict(problem, code="settled", fields=dict.fromkeys(changes, problem))


def reasons(grant: Grant, covered: Iterable[Activity]) -> list[str]:
    """Why somebody has to approve it, but for budget and stock."""
    benefit, found = grant.benefit, []
    if benefit.needs_approval:
        found.append(Waits.BENEFIT)
    if benefit.tiers and _tier_of(grant.advocate) not in benefit.tiers:
        found.append(Waits.TIER)
    if benefit.effort_levels and _effort_of(covered) < _least(benefit):
        found.append(Waits.EFFORT)
    if is_unclear(benefit, grant.advocate.account):
        found.append(Waits.POLICY)
    if grant.points and not _is_trusted(grant.advocate):
        found.append(Waits.POINTS)
    return [str(each) for each in found]


def _is_trusted(advocate: Advocate) -> bool:
    """Whether what they redeem takes nobody's approval (BEN-7.c)."""
    codes = [code for code, _name in TIER_CODES]
    trusted = current(PointNumbers).trusted_tier
    return trusted in codes and _tier_of(advocate) in codes[: codes.index(trusted) + 1]


def _tier_of(advocate: Advocate) -> str:
    standing = advocate.standings.select_related("tier").first()
    return standing.tier.code if standing and standing.tier else ""


def _effort_of(covered: Iterable[Activity]) -> int:
    """The most of them; for an occasion nobody counts effort."""
    levels = [_LEVELS.index(each.activity_type.effort) for each in covered]
    return max(levels, default=len(_LEVELS))


def _least(benefit: Benefit) -> int:
    return min(_LEVELS.index(level) for level in benefit.effort_levels)
