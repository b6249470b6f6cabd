from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("advocates", "0009_catalogue_of_today"),
        ("tenancy", "0001_tables"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="nomination",
            index=models.Index(fields=["tenant", "created_at", "id"], name="nomination_by_time"),
        ),
    ]
