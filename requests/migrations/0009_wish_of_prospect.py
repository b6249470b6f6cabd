"""What a prospect wrote whom none of the times suited (FUL-1)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the columns; wishes from before were mails and nothing else."""

    dependencies = [
        ("requests", "0008_forecasts"),
    ]

    operations = [
        migrations.AddField(
            model_name="ask",
            name="time_wish",
            field=models.CharField(blank=True, db_default="", default="", max_length=500),
        ),
        migrations.AddField(
            model_name="ask",
            name="time_wished_at",
            field=models.DateTimeField(null=True),
        ),
    ]
