"""Playbooks, and the checklists that activities have of them (PLB-1)."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import advocacy.tenancy.base
import advocacy.tenancy.constraints
import advocacy.tenancy.ids


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0004_duties"),
        ("advocates", "0034_enablement_texts"),
        ("tenancy", "0006_role_of_product"),
    ]

    operations = [
        migrations.CreateModel(
            name="PlaybookStep",
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
                        choices=[("in_use", "In use"), ("left_out", "Left out")],
                        default="in_use",
                        editable=False,
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        default=0,
                        help_text="The lowest stands first; empty for the last place.",
                        verbose_name="place in the order",
                    ),
                ),
                ("code", models.SlugField(blank=True, default="", editable=False, max_length=40)),
                ("text", models.CharField(max_length=200, verbose_name="what is to be done")),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("find", "Find, nominate, cultivate"),
                            ("ask", "Match and ask"),
                            ("prepare", "Prepare the advocate"),
                            ("brief", "Brief the prospect"),
                            ("schedule", "Find a time"),
                            ("run", "Run it"),
                            ("outcome", "Record the outcome"),
                            ("produce", "Produce it"),
                            ("publish", "Publish and distribute"),
                            ("referral", "Follow up the referral"),
                            ("feedback", "Answer the feedback"),
                            ("thank", "Thank"),
                        ],
                        help_text="It is done by whoever does this, as Settings → Who does what says.",
                        max_length=10,
                        verbose_name="part of",
                    ),
                ),
                (
                    "anchor",
                    models.CharField(
                        choices=[
                            ("accepted", "after the yes"),
                            ("booked", "around the booked time"),
                            ("completed", "after it happened"),
                        ],
                        max_length=9,
                        verbose_name="counted from",
                    ),
                ),
                (
                    "days",
                    models.SmallIntegerField(
                        default=0,
                        help_text="Less than 0 is before the booked time: -2 means two business days before.",
                        validators=[
                            django.core.validators.MinValueValidator(-250),
                            django.core.validators.MaxValueValidator(250),
                        ],
                        verbose_name="business days",
                    ),
                ),
                (
                    "activity_type",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="advocates.activitytype",
                        verbose_name="for which activity",
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
                "verbose_name": "playbook step",
                "ordering": ["position", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="activities_playbookstep_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="activities_playbookstep_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="activity_type", name="activities_playbookstep_activity_type_fk"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("code", ""), _negated=True),
                        fields=("tenant", "activity_type", "code"),
                        name="playbook_step_code_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["in_use", "left_out"])),
                        name="playbook_step_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "step__in",
                                [
                                    "find",
                                    "ask",
                                    "prepare",
                                    "brief",
                                    "schedule",
                                    "run",
                                    "outcome",
                                    "produce",
                                    "publish",
                                    "referral",
                                    "feedback",
                                    "thank",
                                ],
                            )
                        ),
                        name="playbook_step_step_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("anchor__in", ["accepted", "booked", "completed"])),
                        name="playbook_step_anchor_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("days__gte", 0), ("anchor", "booked"), _connector="OR"),
                        name="playbook_step_days_after",
                        violation_error_message="Only the booked time has days before it.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlaybookText",
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
                        choices=[("in_use", "In use"), ("left_out", "Left out")],
                        default="in_use",
                        editable=False,
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        default=0,
                        help_text="The lowest stands first; empty for the last place.",
                        verbose_name="place in the order",
                    ),
                ),
                ("code", models.SlugField(blank=True, default="", editable=False, max_length=40)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("interview", "Interview guide"),
                            ("prompts", "Prompts"),
                            ("points", "Talking points"),
                            ("slides", "Slides"),
                            ("rehearsal", "Rehearsal"),
                            ("travel", "Travel"),
                            ("recording", "Recording test and upload"),
                            ("objections", "Objections"),
                            ("other", "Something else"),
                        ],
                        max_length=10,
                        verbose_name="what it is",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                (
                    "body",
                    models.TextField(
                        help_text="Markdown: ## before a heading, - before a point, **bold**, [words](https://address).",
                        max_length=8000,
                        verbose_name="text",
                    ),
                ),
                (
                    "activity_type",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="advocates.activitytype",
                        verbose_name="for which activity",
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
                "verbose_name": "playbook text",
                "ordering": ["position", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="activities_playbooktext_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="activities_playbooktext_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="activity_type", name="activities_playbooktext_activity_type_fk"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("code", ""), _negated=True),
                        fields=("tenant", "activity_type", "code"),
                        name="playbook_text_code_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["in_use", "left_out"])),
                        name="playbook_text_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "interview",
                                    "prompts",
                                    "points",
                                    "slides",
                                    "rehearsal",
                                    "travel",
                                    "recording",
                                    "objections",
                                    "other",
                                ],
                            )
                        ),
                        name="playbook_text_kind_known",
                    ),
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name="duty",
            name="duty_once",
        ),
        migrations.AddField(
            model_name="duty",
            name="text",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=200, verbose_name="in words"
            ),
        ),
        migrations.AddField(
            model_name="duty",
            name="item",
            field=advocacy.tenancy.base.TenantForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="activities.playbookstep",
                verbose_name="checklist",
            ),
        ),
        migrations.AddConstraint(
            model_name="duty",
            constraint=advocacy.tenancy.constraints.SameTenant(
                field="item", name="activities_duty_item_fk"
            ),
        ),
        migrations.AddField(
            model_name="duty",
            name="task",
            field=models.CharField(
                blank=True,
                choices=[("set_up", "Technical set-up"), ("upload", "Upload the recording")],
                db_default="",
                default="",
                max_length=6,
                verbose_name="set-up",
            ),
        ),
        migrations.AddConstraint(
            model_name="duty",
            constraint=models.UniqueConstraint(
                condition=models.Q(("item__isnull", True), ("task", "")),
                fields=("tenant", "activity", "step"),
                name="duty_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="duty",
            constraint=models.UniqueConstraint(
                condition=models.Q(("item__isnull", False)),
                fields=("tenant", "activity", "item"),
                name="duty_item_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="duty",
            constraint=models.UniqueConstraint(
                condition=models.Q(("task", ""), _negated=True),
                fields=("tenant", "activity", "task"),
                name="duty_task_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="duty",
            constraint=models.CheckConstraint(
                condition=models.Q(("task__in", ["", "set_up", "upload"])),
                name="duty_task_known",
            ),
        ),
        # A checklist has many rows of one step, which there was no room for before.
        migrations.RunSQL(
            migrations.RunSQL.noop,
            "DELETE FROM activities_duty WHERE item_id IS NOT NULL OR task <> ''",
        ),
    ]
