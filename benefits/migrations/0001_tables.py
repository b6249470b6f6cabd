import django.db.models.deletion
from django.db import migrations, models

import advocacy.clock
import advocacy.tenancy.base
import advocacy.tenancy.constraints
import advocacy.tenancy.ids
from advocacy.tenancy.lookups import due_function, without_stuck

_DUE = (
    "SELECT DISTINCT r.tenant_id FROM benefits_thankyoureminder r "
    "WHERE r.fired_at IS NULL AND r.cancelled_at IS NULL AND r.due_at <= clock()"
)


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("benefits", "0001_initial"),
        ("benefits", "0002_due_reminders"),
        ("benefits", "0003_apologies"),
        ("benefits", "0004_not_stuck"),
    ]
    dependencies = [
        ("activities", "0001_tables"),
        ("advocates", "0002_capacity_guard"),
        ("messaging", "0001_tables"),
        ("tenancy", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="ThankYou",
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
                            ("personal", "Thank-you"),
                            ("executive", "Executive note"),
                            ("automatic", "Automatic thank-you"),
                            ("apology", "Apology"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "effort",
                    models.CharField(
                        choices=[
                            ("low", "Low effort"),
                            ("moderate", "Moderate effort"),
                            ("high", "High effort"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "To do"), ("done", "Thanked"), ("voided", "Not needed")],
                        default="open",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("happened_at", models.DateTimeField()),
                ("opened_at", models.DateTimeField(default=advocacy.clock.now)),
                ("due_at", models.DateTimeField(verbose_name="due")),
                (
                    "channel",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("email", "E-mail"),
                            ("call", "Call"),
                            ("note", "Handwritten note"),
                            ("automatic", "Automatically"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                (
                    "personal_line",
                    models.TextField(blank=True, default="", verbose_name="personal line"),
                ),
                ("message", models.TextField(blank=True, default="")),
                ("done_at", models.DateTimeField(null=True)),
                ("reopened_at", models.DateTimeField(help_text="The mail bounced.", null=True)),
                (
                    "activity",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="thank_yous",
                        to="activities.activity",
                    ),
                ),
                (
                    "advocate",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="thank_yous",
                        to="advocates.advocate",
                    ),
                ),
                (
                    "done_by",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.membership",
                    ),
                ),
                (
                    "mail",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="messaging.outgoingmail",
                    ),
                ),
                (
                    "owner",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.membership",
                        verbose_name="owner",
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
                "ordering": ["due_at", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["tenant", "due_at"],
                        name="thank_you_open",
                    ),
                    models.Index(
                        fields=["tenant", "advocate", "-due_at"], name="thank_you_advocate"
                    ),
                ],
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="benefits_thankyou_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="benefits_thankyou_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="activity", name="benefits_thankyou_activity_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="advocate", name="benefits_thankyou_advocate_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="owner", name="benefits_thankyou_owner_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="done_by", name="benefits_thankyou_done_by_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="mail", name="benefits_thankyou_mail_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "activity", "kind"), name="thank_you_once_per_kind"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "done", "voided"])),
                        name="thank_you_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at__isnull", False), ("state", "done")),
                            models.Q(
                                models.Q(("state", "done"), _negated=True),
                                ("done_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="thank_you_done_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ThankYouReminder",
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
                    "stage",
                    models.CharField(
                        choices=[("12h", "12 hours"), ("20h", "20 hours"), ("24h", "Overdue")],
                        max_length=4,
                    ),
                ),
                ("due_at", models.DateTimeField()),
                ("fired_at", models.DateTimeField(null=True)),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("was_late", models.BooleanField(default=False)),
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
                    "thank_you",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="benefits.thankyou",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("cancelled_at__isnull", True), ("fired_at__isnull", True)
                        ),
                        fields=["tenant", "due_at"],
                        name="thank_you_reminder_due",
                    )
                ],
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="benefits_thankyoureminder_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="benefits_thankyoureminder_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="thank_you", name="benefits_thankyoureminder_thank_you_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "thank_you", "stage"), name="thank_you_reminder_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stage__in", ["12h", "20h", "24h"])),
                        name="reminder_stage_known",
                    ),
                ],
            },
        ),
        due_function(
            "tenants_with_due_reminders", f"{_DUE} AND {without_stuck('thank-you-reminder', 'r')}"
        ),
    ]
