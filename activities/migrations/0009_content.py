"""Content, its versions and its approvals (AST-1, APR-1)."""

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import advocacy.clock
import advocacy.tenancy.base
import advocacy.tenancy.constraints
import advocacy.tenancy.ids


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0008_slot_checks_and_feedback"),
        ("advocates", "0040_back_beside_facts"),
        ("tenancy", "0007_small_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Asset",
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
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "body",
                    models.TextField(blank=True, default="", max_length=30000, verbose_name="text"),
                ),
                (
                    "background",
                    models.TextField(
                        blank=True, default="", max_length=8000, verbose_name="Background"
                    ),
                ),
                (
                    "why_us",
                    models.TextField(
                        blank=True, default="", max_length=8000, verbose_name="Why us"
                    ),
                ),
                (
                    "implementation",
                    models.TextField(
                        blank=True, default="", max_length=8000, verbose_name="Implementation"
                    ),
                ),
                (
                    "results",
                    models.TextField(
                        blank=True, default="", max_length=8000, verbose_name="Results"
                    ),
                ),
                (
                    "lessons",
                    models.TextField(
                        blank=True, default="", max_length=8000, verbose_name="Lessons"
                    ),
                ),
                (
                    "future_plans",
                    models.TextField(
                        blank=True, default="", max_length=8000, verbose_name="Future plans"
                    ),
                ),
                (
                    "quote",
                    models.TextField(blank=True, default="", max_length=8000, verbose_name="Quote"),
                ),
                (
                    "attribution",
                    models.CharField(
                        blank=True, default="", max_length=200, verbose_name="who speaks"
                    ),
                ),
                (
                    "url",
                    models.URLField(blank=True, default="", max_length=500, verbose_name="link"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("case_study", "Case study"),
                            ("quote", "Quote"),
                            ("video", "Video"),
                            ("review_link", "Link to a review"),
                            ("recording", "Recording"),
                            ("article", "Article"),
                            ("logo", "Logo"),
                        ],
                        max_length=11,
                        verbose_name="kind",
                    ),
                ),
                (
                    "language",
                    models.CharField(blank=True, default="", max_length=8, verbose_name="language"),
                ),
                (
                    "topic",
                    models.CharField(blank=True, default="", max_length=100, verbose_name="topic"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("review", "With the advocate"),
                            ("approvals", "Being approved"),
                            ("approved", "Approved"),
                            ("published", "Published"),
                            ("retired", "Retired"),
                        ],
                        default="draft",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("number", models.PositiveIntegerField(default=1, verbose_name="version")),
                (
                    "misses",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="missing",
                    ),
                ),
                ("is_good", models.BooleanField(default=False, verbose_name="passes its check")),
                (
                    "questions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=300),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="questions",
                    ),
                ),
                (
                    "answers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(blank=True),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="answers",
                    ),
                ),
                ("seen_number", models.PositiveIntegerField(null=True)),
                (
                    "remark",
                    models.TextField(blank=True, default="", verbose_name="what the advocate adds"),
                ),
                ("confirmed_at", models.DateTimeField(null=True, verbose_name="confirmed")),
                ("confirmed_number", models.PositiveIntegerField(null=True)),
                (
                    "confirmed_how",
                    models.CharField(
                        blank=True, default="", max_length=300, verbose_name="how they confirmed it"
                    ),
                ),
                ("approved_at", models.DateTimeField(null=True, verbose_name="approved")),
                (
                    "approved_number",
                    models.PositiveIntegerField(null=True, verbose_name="approved version"),
                ),
                ("published_at", models.DateTimeField(null=True, verbose_name="published")),
                (
                    "published_number",
                    models.PositiveIntegerField(null=True, verbose_name="published version"),
                ),
                (
                    "published_url",
                    models.URLField(
                        blank=True, default="", max_length=500, verbose_name="where it can be seen"
                    ),
                ),
                ("held_since", models.DateTimeField(null=True, verbose_name="without leave since")),
                (
                    "reason",
                    models.CharField(blank=True, default="", max_length=300, verbose_name="reason"),
                ),
                ("due_at", models.DateTimeField(null=True, verbose_name="due")),
                (
                    "created_at",
                    models.DateTimeField(default=advocacy.clock.now, verbose_name="begun"),
                ),
                (
                    "updated_at",
                    models.DateTimeField(default=advocacy.clock.now, verbose_name="last changed"),
                ),
                (
                    "activity",
                    advocacy.tenancy.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assets",
                        to="activities.activity",
                        verbose_name="activity",
                    ),
                ),
                (
                    "advocate",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assets",
                        to="advocates.advocate",
                        verbose_name="advocate",
                    ),
                ),
                (
                    "origin",
                    advocacy.tenancy.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="derived",
                        to="activities.asset",
                        verbose_name="made of",
                    ),
                ),
                (
                    "owner",
                    advocacy.tenancy.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.membership",
                        verbose_name="who sees to it",
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
                "verbose_name": "piece of content",
                "ordering": ["-updated_at", "-id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["tenant", "-updated_at", "-id"], name="asset_recent"),
                    models.Index(fields=["tenant", "advocate"], name="asset_of_advocate"),
                    models.Index(
                        condition=models.Q(("due_at__isnull", False)),
                        fields=["tenant", "owner", "due_at"],
                        name="asset_due",
                    ),
                ],
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="activities_asset_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(name="activities_asset_isolation"),
                    advocacy.tenancy.constraints.SameTenant(
                        field="advocate", name="activities_asset_advocate_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="activity", name="activities_asset_activity_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="origin", name="activities_asset_origin_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="owner", name="activities_asset_owner_fk"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "draft",
                                    "review",
                                    "approvals",
                                    "approved",
                                    "published",
                                    "retired",
                                ],
                            )
                        ),
                        name="asset_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "case_study",
                                    "quote",
                                    "video",
                                    "review_link",
                                    "recording",
                                    "article",
                                    "logo",
                                ],
                            )
                        ),
                        name="asset_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["approved", "published"]), _negated=True),
                            models.Q(
                                ("approved_at__isnull", False),
                                ("approved_number", models.F("number")),
                                ("confirmed_number", models.F("number")),
                            ),
                            _connector="OR",
                        ),
                        name="asset_approved_as_it_is",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "published"), _negated=True),
                            models.Q(
                                ("published_at__isnull", False),
                                ("published_number", models.F("approved_number")),
                            ),
                            _connector="OR",
                        ),
                        name="asset_published_as_approved",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("activity__isnull", False), ("origin__isnull", True)),
                        fields=("tenant", "activity", "kind"),
                        name="asset_once_of_activity",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AssetApproval",
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
                    "step",
                    models.CharField(
                        choices=[
                            ("legal", "Legal"),
                            ("pr", "PR"),
                            ("customer", "Customer"),
                            ("advocate", "Advocate"),
                            ("account_owner", "Account owner"),
                        ],
                        max_length=13,
                        verbose_name="for whom",
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(20),
                        ],
                        verbose_name="place in the order",
                    ),
                ),
                (
                    "contact_name",
                    models.CharField(
                        blank=True, default="", max_length=200, verbose_name="name at the customer"
                    ),
                ),
                (
                    "contact_email",
                    models.EmailField(
                        blank=True, default="", max_length=254, verbose_name="their e-mail"
                    ),
                ),
                (
                    "days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(60),
                        ],
                        verbose_name="business days to decide",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Not yet their turn"),
                            ("waiting", "Waits for approval"),
                            ("approved", "Approved"),
                            ("refused", "Refused"),
                            ("dropped", "Left out"),
                        ],
                        default="planned",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("number", models.PositiveIntegerField(null=True, verbose_name="version")),
                (
                    "seen_number",
                    models.PositiveIntegerField(null=True, verbose_name="version looked at before"),
                ),
                ("opened_at", models.DateTimeField(null=True, verbose_name="asked")),
                ("due_at", models.DateTimeField(null=True, verbose_name="due")),
                ("reminded_at", models.DateTimeField(null=True, verbose_name="reminded")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="decided")),
                (
                    "comment",
                    models.TextField(
                        blank=True, default="", max_length=2000, verbose_name="comment"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=advocacy.clock.now, verbose_name="planned"),
                ),
                (
                    "asset",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="approvals",
                        to="activities.asset",
                        verbose_name="piece",
                    ),
                ),
                (
                    "assignee",
                    advocacy.tenancy.base.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.membership",
                        verbose_name="who decides",
                    ),
                ),
                (
                    "decided_by",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.membership",
                        verbose_name="by whom",
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
                "verbose_name": "approval of a piece",
                "ordering": ["position", "created_at", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(
                        fields=["tenant", "asset", "position"], name="asset_approval_of_asset"
                    ),
                    models.Index(
                        fields=["tenant", "-created_at", "id"], name="asset_approval_recent"
                    ),
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["tenant", "assignee", "due_at"],
                        name="asset_approval_waiting",
                    ),
                ],
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="activities_assetapproval_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="activities_assetapproval_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="asset", name="activities_assetapproval_asset_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="assignee", name="activities_assetapproval_assignee_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="decided_by", name="activities_assetapproval_decided_by_fk"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["planned", "waiting", "approved", "refused", "dropped"])
                        ),
                        name="asset_approval_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("step__in", ["legal", "pr", "customer", "advocate", "account_owner"])
                        ),
                        name="asset_approval_step_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["waiting", "approved", "refused"]), _negated=True
                            ),
                            models.Q(("due_at__isnull", False), ("number__isnull", False)),
                            _connector="OR",
                        ),
                        name="asset_approval_of_a_version",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AssetVersion",
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
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "body",
                    models.TextField(blank=True, default="", max_length=30000, verbose_name="text"),
                ),
                (
                    "background",
                    models.TextField(
                        blank=True, default="", max_length=8000, verbose_name="Background"
                    ),
                ),
                (
                    "why_us",
                    models.TextField(
                        blank=True, default="", max_length=8000, verbose_name="Why us"
                    ),
                ),
                (
                    "implementation",
                    models.TextField(
                        blank=True, default="", max_length=8000, verbose_name="Implementation"
                    ),
                ),
                (
                    "results",
                    models.TextField(
                        blank=True, default="", max_length=8000, verbose_name="Results"
                    ),
                ),
                (
                    "lessons",
                    models.TextField(
                        blank=True, default="", max_length=8000, verbose_name="Lessons"
                    ),
                ),
                (
                    "future_plans",
                    models.TextField(
                        blank=True, default="", max_length=8000, verbose_name="Future plans"
                    ),
                ),
                (
                    "quote",
                    models.TextField(blank=True, default="", max_length=8000, verbose_name="Quote"),
                ),
                (
                    "attribution",
                    models.CharField(
                        blank=True, default="", max_length=200, verbose_name="who speaks"
                    ),
                ),
                (
                    "url",
                    models.URLField(blank=True, default="", max_length=500, verbose_name="link"),
                ),
                ("number", models.PositiveIntegerField(verbose_name="version")),
                ("digest", models.CharField(max_length=64, verbose_name="fingerprint")),
                ("by_advocate", models.BooleanField(default=False, verbose_name="by the advocate")),
                (
                    "written_at",
                    models.DateTimeField(default=advocacy.clock.now, verbose_name="written"),
                ),
                (
                    "asset",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="activities.asset",
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
                    "written_by",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.membership",
                        verbose_name="written by",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a piece",
                "ordering": ["-number", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(
                        fields=["tenant", "-written_at", "id"], name="asset_version_recent"
                    ),
                ],
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="activities_assetversion_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="activities_assetversion_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="asset", name="activities_assetversion_asset_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="written_by", name="activities_assetversion_written_by_fk"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "asset", "number"), name="asset_version_once"
                    ),
                ],
            },
        ),
    ]
