"""An import gets stations: files that wait, columns that are remembered, a worker's lease."""

import django.db.models.deletion
from django.db import migrations, models

import advocacy.clock
import advocacy.tenancy.base
import advocacy.tenancy.constraints
import advocacy.tenancy.ids


def key():
    return models.UUIDField(
        default=advocacy.tenancy.ids.uuid7, editable=False, primary_key=True, serialize=False
    )


def tenant():
    return models.ForeignKey(
        db_default=advocacy.tenancy.base.CurrentTenant(),
        db_index=False,
        editable=False,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="tenancy.tenant",
    )


def part_of(model, related_name):
    return advocacy.tenancy.base.TenantForeignKey(
        db_constraint=False,
        on_delete=django.db.models.deletion.CASCADE,
        related_name=related_name,
        to=model,
    )


def walls(table, *references):
    return [
        advocacy.tenancy.constraints.TenantKey(name=f"{table}_tkey"),
        advocacy.tenancy.constraints.TenantIsolation(name=f"{table}_isolation"),
        *(
            advocacy.tenancy.constraints.SameTenant(field=name, name=f"{table}_{name}_fk")
            for name in references
        ),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("advocates", "0005_self_nomination"),
        ("tenancy", "0006_session_generation"),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportFile",
            fields=[
                ("id", key()),
                ("place", models.PositiveSmallIntegerField(verbose_name="place")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        blank=True, default="", max_length=30, verbose_name="what it holds"
                    ),
                ),
                ("headings", models.JSONField(default=list, verbose_name="headings")),
                ("columns", models.JSONField(default=list, verbose_name="columns")),
                (
                    "mapped_at",
                    models.DateTimeField(null=True, verbose_name="columns as remembered from"),
                ),
                ("rows", models.PositiveIntegerField(default=0, verbose_name="rows")),
                ("chunk_count", models.PositiveIntegerField(default=0)),
                ("position", models.PositiveIntegerField(default=0)),
                ("rows_done", models.PositiveIntegerField(default=0, verbose_name="rows walked")),
                ("created", models.PositiveIntegerField(default=0, verbose_name="new")),
                ("updated", models.PositiveIntegerField(default=0, verbose_name="changed")),
                ("unchanged", models.PositiveIntegerField(default=0, verbose_name="as before")),
                ("skipped", models.PositiveIntegerField(default=0, verbose_name="not imported")),
                ("warnings", models.PositiveIntegerField(default=0, verbose_name="to look at")),
                ("run", part_of("advocates.importrun", "files")),
                ("tenant", tenant()),
            ],
            options={
                "ordering": ["place", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    *walls("advocates_importfile", "run"),
                    models.UniqueConstraint(
                        fields=("tenant", "run", "place"), name="import_file_place_taken"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportChunk",
            fields=[
                ("id", key()),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("data", models.BinaryField(verbose_name="rows")),
                ("file", part_of("advocates.importfile", "chunks")),
                ("tenant", tenant()),
            ],
            options={
                "ordering": ["number"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    *walls("advocates_importchunk", "file"),
                    models.UniqueConstraint(
                        fields=("tenant", "file", "number"), name="import_chunk_number_taken"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportMapping",
            fields=[
                ("id", key()),
                ("kind", models.CharField(max_length=30, verbose_name="what it holds")),
                ("headings", models.CharField(max_length=64, verbose_name="headings")),
                ("columns", models.JSONField(default=dict, verbose_name="columns")),
                ("used_at", models.DateTimeField(default=advocacy.clock.now, verbose_name="used")),
                ("tenant", tenant()),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    *walls("advocates_importmapping"),
                    models.UniqueConstraint(
                        fields=("tenant", "headings", "kind"), name="import_mapping_known"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="importrun",
            name="attempts",
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="importrun",
            name="changed_at",
            field=models.DateTimeField(
                default=advocacy.clock.now, editable=False, verbose_name="changed"
            ),
        ),
        migrations.AddField(
            model_name="importrun",
            name="lease",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="importrun",
            name="leased_until",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="importrun",
            name="phase",
            field=models.CharField(
                choices=[("check", "Check"), ("import", "Import")],
                default="check",
                max_length=6,
                verbose_name="phase",
            ),
        ),
        migrations.AddField(
            model_name="importrun",
            name="source",
            field=models.CharField(
                default="", max_length=50, verbose_name="where the ids come from"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
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
                ],
                default="uploaded",
                max_length=9,
                verbose_name="state",
            ),
        ),
        migrations.AddIndex(
            model_name="importrun",
            index=models.Index(
                condition=models.Q(("state__in", ["queued", "running"])),
                fields=["tenant", "changed_at"],
                name="import_run_at_work",
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
                        ],
                    )
                ),
                name="import_run_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="importrun",
            constraint=models.CheckConstraint(
                condition=models.Q(("phase__in", ["check", "import"])),
                name="import_run_phase_known",
            ),
        ),
    ]
