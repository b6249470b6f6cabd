"""Whom a request asks to be introduced to (BRW-1)."""

import django.db.models.deletion
from django.db import migrations, models

import advocacy.clock
import advocacy.tenancy.base
import advocacy.tenancy.constraints
import advocacy.tenancy.ids


class Migration(migrations.Migration):
    """Adds a table; no request has such a row yet."""

    dependencies = [
        ("advocates", "0034_enablement_texts"),
        ("requests", "0015_owners_say"),
        ("tenancy", "0006_role_of_product"),
    ]

    operations = [
        migrations.CreateModel(
            name="Introduction",
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
                    "described",
                    models.CharField(
                        blank=True, default="", max_length=300, verbose_name="what was read"
                    ),
                ),
                ("created_at", models.DateTimeField(default=advocacy.clock.now, editable=False)),
                (
                    "advocate",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="advocates.advocate",
                    ),
                ),
                (
                    "request",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="introductions",
                        to="requests.request",
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
                    advocacy.tenancy.constraints.TenantKey(name="requests_introduction_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="requests_introduction_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="request", name="requests_introduction_request_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="advocate", name="requests_introduction_advocate_fk"
                    ),
                    models.UniqueConstraint(fields=("tenant", "request"), name="introduction_once"),
                ],
            },
        ),
    ]
