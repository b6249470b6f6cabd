"""How often somebody says yes is read from an index (MAT-1)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0002_loop_news"),
        ("advocates", "0008_advocate_indexes"),
        ("requests", "0004_due_requests"),
        ("tenancy", "0006_session_generation"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="ask",
            index=models.Index(
                condition=models.Q(
                    ("state__in", ["accepted", "declined", "later", "someone_else"])
                ),
                fields=["tenant", "advocate", "state"],
                name="ask_answers",
            ),
        ),
    ]
