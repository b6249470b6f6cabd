"""An ask that was taken back before it left was never sent: pacing passes over it (CAP-7).

Its unit stays in the ledger, released with a reason of its own.
"""

from typing import Any

from django.db import migrations, models

_UNSENT = " AND p.release_reason <> 'unsent'"

# What the function says now, and what instead; the rest of it stays as it is.
_CHANGES = tuple(
    (before, before.replace("p.origin = 'asked'", f"p.origin = 'asked'{_UNSENT}"))
    for before in (
        "AND p.origin = 'asked'\n     ORDER BY p.taken_at DESC",
        "AND p.origin = 'asked' AND p.taken_at > moment",
        "AND p.origin = 'asked' AND p.state <> 'open'",
    )
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
    dependencies = [("advocates", "0011_terms_of_a_statement")]
    operations = [
        migrations.AlterField(
            "participation",
            "release_reason",
            models.CharField(
                blank=True,
                choices=[
                    ("declined", "Declined"),
                    ("expired", "Not answered"),
                    ("later", "Another time"),
                    ("someone_else", "Somebody else"),
                    ("filled", "Already filled"),
                    ("cancelled", "Cancelled"),
                    ("unsent", "Taken back before it was sent"),
                    ("advocate_no_show", "Advocate did not come"),
                ],
                default="",
                max_length=16,
            ),
        ),
        migrations.RunPython(forwards, backwards),
    ]
