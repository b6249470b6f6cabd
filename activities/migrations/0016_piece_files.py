"""The file of a piece stands among its words: it changes with a version alone (AST-1.b, AST-1.c)."""

from django.db import migrations, models

_COLUMNS = (
    *("title", "body", "background", "why_us", "implementation", "results", "lessons"),
    *("future_plans", "quote", "attribution", "url"),
)


def _guard(columns: tuple[str, ...]) -> str:
    new, old = (", ".join(f"{row}.{name}" for name in columns) for row in ("NEW", "OLD"))
    return f"""
CREATE OR REPLACE FUNCTION asset_words_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF ROW({new}) IS DISTINCT FROM ROW({old})
     AND current_setting('app.is_erasing', true) IS DISTINCT FROM 'on'
     AND (TG_ARGV[0] = 'version' OR NEW.number <= OLD.number) THEN
    RAISE EXCEPTION 'words of a % change with a new version only', TG_ARGV[0]
      USING ERRCODE = '23514', CONSTRAINT = 'asset_words_with_version';
  END IF;
  RETURN NEW;
END $$;
"""


def _file() -> models.CharField:
    return models.CharField(
        blank=True,
        db_default="",
        default="",
        max_length=64,
        verbose_name="fingerprint of the file",
    )


class Migration(migrations.Migration):
    dependencies = [("activities", "0015_what_came_out")]

    operations = [
        migrations.AddField("asset", "file_sha256", _file()),
        migrations.AddField("assetversion", "file_sha256", _file()),
        migrations.RunSQL(_guard((*_COLUMNS, "file_sha256")), _guard(_COLUMNS)),
    ]
