from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("messaging", "0002_returned_mail"),
        ("tenancy", "0001_tables"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="outgoingmail",
            index=models.Index(fields=["tenant", "due_at", "id"], name="mail_by_due"),
        ),
    ]
