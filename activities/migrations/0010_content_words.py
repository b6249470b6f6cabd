"""The words of a piece change with its version alone; pieces are found by their terms (AST-1, UI-3)."""

from django.db import migrations

from advocacy.search.indexing import Indexed

#: The words of a piece change with its version alone, and those of a version never; only erasing a
#: person empties both (AST-1.b, GDPR-1).
_COLUMNS = (
    *("title", "body", "background", "why_us", "implementation", "results", "lessons"),
    *("future_plans", "quote", "attribution", "url"),
)
_NEW, _OLD = (", ".join(f"{row}.{name}" for name in _COLUMNS) for row in ("NEW", "OLD"))

GUARD = f"""
CREATE FUNCTION asset_words_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF ROW({_NEW}) IS DISTINCT FROM ROW({_OLD})
     AND current_setting('app.is_erasing', true) IS DISTINCT FROM 'on'
     AND (TG_ARGV[0] = 'version' OR NEW.number <= OLD.number) THEN
    RAISE EXCEPTION 'words of a % change with a new version only', TG_ARGV[0]
      USING ERRCODE = '23514', CONSTRAINT = 'asset_words_with_version';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER asset_words_guard BEFORE UPDATE ON activities_asset
  FOR EACH ROW EXECUTE FUNCTION asset_words_guard('piece');
CREATE TRIGGER asset_version_guard BEFORE UPDATE ON activities_assetversion
  FOR EACH ROW EXECUTE FUNCTION asset_words_guard('version');
"""

UNGUARD = """
DROP TRIGGER IF EXISTS asset_words_guard ON activities_asset;
DROP TRIGGER IF EXISTS asset_version_guard ON activities_assetversion;
DROP FUNCTION IF EXISTS asset_words_guard();
"""

ASSETS = Indexed(
    "asset",
    "activities_asset",
    starts=("r.title", "r.topic", "r.attribution"),
    changes=("title", "topic", "attribution"),
    insides=("r.title",),
)


class Migration(migrations.Migration):
    dependencies = [("activities", "0009_content"), ("search", "0002_split")]

    operations = [migrations.RunSQL(GUARD, UNGUARD), *ASSETS.operations()]
