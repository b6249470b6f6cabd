"""Passages of content and results, and the terms that find them (EVD-1)."""

import django.db.models.deletion
from django.db import migrations, models

import advocacy.tenancy.base
import advocacy.tenancy.constraints
import advocacy.tenancy.ids
from advocacy.search.indexing import changed, follows

#: What passages are made of. Whoever changes it, the passages go at once; the services write them
#: anew in the same transaction, every night writes what else is missing.
_ASSET = (
    *("title", "body", "background", "why_us", "implementation", "results", "lessons"),
    *("future_plans", "quote", "topic", "language"),
)
_OUTCOME = ("metric", "before", "after", "period", "narrative", "use_case_id")


def _goes(rows: str) -> str:
    # Nothing of these names comes from outside.
    return f"""DELETE FROM activities_passageterm t USING activities_passage p, ({rows}) r
  WHERE p.tenant_id = r.tenant_id AND p.object_id = r.id
    AND t.tenant_id = p.tenant_id AND t.passage_id = p.id;
  DELETE FROM activities_passage p USING ({rows}) r
  WHERE p.tenant_id = r.tenant_id AND p.object_id = r.id;"""  # noqa: S608


def _triggers(table: str, name: str, columns: tuple[str, ...]) -> list[migrations.RunSQL]:
    return [
        follows(f"evidence_{name}_changed", table, "UPDATE", _goes(changed(*columns))),
        follows(f"evidence_{name}_gone", table, "DELETE", _goes("SELECT tenant_id, id FROM gone")),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0010_content_words"),
        ("advocates", "0041_recognition"),
        ("search", "0002_split"),
        ("tenancy", "0007_small_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Passage",
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
                    "kind",
                    models.CharField(
                        choices=[("asset", "Content"), ("outcome", "Result")], max_length=7
                    ),
                ),
                ("object_id", models.UUIDField()),
                ("part", models.CharField(blank=True, default="", max_length=20)),
                ("position", models.PositiveIntegerField()),
                ("language", models.CharField(max_length=2)),
                ("text", models.TextField()),
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
                    advocacy.tenancy.constraints.TenantKey(name="activities_passage_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="activities_passage_isolation"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "kind", "object_id", "position"), name="passage_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["asset", "outcome"])),
                        name="passage_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PassageTerm",
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
                ("term", models.TextField(db_collation="C")),
                ("weight", models.FloatField()),
                (
                    "passage",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="terms",
                        to="activities.passage",
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
                    models.Index(fields=["tenant", "passage"], name="passage_term_of"),
                ],
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="activities_passageterm_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="activities_passageterm_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="passage", name="activities_passageterm_passage_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "term", "passage"),
                        include=("weight",),
                        name="passage_term_once",
                    ),
                ],
            },
        ),
        *_triggers("activities_asset", "asset", _ASSET),
        *_triggers("advocates_outcome", "outcome", _OUTCOME),
    ]
