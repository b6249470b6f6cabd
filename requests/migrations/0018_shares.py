"""Content shared with deals (AST-2.b)."""

import django.db.models.deletion
from django.db import migrations, models

import advocacy.clock
import advocacy.tenancy.base
import advocacy.tenancy.constraints
import advocacy.tenancy.ids


class Migration(migrations.Migration):
    """Adds two tables and a column; no deal has such rows yet."""

    dependencies = [
        ("activities", "0010_content_words"),
        ("messaging", "0007_links_of_members"),
        ("requests", "0017_answered_by_content"),
        ("tenancy", "0007_small_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Share",
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
                    "way",
                    models.CharField(
                        choices=[
                            ("link", "By a tracked link"),
                            ("direct", "Without a link: in a call, a proposal or a mail"),
                        ],
                        default="link",
                        max_length=6,
                        verbose_name="how",
                    ),
                ),
                (
                    "recipient",
                    models.CharField(
                        blank=True, default="", max_length=200, verbose_name="for whom"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("active", "Shared"), ("revoked", "Taken back")],
                        default="active",
                        editable=False,
                        max_length=7,
                        verbose_name="state",
                    ),
                ),
                (
                    "expires_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="works until"),
                ),
                (
                    "opens",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="opened"),
                ),
                (
                    "first_opened_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="first opened"),
                ),
                (
                    "last_opened_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="last opened"),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=advocacy.clock.now, editable=False, verbose_name="shared"
                    ),
                ),
                (
                    "ended_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="taken back"),
                ),
                (
                    "asset",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shares",
                        to="activities.asset",
                        verbose_name="piece of content",
                    ),
                ),
                (
                    "link",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="messaging.personallink",
                    ),
                ),
                (
                    "made_by",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.membership",
                        verbose_name="shared by",
                    ),
                ),
                (
                    "opportunity",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shares",
                        to="requests.opportunity",
                        verbose_name="deal",
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
                "verbose_name": "share",
                "ordering": ["-created_at", "-id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["tenant", "-created_at", "-id"], name="share_recent"),
                    models.Index(fields=["tenant", "asset", "-created_at"], name="share_of_asset"),
                    models.Index(
                        fields=["tenant", "opportunity", "-created_at"], name="share_of_deal"
                    ),
                    models.Index(
                        fields=["tenant", "made_by", "-created_at"], name="share_by_member"
                    ),
                ],
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="requests_share_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(name="requests_share_isolation"),
                    advocacy.tenancy.constraints.SameTenant(
                        field="asset", name="requests_share_asset_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="opportunity", name="requests_share_opportunity_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="made_by", name="requests_share_made_by_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="link", name="requests_share_link_fk"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["active", "revoked"])),
                        name="share_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("way__in", ["link", "direct"])), name="share_way_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("expires_at", None),
                                ("link", None),
                                ("opens", 0),
                                ("way", "direct"),
                            ),
                            models.Q(
                                ("expires_at__isnull", False),
                                ("link__isnull", False),
                                ("way", "link"),
                            ),
                            _connector="OR",
                        ),
                        name="share_link_as_its_way",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ShareOpen",
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
                ("day", models.DateField()),
                ("person", models.CharField(max_length=32)),
                ("at", models.DateTimeField(default=advocacy.clock.now)),
                (
                    "share",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="opened",
                        to="requests.share",
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
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="requests_shareopen_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="requests_shareopen_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="share", name="requests_shareopen_share_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "share", "day", "person"), name="share_open_once"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="touchpoint",
            name="share",
            field=advocacy.tenancy.base.TenantForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="requests.share",
            ),
        ),
        migrations.AddConstraint(
            model_name="touchpoint",
            constraint=advocacy.tenancy.constraints.SameTenant(
                field="share", name="requests_touchpoint_share_fk"
            ),
        ),
        migrations.AddConstraint(
            model_name="touchpoint",
            constraint=models.UniqueConstraint(
                fields=("tenant", "opportunity", "share"), name="touchpoint_once_a_share"
            ),
        ),
    ]
