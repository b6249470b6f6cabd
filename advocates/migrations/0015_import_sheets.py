"""A workbook's sheets are files beside each other (IMP-2)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("advocates", "0014_ledger_lets_go"),
    ]

    operations = [
        migrations.AddField(
            model_name="importfile",
            name="sheet",
            field=models.PositiveSmallIntegerField(db_default=0, default=0, editable=False),
        ),
    ]
