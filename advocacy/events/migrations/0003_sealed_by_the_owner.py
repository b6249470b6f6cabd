"""What is sealed is written by functions of the owner alone, and a seal covers all that is shown.

Seals made so far left out who did it (``actor_id``) and on whose timelines an event appears. They
are made anew here, from what the log holds today, after each was checked the old way: a place
that did not add up before does not add up afterwards either.
"""

import hashlib
import json
from collections import defaultdict
from datetime import UTC

from django.db import migrations

LOCK_CHAIN = """
CREATE OR REPLACE FUNCTION lock_chain() RETURNS TABLE (id uuid, seq bigint, digest text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE home uuid := current_setting('app.tenant_id')::uuid;
BEGIN
  INSERT INTO events_chain (tenant_id, id, seq, digest)
  VALUES (home, gen_random_uuid(), 0, '') ON CONFLICT DO NOTHING;
  RETURN QUERY SELECT c.id, c.seq, c.digest::text FROM events_chain c
               WHERE c.tenant_id = home FOR UPDATE;
END $$;
REVOKE ALL ON FUNCTION lock_chain() FROM PUBLIC;
COMMENT ON FUNCTION lock_chain() IS 'The head of the tenant''s chain, made if need be, locked.';
"""

# A place that is not the next one, an event that does not wait (or waits in another tenant, or is
# named twice) and a head that moved are refused.
SEAL_EVENTS = """
CREATE OR REPLACE FUNCTION seal_events(
  after bigint, previous text, ids uuid[], events uuid[], digests text[]
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  home uuid := current_setting('app.tenant_id')::uuid;
  many int := cardinality(events);
  taken int;
  head record;
BEGIN
  IF many < 1 OR cardinality(ids) <> many OR cardinality(digests) <> many
     OR EXISTS (SELECT 1 FROM unnest(digests) d WHERE d IS NULL OR d !~ '^[0-9a-f]{64}$') THEN
    RAISE EXCEPTION 'seal_events: an id, an event and a digest each' USING ERRCODE = '22023';
  END IF;
  SELECT c.seq, c.digest INTO head FROM events_chain c WHERE c.tenant_id = home FOR UPDATE;
  IF head.seq IS DISTINCT FROM after OR head.digest IS DISTINCT FROM previous THEN
    RAISE EXCEPTION 'seal_events: the chain is at %, not at %', head.seq, after
      USING ERRCODE = '40001';
  END IF;
  DELETE FROM events_pendingseal p WHERE p.tenant_id = home AND p.event_id = ANY (events);
  GET DIAGNOSTICS taken = ROW_COUNT;
  IF taken <> many THEN
    RAISE EXCEPTION 'seal_events: % of % events wait to be sealed', taken, many
      USING ERRCODE = '23514';
  END IF;
  INSERT INTO events_eventseal (tenant_id, id, event_id, seq, digest)
  SELECT home, n.id, n.event, after + n.place, n.digest
  FROM unnest(ids, events, digests) WITH ORDINALITY AS n(id, event, digest, place);
  UPDATE events_chain c SET seq = after + many, digest = digests[many] WHERE c.tenant_id = home;
END $$;
REVOKE ALL ON FUNCTION seal_events(bigint, text, uuid[], uuid[], text[]) FROM PUBLIC;
COMMENT ON FUNCTION seal_events(bigint, text, uuid[], uuid[], text[])
IS 'Gives waiting events the next places of the tenant''s chain; the only way to write them.';
"""

BATCH = 2000
SEALS = """
SELECT s.id, s.seq, s.digest, e.tenant_id, e.id, e.at, e.actor_kind, e.actor_id, e.actor_ref,
       e.actor_label, e.verb, e.subject_type, e.subject_id, e.payload
FROM events_eventseal s JOIN events_event e ON e.tenant_id = s.tenant_id AND e.id = s.event_id
WHERE s.tenant_id = %s AND s.seq > %s ORDER BY s.seq LIMIT %s
"""
SUBJECTS = """
SELECT tenant_id, id, event_id, subject_type, subject_id, at
FROM events_eventsubject WHERE tenant_id = %s AND event_id = ANY (%s::uuid[])
"""
WRITE = """
UPDATE events_eventseal s SET digest = n.digest
FROM unnest(%s::uuid[], %s::text[]) AS n(id, digest) WHERE s.tenant_id = %s AND s.id = n.id
"""


