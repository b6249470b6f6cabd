"""Who of the program gets which requests (REQ-3)."""

import django.db.models.deletion
from django.db import migrations, models

import advocacy.clock
import advocacy.tenancy.base
import advocacy.tenancy.constraints
import advocacy.tenancy.ids


class Migration(migrations.Migration):
    """Adds the tables; without a rule everything goes to whom it went to before."""

    dependencies = [
        ("advocates", "0034_enablement_texts"),
        ("requests", "0009_wish_of_prospect"),
        ("tenancy", "0006_role_of_product"),
    ]

    operations = [
        migrations.CreateModel(
            name="RoutingRule",
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
                    "position",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Rules are tried from 1 on. Left empty: behind the others.",
                        verbose_name="place in the order",
                    ),
                ),
                (
                    "segment",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("enterprise", "Enterprise"),
                            ("mid_market", "Mid-market"),
                            ("smb", "Small business"),
                        ],
                        default="",
                        max_length=12,
                        verbose_name="size of the prospect",
                    ),
                ),
                (
                    "region",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("na", "North America"),
                            ("latam", "Latin America"),
                            ("emea", "Europe, Middle East and Africa"),
                            ("apac", "Asia-Pacific"),
                        ],
                        default="",
                        max_length=8,
                        verbose_name="region",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("in_use", "In use"), ("off", "Switched off")],
                        default="in_use",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=advocacy.clock.now, editable=False, verbose_name="written"
                    ),
                ),
                (
                    "activity_type",
                    advocacy.tenancy.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="advocates.activitytype",
                        verbose_name="what is asked for",
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
                "verbose_name": "routing rule",
                "ordering": ["position", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="requests_routingrule_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="requests_routingrule_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="activity_type", name="requests_routingrule_activity_type_fk"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["in_use", "off"])),
                        name="routing_rule_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("segment__in", ["", "enterprise", "mid_market", "smb"])
                        ),
                        name="routing_rule_segment_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("region__in", ["", "na", "latam", "emea", "apac"])),
                        name="routing_rule_region_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoutingTurn",
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
                ("last_turn", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "member",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.membership",
                    ),
                ),
                (
                    "rule",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="turns",
                        to="requests.routingrule",
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
                    advocacy.tenancy.constraints.TenantKey(name="requests_routingturn_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="requests_routingturn_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="rule", name="requests_routingturn_rule_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="member", name="requests_routingturn_member_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "rule", "member"), name="routing_turn_once"
                    ),
                ],
            },
        ),
    ]
