"""A unit that was reserved and given back unsent can be open again while its press can be taken back
(docs/decisions/0038), as one that was asked for can (0024).
"""

from typing import Any

from django.db import migrations

_BEFORE = "IN ('cancelled', 'declined', 'later', 'someone_else', 'filled')"
_AFTER = "IN ('cancelled', 'declined', 'later', 'someone_else', 'filled', 'unsent')"


def _rewrite(schema_editor: Any, before: str, after: str) -> None:
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef('guard_participation'::regproc)")
        (body,) = cursor.fetchone()
        if body.count(before) != 1:
            raise RuntimeError(f"the guard does not say once what this replaces: {before!r}")
        cursor.execute(body.replace(before, after))


def forwards(apps: Any, schema_editor: Any) -> None:
    _rewrite(schema_editor, _BEFORE, _AFTER)


def backwards(apps: Any, schema_editor: Any) -> None:
    _rewrite(schema_editor, _AFTER, _BEFORE)


class Migration(migrations.Migration):
    dependencies = [("advocates", "0035_question_as_an_ask")]
    operations = [migrations.RunPython(forwards, backwards)]
