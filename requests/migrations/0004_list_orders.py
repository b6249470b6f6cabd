from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("advocates", "0010_list_orders"),
        ("requests", "0003_topic_or_site"),
        ("tenancy", "0001_tables"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="opportunity",
            index=models.Index(
                models.F("tenant"),
                models.OrderBy(models.F("closes_on"), descending=True, nulls_last=True),
                models.OrderBy(models.F("id"), descending=True),
                name="opportunity_by_day",
            ),
        ),
    ]
