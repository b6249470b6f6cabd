"""Functions that tables of every room lean on."""

from django.db import migrations

CLOCK = """
CREATE FUNCTION clock() RETURNS timestamptz LANGUAGE sql STABLE AS 'SELECT now()';
COMMENT ON FUNCTION clock() IS 'The one clock of SQL; tests replace it to move time.';
"""

# A completion counts while its local date is later than today - 365 days: from the local
# midnight of today - 364 days on. Calendar arithmetic, so right on the days the clocks change.
YEAR_START = """
CREATE FUNCTION year_start(zone text) RETURNS timestamptz LANGUAGE sql STABLE AS
$$ SELECT (((clock() AT TIME ZONE zone)::date - 364)::timestamp) AT TIME ZONE zone $$;
"""

REFUSE = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only; % refused', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'insufficient_privilege';
END $$;
"""


class Migration(migrations.Migration):
    """The clock, the trailing year and the refusal of changes."""

    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [
        migrations.RunSQL(CLOCK, "DROP FUNCTION clock()"),
        migrations.RunSQL(YEAR_START, "DROP FUNCTION year_start(text)"),
        migrations.RunSQL(REFUSE, "DROP FUNCTION refuse_change()"),
    ]
