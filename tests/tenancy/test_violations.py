"""Which rule an error is about, with PostgreSQL's fields and with a worker's text only (TEN-3)."""

from typing import Any

import psycopg2
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.violations import violated
from advocacy.web.integrity import translate
from advocates.models import Participation
from advocates.program.ledger import services as ledger
from advocates.program.ledger.services import CapacityRefused
from tests.factories.advocates import AdvocateFactory, catalogued
from tests.factories.tenancy import MembershipFactory

_FROM = "CONTEXT:  while executing command on worker-2:5432\n"


class _Diagnostics:
    """What is left of them: the text, and a detail."""

    constraint_name = table_name = None

    def __init__(self, detail: str | None) -> None:
        self.message_detail = detail


class WorkersError(psycopg2.IntegrityError):
    """An error as the coordinator passes it on."""

    pgcode = "23505"

    def __init__(self, text: str, detail: str | None = None) -> None:
        super().__init__(text + (f"\nDETAIL:  {detail}" if detail else "") + f"\n{_FROM}")
        self.said = detail

    @property
    def diag(self) -> Any:  # type: ignore[override]
        return _Diagnostics(self.said)


def sent(text: str, detail: str | None = None) -> IntegrityError:
    error = IntegrityError(text)
    error.__cause__ = WorkersError(text, detail)
    return error


@pytest.mark.parametrize(
    ("error", "rule"),
    [
        (
            sent(
                "duplicate key value violates unique constraint"
                ' "membership_once_per_tenant_102045"',
                "Key (tenant_id, user_id)=(0190, 0191) already exists.",
            ),
            ("membership_once_per_tenant", "tenancy_membership"),
        ),
        (
            sent(
                'new row for relation "tenancy_membership_102045" violates check constraint'
                ' "membership_role_known"',
                "Failing row contains (0190, chief, …).",
            ),
            ("membership_role_known", "tenancy_membership"),
        ),
        (
            sent(
                'insert or update on table "events_eventsubject_102077" violates foreign key'
                ' constraint "events_eventsubject_event_fk_102077"',
                'Key (tenant_id, event_id)=(0190, 0191) is not present in table "events_event_1".',
            ),
            ("events_eventsubject_event_fk", "events_eventsubject"),
        ),
        (
            sent("at capacity: 6 of 6", "capacity_yearly"),
            ("capacity_yearly", ""),
        ),
        (sent("something else", "Failing row contains (1)."), ("", "")),
    ],
)
def test_a_workers_error_names_its_rule(error: IntegrityError, rule: tuple[str, str]) -> None:
    """TEN-3.b: without the shard's number, in every kind of violation."""
    assert violated(error) == rule


def test_a_name_that_was_cut_and_hashed(monkeypatch: pytest.MonkeyPatch) -> None:
    """TEN-3.b: the one declared name that begins so; of two, none is guessed."""
    from advocacy.tenancy import violations

    long = "advocates_typepreference_activity_type_accepted_by_somebody_fk"
    known = {long: frozenset({"advocates_typepreference"})}
    monkeypatch.setattr(violations, "_tables_by_constraint", lambda: known)
    error = sent(
        f'duplicate key value violates unique constraint "{long[:46]}_0a1b2c3d_102045"',
    )
    assert violated(error) == (long, "advocates_typepreference")
    known[f"{long[:50]}_another_one"] = frozenset()
    assert violated(error)[0] == f"{long[:46]}_0a1b2c3d"


def as_a_worker_sends_it(error: DatabaseError) -> IntegrityError:
    """The same refusal of PostgreSQL, with what a worker leaves of it."""
    diag = error.__cause__.diag  # type: ignore[union-attr]
    text = str(diag.message_primary)
    for name in (diag.constraint_name, diag.table_name):
        if name:
            text = text.replace(f'"{name}"', f'"{name}_102045"')
    return sent(text, diag.message_detail)


def test_a_duplicate_is_words_on_several_machines_too(scope: Tenant) -> None:
    """BAD-1, TEN-3.b: the sentence of the form, and not a 500."""
    member = MembershipFactory()
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Membership(user=member.user, role="sales").save(force_insert=True)
    here, there = translate(refused.value), translate(as_a_worker_sends_it(refused.value))
    assert here is not None
    assert there is not None
    assert there.message_dict == here.message_dict


def test_the_guard_refuses_in_words_on_several_machines_too(
    scope: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CAP-1, TEN-3.b: its rule stands in DETAIL as well, which is all that a worker passes on."""
    kind, advocate = catalogued("reference_call"), AdvocateFactory(status="active")
    ledger.take_unit(advocate=advocate, activity_type=kind)
    save = Participation.save

    def refused_by_a_worker(self: Participation, **options: Any) -> None:
        try:
            save(self, **options)
        except IntegrityError as error:
            raise as_a_worker_sends_it(error)  # noqa: B904 - its cause is the worker's

    monkeypatch.setattr(Participation, "save", refused_by_a_worker)

    with pytest.raises(CapacityRefused) as refusal:
        ledger.take_unit(advocate=advocate, activity_type=kind)
    assert refusal.value.code.startswith("capacity_")


def test_every_rule_of_the_guard_stands_in_its_detail(db: None) -> None:
    """CAP-1, TEN-3.b: also of a rule that a later migration adds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'guard_participation'")
        (body,) = cursor.fetchone()
    names = [part.split("'")[1] for part in body.split("CONSTRAINT = ")[1:]]
    details = [part.split("'")[1] for part in body.split("DETAIL = ")[1:]]
    assert len(names) > 10
    assert names == details, "raise with DETAIL = '<rule>' beside CONSTRAINT = '<rule>'"
