"""Strength, score and dismissals of candidates, and touches (REL-1, IDN-1)."""

import django.db.models.deletion
from django.db import migrations, models

import advocacy.clock
import advocacy.tenancy.base
import advocacy.tenancy.constraints
import advocacy.tenancy.ids


class Migration(migrations.Migration):
    dependencies = [
        ("advocates", "0016_guard_names_its_rule"),
        ("tenancy", "0002_merged_records"),
    ]

    operations = [
        migrations.CreateModel(
            name="AdvocateScore",
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
                ("strength", models.PositiveSmallIntegerField(default=0)),
                ("check_ins", models.PositiveSmallIntegerField(default=0)),
                ("response", models.PositiveSmallIntegerField(null=True)),
                ("acceptance", models.PositiveSmallIntegerField(null=True)),
                ("feedback", models.PositiveSmallIntegerField(default=0)),
                ("executive", models.PositiveSmallIntegerField(default=0)),
                ("asks_since", models.PositiveIntegerField(default=0)),
                ("last_check_in", models.DateField(null=True)),
                ("one_sided", models.BooleanField(default=False, verbose_name="one-sided")),
                ("score", models.PositiveSmallIntegerField(default=0)),
                ("health", models.PositiveSmallIntegerField(null=True)),
                ("nps", models.PositiveSmallIntegerField(null=True)),
                ("tenure", models.PositiveSmallIntegerField(null=True)),
                ("outcome", models.PositiveSmallIntegerField(null=True)),
                ("relationship", models.PositiveSmallIntegerField(default=0)),
                ("responsiveness", models.PositiveSmallIntegerField(null=True)),
                ("enthusiasm", models.PositiveSmallIntegerField(default=0)),
                ("company", models.PositiveSmallIntegerField(null=True)),
                ("voice", models.PositiveSmallIntegerField(null=True)),
                ("incomplete", models.BooleanField(default=True)),
                ("changed_at", models.DateTimeField(default=advocacy.clock.now)),
                (
                    "advocate",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scores",
                        to="advocates.advocate",
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
                    models.Index(
                        fields=["tenant", "-score", "advocate"], name="advocate_score_order"
                    ),
                    models.Index(
                        condition=models.Q(("one_sided", True)),
                        fields=["tenant", "advocate"],
                        name="advocate_one_sided",
                    ),
                ],
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="advocates_advocatescore_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="advocates_advocatescore_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="advocate", name="advocates_advocatescore_advocate_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "advocate"), name="advocate_score_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("score__lte", 100), ("strength__lte", 100)),
                        name="advocate_score_range",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Dismissal",
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
                ("reason", models.CharField(max_length=300, verbose_name="why not")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("away", "Put aside"),
                            ("restored", "Taken back in"),
                            ("returned", "Came back"),
                        ],
                        default="away",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "score",
                    models.PositiveSmallIntegerField(
                        default=0, editable=False, verbose_name="score then"
                    ),
                ),
                ("parts", models.JSONField(default=dict, editable=False)),
                (
                    "because",
                    models.CharField(blank=True, default="", editable=False, max_length=200),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=advocacy.clock.now, editable=False, verbose_name="put aside"
                    ),
                ),
                ("ended_at", models.DateTimeField(editable=False, null=True, verbose_name="until")),
                (
                    "account",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="advocates.account",
                    ),
                ),
                (
                    "advocate",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="dismissals",
                        to="advocates.advocate",
                        verbose_name="person",
                    ),
                ),
                (
                    "dismissed_by",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
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
                "verbose_name": "dismissal",
                "ordering": ["-created_at", "-id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["tenant", "advocate", "-created_at"], name="dismissal_of"),
                    models.Index(fields=["tenant", "-created_at", "-id"], name="dismissal_by_day"),
                ],
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="advocates_dismissal_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="advocates_dismissal_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="advocate", name="advocates_dismissal_advocate_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="account", name="advocates_dismissal_account_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="dismissed_by", name="advocates_dismissal_dismissed_by_fk"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["away", "restored", "returned"])),
                        name="dismissal_state_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "away")),
                        fields=("tenant", "advocate"),
                        name="dismissal_once",
                        violation_error_message="This candidate is put aside already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Touch",
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
                        choices=[
                            ("check_in", "Personal check-in"),
                            ("executive", "Contact with an executive"),
                            ("feedback", "They gave feedback"),
                            ("note", "Note"),
                        ],
                        default="check_in",
                        max_length=10,
                        verbose_name="what it was",
                    ),
                ),
                ("happened_on", models.DateField(verbose_name="when")),
                (
                    "about_ask",
                    models.BooleanField(
                        default=False,
                        help_text="Then it is kept, and is no check-in.",
                        verbose_name="it was about an ask",
                    ),
                ),
                (
                    "note",
                    models.TextField(blank=True, default="", max_length=2000, verbose_name="note"),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=advocacy.clock.now, editable=False, verbose_name="recorded"
                    ),
                ),
                (
                    "advocate",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="touches",
                        to="advocates.advocate",
                        verbose_name="person",
                    ),
                ),
                (
                    "by",
                    advocacy.tenancy.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Empty: you.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="tenancy.membership",
                        verbose_name="by whom",
                    ),
                ),
                (
                    "recorded_by",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
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
                "verbose_name": "touch",
                "ordering": ["-happened_on", "-id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["tenant", "advocate", "-happened_on"], name="touch_of"),
                    models.Index(fields=["tenant", "-happened_on"], name="touch_by_day"),
                ],
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="advocates_touch_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(name="advocates_touch_isolation"),
                    advocacy.tenancy.constraints.SameTenant(
                        field="advocate", name="advocates_touch_advocate_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="by", name="advocates_touch_by_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="recorded_by", name="advocates_touch_recorded_by_fk"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["check_in", "executive", "feedback", "note"])
                        ),
                        name="touch_kind_known",
                    ),
                ],
            },
        ),
    ]
