"""A request carries the topic or site that it is about (REQ-1, CAP-2)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the column; requests from before carry none."""

    dependencies = [("requests", "0002_search_terms")]
    operations = [
        migrations.AddField(
            model_name="request",
            name="detail",
            field=models.CharField(
                blank=True, default="", max_length=100, verbose_name="topic or site"
            ),
        )
    ]
