import django.db.models.deletion
from django.db import migrations, models

import advocacy.clock
import advocacy.tenancy.base
import advocacy.tenancy.constraints
import advocacy.tenancy.ids
from advocacy.tenancy.lookups import due_function


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("messaging", "0001_initial"),
        ("messaging", "0002_lookups"),
        ("messaging", "0003_body"),
    ]
    dependencies = [
        ("tenancy", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="PersonalLink",
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
                ("purpose", models.CharField(max_length=30)),
                ("subject_id", models.UUIDField()),
                ("digest", models.CharField(max_length=64)),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField(default=advocacy.clock.now, editable=False)),
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
                    models.Index(fields=["digest"], name="personal_link_by_digest"),
                    models.Index(fields=["tenant", "subject_id"], name="personal_link_subject"),
                ],
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="messaging_personallink_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="messaging_personallink_isolation"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "digest"), name="personal_link_digest"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OutgoingMail",
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
                            ("queued", "Queued"),
                            ("sent", "Sent"),
                            ("failed", "Failed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="queued",
                        max_length=10,
                    ),
                ),
                ("due_at", models.DateTimeField(default=advocacy.clock.now)),
                ("leased_until", models.DateTimeField(null=True)),
                ("attempts", models.SmallIntegerField(default=0)),
                ("sent_at", models.DateTimeField(null=True)),
                ("error", models.TextField(blank=True, default="")),
                ("created_at", models.DateTimeField(default=advocacy.clock.now, editable=False)),
                ("to_email", models.EmailField(max_length=254)),
                ("to_name", models.CharField(blank=True, default="", max_length=200)),
                ("from_name", models.CharField(blank=True, default="", max_length=200)),
                ("reply_to", models.EmailField(blank=True, default="", max_length=254)),
                ("kind", models.CharField(max_length=40)),
                ("subject", models.CharField(max_length=300)),
                ("body", models.JSONField(help_text="see Body")),
                ("path", models.CharField(blank=True, default="", max_length=300)),
                (
                    "calendar",
                    models.TextField(blank=True, default="", help_text="iCalendar attachment"),
                ),
                ("calendar_method", models.CharField(blank=True, default="", max_length=10)),
                ("subject_id", models.UUIDField(null=True)),
                ("unique_key", models.CharField(max_length=200)),
                (
                    "sender",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
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
                (
                    "link",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="messaging.personallink",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "queued")),
                        fields=["tenant", "due_at"],
                        name="mail_due",
                    ),
                    models.Index(fields=["tenant", "subject_id"], name="mail_subject"),
                ],
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="messaging_outgoingmail_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="messaging_outgoingmail_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="sender", name="messaging_outgoingmail_sender_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="link", name="messaging_outgoingmail_link_fk"
                    ),
                    models.UniqueConstraint(fields=("tenant", "unique_key"), name="mail_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["queued", "sent", "failed", "cancelled"])
                        ),
                        name="mail_state_known",
                    ),
                ],
            },
        ),
        due_function(
            "tenants_with_due_mail",
            "SELECT DISTINCT tenant_id FROM messaging_outgoingmail "
            "WHERE state = 'queued' AND due_at <= clock()",
        ),
    ]
