import django.db.models.deletion
from django.db import migrations, models

import advocacy.clock
import advocacy.tenancy.base
import advocacy.tenancy.constraints
import advocacy.tenancy.ids
from advocacy.tenancy.lookups import due_function


class Migration(migrations.Migration):
    dependencies = [
        ("reporting", "0002_news"),
        ("tenancy", "0006_role_of_product"),
    ]

    operations = [
        migrations.CreateModel(
            name="ChatConnection",
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
                        choices=[("slack", "Slack"), ("teams", "Microsoft Teams")],
                        max_length=5,
                        verbose_name="where",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="The channel's name.",
                        max_length=100,
                        verbose_name="called",
                    ),
                ),
                ("sealed", models.TextField(blank=True, default="", editable=False)),
                ("shown", models.CharField(blank=True, default="", editable=False, max_length=100)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("on", "Connected"),
                            ("failing", "Takes nothing any more"),
                            ("off", "Disconnected"),
                        ],
                        default="on",
                        editable=False,
                        max_length=7,
                        verbose_name="state",
                    ),
                ),
                (
                    "problem",
                    models.CharField(blank=True, default="", editable=False, max_length=300),
                ),
                ("attempts", models.SmallIntegerField(default=0, editable=False)),
                ("look_at", models.DateTimeField(default=advocacy.clock.now, editable=False)),
                ("posted_at", models.DateTimeField(editable=False, null=True)),
                ("created_at", models.DateTimeField(default=advocacy.clock.now, editable=False)),
                (
                    "member",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.membership",
                        verbose_name="whose Today",
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
                "verbose_name": "chat",
                "ordering": ["-created_at", "-id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "on")),
                        fields=["tenant", "look_at"],
                        name="chat_due",
                    ),
                ],
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="reporting_chatconnection_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="reporting_chatconnection_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="member", name="reporting_chatconnection_member_fk"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["on", "failing", "off"])),
                        name="chat_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["slack", "teams"])), name="chat_kind_known"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "off"), _negated=True),
                        fields=("tenant", "member", "kind"),
                        name="chat_one_of_a_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChatPost",
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
                ("work", models.CharField(max_length=20)),
                ("subject_id", models.UUIDField()),
                ("at", models.DateTimeField(default=advocacy.clock.now)),
                (
                    "connection",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="posts",
                        to="reporting.chatconnection",
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
                "ordering": ["id"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="reporting_chatpost_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="reporting_chatpost_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="connection", name="reporting_chatpost_connection_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "connection", "work", "subject_id"), name="chat_post_once"
                    ),
                ],
            },
        ),
        due_function(
            "tenants_with_due_chats",
            "SELECT DISTINCT tenant_id FROM reporting_chatconnection "
            "WHERE state = 'on' AND look_at <= clock()",
        ),
    ]
