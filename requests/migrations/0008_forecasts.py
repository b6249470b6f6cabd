"""What was said of a yes when a request was submitted (TIMER-1)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the columns; of what was submitted before nothing was said."""

    dependencies = [
        ("requests", "0007_calls"),
    ]

    operations = [
        migrations.AddField(
            model_name="request",
            name="forecast_asks",
            field=models.PositiveIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="request",
            name="forecast_likeness",
            field=models.CharField(
                blank=True,
                choices=[
                    ("market", "Same type, industry and region"),
                    ("industry", "Same type and industry"),
                    ("type", "Same type"),
                    ("effort", "Same effort"),
                    ("all", "All asks"),
                ],
                default="",
                editable=False,
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="request",
            name="forecast_minutes",
            field=models.PositiveIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="request",
            name="forecast_yes",
            field=models.PositiveIntegerField(editable=False, null=True),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("forecast_likeness__in", ["", "market", "industry", "type", "effort", "all"])
                ),
                name="request_likeness_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("forecast_yes__isnull", True),
                    models.Q(
                        ("forecast_asks__gt", 0), ("forecast_yes__lte", models.F("forecast_asks"))
                    ),
                    _connector="OR",
                ),
                name="request_forecast_share",
            ),
        ),
    ]
