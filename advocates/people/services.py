"""Writing advocates: people at customers (ADV-1, API-4)."""

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.events.services import record
from advocacy.records.writes import Upserted, changed_fields, stored, tidy, upsert
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError
from advocates import locks
from advocates.access import require_change
from advocates.accounts.choices import TagKind
from advocates.accounts.ownership import require_here, require_to_give_away
from advocates.accounts.tags import set_tags
from advocates.changes import (
    change_payload,
    check_fields,
    required,
    tenant_today,
    tidy_values,
)
from advocates.external_ids import known_by, stored_id
from advocates.models import (
    Account,
    Advocate,
    AdvocateIdentifier,
    AdvocateTag,
    Capacity,
    Preference,
    ProgramPolicy,
)
from advocates.people.choices import REFERENCE_GAP_DAYS, Readiness, ReferenceFrequency
from advocates.people.traces import require_not_erased
from advocates.scoring.services import evaluate_scores

#: What a caller may give. The status has its own services (enrolment).
ADVOCATE_FIELDS = (
    "account",
    "first_name",
    "last_name",
    "email",
    "phone",
    "job_title",
    "seniority",
    "function",
    "language",
    "time_zone",
    "nps",
    "nps_on",
    "communication_skill",
    "presentation_skill",
    "travels",
    "interests",
    "readiness",
    "executive_sponsor",
    "sponsor_days",
    "disclosure",
    "notes",
)

#: Fields whose values may stand in an event; the others are personal data (GDPR-1).
ADVOCATE_CODED = frozenset(
    {"account", "readiness", "executive_sponsor", "sponsor_days", "disclosure"}
)

#: The allowance of a tenant that has no policy yet (CAP-1).
_FIRST_FREQUENCY = ReferenceFrequency.QUARTERLY
_DEFAULT_CAP = int(ProgramPolicy._meta.get_field("yearly_cap").default)


def default_allowance() -> int:
    """Activities a year a new advocate may be asked for."""
    cap = ProgramPolicy.objects.values_list("yearly_cap", flat=True).first()
    return _DEFAULT_CAP if cap is None else int(cap)


def first_capacity() -> dict[str, Any]:
    """What the guard's row of a new advocate holds; everybody has one from the first moment."""
    return {
        "allowance": default_allowance(),
        "reference_gap_days": REFERENCE_GAP_DAYS[_FIRST_FREQUENCY],
    }


def first_preference() -> dict[str, Any]:
    """What the row of a new advocate's preferences holds."""
    return {"reference_frequency": _FIRST_FREQUENCY}


def normalise_person(values: dict[str, Any]) -> dict[str, Any]:
    """The values as they will be stored."""
    normalised = tidy_values(Advocate, values)
    if normalised.get("email"):
        normalised["email"] = normalised["email"].lower()
    return normalised


def _date_nps(values: dict[str, Any]) -> None:
    """A score entered without its date is today's."""
    if values.get("nps") is not None and not values.get("nps_on"):
        values["nps_on"] = tenant_today()


def _date_sponsor(values: dict[str, Any]) -> None:
    """Another sponsor begins today. Whoever may record no contact keeps no cadence (SPN-1)."""
    if "executive_sponsor" not in values:
        return
    sponsor = values["executive_sponsor"]
    require_here("executive_sponsor", sponsor)
    if sponsor is not None and not sponsor.can("touches.edit"):
        problem = _("%(name)s cannot record contacts; choose an executive.") % {
            "name": sponsor.name
        }
        raise DomainError(problem, fields={"executive_sponsor": problem})
    values["sponsored_since"] = tenant_today() if sponsor else None


@transaction.atomic
def create_advocate(
    *,
    actor: Actor,
    account: Account,
    last_name: str,
    identifiers: Iterable[tuple[str, str]] = (),
    topics: Iterable[str] = (),
    **fields: Any,
) -> Advocate:
    """Make a person at an account, a candidate at first (ADV-1).

    ``fields`` are those of :data:`ADVOCATE_FIELDS`. A second record with the same e-mail is
    allowed: it is shown as a possible duplicate, never merged. Raises :class:`DomainError` naming
    each field that is wrong, :class:`Conflict` for an external id that is taken.
    """
    require_change(actor, "advocates.edit", account)
    _only_known(fields)
    values = normalise_person({"account": account, "last_name": last_name, **fields})
    _date_nps(values)
    _date_sponsor(values)
    advocate = Advocate(**values)
    if not advocate.last_name:
        raise required(advocate, "last_name")
    check_fields(advocate, values)
    advocate.save(force_insert=True)
    Capacity.objects.create(advocate=advocate, **first_capacity())
    Preference.objects.create(advocate=advocate, **first_preference())
    for source, external_id in identifiers:
        _add_identifier(advocate, source, external_id)
    set_tags(AdvocateTag, advocate, "advocate", TagKind.TOPIC, topics)
    record("advocate.created", advocate, actor=actor, about=[account])
    evaluate_scores(advocate_ids=[advocate.pk])
    return advocate


