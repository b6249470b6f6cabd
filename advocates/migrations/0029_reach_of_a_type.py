"""Whether a kind of activity is asked for anywhere or in a region; events in a region (SEG-1.d)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the column; only events stay within a region."""

    dependencies = [
        ("advocates", "0028_recruitment_messages"),
        ("tenancy", "0005_absences"),
    ]

    operations = [
        migrations.AddField(
            model_name="activitytype",
            name="reach",
            field=models.CharField(
                choices=[("global", "Anywhere"), ("regional", "Within the region")],
                db_default="global",
                default="global",
                max_length=10,
                verbose_name="who may be asked for it",
            ),
        ),
        migrations.RunSQL(
            "UPDATE advocates_activitytype SET reach = 'regional' WHERE code = 'event_attendance'",
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            model_name="activitytype",
            constraint=models.CheckConstraint(
                condition=models.Q(("reach__in", ["global", "regional"])),
                name="activity_type_reach_known",
            ),
        ),
    ]
