"""What an advocate allows, and the allowance that follows from it (ADV-2, CAP-1, CAP-2)."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.events.services import record
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.scope import current_tenant_id
from advocates.access import require_change
from advocates.accounts.choices import TagKind
from advocates.accounts.tags import set_tags
from advocates.models import (
    ActivityType,
    Advocate,
    AdvocateTag,
    Blackout,
    BlockedCompany,
    Capacity,
    Preference,
    ProgramPolicy,
    TypePreference,
)
from advocates.people.choices import REFERENCE_GAP_DAYS, Comfort, Disclosure, ReferenceFrequency
from advocates.people.selectors import preferences_of
from advocates.people.traces import require_not_erased
from advocates.scoring.services import evaluate_scores

_PLAIN = frozenset(
    {"comforts", "reference_frequency", "yearly_cap", "snoozed_until", "appreciation", "channel"}
)
FIELDS = _PLAIN | {
    "disclosure",
    "language",
    "topics",
    "accepted_types",
    "blackouts",
    "blocked_companies",
}


def preferences_key(advocate_id: UUID | str) -> str:
    """The version key of whoever reads and then changes one person's preferences."""
    return f"preferences:{advocate_id}"


def save_preferences(*, actor: Actor, advocate: Advocate, **changes: Any) -> Preference:
    """Save any of an advocate's preferences; what is not given stays (ADV-2).

    - ``comforts``, ``appreciation``: lists of codes
    - ``reference_frequency``, ``channel``, ``disclosure``: a code (``disclosure`` may be ``""``)
    - ``yearly_cap``: a number not above the tenant's, or ``None`` for the tenant's
    - ``snoozed_until``: a date or ``None``
    - ``accepted_types``: every :class:`ActivityType` the advocate accepts, of those that are on
    - ``blackouts``: pairs of dates, all of them
    - ``blocked_companies``: names, all of them
    - ``topics``: words, all of them; ``language``: a code, or ``""`` for the company's

    Keeps the allowance and the distance between reference calls that the guard reads in step.
    The event names the changed fields and nothing of what they say. Raises ``DomainError`` with a
    sentence per field, ``TypeError`` for a field that is none. Locks the policy (shared), then the
    advocate's capacity.
    """
    if unknown := changes.keys() - FIELDS:
        raise TypeError(f"no such preference: {', '.join(sorted(unknown))}")
    if (actor.kind, actor.id) != ("advocate", advocate.pk):
        require_change(actor, "advocates.edit", advocate.account)
    require_not_erased(advocate)
    if not changes:
        return preferences_of(advocate)
    with transaction.atomic():
        cap = _policy_cap()
        _check(changes, cap)
        Preference.objects.bulk_create([Preference(advocate=advocate)], ignore_conflicts=True)
        # Before everything else of this person, as every take does.
        list(Capacity.objects.select_for_update().filter(advocate=advocate))
        wishes = Preference.objects.select_for_update().get(advocate=advocate)
        changed = [name for name in sorted(changes) if _SAVERS[name](advocate, wishes, changes)]
        if changed:
            wishes.updated_at = clock.now()
            wishes.save()
            _keep_in_step(advocate, wishes, cap)
            record(
                "preferences.saved",
                advocate,
                actor=actor,
                payload={"fields": changed},
                about=[advocate.account],
            )
            if "comforts" in changed:
                evaluate_scores(advocate_ids=[advocate.pk])
    return wishes


def _policy_cap() -> int:
    with connection.cursor() as cursor:
        # Shared with other people's preferences; a change of the policy waits, and comes after.
        cursor.execute(
            "SELECT yearly_cap FROM advocates_programpolicy WHERE tenant_id = %s FOR SHARE",
            [current_tenant_id()],
        )
        row = cursor.fetchone()
    if row is None:
        raise ProgramPolicy.DoesNotExist("the program is not set up")
    return int(row[0])


def align_allowance(advocate: Advocate) -> None:
    """Have the guard read what the person wishes now; of two records merged, those that stayed."""
    _keep_in_step(advocate, preferences_of(advocate), _policy_cap())


def _keep_in_step(advocate: Advocate, wishes: Preference, cap: int) -> None:
    Capacity.objects.filter(advocate=advocate).update(
        allowance=cap if wishes.yearly_cap is None else min(cap, wishes.yearly_cap),
        reference_gap_days=REFERENCE_GAP_DAYS[ReferenceFrequency(wishes.reference_frequency)],
        version=models.F("version") + 1,
    )


