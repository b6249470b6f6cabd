"""Texts for colleagues, their versions, and who has read which (ENB-1)."""

import django.db.models.deletion
from django.db import migrations, models

import advocacy.clock
import advocacy.tenancy.base
import advocacy.tenancy.constraints
import advocacy.tenancy.ids


class Migration(migrations.Migration):
    dependencies = [
        ("advocates", "0032_how_it_goes"),
        ("tenancy", "0006_role_of_product"),
    ]

    operations = [
        migrations.CreateModel(
            name="Material",
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
                    "audience",
                    models.CharField(
                        choices=[("csm", "Customer success"), ("sales", "Sales")],
                        max_length=8,
                        verbose_name="for whom",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                (
                    "body",
                    models.TextField(
                        help_text="Markdown: ## before a heading, - before a point, **bold**, [words](https://address).",
                        max_length=12000,
                        verbose_name="text",
                    ),
                ),
                ("code", models.SlugField(blank=True, default="", editable=False, max_length=40)),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="version"),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, editable=False)),
                (
                    "changed_at",
                    models.DateTimeField(
                        default=advocacy.clock.now, editable=False, verbose_name="written"
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
                "verbose_name": "enablement material",
                "ordering": ["audience", "position", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="advocates_material_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="advocates_material_isolation"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("code", ""), _negated=True),
                        fields=("tenant", "code"),
                        name="material_code_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("audience__in", ["csm", "sales"])),
                        name="material_audience_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MaterialReading",
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
                ("version", models.PositiveIntegerField()),
                ("at", models.DateTimeField(default=advocacy.clock.now)),
                (
                    "material",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="readings",
                        to="advocates.material",
                    ),
                ),
                (
                    "member",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
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
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="advocates_materialreading_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="advocates_materialreading_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="material", name="advocates_materialreading_material_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="member", name="advocates_materialreading_member_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "material", "member", "version"),
                        name="material_reading_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MaterialVersion",
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
                ("number", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=120)),
                ("body", models.TextField()),
                ("created_at", models.DateTimeField()),
                (
                    "material",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="advocates.material",
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
                (
                    "written_by",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="tenancy.membership",
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="advocates_materialversion_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="advocates_materialversion_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="material", name="advocates_materialversion_material_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="written_by", name="advocates_materialversion_written_by_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "material", "number"), name="material_version_once"
                    ),
                ],
            },
        ),
    ]
