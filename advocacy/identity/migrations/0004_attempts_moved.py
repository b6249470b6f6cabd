"""The count of attempts moved to the tenancy's room, with its table."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_second_factor"),
        ("tenancy", "0007_attempts"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.DeleteModel(name="Attempt")],
        ),
    ]
