"""What came out of what advocates did, and telling them so (AST-3.d)."""

import django.db.models.deletion
from django.db import migrations, models

import advocacy.tenancy.base
import advocacy.tenancy.constraints


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0014_case_study_steps"),
        ("tenancy", "0007_small_tables"),
    ]

    operations = [
        migrations.AddField(
            model_name="activity",
            name="out_on",
            field=models.DateField(blank=True, null=True, verbose_name="out since"),
        ),
        migrations.AddField(
            model_name="loopduty",
            name="asset",
            field=advocacy.tenancy.base.TenantForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="loop_duties",
                to="activities.asset",
            ),
        ),
        migrations.AddField(
            model_name="loopduty",
            name="came_out",
            field=models.CharField(
                blank=True,
                choices=[
                    ("published", "Published"),
                    ("recorded", "Recording"),
                    ("released", "Released"),
                    ("posted", "Posted"),
                ],
                db_default="",
                default="",
                max_length=9,
                verbose_name="what came out",
            ),
        ),
        migrations.AlterField(
            model_name="loopduty",
            name="activity",
            field=advocacy.tenancy.base.TenantForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="loop_duties",
                to="activities.activity",
            ),
        ),
        migrations.AddConstraint(
            model_name="loopduty",
            constraint=advocacy.tenancy.constraints.SameTenant(
                field="asset", name="activities_loopduty_asset_fk"
            ),
        ),
        migrations.AddConstraint(
            model_name="loopduty",
            constraint=models.UniqueConstraint(
                fields=("tenant", "asset"), name="loop_duty_once_of_asset"
            ),
        ),
        migrations.AddConstraint(
            model_name="loopduty",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("activity__isnull", False), ("asset__isnull", False), _connector="OR"
                ),
                name="loop_duty_of_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="loopduty",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("came_out__in", ["", "published", "recorded", "released", "posted"])
                ),
                name="loop_duty_came_out_known",
            ),
        ),
        # Going back, the duties that a piece has by itself are not known any more.
        migrations.RunSQL(
            migrations.RunSQL.noop,
            "DELETE FROM activities_loopduty WHERE activity_id IS NULL",
        ),
    ]
