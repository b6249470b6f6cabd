"""Tries at the entrance are counted with all other attempts; what was counted here was an hour's."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0002_self_nomination"),
    ]

    operations = [
        migrations.DeleteModel(name="LinkRequest"),
    ]
