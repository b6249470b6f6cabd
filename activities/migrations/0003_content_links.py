"""Where what came of an activity can be seen (IMP-2)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0002_list_orders"),
    ]

    operations = [
        migrations.AddField(
            model_name="activity",
            name="content_url",
            field=models.URLField(
                blank=True,
                db_default="",
                default="",
                max_length=500,
                verbose_name="link to what came of it",
            ),
        ),
    ]
