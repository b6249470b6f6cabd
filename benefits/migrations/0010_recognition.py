"""The recognition wall, and where recognition given elsewhere stands (BEN-8)."""

import django.db.models.deletion
from django.db import migrations, models

import advocacy.clock
import advocacy.tenancy.base
import advocacy.tenancy.constraints
import advocacy.tenancy.ids


class Migration(migrations.Migration):
    dependencies = [
        ("advocates", "0041_recognition"),
        ("benefits", "0009_points_guard"),
        ("tenancy", "0007_small_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Recognition",
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
                        choices=[("spotlight", "Spotlight"), ("award", "Award")],
                        default="spotlight",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        help_text="The award's name, or what the spotlight is about.",
                        max_length=150,
                        verbose_name="title",
                    ),
                ),
                ("text", models.TextField(max_length=2000, verbose_name="what it says")),
                (
                    "period",
                    models.CharField(
                        choices=[("month", "Month"), ("quarter", "Quarter"), ("year", "Year")],
                        default="quarter",
                        max_length=8,
                        verbose_name="for a",
                    ),
                ),
                (
                    "period_on",
                    models.DateField(
                        help_text="Any day of the month, quarter or year.",
                        verbose_name="in which this day lies",
                    ),
                ),
                (
                    "names_company",
                    models.BooleanField(
                        default=True,
                        help_text="Then their company has to have approved it, where its policy asks for that.",
                        verbose_name="names their company",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("published", "On the wall"),
                            ("taken_down", "Taken down"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="on the wall since"
                    ),
                ),
                (
                    "ended_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="taken down"),
                ),
                (
                    "ended_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("hand", "A colleague took it down"),
                            ("leave", "The person's leave has ended"),
                            ("company", "Their company has not approved it, or does not any more"),
                            ("left", "They are not in the program any more"),
                        ],
                        default="",
                        editable=False,
                        max_length=8,
                        verbose_name="why it was taken down",
                    ),
                ),
                (
                    "created_at",
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
                (
                    "advocate",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recognitions",
                        to="advocates.advocate",
                        verbose_name="who",
                    ),
                ),
                (
                    "created_by",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="tenancy.membership",
                    ),
                ),
            ],
            options={
                "verbose_name": "recognition",
                "ordering": ["-period_on", "-id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(
                        fields=["tenant", "-period_on", "-id"], name="recognition_by_period"
                    ),
                    models.Index(fields=["tenant", "advocate"], name="recognition_of"),
                ],
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="benefits_recognition_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="benefits_recognition_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="advocate", name="benefits_recognition_advocate_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="created_by", name="benefits_recognition_created_by_fk"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "published", "taken_down"])),
                        name="recognition_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["spotlight", "award"])),
                        name="recognition_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("period__in", ["month", "quarter", "year"])),
                        name="recognition_period_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_by__in", ["", "hand", "leave", "company", "left"])
                        ),
                        name="recognition_end_known",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="grant",
            name="channel",
            field=models.CharField(
                blank=True,
                choices=[
                    ("newsletter", "Newsletter"),
                    ("all_hands", "All-hands meeting"),
                    ("social", "Social media"),
                    ("business_review", "Business review"),
                    ("website", "Website"),
                    ("stage", "On a stage"),
                    ("other", "Elsewhere"),
                ],
                db_default="",
                default="",
                help_text="Of recognition: where it stands or is said.",
                max_length=16,
                verbose_name="where they are recognised",
            ),
        ),
        migrations.AddField(
            model_name="grant",
            name="link",
            field=models.URLField(
                blank=True,
                db_default="",
                default="",
                help_text="Where it can be seen; also once it is out.",
                max_length=500,
                verbose_name="link to it",
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "channel__in",
                        [
                            "",
                            "newsletter",
                            "all_hands",
                            "social",
                            "business_review",
                            "website",
                            "stage",
                            "other",
                        ],
                    )
                ),
                name="grant_channel_known",
            ),
        ),
    ]
