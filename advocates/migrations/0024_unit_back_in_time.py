"""A release can be taken back for as long as its press can (decision 0035).

The guard lets a unit that was released within two minutes be open again, and decides as of a take:
who took its place meanwhile keeps it. Its own row counts neither as an ask nor as an answer.
"""

from typing import Any

from django.db import migrations

_REASONS = "'cancelled', 'declined', 'later', 'someone_else', 'filled'"
_OWN = " AND p.id <> NEW.id"
_ASKED = "AND p.origin = 'asked' AND p.release_reason <> 'unsent'"

# What the function says now, and what instead; the rest of it stays as it is.
_CHANGES = (
    ("\n  account_now int;", "\n  account_now int;\n  is_back boolean := false;"),
    (
        "\n    IF OLD.state <> 'open' THEN",
        (
            "\n    -- More than a press is kept back for (undo_seconds): it tells nobody the time."
            "\n    is_back := OLD.state = 'released' AND NEW.state = 'open'"
            f"\n      AND OLD.release_reason IN ({_REASONS})"
            "\n      AND OLD.released_at > moment - interval '2 minutes';"
            "\n    IF OLD.state <> 'open' AND NOT is_back THEN"
        ),
    ),
    (
        "\n    RETURN NEW;  -- from open to open, completed or released refuses nothing",
        (
            "\n    IF NOT is_back THEN"
            "\n      RETURN NEW;  -- from open to open, completed or released refuses nothing"
            "\n    END IF;"
        ),
    ),
    (f"{_ASKED} AND p.taken_at > moment", f"{_ASKED}{_OWN} AND p.taken_at > moment"),
    (f"{_ASKED} AND p.state <> 'open'", f"{_ASKED}{_OWN} AND p.state <> 'open'"),
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
    dependencies = [("advocates", "0023_approvals_have_a_scope")]
    operations = [migrations.RunPython(forwards, backwards)]
