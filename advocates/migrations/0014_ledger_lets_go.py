"""The ledger's guard lets two things through that are no change of what was taken or given.

Units follow when two records became one, where the database knows of it (ADV-1); and the words
beside a unit go when a person is erased (GDPR-1). Everything else of a unit stays as it was.
"""

from typing import Any

from django.db import migrations

_MARK = """\
  IF TG_OP = 'UPDATE' THEN
"""
_LETS = """\
  IF TG_OP = 'UPDATE' THEN
    IF current_setting('app.is_erasing', true) = 'on'
       AND to_jsonb(NEW) - ARRAY['override_reason', 'void_reason']
         = to_jsonb(OLD) - ARRAY['override_reason', 'void_reason'] THEN
      RETURN NEW;
    END IF;
    IF to_jsonb(NEW) - ARRAY['advocate_id', 'account_id']
         = to_jsonb(OLD) - ARRAY['advocate_id', 'account_id']
       AND (NEW.advocate_id = OLD.advocate_id OR EXISTS (
            SELECT 1 FROM tenancy_mergedrecord m
             WHERE m.tenant_id = NEW.tenant_id AND m.kind = 'advocates.advocate'
               AND m.gone_id = OLD.advocate_id AND m.into_id = NEW.advocate_id))
       AND (NEW.account_id = OLD.account_id OR EXISTS (
            SELECT 1 FROM tenancy_mergedrecord m
             WHERE m.tenant_id = NEW.tenant_id AND m.kind = 'advocates.account'
               AND m.gone_id = OLD.account_id AND m.into_id = NEW.account_id))
       AND (NEW.advocate_id, NEW.account_id) IS DISTINCT FROM (OLD.advocate_id, OLD.account_id)
    THEN
      RETURN NEW;
    END IF;
"""


def _rewrite(schema_editor: Any, before: str, after: str) -> None:
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef('guard_participation'::regproc)")
        (body,) = cursor.fetchone()
        if body.count(before) != 1:
            raise RuntimeError(f"the guard does not say once what this replaces: {before!r}")
        cursor.execute(body.replace(before, after))


def forwards(apps: Any, schema_editor: Any) -> None:
    _rewrite(schema_editor, _MARK, _LETS)


def backwards(apps: Any, schema_editor: Any) -> None:
    _rewrite(schema_editor, _LETS, _MARK)


class Migration(migrations.Migration):
    dependencies = [
        ("advocates", "0013_erased_and_strategic"),
        ("tenancy", "0002_merged_records"),
    ]
    operations = [migrations.RunPython(forwards, backwards)]
