"""Saved filters (SEG-1)."""

import django.db.models.deletion
from django.db import migrations, models

import advocacy.clock
import advocacy.tenancy.base
import advocacy.tenancy.constraints
import advocacy.tenancy.ids


class Migration(migrations.Migration):
    dependencies = [
        ("advocates", "0025_tiers_set_by_hand"),
        ("tenancy", "0005_absences"),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedSegment",
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
                ("name", models.CharField(max_length=80, verbose_name="name")),
                (
                    "of",
                    models.CharField(
                        choices=[
                            ("members", "People in the program"),
                            ("candidates", "Candidates"),
                            ("everybody", "Everybody known"),
                            ("accounts", "Accounts"),
                        ],
                        max_length=12,
                        verbose_name="of",
                    ),
                ),
                ("query", models.TextField(max_length=2000, verbose_name="filter")),
                (
                    "shared",
                    models.BooleanField(
                        default=False,
                        help_text="Colleagues see and use it; only you and the program change it.",
                        verbose_name="for everybody",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("in_use", "In use"), ("retired", "Retired")],
                        default="in_use",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=advocacy.clock.now, editable=False, verbose_name="saved"
                    ),
                ),
                (
                    "owner",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.membership",
                        verbose_name="saved by",
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
                "verbose_name": "segment",
                "ordering": ["name", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="advocates_savedsegment_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="advocates_savedsegment_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="owner", name="advocates_savedsegment_owner_fk"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["in_use", "retired"])),
                        name="segment_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("of__in", ["members", "candidates", "everybody", "accounts"])
                        ),
                        name="segment_of_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "in_use")),
                        fields=("tenant", "owner", "name"),
                        name="segment_name_once",
                        violation_error_message="You have a segment of this name. Choose another one.",
                    ),
                ],
            },
        ),
    ]
