"""Whether a booked slot took place, and how it was: what both sides say (ACT-4, FUL-3)."""

import django.db.models.deletion
from django.db import migrations, models

import advocacy.clock
import advocacy.tenancy.base
import advocacy.tenancy.constraints
import advocacy.tenancy.ids
from advocacy.tenancy.lookups import due_function, without_stuck

#: Slots that are over and not asked about, and questions whose time is over. A slot that is over
#: for a week is not asked about any more (activities/slot_checks/asking.py).
_OVER = f"""
SELECT DISTINCT a.tenant_id FROM activities_activity a
WHERE a.state = 'scheduled' AND a.ends_at <= clock()
AND a.ends_at > clock() - interval '7 days'
AND NOT EXISTS (
    SELECT FROM activities_slotcheck c WHERE c.tenant_id = a.tenant_id
    AND c.activity_id = a.id AND c.starts_at = a.starts_at
)
AND {without_stuck("slot-check-ask", "a")}
UNION
SELECT c.tenant_id FROM activities_slotcheck c
WHERE c.state = 'asked' AND c.weigh_at <= clock() AND {without_stuck("slot-check-weigh", "c")}
"""  # noqa: S608 - names of our own


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0007_set_up"),
        ("tenancy", "0006_role_of_product"),
    ]

    operations = [
        migrations.CreateModel(
            name="Feedback",
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
                    "side",
                    models.CharField(
                        choices=[("advocate", "The advocate"), ("requester", "The requester")],
                        max_length=9,
                        verbose_name="side",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("asked", "Asked"), ("given", "Given"), ("handled", "Looked at")],
                        default="asked",
                        max_length=7,
                        verbose_name="state",
                    ),
                ),
                (
                    "asked_at",
                    models.DateTimeField(default=advocacy.clock.now, verbose_name="asked"),
                ),
                ("closes_at", models.DateTimeField(verbose_name="open until")),
                ("given_at", models.DateTimeField(null=True, verbose_name="given")),
                (
                    "again",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("yes", "Yes, gladly"),
                            ("maybe", "Perhaps, not soon"),
                            ("no", "Rather not"),
                        ],
                        default="",
                        max_length=5,
                        verbose_name="would do it again",
                    ),
                ),
                ("handled_at", models.DateTimeField(null=True, verbose_name="looked at")),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        default="",
                        max_length=2000,
                        verbose_name="what was done about it",
                    ),
                ),
                (
                    "activity",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="feedback",
                        to="activities.activity",
                    ),
                ),
                (
                    "handled_by",
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
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="tenancy.membership",
                        verbose_name="requester",
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
                "verbose_name": "feedback",
                "ordering": ["-asked_at", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "asked")),
                        fields=["tenant", "member", "closes_at"],
                        name="feedback_asked_of",
                    ),
                    models.Index(
                        condition=models.Q(("state", "given")),
                        fields=["tenant", "given_at"],
                        name="feedback_given",
                    ),
                    models.Index(fields=["tenant", "asked_at", "id"], name="feedback_by_asked"),
                ],
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="activities_feedback_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="activities_feedback_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="activity", name="activities_feedback_activity_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="member", name="activities_feedback_member_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="handled_by", name="activities_feedback_handled_by_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "activity", "side"), name="feedback_once_per_side"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["asked", "given", "handled"])),
                        name="feedback_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("side__in", ["advocate", "requester"])),
                        name="feedback_side_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("again__in", ["", "yes", "maybe", "no"])),
                        name="feedback_again_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("given_at__isnull", True), ("state", "asked")),
                            models.Q(
                                models.Q(("state", "asked"), _negated=True),
                                ("given_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="feedback_given_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SlotCheck",
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
                ("starts_at", models.DateTimeField(verbose_name="began")),
                ("ends_at", models.DateTimeField(verbose_name="ended")),
                ("asks_advocate", models.BooleanField(default=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Asked"),
                            ("manager", "For the manager"),
                            ("settled", "Settled"),
                        ],
                        default="asked",
                        max_length=7,
                        verbose_name="state",
                    ),
                ),
                (
                    "asked_at",
                    models.DateTimeField(default=advocacy.clock.now, verbose_name="asked"),
                ),
                ("weigh_at", models.DateTimeField(verbose_name="decided by")),
                (
                    "advocate_says",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("happened", "It took place"),
                            ("moved", "It was moved"),
                            ("prospect_absent", "The prospect did not come"),
                            ("advocate_absent", "The advocate did not come"),
                        ],
                        default="",
                        max_length=15,
                        verbose_name="the advocate says",
                    ),
                ),
                ("advocate_said_at", models.DateTimeField(null=True)),
                (
                    "requester_says",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("happened", "It took place"),
                            ("moved", "It was moved"),
                            ("prospect_absent", "The prospect did not come"),
                            ("advocate_absent", "The advocate did not come"),
                        ],
                        default="",
                        max_length=15,
                        verbose_name="the requester says",
                    ),
                ),
                ("requester_said_at", models.DateTimeField(null=True)),
                (
                    "came_out",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("happened", "It took place"),
                            ("moved", "It was moved"),
                            ("prospect_absent", "The prospect did not come"),
                            ("advocate_absent", "The advocate did not come"),
                        ],
                        default="",
                        max_length=15,
                        verbose_name="came out",
                    ),
                ),
                ("settled_at", models.DateTimeField(null=True, verbose_name="settled")),
                (
                    "activity",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="slot_checks",
                        to="activities.activity",
                    ),
                ),
                (
                    "requester",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="tenancy.membership",
                        verbose_name="requester",
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
                "verbose_name": "question whether it happened",
                "ordering": ["-starts_at", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "asked")),
                        fields=["tenant", "weigh_at"],
                        name="slot_check_due",
                    ),
                    models.Index(fields=["tenant", "starts_at", "id"], name="slot_check_by_start"),
                ],
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="activities_slotcheck_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="activities_slotcheck_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="activity", name="activities_slotcheck_activity_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="requester", name="activities_slotcheck_requester_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "activity", "starts_at"), name="slot_check_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["asked", "manager", "settled"])),
                        name="slot_check_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "advocate_says__in",
                                ["", "happened", "moved", "prospect_absent", "advocate_absent"],
                            )
                        ),
                        name="slot_check_advocate_says_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "requester_says__in",
                                ["", "happened", "moved", "prospect_absent", "advocate_absent"],
                            )
                        ),
                        name="slot_check_requester_says_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "came_out__in",
                                ["", "happened", "moved", "prospect_absent", "advocate_absent"],
                            )
                        ),
                        name="slot_check_came_out_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at__isnull", False), ("state", "settled")),
                            models.Q(
                                models.Q(("state", "settled"), _negated=True),
                                ("settled_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="slot_check_settled_when",
                    ),
                ],
            },
        ),
        due_function("tenants_with_slots_over", _OVER),
    ]
