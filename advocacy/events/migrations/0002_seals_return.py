"""``seal_events`` returns what it inserts: else Citus makes a COPY of it, which policies refuse."""

from importlib import import_module

from django.db import migrations

SEAL_EVENTS = import_module("advocacy.events.migrations.0001_tables").SEAL_EVENTS
_INSERT = """  INSERT INTO events_eventseal (tenant_id, id, event_id, seq, digest)
  SELECT home, n.id, n.event, after + n.place, n.digest
  FROM unnest(ids, events, digests) WITH ORDINALITY AS n(id, event, digest, place);
"""
_RETURNING = """  WITH sealed AS (
    INSERT INTO events_eventseal (tenant_id, id, event_id, seq, digest)
    SELECT home, n.id, n.event, after + n.place, n.digest
    FROM unnest(ids, events, digests) WITH ORDINALITY AS n(id, event, digest, place)
    RETURNING id
  )
  SELECT count(*) INTO taken FROM sealed;
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0001_tables")]
    operations = [
        migrations.RunSQL(SEAL_EVENTS.replace(_INSERT, _RETURNING), SEAL_EVENTS),
    ]
