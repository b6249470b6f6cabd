"""How a file of an import was read: its encoding, the row of its headings, and odd rows."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds columns with defaults, so that what is being imported goes on."""

    dependencies = [("advocates", "0002_capacity_guard")]

    operations = [
        migrations.AddField(
            model_name="importfile",
            name="can_reread",
            field=models.BooleanField(
                default=False, verbose_name="can be read in another encoding"
            ),
        ),
        migrations.AddField(
            model_name="importfile",
            name="encoding",
            field=models.CharField(blank=True, default="", max_length=20, verbose_name="encoding"),
        ),
        migrations.AddField(
            model_name="importfile",
            name="heading_row",
            field=models.PositiveIntegerField(default=1, verbose_name="row of the headings"),
        ),
        migrations.AddField(
            model_name="importfile",
            name="is_encoding_chosen",
            field=models.BooleanField(default=False, verbose_name="encoding chosen by hand"),
        ),
        migrations.AddField(
            model_name="importfile",
            name="notes",
            field=models.JSONField(default=list, verbose_name="odd rows"),
        ),
    ]
