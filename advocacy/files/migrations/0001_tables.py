"""Files, and bytes that are to be removed (AST-1.c)."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import advocacy.clock
import advocacy.tenancy.base
import advocacy.tenancy.constraints
import advocacy.tenancy.ids
from advocacy.tenancy.lookups import due_function

_DUE = """
SELECT tenant_id FROM files_storedfile WHERE due_at <= clock()
UNION
SELECT tenant_id FROM files_filediscard
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tenancy", "0007_small_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="FileDiscard",
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
                ("file_id", models.UUIDField()),
                ("created_at", models.DateTimeField(default=advocacy.clock.now)),
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
                "verbose_name": "bytes to be removed",
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="files_filediscard_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="files_filediscard_isolation"
                    ),
                    models.UniqueConstraint(fields=("tenant", "file_id"), name="file_discard_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="StoredFile",
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
                ("subject_type", models.CharField(max_length=60)),
                ("subject_id", models.UUIDField()),
                (
                    "use",
                    models.CharField(
                        choices=[
                            ("recording", "Video or audio"),
                            ("picture", "Picture"),
                            ("material", "Material"),
                        ],
                        max_length=9,
                        verbose_name="put in as",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "type",
                    models.CharField(blank=True, default="", max_length=40, verbose_name="type"),
                ),
                ("size", models.BigIntegerField(verbose_name="size")),
                ("received", models.BigIntegerField(default=0, verbose_name="received")),
                (
                    "part_sizes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveIntegerField(),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "sha256",
                    models.CharField(
                        blank=True, default="", max_length=64, verbose_name="fingerprint"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("uploading", "Being uploaded"),
                            ("checking", "Being checked"),
                            ("ready", "Ready"),
                            ("refused", "Refused"),
                        ],
                        default="uploading",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("type", "It is not what can be put in here."),
                            ("broken", "It is cut off or damaged, or holds more than one file."),
                            ("active", "It holds a program or a script."),
                            (
                                "pixels",
                                "The picture has too many pixels: at most 50 million are taken.",
                            ),
                            ("infected", "The virus scanner found something in it."),
                            ("unreadable", "It could not be checked. Try another format."),
                            ("unwanted", "It came too late: nothing can be put in there any more."),
                            ("scanner", "It waits for the virus scanner."),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="reason",
                    ),
                ),
                ("by_advocate", models.BooleanField(default=False, verbose_name="by the advocate")),
                ("is_kept", models.BooleanField(default=False, verbose_name="kept for good")),
                ("due_at", models.DateTimeField(null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                (
                    "created_at",
                    models.DateTimeField(default=advocacy.clock.now, verbose_name="begun"),
                ),
                ("ready_at", models.DateTimeField(null=True, verbose_name="ready")),
                (
                    "added_by",
                    advocacy.tenancy.base.TenantForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.membership",
                        verbose_name="put in by",
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
                "verbose_name": "file",
                "ordering": ["created_at", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(
                        fields=["tenant", "subject_id", "created_at"], name="stored_file_of"
                    ),
                    models.Index(
                        condition=models.Q(("due_at__isnull", False)),
                        fields=["tenant", "due_at"],
                        name="stored_file_due",
                    ),
                ],
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="files_storedfile_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(name="files_storedfile_isolation"),
                    advocacy.tenancy.constraints.SameTenant(
                        field="added_by", name="files_storedfile_added_by_fk"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["uploading", "checking", "ready", "refused"])
                        ),
                        name="stored_file_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("use__in", ["recording", "picture", "material"])),
                        name="stored_file_use_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "reason__in",
                                [
                                    "",
                                    "type",
                                    "broken",
                                    "active",
                                    "pixels",
                                    "infected",
                                    "unreadable",
                                    "unwanted",
                                    "scanner",
                                ],
                            )
                        ),
                        name="stored_file_reason_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("received__gte", 0), ("received__lte", models.F("size"))
                        ),
                        name="stored_file_not_more_than_announced",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "ready"), _negated=True),
                            models.Q(
                                models.Q(("sha256", ""), _negated=True),
                                models.Q(("type", ""), _negated=True),
                                ("ready_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="stored_file_ready_is_known",
                    ),
                ],
            },
        ),
        due_function("tenants_with_files_due", _DUE),
    ]
