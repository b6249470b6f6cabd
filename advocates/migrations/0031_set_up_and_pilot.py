"""The strategy sheet, pilot feedback, and where a program stands in its first months (ACT-3)."""

import django.db.models.deletion
from django.db import migrations, models

import advocacy.clock
import advocacy.tenancy.base
import advocacy.tenancy.constraints
import advocacy.tenancy.ids


class Migration(migrations.Migration):
    dependencies = [
        ("advocates", "0030_who_does_what"),
        ("tenancy", "0006_role_of_product"),
    ]

    operations = [
        migrations.AddField(
            model_name="activitytype",
            name="steps",
            field=models.TextField(
                blank=True,
                db_default="",
                default="",
                max_length=2000,
                verbose_name="how it goes, step by step",
            ),
        ),
        migrations.AddField(
            model_name="program",
            name="month",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="month"),
        ),
        migrations.AddField(
            model_name="program",
            name="month_since",
            field=models.DateTimeField(null=True, verbose_name="since"),
        ),
        migrations.AddField(
            model_name="program",
            name="types_chosen_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddConstraint(
            model_name="program",
            constraint=models.CheckConstraint(
                condition=models.Q(("month__range", (1, 3))), name="program_month_range"
            ),
        ),
        migrations.CreateModel(
            name="PilotVoice",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Asked"),
                            ("answered", "Answered"),
                            ("decided", "Decided"),
                        ],
                        default="asked",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                (
                    "asked_at",
                    models.DateTimeField(default=advocacy.clock.now, verbose_name="asked"),
                ),
                ("answered_at", models.DateTimeField(null=True, verbose_name="answered")),
                (
                    "worked",
                    models.TextField(
                        blank=True, default="", max_length=2000, verbose_name="What worked?"
                    ),
                ),
                (
                    "did_not",
                    models.TextField(
                        blank=True, default="", max_length=2000, verbose_name="What did not?"
                    ),
                ),
                (
                    "change",
                    models.TextField(
                        blank=True, default="", max_length=2000, verbose_name="What should change?"
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("change", "Change it"),
                            ("keep", "Keep it as it is"),
                            ("later", "Later"),
                        ],
                        default="",
                        max_length=6,
                        verbose_name="decision",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        default="",
                        max_length=1000,
                        verbose_name="why, and what exactly",
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True, verbose_name="decided")),
                (
                    "advocate",
                    advocacy.tenancy.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pilot_voices",
                        to="advocates.advocate",
                    ),
                ),
                (
                    "asked_by",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="tenancy.membership",
                    ),
                ),
                (
                    "decided_by",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="tenancy.membership",
                    ),
                ),
                (
                    "member",
                    advocacy.tenancy.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pilot_voices",
                        to="tenancy.membership",
                    ),
                ),
                (
                    "owner",
                    advocacy.tenancy.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.membership",
                        verbose_name="who sees to it",
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
                "verbose_name": "pilot answer",
                "ordering": ["-asked_at", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="advocates_pilotvoice_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="advocates_pilotvoice_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="advocate", name="advocates_pilotvoice_advocate_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="member", name="advocates_pilotvoice_member_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="asked_by", name="advocates_pilotvoice_asked_by_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="owner", name="advocates_pilotvoice_owner_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="decided_by", name="advocates_pilotvoice_decided_by_fk"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["asked", "answered", "decided"])),
                        name="pilot_voice_state_known",
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "advocate"), name="pilot_voice_advocate"
                    ),
                    models.UniqueConstraint(fields=("tenant", "member"), name="pilot_voice_member"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("advocate__isnull", True), ("member__isnull", True), _connector="XOR"
                        ),
                        name="pilot_voice_of_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("decision__in", ["", "change", "keep", "later"])),
                        name="pilot_voice_decision_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "decided"), _negated=True),
                            models.Q(
                                models.Q(("decision", ""), _negated=True),
                                ("decided_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="pilot_voice_decided_how",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StrategySheet",
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
                ("number", models.PositiveIntegerField(editable=False, verbose_name="version")),
                (
                    "goals",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="What should be different in a year? For whom, and how would you notice?",
                        max_length=3000,
                        verbose_name="Goals",
                    ),
                ),
                (
                    "ideal_advocate",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="Whose word counts with your prospects: industry, size, role, what they achieved.",
                        max_length=3000,
                        verbose_name="Ideal advocate",
                    ),
                ),
                (
                    "portfolio",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="Start with few kinds: which first, which later, and which never.",
                        max_length=3000,
                        verbose_name="What people are asked for",
                    ),
                ),
                (
                    "value_exchange",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="Access, recognition, peers, influence: what is theirs, whatever they give.",
                        max_length=3000,
                        verbose_name="What they get",
                    ),
                ),
                (
                    "measures",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="Three or four numbers, each with a target, and who looks at them when.",
                        max_length=3000,
                        verbose_name="Measures",
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
                    "written_by",
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
                "verbose_name": "strategy sheet",
                "ordering": ["-number"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="advocates_strategysheet_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="advocates_strategysheet_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="written_by", name="advocates_strategysheet_written_by_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "number"), name="strategy_sheet_number_once"
                    ),
                ],
            },
        ),
    ]
