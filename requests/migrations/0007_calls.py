"""Who joins a call, other times for one, and the language of a letter (FUL-1, ASK-1)."""

from django.db import migrations, models

import requests.requests.contacts


class Migration(migrations.Migration):
    """Adds the columns; what went out before has none of it."""

    dependencies = [
        ("requests", "0006_asked_twice"),
    ]

    operations = [
        migrations.AddField(
            model_name="ask",
            name="language",
            field=models.CharField(blank=True, default="", max_length=8),
        ),
        migrations.AddField(
            model_name="ask",
            name="times_asked_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="request",
            name="contacts",
            field=models.TextField(
                blank=True,
                default="",
                help_text="One person a line: name and e-mail. They get the invitation to the call.",
                max_length=3000,
                validators=[requests.requests.contacts.validate_contacts],
                verbose_name="who joins from their side",
            ),
        ),
    ]
