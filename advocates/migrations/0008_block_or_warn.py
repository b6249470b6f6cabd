"""Every guardrail but the yearly cap blocks or warns, and asked activities of a year are counted.

The guard reads the mode of each rule (CAP-5), knows two more (consecutive asks vary in type, one
step of effort after the other; CAP-3, CAP-4), and counts what was asked of somebody whatever it
took (CAP-7). The reason for passing a warning is kept in the ledger and cannot be changed.
"""

from typing import Any

from django.db import migrations, models

_MODES = [("block", "Block"), ("warn", "Warn")]

# What the function says now, and what instead; the rest of it stays as it is.
_CHANGES = (
    (
        "  account_now int;\n",
        "  account_now int;\n  asked_given int;\n  last_type uuid;\n  highest int;\n",
    ),
    (
        "NEW.origin, NEW.effort, NEW.is_reference, NEW.taken_at)",
        "NEW.origin, NEW.effort, NEW.is_reference, NEW.taken_at, NEW.override_reason)",
    ),
    (
        "OLD.origin, OLD.effort, OLD.is_reference, OLD.taken_at)",
        "OLD.origin, OLD.effort, OLD.is_reference, OLD.taken_at, OLD.override_reason)",
    ),
    (
        """
         max(p.completed_at) FILTER (WHERE p.effort = 'high')
    INTO used, of_type, of_detail, type_open, type_last, reference_last, high_last
""",
        """
         max(p.completed_at) FILTER (WHERE p.effort = 'high'),
         count(*) FILTER (WHERE p.origin = 'asked' AND (p.units > 0 OR policy.counts_free_types))
    INTO used, of_type, of_detail, type_open, type_last, reference_last, high_last, asked_given
""",
    ),
    ("  IF of_type >= kind.", "  IF policy.limits_mode = 'block' AND of_type >= kind."),
    ("  IF of_detail >= kind.", "  IF policy.limits_mode = 'block' AND of_detail >= kind."),
    ("  IF type_open >= kind.", "  IF policy.limits_mode = 'block' AND type_open >= kind."),
    (
        "  IF kind.gap_days > 0 AND type_last > ",
        "  IF policy.limits_mode = 'block' AND kind.gap_days > 0\n     AND type_last > ",
    ),
    (
        "  IF NEW.is_reference AND reference_gap > 0\n",
        "  IF policy.frequency_mode = 'block' AND NEW.is_reference AND reference_gap > 0\n",
    ),
    (
        "  -- CAP-7: pacing, counted over what was sent, whatever the answers.\n",
        """\
  -- CAP-3: consecutive asks vary in type.
  IF policy.variety_mode = 'block' THEN
    SELECT p.activity_type_id INTO last_type
      FROM advocates_participation p
     WHERE p.tenant_id = NEW.tenant_id AND p.advocate_id = NEW.advocate_id AND p.origin = 'asked'
     ORDER BY p.taken_at DESC, p.id DESC LIMIT 1;
    IF last_type = NEW.activity_type_id THEN
      RAISE EXCEPTION 'the last ask was for the same'
        USING ERRCODE = '23514', CONSTRAINT = 'variety';
    END IF;
  END IF;
  -- CAP-4: one step of effort after the other.
  IF policy.ladder_mode = 'block' AND NEW.effort <> 'low' THEN
    SELECT coalesce(max(CASE p.effort WHEN 'high' THEN 3 WHEN 'moderate' THEN 2 ELSE 1 END), 0)
      INTO highest
      FROM advocates_participation p
     WHERE p.tenant_id = NEW.tenant_id AND p.advocate_id = NEW.advocate_id
       AND p.state = 'completed';
    IF highest < (CASE NEW.effort WHEN 'high' THEN 2 ELSE 1 END) THEN
      RAISE EXCEPTION 'a step of effort is left out'
        USING ERRCODE = '23514', CONSTRAINT = 'ladder';
    END IF;
  END IF;

  -- CAP-7: pacing, counted over what was sent, whatever the answers.
""",
    ),
    (
        "    SELECT count(*) FILTER (WHERE last_two.release_reason IN ",
        """\
    IF (NEW.units > 0 OR policy.counts_free_types) AND asked_given >= policy.asked_per_year THEN
      RAISE EXCEPTION 'asked for % of % a year', asked_given, policy.asked_per_year
        USING ERRCODE = '23514', CONSTRAINT = 'capacity_asked';
    END IF;
    SELECT count(*) FILTER (WHERE last_two.release_reason IN """,
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
    _rewrite(schema_editor, [(after, before) for before, after in reversed(_CHANGES)])


def _mode(name: str, label: str, default: str) -> migrations.AddField:
    return migrations.AddField(
        "programpolicy",
        name,
        models.CharField(choices=_MODES, default=default, max_length=5, verbose_name=label),
    )


class Migration(migrations.Migration):
    dependencies = [("advocates", "0007_what_is_in_it")]
    operations = [
        migrations.AddField(
            "programpolicy",
            "asked_per_year",
            models.PositiveSmallIntegerField(
                default=6, verbose_name="asked activities of any type a year per advocate"
            ),
        ),
        migrations.AddField(
            "programpolicy",
            "counts_free_types",
            models.BooleanField(
                default=True, verbose_name="types that take no unit count among these"
            ),
        ),
        _mode("limits_mode", "limits of a type", "block"),
        _mode("frequency_mode", "stated reference frequency", "block"),
        _mode("variety_mode", "the same type twice in a row", "warn"),
        _mode("ladder_mode", "a step of effort left out", "warn"),
        # The database's own default, for whoever writes to the ledger without knowing of it.
        migrations.AddField(
            "participation",
            "override_reason",
            models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="Why it was asked for although a guardrail warned.",
                max_length=300,
            ),
        ),
        migrations.RunPython(forwards, backwards),
    ]