@transaction.atomic
def update_advocate(
    *, actor: Actor, advocate: Advocate, topics: Iterable[str] | None = None, **changes: Any
) -> Advocate:
    """Change a person's record; writes and tells only what really changes (ADV-1, AUD-1).

    Another ``account`` is a move: identity, history and the ledger stay as they are. Raises
    :class:`DomainError` naming each field that is wrong, :class:`NotAllowed` for a CSM at a
    colleague's account.
    """
    return _update(actor, advocate, topics, changes)[0]


def _update(
    actor: Actor,
    advocate: Advocate,
    topics: Iterable[str] | None,
    changes: dict[str, Any],
) -> tuple[Advocate, bool]:
    _only_known(changes)
    if changes.get("readiness") == Readiness.NOT_A_FIT:
        # Open asks are withdrawn with it; their requests are locked first.
        locks.lock_above(advocate.pk)
    # No stronger: this must not collide with the takes that point at the person.
    advocate = (
        Advocate.objects.select_for_update(no_key=True, of=("self",))
        .select_related("account")
        .get(pk=advocate.pk)
    )
    left = advocate.account
    require_change(actor, "advocates.edit", left)
    require_not_erased(advocate)
    values = normalise_person(changes)
    values = {name: values[name] for name in changed_fields(advocate, values)}
    _date_nps(values)
    before = {name: stored(advocate, name) for name in values}
    _date_sponsor(values)
    for name, value in values.items():
        setattr(advocate, name, value)
    if not advocate.last_name:
        raise required(advocate, "last_name")
    check_fields(advocate, values)
    if "account" in values:
        require_change(actor, "advocates.edit", advocate.account)
        if advocate.account.owner_id != left.owner_id:
            require_to_give_away(actor, "account", left.owner_id)
    if topics is not None and set_tags(AdvocateTag, advocate, "advocate", TagKind.TOPIC, topics):
        before["topics"] = None
    if not before:
        return advocate, False
    advocate.updated_at = clock.now()
    advocate.save(update_fields=[*values, "updated_at"])
    record(
        "advocate.moved" if "account" in values else "advocate.updated",
        advocate,
        actor=actor,
        payload=change_payload(advocate, before, ADVOCATE_CODED),
        about=[left, advocate.account] if "account" in values else [],
    )
    evaluate_scores(advocate_ids=[advocate.pk])
    return advocate, True


def _only_known(fields: dict[str, Any]) -> None:
    if unknown := fields.keys() - set(ADVOCATE_FIELDS):
        raise TypeError(f"an advocate has no field {', '.join(sorted(unknown))} to set here")


def _add_identifier(advocate: Advocate, source: str, external_id: str) -> None:
    try:
        with transaction.atomic():
            AdvocateIdentifier.objects.create(
                advocate=advocate,
                source=tidy(source),
                external_id=stored_id(tidy(source), tidy(external_id)),
            )
    except IntegrityError as error:
        raise Conflict(
            _("Another person already has the external id %(id)s of %(source)s.")
            % {"id": external_id, "source": source},
            code="external_id_taken",
        ) from error


@transaction.atomic
def upsert_advocate(
    *, actor: Actor, source: str, external_id: str, **fields: Any
) -> tuple[Advocate, Upserted]:
    """Create the person with this external id, or update them; a replay changes nothing (API-4).

    The external id decides, never the e-mail: a person known under the same address stays a
    record of their own (ADV-1). Creating needs ``account`` and ``last_name``.
    """
    if not tidy(source) or not tidy(external_id):
        raise DomainError(_("An external id needs its source and its value."), code="required")
    plain = dict(fields)
    topics = plain.pop("topics", None)
    return upsert(
        lambda: _by_identifier(source, external_id),
        lambda: create_advocate(actor=actor, identifiers=[(source, external_id)], **fields),
        lambda advocate: _update(actor, advocate, topics, plain),
    )


def _by_identifier(source: str, external_id: str) -> Advocate | None:
    rows = AdvocateIdentifier.objects.select_related("advocate").filter(source=tidy(source))
    identifier = known_by(rows, tidy(external_id)).first()
    return identifier.advocate if identifier else None
