"""Reminders of thank-yous after a day without power: found, mailed, told, each once (THX-2).

The floor is the bare drain of the same rows: claimed as many at a time with SKIP LOCKED, stamped,
and one mail each, in one statement a batch, with neither words nor events.
"""

from collections.abc import Iterator
from time import perf_counter
from typing import Any

from django.db import connection

from advocacy import clock
from advocacy.messaging.models import OutgoingMail
from advocacy.tenancy.scope import tenant_scope
from bench.place import Place, analyze
from bench.report import Line
from benefits.thanks.models import ThankYouReminder
from benefits.thanks.reminders import MAIL, SWEEP_BATCH, fire_due_reminders

#: As many are due, where the tenant has thanked so often.
MOST = 100_000

_OPEN_AGAIN = """
UPDATE benefits_thankyou SET state = 'open', done_at = NULL, done_by_id = NULL
 WHERE tenant_id = %(tenant)s AND id IN (
       SELECT id FROM benefits_thankyou WHERE tenant_id = %(tenant)s AND kind = 'personal'
        ORDER BY id LIMIT %(most)s)
"""
_CALL_OFF = """
UPDATE benefits_thankyoureminder SET cancelled_at = clock()
 WHERE tenant_id = %(tenant)s AND fired_at IS NULL AND cancelled_at IS NULL
"""
_DUE = """
INSERT INTO benefits_thankyoureminder (id, tenant_id, thank_you_id, stage, due_at, was_late)
SELECT gen_random_uuid(), tenant_id, id, '12h', clock() - interval '26 hours', false
  FROM benefits_thankyou t WHERE tenant_id = %(tenant)s AND state = 'open'
   AND NOT EXISTS (SELECT 1 FROM benefits_thankyoureminder r
                    WHERE r.tenant_id = t.tenant_id AND r.thank_you_id = t.id AND r.stage = '12h')
"""
_DUE_AGAIN = """
UPDATE benefits_thankyoureminder SET fired_at = NULL, was_late = false
 WHERE tenant_id = %(tenant)s AND fired_at >= %(began)s
"""


def _bare_batch() -> str:
    """Claim, stamp and mail; everything of a mail but its keys is that of one queued before."""
    own = {"id": "gen_random_uuid()", "unique_key": "'bare:' || stamped.id"}
    columns = [field.column for field in OutgoingMail._meta.concrete_fields]
    return f"""
WITH claimed AS (
  SELECT id FROM benefits_thankyoureminder
   WHERE tenant_id = %(tenant)s AND due_at <= clock()
     AND fired_at IS NULL AND cancelled_at IS NULL
   ORDER BY due_at, stage, id LIMIT {SWEEP_BATCH} FOR UPDATE SKIP LOCKED
), stamped AS (
  UPDATE benefits_thankyoureminder r SET fired_at = clock(), was_late = true
    FROM claimed WHERE r.tenant_id = %(tenant)s AND r.id = claimed.id RETURNING r.id
)
INSERT INTO messaging_outgoingmail ({", ".join(columns)})
SELECT {", ".join(own.get(column, f"m.{column}") for column in columns)}
  FROM stamped, messaging_outgoingmail m
 WHERE m.tenant_id = %(tenant)s AND m.id = %(mail)s
"""


def run(place: Place) -> Iterator[Line]:
    """Let everything be due, drain it as the product does, then the bare way."""
    parameters: dict[str, Any] = {"tenant": place.tenant.pk, "most": MOST}

    def sql(statement: str) -> int:
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            return cursor.rowcount

    with tenant_scope(place.tenant):
        sql(_OPEN_AGAIN)
        sql(_CALL_OFF)
        due = sql(_DUE)
        before = OutgoingMail.objects.filter(kind=MAIL).count()
    analyze()
    parameters["began"] = clock.now()
    start = perf_counter()
    fired = mails = 0
    while True:
        with tenant_scope(place.tenant):
            batch = fire_due_reminders()
        fired, mails = fired + batch.fired, mails + batch.mails
        if batch.claimed < SWEEP_BATCH:
            break
    took = perf_counter() - start
    with tenant_scope(place.tenant):
        left = ThankYouReminder.objects.filter(fired_at=None, cancelled_at=None).count()
        late = ThankYouReminder.objects.filter(
            was_late=True, fired_at__gte=parameters["began"]
        ).count()
        queued = OutgoingMail.objects.filter(kind=MAIL)
        if not left and fired == late == due and queued.count() == before + mails:
            parameters["mail"] = queued.values_list("pk", flat=True)[0]
        else:
            raise AssertionError(f"{due} were due, {fired} fired, {mails} mails, {left} left")
        sql(_DUE_AGAIN)
    analyze()
    bare, start = _bare_batch(), perf_counter()
    while True:
        with tenant_scope(place.tenant):
            if sql(bare) < SWEEP_BATCH:
                break
    floor = perf_counter() - start
    note = f"{due:,} due, {mails:,} mails"
    yield Line("reminders fired, 100 a transaction", fired / took, due / floor, "/s", note)
