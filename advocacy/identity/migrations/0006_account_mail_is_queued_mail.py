"""Mail about accounts has the columns of any queued mail, so that one outbox sends both."""

from django.db import migrations, models

STATES = [
    ("queued", "Queued"),
    ("sent", "Sent"),
    ("failed", "Failed"),
    ("cancelled", "Cancelled"),
]


class Migration(migrations.Migration):
    dependencies = [("people", "0005_sealed_with_fernet")]

    operations = [
        migrations.RemoveConstraint("accountmail", "account_mail_state_known"),
        migrations.AddField("accountmail", "sent_at", models.DateTimeField(null=True)),
        migrations.AlterField(
            "accountmail",
            "state",
            models.CharField(choices=STATES, default="queued", max_length=10),
        ),
        migrations.AddConstraint(
            "accountmail",
            models.CheckConstraint(
                condition=models.Q(("state__in", [state for state, _label in STATES])),
                name="account_mail_state_known",
            ),
        ),
    ]
