"""A mail's text becomes a structure: its parts, instead of words with placeholders among them."""

from django.db import migrations, models

#: JSON writes ``{link}`` as it stands and quotes everything that could end a string, so a
#: placeholder in the quoted text can be replaced by the end of one part, a place, and the
#: beginning of the next. Only in mails that have something to put there: elsewhere it is words.
FORWARD = r"""
ALTER TABLE messaging_outgoingmail ALTER COLUMN text TYPE jsonb USING (
  '[{"text":' ||
  CASE WHEN link_id IS NULL THEN
    CASE WHEN path = '' THEN to_jsonb(text)::text
    ELSE replace(to_jsonb(text)::text, '{url}', '"},{"page":""},{"text":"') END
  ELSE
    regexp_replace(
      CASE WHEN path = '' THEN to_jsonb(text)::text
      ELSE replace(to_jsonb(text)::text, '{url}', '"},{"page":""},{"text":"') END,
      '\{link(?::([a-z]+))?\}', '"},{"link":"\1"},{"text":"', 'g'
    )
  END || '}]'
)::jsonb;
ALTER TABLE messaging_outgoingmail RENAME COLUMN text TO body;
"""
#: Words that look like a placeholder get no protection here; the code before had none either.
BACK = r"""
CREATE FUNCTION pg_temp.words_of(body jsonb) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT string_agg(CASE
    WHEN part ? 'text' THEN part ->> 'text'
    WHEN part ? 'page' THEN '{url}'
    WHEN part ->> 'link' = '' THEN '{link}'
    ELSE '{link:' || (part ->> 'link') || '}' END, '' ORDER BY n)
  FROM jsonb_array_elements(body) WITH ORDINALITY AS parts(part, n)
$$;
ALTER TABLE messaging_outgoingmail ALTER COLUMN body TYPE text USING pg_temp.words_of(body);
ALTER TABLE messaging_outgoingmail RENAME COLUMN body TO text;
DROP FUNCTION pg_temp.words_of(jsonb);
"""


class Migration(migrations.Migration):
    """``text`` becomes ``body``, in one pass over the table."""

    dependencies = [("messaging", "0002_lookups")]
    operations = [
        migrations.RunSQL(
            FORWARD,
            BACK,
            state_operations=[
                migrations.RenameField("outgoingmail", "text", "body"),
                migrations.AlterField(
                    "outgoingmail", "body", models.JSONField(help_text="see Body")
                ),
            ],
        )
    ]
