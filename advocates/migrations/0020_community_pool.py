"""Places in the community pool and what goes to them; how much of it (TIER-9)."""

import django.db.models.deletion
from django.db import migrations, models

import advocacy.clock
import advocacy.tenancy.base
import advocacy.tenancy.constraints
import advocacy.tenancy.ids


class Migration(migrations.Migration):
    dependencies = [
        ("advocates", "0019_way_into_the_program"),
        ("tenancy", "0004_functions_for_citus"),
    ]

    operations = [
        migrations.AddField(
            model_name="programpolicy",
            name="pool_gap_days",
            field=models.PositiveSmallIntegerField(
                default=91, verbose_name="days between two invitations to the pool"
            ),
        ),
        migrations.AddField(
            model_name="programpolicy",
            name="pool_per_year",
            field=models.PositiveSmallIntegerField(
                default=2, verbose_name="invitations a year per member of the community pool"
            ),
        ),
        migrations.CreateModel(
            name="PoolInvitation",
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
                ("message", models.TextField(max_length=2000, verbose_name="in your words")),
                (
                    "sent_at",
                    models.DateTimeField(
                        default=advocacy.clock.now, editable=False, verbose_name="sent"
                    ),
                ),
                (
                    "activity_type",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="advocates.activitytype",
                    ),
                ),
                (
                    "advocate",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pool_invitations",
                        to="advocates.advocate",
                    ),
                ),
                (
                    "sender",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
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
            ],
            options={
                "ordering": ["-sent_at", "-id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(
                        fields=["tenant", "advocate", "-sent_at"], name="pool_invitation_of"
                    )
                ],
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="advocates_poolinvitation_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="advocates_poolinvitation_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="advocate", name="advocates_poolinvitation_advocate_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="activity_type", name="advocates_poolinvitation_activity_type_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="sender", name="advocates_poolinvitation_sender_fk"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PoolMembership",
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
                            ("offered", "Offered"),
                            ("member", "In the pool"),
                            ("said_no", "Would rather not"),
                            ("left", "Left the pool"),
                            ("joined", "Joined the program"),
                        ],
                        default="member",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("declined", "After an invitation they declined"),
                            ("offered", "We offered it to them"),
                            ("portal", "They asked for it themselves"),
                            ("told", "They told a colleague"),
                            ("imported", "Brought along by an import"),
                        ],
                        default="told",
                        max_length=10,
                        verbose_name="agreement came from",
                    ),
                ),
                ("agreed_on", models.DateField(blank=True, null=True, verbose_name="agreed on")),
                (
                    "evidence",
                    models.CharField(
                        blank=True,
                        default="",
                        max_length=300,
                        verbose_name="what they said, and where",
                    ),
                ),
                ("ended_at", models.DateTimeField(editable=False, null=True, verbose_name="until")),
                (
                    "created_at",
                    models.DateTimeField(
                        default=advocacy.clock.now, editable=False, verbose_name="since"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "advocate",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pool_places",
                        to="advocates.advocate",
                        verbose_name="person",
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
                "verbose_name": "pool place",
                "ordering": ["-created_at", "-id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(
                        fields=["tenant", "advocate", "-created_at"], name="pool_place_of"
                    ),
                    models.Index(
                        fields=["tenant", "state", "-created_at", "-id"], name="pool_by_state"
                    ),
                    models.Index(fields=["tenant", "-created_at", "-id"], name="pool_by_day"),
                ],
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="advocates_poolmembership_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="advocates_poolmembership_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="advocate", name="advocates_poolmembership_advocate_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="recorded_by", name="advocates_poolmembership_recorded_by_fk"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["offered", "member", "said_no", "left", "joined"])
                        ),
                        name="pool_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("source__in", ["declined", "offered", "portal", "told", "imported"])
                        ),
                        name="pool_source_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "member"), _negated=True),
                            ("agreed_on__isnull", False),
                            _connector="OR",
                        ),
                        name="pool_agreed_when",
                        violation_error_message="Say when they agreed.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["offered", "member"])),
                        fields=("tenant", "advocate"),
                        name="pool_place_once",
                        violation_error_message="This person is in the pool already, or was offered it.",
                    ),
                ],
            },
        ),
    ]
