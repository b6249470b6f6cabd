"""One person was asked twice for one request, as two records (ADV-1)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0002_list_orders"),
        ("advocates", "0013_erased_and_strategic"),
        ("requests", "0005_terms_of_a_statement"),
        ("tenancy", "0002_merged_records"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="ask",
            name="ask_once_per_request",
        ),
        migrations.AddField(
            model_name="ask",
            name="is_merged",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.AddConstraint(
            model_name="ask",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_merged", False)),
                fields=("tenant", "request", "advocate"),
                name="ask_once_per_request",
            ),
        ),
    ]
