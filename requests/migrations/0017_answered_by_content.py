"""Requests that content answered (REQ-4)."""

import django.db.models.deletion
from django.db import migrations, models

import advocacy.clock
import advocacy.tenancy.base
import advocacy.tenancy.constraints
import advocacy.tenancy.ids


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0011_evidence"),
        ("requests", "0016_introductions"),
        ("tenancy", "0007_small_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="ContentAnswer",
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
                ("saved", models.PositiveSmallIntegerField(verbose_name="asks saved")),
                ("at", models.DateTimeField(default=advocacy.clock.now, editable=False)),
                (
                    "asset",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="activities.asset",
                    ),
                ),
                (
                    "request",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="content_answers",
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
                "indexes": [models.Index(fields=["tenant", "at"], name="content_answer_when")],
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="requests_contentanswer_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="requests_contentanswer_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="request", name="requests_contentanswer_request_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="asset", name="requests_contentanswer_asset_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "request"), name="content_answer_once"
                    ),
                ],
            },
        ),
    ]
