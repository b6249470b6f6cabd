from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0002_list_orders"),
        ("advocates", "0010_list_orders"),
        ("benefits", "0002_reminder_names"),
        ("messaging", "0002_returned_mail"),
        ("tenancy", "0001_tables"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="thankyou",
            index=models.Index(fields=["tenant", "due_at", "id"], name="thank_you_by_due"),
        ),
    ]
