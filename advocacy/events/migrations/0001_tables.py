"""The log, its chain, and the only functions that write it."""

import django.db.models.deletion
from django.db import migrations, models

import advocacy.clock
import advocacy.tenancy.base
import advocacy.tenancy.constraints
import advocacy.tenancy.ids
from advocacy.tenancy.lookups import due_function

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


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("events", "0001_initial"),
        ("events", "0002_pending_seals"),
        ("events", "0003_sealed_by_the_owner"),
    ]
    dependencies = [
        ("tenancy", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Event",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=advocacy.tenancy.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        default=advocacy.clock.now, editable=False, verbose_name="when"
                    ),
                ),
                ("actor_kind", models.CharField(max_length=10)),
                ("actor_ref", models.UUIDField(null=True)),
                ("actor_label", models.CharField(blank=True, default="", max_length=50)),
                ("verb", models.CharField(max_length=60, verbose_name="what")),
                ("subject_type", models.CharField(max_length=60)),
                ("subject_id", models.UUIDField()),
                ("payload", models.JSONField(default=dict)),
                (
                    "actor",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.membership",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        db_default=advocacy.tenancy.base.CurrentTenant(),
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.tenant",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["tenant", "-at", "-id"], name="event_recent"),
                    models.Index(fields=["tenant", "verb", "-at"], name="event_by_verb"),
                ],
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="events_event_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(name="events_event_isolation"),
                    advocacy.tenancy.constraints.SameTenant(
                        field="actor", name="events_event_actor_fk"
                    ),
                    advocacy.tenancy.constraints.AppendOnly(name="events_event_append_only"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("actor_kind__in", ["member", "advocate", "token", "system"])
                        ),
                        name="event_actor_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EventSeal",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=advocacy.tenancy.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("seq", models.BigIntegerField()),
                ("digest", models.CharField(max_length=64)),
                (
                    "event",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seal",
                        to="events.event",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        db_default=advocacy.tenancy.base.CurrentTenant(),
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.tenant",
                    ),
                ),
            ],
            options={
                "ordering": ["seq"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="events_eventseal_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(name="events_eventseal_isolation"),
                    advocacy.tenancy.constraints.SameTenant(
                        field="event", name="events_eventseal_event_fk"
                    ),
                    advocacy.tenancy.constraints.AppendOnly(name="events_eventseal_append_only"),
                    models.UniqueConstraint(fields=("tenant", "seq"), name="event_seal_seq"),
                    models.UniqueConstraint(fields=("tenant", "event"), name="event_seal_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="EventSubject",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=advocacy.tenancy.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("subject_type", models.CharField(max_length=60)),
                ("subject_id", models.UUIDField()),
                ("at", models.DateTimeField()),
                (
                    "event",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subjects",
                        to="events.event",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        db_default=advocacy.tenancy.base.CurrentTenant(),
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.tenant",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["tenant", "subject_id", "-at"], name="event_timeline")
                ],
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="events_eventsubject_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="events_eventsubject_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="event", name="events_eventsubject_event_fk"
                    ),
                    advocacy.tenancy.constraints.AppendOnly(name="events_eventsubject_append_only"),
                    models.UniqueConstraint(
                        fields=("tenant", "event", "subject_id"), name="event_subject_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PendingSeal",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=advocacy.tenancy.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "event",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="events.event",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        db_default=advocacy.tenancy.base.CurrentTenant(),
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.tenant",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="events_pendingseal_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="events_pendingseal_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="event", name="events_pendingseal_event_fk"
                    ),
                    models.UniqueConstraint(fields=("tenant", "event"), name="pending_seal_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Chain",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=advocacy.tenancy.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("seq", models.BigIntegerField(default=0)),
                ("digest", models.CharField(default="", max_length=64)),
                (
                    "tenant",
                    models.ForeignKey(
                        db_default=advocacy.tenancy.base.CurrentTenant(),
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.tenant",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="events_chain_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(name="events_chain_isolation"),
                    models.UniqueConstraint(fields=("tenant",), name="event_chain_once"),
                ],
            },
        ),
        due_function(
            "tenants_with_unsealed_events", "SELECT DISTINCT tenant_id FROM events_pendingseal"
        ),
        migrations.RunSQL(LOCK_CHAIN, "DROP FUNCTION IF EXISTS lock_chain()"),
        migrations.RunSQL(
            SEAL_EVENTS,
            "DROP FUNCTION IF EXISTS seal_events(bigint, text, uuid[], uuid[], text[])",
        ),
    ]
