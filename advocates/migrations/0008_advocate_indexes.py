"""What matching reads of everybody comes from indexes (MAT-1)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("advocates", "0007_import_files"),
        ("tenancy", "0006_session_generation"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="advocate",
            index=models.Index(fields=["tenant", "function"], name="advocate_by_function"),
        ),
        migrations.AddIndex(
            model_name="advocate",
            index=models.Index(
                fields=["tenant", "status", "account"],
                include=("id", "function", "seniority", "time_zone", "last_asked_at"),
                name="advocate_merits",
            ),
        ),
    ]
