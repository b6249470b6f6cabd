"""Where a piece goes, what is made of a recording, what is public of it (DIST-1, AST-3)."""

import django.db.models.deletion
from django.db import migrations, models

import advocacy.clock
import advocacy.tenancy.base
import advocacy.tenancy.constraints
import advocacy.tenancy.ids

#: Of what is there already the first word of the advocate's that is known.
_COLLECTED = (
    "UPDATE activities_asset SET collected_at = confirmed_at WHERE confirmed_at IS NOT NULL"
)


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0011_evidence"),
        ("advocates", "0041_recognition"),
        ("tenancy", "0007_small_tables"),
    ]

    operations = [
        migrations.AddField(
            model_name="asset",
            name="collected_at",
            field=models.DateTimeField(null=True, verbose_name="collected"),
        ),
        migrations.AddField(
            model_name="asset",
            name="in_gallery",
            field=models.BooleanField(
                db_default=True, default=True, verbose_name="in the public gallery"
            ),
        ),
        migrations.AddIndex(
            model_name="asset",
            index=models.Index(
                condition=models.Q(("state__in", ["draft", "review", "approvals", "approved"])),
                fields=["tenant", "collected_at"],
                name="asset_collected",
            ),
        ),
        migrations.AddIndex(
            model_name="asset",
            index=models.Index(
                condition=models.Q(("state", "published")),
                fields=["tenant", "-published_at", "-id"],
                name="asset_published",
            ),
        ),
        migrations.CreateModel(
            name="Placement",
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
                    "channel",
                    models.CharField(
                        choices=[
                            ("website", "Website"),
                            ("blog", "Blog"),
                            ("newsletter", "Newsletter"),
                            ("social", "Social media"),
                            ("advertising", "Advertising"),
                            ("sales_deck", "Sales deck"),
                            ("event", "Event"),
                        ],
                        max_length=11,
                        verbose_name="channel",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="due")),
                (
                    "url",
                    models.URLField(blank=True, default="", max_length=500, verbose_name="link"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("done", "Done"), ("dropped", "Left out")],
                        default="open",
                        max_length=7,
                        verbose_name="state",
                    ),
                ),
                ("done_at", models.DateTimeField(null=True, verbose_name="placed")),
                (
                    "created_at",
                    models.DateTimeField(default=advocacy.clock.now, verbose_name="planned"),
                ),
                (
                    "asset",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="placements",
                        to="activities.asset",
                        verbose_name="piece",
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
                        verbose_name="by whom",
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
                "verbose_name": "placement",
                "ordering": ["due_on", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["tenant", "due_on", "id"], name="placement_by_due"),
                    models.Index(fields=["tenant", "asset", "due_on"], name="placement_of_asset"),
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["tenant", "owner", "due_on"],
                        name="placement_open_of",
                    ),
                ],
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="activities_placement_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="activities_placement_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="asset", name="activities_placement_asset_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="owner", name="activities_placement_owner_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="done_by", name="activities_placement_done_by_fk"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "done", "dropped"])),
                        name="placement_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "channel__in",
                                [
                                    "website",
                                    "blog",
                                    "newsletter",
                                    "social",
                                    "advertising",
                                    "sales_deck",
                                    "event",
                                ],
                            )
                        ),
                        name="placement_channel_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at__isnull", False), ("state", "done")),
                            models.Q(("done_at__isnull", True), ("state__in", ["open", "dropped"])),
                            _connector="OR",
                        ),
                        name="placement_done_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Repurposing",
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
                    "form",
                    models.CharField(
                        choices=[
                            ("video", "Video"),
                            ("post", "Post"),
                            ("transcript", "Transcript"),
                            ("clips", "Clips"),
                            ("sales_asset", "Sales asset"),
                        ],
                        max_length=11,
                        verbose_name="what is made of it",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="due")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("begun", "Begun"), ("dropped", "Left out")],
                        default="open",
                        max_length=7,
                        verbose_name="state",
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
                        related_name="repurposings",
                        to="activities.asset",
                        verbose_name="recording",
                    ),
                ),
                (
                    "derived",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="activities.asset",
                        verbose_name="piece made of it",
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
                "verbose_name": "planned derived piece",
                "ordering": ["due_on", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["tenant", "due_on", "id"], name="repurposing_by_due"),
                    models.Index(fields=["tenant", "asset", "due_on"], name="repurposing_of_asset"),
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["tenant", "owner", "due_on"],
                        name="repurposing_open_of",
                    ),
                ],
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="activities_repurposing_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="activities_repurposing_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="asset", name="activities_repurposing_asset_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="owner", name="activities_repurposing_owner_fk"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="derived", name="activities_repurposing_derived_fk"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "begun", "dropped"])),
                        name="repurposing_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("form__in", ["video", "post", "transcript", "clips", "sales_asset"])
                        ),
                        name="repurposing_form_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("derived__isnull", False), ("state", "begun")),
                            models.Q(("derived__isnull", True), ("state__in", ["open", "dropped"])),
                            _connector="OR",
                        ),
                        name="repurposing_begun_with_piece",
                    ),
                ],
            },
        ),
        migrations.RunSQL(_COLLECTED, migrations.RunSQL.noop),
    ]
