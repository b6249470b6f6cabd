"""API tokens, and whose a secret is (``tenant_of``)."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import advocacy.clock
import advocacy.tenancy.base
import advocacy.tenancy.constraints
import advocacy.tenancy.ids

TENANT_OF = """
CREATE FUNCTION tenant_of(kind text, secret_digest text) RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE found uuid;
BEGIN
  IF kind = 'link' THEN
    SELECT tenant_id INTO found FROM messaging_personallink WHERE digest = secret_digest;
  ELSIF kind = 'token' THEN
    SELECT tenant_id INTO found FROM rest_apitoken WHERE digest = secret_digest;
  ELSE
    RAISE EXCEPTION 'unknown kind of secret: %', kind;
  END IF;
  RETURN found;
END $$;
REVOKE ALL ON FUNCTION tenant_of(text, text) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("rest", "0001_initial"),
        ("rest", "0002_tenant_of"),
    ]
    dependencies = [
        ("messaging", "0001_tables"),
        ("tenancy", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="ApiToken",
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
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("digest", models.CharField(max_length=64)),
                ("prefix", models.CharField(max_length=12)),
                (
                    "scopes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), size=None, verbose_name="may"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=advocacy.clock.now, editable=False, verbose_name="created"
                    ),
                ),
                ("expires_at", models.DateTimeField(verbose_name="expires")),
                ("last_used_at", models.DateTimeField(null=True, verbose_name="last used")),
                ("revoked_at", models.DateTimeField(null=True, verbose_name="revoked")),
                (
                    "owner",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.membership",
                        verbose_name="acts as",
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
                "indexes": [models.Index(fields=["digest"], name="api_token_by_digest")],
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="rest_apitoken_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(name="rest_apitoken_isolation"),
                    advocacy.tenancy.constraints.SameTenant(
                        field="owner", name="rest_apitoken_owner_fk"
                    ),
                    models.UniqueConstraint(fields=("tenant", "digest"), name="api_token_digest"),
                ],
            },
        ),
        migrations.RunSQL(TENANT_OF, "DROP FUNCTION IF EXISTS tenant_of(text, text)"),
    ]
