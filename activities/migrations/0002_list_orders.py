import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0001_tables"),
        ("advocates", "0007_what_is_in_it"),
        ("tenancy", "0001_tables"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(
                models.F("tenant"),
                django.db.models.functions.comparison.Coalesce(
                    "happened_at", "starts_at", "planned_at"
                ),
                models.F("id"),
                name="activity_by_moment",
            ),
        ),
    ]
