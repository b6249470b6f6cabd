import django.db.models.deletion
from django.db import migrations, models

import advocacy.tenancy.base
import advocacy.tenancy.constraints
import advocacy.tenancy.ids


class Migration(migrations.Migration):
    dependencies = [
        ("messaging", "0003_list_orders"),
        ("tenancy", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="UndoWindow",
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
                ("key", models.CharField(max_length=60)),
                ("subject_type", models.CharField(max_length=60)),
                ("subject_id", models.UUIDField()),
                ("journal", models.JSONField()),
                ("until", models.DateTimeField()),
                ("undone_at", models.DateTimeField(null=True)),
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
                    models.Index(fields=["tenant", "subject_id", "-until"], name="undo_of_subject"),
                    models.Index(fields=["tenant", "until"], name="undo_over"),
                ],
                "constraints": [
                    advocacy.tenancy.constraints.TenantKey(name="messaging_undowindow_tkey"),
                    advocacy.tenancy.constraints.TenantIsolation(
                        name="messaging_undowindow_isolation"
                    ),
                    advocacy.tenancy.constraints.SameTenant(
                        field="member", name="messaging_undowindow_member_fk"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="outgoingmail",
            name="language",
            field=models.CharField(blank=True, default="", max_length=8),
        ),
        migrations.AddField(
            model_name="outgoingmail",
            name="window_id",
            field=models.UUIDField(null=True),
        ),
        migrations.AddIndex(
            model_name="outgoingmail",
            index=models.Index(
                condition=models.Q(("window_id__isnull", False)),
                fields=["tenant", "window_id"],
                name="mail_of_press",
            ),
        ),
    ]
