"""The count of attempts moves here from the people's room; its table stays where it is."""

from django.db import migrations, models

import advocacy.clock


class Migration(migrations.Migration):
    dependencies = [
        ("tenancy", "0006_session_generation"),
        ("people", "0003_second_factor"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Attempt",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("kind", models.CharField(max_length=20)),
                        ("key", models.CharField(max_length=64)),
                        (
                            "at",
                            models.DateTimeField(default=advocacy.clock.now, editable=False),
                        ),
                    ],
                    options={
                        "db_table": "people_attempt",
                        "indexes": [
                            models.Index(fields=["kind", "key", "at"], name="attempt_by_key"),
                            models.Index(fields=["at"], name="attempt_age"),
                        ],
                    },
                ),
            ],
        ),
    ]
