"""A requester's own word of thanks, through the program (THX-5)."""

import django.db.models.deletion
from django.db import migrations, models

import advocacy.clock
import advocacy.tenancy.base
import advocacy.tenancy.constraints
import advocacy.tenancy.ids


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0008_slot_checks_and_feedback"),
        ("benefits", "0003_list_orders"),
        ("messaging", "0005_tenant_of_mail"),
        ("tenancy", "0006_role_of_product"),
    ]

    operations = [
        migrations.CreateModel(
            name="SalesThanks",
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
                            ("waiting", "Waiting to go"),
                            ("held", "Held back"),
                            ("sent", "Sent"),
                            ("taken_back", "Taken back"),
                            ("failed", "Did not arrive"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("message", models.TextField(max_length=1000, verbose_name="your words")),
                (
                    "written_at",
                    models.DateTimeField(default=advocacy.clock.now, verbose_name="written"),
                ),
                ("sends_at", models.DateTimeField(verbose_name="goes out")),
                ("sent_at", models.DateTimeField(null=True, verbose_name="went out")),
                (
                    "activity",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sales_thanks",
                        to="activities.activity",
                        verbose_name="what for",
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
                        verbose_name="looked at by",
                    ),
                ),
                (
                    "sender",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.membership",
                        verbose_name="from whom",
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
                "verbose_name": "thanks from sales",
                "ordering": ["-written_at", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["tenant", "owner", "sends_at"],
                        name="sales_thanks_waiting",
                    ),
                    models.Index(
                        fields=["tenant", "written_at", "id"], name="sales_thanks_by_written"
                    ),
                ],
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="benefits_salesthanks_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="benefits_salesthanks_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="activity", name="benefits_salesthanks_activity_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="sender", name="benefits_salesthanks_sender_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="owner", name="benefits_salesthanks_owner_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="mail", name="benefits_salesthanks_mail_fk"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["waiting", "held", "sent", "taken_back", "failed"])
                        ),
                        name="sales_thanks_state_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "taken_back"), _negated=True),
                        fields=("tenant", "activity"),
                        name="sales_thanks_once",
                        violation_error_message="You have added your thanks to this already.",
                    ),
                ],
            },
        ),
    ]