def forward(apps, schema_editor):
    _seal_anew(schema_editor.connection, narrow, wide)


def backward(apps, schema_editor):
    _seal_anew(schema_editor.connection, wide, narrow)


def _seal_anew(connection, before, after):
    with connection.cursor() as cursor:
        # Whoever seals meanwhile waits, and finds the new head.
        cursor.execute("LOCK TABLE events_chain IN ACCESS EXCLUSIVE MODE")
        cursor.execute("ALTER TABLE events_eventseal DISABLE TRIGGER events_eventseal_append_only")
        cursor.execute("SELECT tenant_id, id, seq, digest FROM events_chain")
        for tenant, chain, seq, digest in cursor.fetchall():
            old, new = _walk(cursor, tenant, str(chain), before, after)
            # A head that said something else goes on saying so.
            if (seq, digest) == old and seq:
                cursor.execute(
                    "UPDATE events_chain SET digest = %s WHERE tenant_id = %s", [new, tenant]
                )
        cursor.execute("ALTER TABLE events_eventseal ENABLE TRIGGER events_eventseal_append_only")


def _walk(cursor, tenant, chain, before, after):
    """Seal a tenant's events anew; returns the last place with its digest, and the new digest."""
    old, new, seq = "", "", 0
    while True:
        cursor.execute(SEALS, [tenant, seq, BATCH])
        rows = cursor.fetchall()
        if not rows:
            return (seq, old), new
        subjects = defaultdict(list)
        cursor.execute(SUBJECTS, [tenant, [str(row[4]) for row in rows]])
        for subject in cursor.fetchall():
            subjects[subject[2]].append([plain(value) for value in subject])
        digests = []
        for seal_id, place, digest, *values in rows:
            content = json.loads(values[-1]) if isinstance(values[-1], str) else values[-1]
            event = [*(plain(value) for value in values[:-1]), content]
            about = sorted(subjects[values[1]])
            right = digest == before(chain, old, seal_id, place, event, about)
            old, seq = digest, place
            new = after(chain, new, seal_id, place, event, about)
            if not right:
                # Seen to be wrong from here on as well, at the same place.
                new = hashlib.sha256(f"wrong before:{new}".encode()).hexdigest()
            digests.append((str(seal_id), new))
        ids, written = (list(column) for column in zip(*digests, strict=True))
        cursor.execute(WRITE, [ids, written, tenant])


def narrow(chain, previous, seal_id, seq, event, about):
    """The digest as it was."""
    tenant, key, at, kind, _actor, ref, label, verb, subject_type, subject_id, payload = event
    return hashed(
        [
            previous, seq, tenant, key, at, kind, ref or "", label, verb, subject_type, subject_id,
            payload,
        ]
    )  # fmt: skip


def wide(chain, previous, seal_id, seq, event, about):
    """The digest as it is: ``advocacy.events.digests`` on the day of this migration."""
    return hashed([previous or chain, str(seal_id), seq, event, about])


def plain(value):
    if value is None or isinstance(value, str):
        return value
    return value.astimezone(UTC).isoformat() if hasattr(value, "astimezone") else str(value)


def hashed(content):
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


class Migration(migrations.Migration):
    """Adds ``lock_chain`` and ``seal_events``; makes the seals anew."""

    dependencies = [("events", "0002_pending_seals")]
    operations = [
        migrations.RunPython(forward, backward),
        migrations.RunSQL(LOCK_CHAIN, "DROP FUNCTION IF EXISTS lock_chain()"),
        migrations.RunSQL(
            SEAL_EVENTS,
            "DROP FUNCTION IF EXISTS seal_events(bigint, text, uuid[], uuid[], text[])",
        ),
    ]
