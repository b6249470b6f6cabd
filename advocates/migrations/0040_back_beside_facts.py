"""A unit that comes back is refused only where somebody was asked in its place (decision 0035).

It was open beside all that was written down until its release. So a fact, recorded before or since,
keeps it away no more than it took it away (CAP-8). Only who was asked since, or came back since, can
have its place; then the guard decides as of a take. The guard itself writes when a unit came back.
"""

from typing import Any

from django.db import migrations, models

_FINAL = """
    IF NOT is_back THEN
      RETURN NEW;  -- from open to open, completed or released refuses nothing
"""
_LOCKED = "\n  SELECT * INTO STRICT policy FROM advocates_programpolicy"
# What the function says now, and what instead; the rest of it stays as it is.
_CHANGES = (
    (
        _FINAL,
        "\n    NEW.reopened_at := CASE WHEN is_back THEN moment ELSE OLD.reopened_at END;" + _FINAL,
    ),
    (
        _LOCKED,
        """
  IF is_back THEN
    -- Five minutes: the clocks of two machines are never the same.
    PERFORM 1 FROM advocates_participation p
     WHERE p.tenant_id = NEW.tenant_id AND p.id <> NEW.id AND p.origin = 'asked'
       AND p.state IN ('open', 'completed')
       AND (p.account_id = NEW.account_id OR p.advocate_id = NEW.advocate_id)
       AND greatest(p.taken_at, p.reopened_at) > OLD.released_at - interval '5 minutes';
    IF NOT FOUND THEN
      RETURN NEW;
    END IF;
  END IF;
"""
        + _LOCKED,
    ),
)


def _rewrite(schema_editor: Any, changes: list[tuple[str, str]]) -> None:
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef('guard_participation'::regproc)")
        (body,) = cursor.fetchone()
        for before, after in changes:
            if body.count(before) != 1:
                raise RuntimeError(f"the guard does not say once what this replaces: {before!r}")
            body = body.replace(before, after)
        cursor.execute(body)


def forwards(apps: Any, schema_editor: Any) -> None:
    _rewrite(schema_editor, list(_CHANGES))


def backwards(apps: Any, schema_editor: Any) -> None:
    _rewrite(schema_editor, [(after, before) for before, after in _CHANGES])


class Migration(migrations.Migration):
    dependencies = [("advocates", "0039_review_by_any_name")]
    operations = [
        migrations.AddField(
            "participation",
            "reopened_at",
            models.DateTimeField(editable=False, null=True),
        ),
        migrations.RunPython(forwards, backwards),
    ]
