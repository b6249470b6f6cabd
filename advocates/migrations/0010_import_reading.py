"""Uploaded files are stored as they come, and read by a process of their own."""

import django.db.models.deletion
from django.db import migrations, models

import advocacy.tenancy.base
import advocacy.tenancy.constraints
import advocacy.tenancy.ids


class Migration(migrations.Migration):
    dependencies = [
        ("advocates", "0009_import_statistics"),
        ("tenancy", "0006_session_generation"),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportPiece",
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
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("data", models.BinaryField(verbose_name="bytes")),
                (
                    "file",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pieces",
                        to="advocates.importfile",
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
                "ordering": ["number"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="advocates_importpiece_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="advocates_importpiece_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="file", name="advocates_importpiece_file_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "file", "number"), name="import_piece_number_taken"
                    ),
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name="importrun",
            name="import_run_state_known",
        ),
        migrations.RemoveConstraint(
            model_name="importrun",
            name="import_run_phase_known",
        ),
        migrations.AddField(
            model_name="importfile",
            name="percent",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="read"),
        ),
        migrations.AddField(
            model_name="importfile",
            name="problem",
            field=models.CharField(blank=True, default="", max_length=500, verbose_name="problem"),
        ),
        migrations.AddField(
            model_name="importfile",
            name="size",
            field=models.PositiveIntegerField(default=0, verbose_name="bytes"),
        ),
        migrations.AlterField(
            model_name="importrun",
            name="phase",
            field=models.CharField(
                choices=[("read", "Reading"), ("check", "Check"), ("import", "Import")],
                default="check",
                max_length=6,
                verbose_name="phase",
            ),
        ),
        migrations.AlterField(
            model_name="importrun",
            name="state",
            field=models.CharField(
                choices=[
                    ("uploaded", "Columns to confirm"),
                    ("queued", "Waiting for its turn"),
                    ("running", "Under way"),
                    ("checked", "Checked, not imported"),
                    ("done", "Imported"),
                    ("cancelled", "Stopped"),
                    ("failed", "Did not finish"),
                    ("refused", "Cannot be read"),
                ],
                default="uploaded",
                max_length=9,
                verbose_name="state",
            ),
        ),
        migrations.AddConstraint(
            model_name="importrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "uploaded",
                            "queued",
                            "running",
                            "checked",
                            "done",
                            "cancelled",
                            "failed",
                            "refused",
                        ],
                    )
                ),
                name="import_run_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="importrun",
            constraint=models.CheckConstraint(
                condition=models.Q(("phase__in", ["read", "check", "import"])),
                name="import_run_phase_known",
            ),
        ),
    ]