def _check(changes: dict[str, Any], cap: int) -> None:
    wrong: dict[str, str] = {}
    for name, known in (
        ("comforts", Comfort.values),
        ("appreciation", Preference.Appreciation.values),
    ):
        if name in changes and not set(changes[name]) <= set(known):
            wrong[name] = _("Choose from: %(known)s.") % {"known": ", ".join(known)}
    for name, known in (
        ("reference_frequency", ReferenceFrequency.values),
        ("channel", Preference.Channel.values),
        ("disclosure", ["", *Disclosure.values]),
    ):
        if name in changes and changes[name] not in known:
            wrong[name] = _("Choose from: %(known)s.") % {"known": ", ".join(filter(None, known))}
    if len(changes.get("language", "")) > 8:
        wrong["language"] = _("Choose one of the languages.")
    if any(len(word.strip()) > 100 for word in changes.get("topics", ())):
        wrong["topics"] = _("A topic has at most 100 letters.")
    own = changes.get("yearly_cap")
    if own is not None and not 0 <= own <= cap:
        wrong["yearly_cap"] = _("A number from 0 to %(cap)s, the highest the program asks.") % {
            "cap": cap
        }
    for starts, ends in changes.get("blackouts", ()):
        if ends < starts:
            wrong["blackouts"] = _("A period ends before it starts.")
    if any(len(name.strip()) > 200 for name in changes.get("blocked_companies", ())):
        wrong["blocked_companies"] = _("A company's name has at most 200 letters.")
    if wrong:
        raise DomainError(_("The preferences were not saved."), fields=wrong)


_Saver = Callable[[Advocate, Preference, dict[str, Any]], bool]


def _plain(name: str) -> _Saver:
    def save(advocate: Advocate, wishes: Preference, changes: dict[str, Any]) -> bool:
        value = changes[name]
        if isinstance(value, (list, tuple, set, frozenset)):
            value = sorted(set(value))
        old = getattr(wishes, name)
        setattr(wishes, name, value)
        return bool((sorted(old) if isinstance(old, list) else old) != value)

    return save


def _of_person(name: str) -> _Saver:
    """A preference that stands in the person's own record."""

    def save(advocate: Advocate, wishes: Preference, changes: dict[str, Any]) -> bool:
        value = changes[name]
        changed = Advocate.objects.filter(pk=advocate.pk).exclude(**{name: value})
        if not changed.update(**{name: value, "updated_at": clock.now()}):
            return False
        setattr(advocate, name, value)
        return True

    return save


def _topics(advocate: Advocate, wishes: Preference, changes: dict[str, Any]) -> bool:
    return set_tags(AdvocateTag, advocate, "advocate", TagKind.TOPIC, changes["topics"])


def _accepted_types(advocate: Advocate, wishes: Preference, changes: dict[str, Any]) -> bool:
    accepted = {kind.pk for kind in changes["accepted_types"]}
    known = dict(
        TypePreference.objects.filter(advocate=advocate).values_list("activity_type", "accepted")
    )
    # No row means accepted, so only a change of mind needs one.
    rows = [
        TypePreference(advocate=advocate, activity_type_id=kind, accepted=kind in accepted)
        for kind in ActivityType.objects.filter(is_on=True).values_list("pk", flat=True)
        if known.get(kind, True) != (kind in accepted)
    ]
    TypePreference.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["tenant", "advocate", "activity_type"],
        update_fields=["accepted"],
    )
    return bool(rows)


def _blackouts(advocate: Advocate, wishes: Preference, changes: dict[str, Any]) -> bool:
    wanted: set[tuple[date, date]] = {(starts, ends) for starts, ends in changes["blackouts"]}
    own = Blackout.objects.filter(advocate=advocate)
    known = {(row.starts_on, row.ends_on): row.pk for row in own}
    return _replace(
        own,
        [pk for period, pk in known.items() if period not in wanted],
        [
            Blackout(advocate=advocate, starts_on=starts, ends_on=ends)
            for starts, ends in sorted(wanted - known.keys())
        ],
    )


def _blocked_companies(advocate: Advocate, wishes: Preference, changes: dict[str, Any]) -> bool:
    names: Iterable[str] = changes["blocked_companies"]
    wanted = {name.strip().casefold(): name.strip() for name in names if name.strip()}
    own = BlockedCompany.objects.filter(advocate=advocate)
    known = {row.name.casefold(): row.pk for row in own}
    return _replace(
        own,
        [pk for name, pk in known.items() if name not in wanted],
        [
            BlockedCompany(advocate=advocate, name=name)
            for key, name in sorted(wanted.items())
            if key not in known
        ],
    )


def _replace(own: models.QuerySet[Any], gone: Sequence[Any], new: Sequence[models.Model]) -> bool:
    if gone:
        own.filter(pk__in=gone).delete()
    if new:
        own.bulk_create(new)
    return bool(gone or new)


_SAVERS: dict[str, _Saver] = {
    **{name: _plain(name) for name in _PLAIN},
    "disclosure": _of_person("disclosure"),
    "language": _of_person("language"),
    "topics": _topics,
    "accepted_types": _accepted_types,
    "blackouts": _blackouts,
    "blocked_companies": _blocked_companies,
}
