"""Where a member's calls take place (FUL-1)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the column; nobody has said so yet."""

    dependencies = [
        ("tenancy", "0002_merged_records"),
    ]

    operations = [
        migrations.AddField(
            model_name="membership",
            name="meeting_place",
            field=models.CharField(
                blank=True, default="", max_length=300, verbose_name="your own meeting link"
            ),
        ),
    ]
