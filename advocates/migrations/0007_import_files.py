"""Reports of earlier imports move into the new tables; which tenants have imports to work on."""

import django.db.models.deletion
from django.db import migrations, models

import advocacy.tenancy.base
import advocacy.tenancy.constraints
from advocacy.tenancy.lookups import due_function

_MOVE = """
UPDATE advocates_importrun
   SET state = 'done', phase = 'import', changed_at = COALESCE(finished_at, started_at);

INSERT INTO advocates_importfile
       (id, tenant_id, run_id, place, name, kind, headings, columns, rows, chunk_count, position,
        rows_done, created, updated, unchanged, skipped, warnings)
SELECT gen_random_uuid(), run.tenant_id, run.id, told.place, told.file ->> 'name',
       told.file ->> 'kind', told.file -> 'unused',
       (SELECT COALESCE(jsonb_agg(''::text), '[]') FROM jsonb_array_elements(told.file -> 'unused')),
       told.rows, 0, 0, told.rows, (told.file ->> 'created')::int, (told.file ->> 'updated')::int,
       (told.file ->> 'unchanged')::int, (told.file ->> 'skipped')::int,
       (told.file ->> 'warnings')::int
  FROM advocates_importrun run
 CROSS JOIN LATERAL (
       SELECT file, place,
              (file ->> 'created')::int + (file ->> 'updated')::int + (file ->> 'unchanged')::int
              + (file ->> 'skipped')::int AS rows
         FROM jsonb_array_elements(run.files) WITH ORDINALITY AS listed(file, place)) told;

UPDATE advocates_importissue issue
   SET file_id = (SELECT file.id FROM advocates_importfile file
                   WHERE file.tenant_id = issue.tenant_id AND file.run_id = issue.run_id
                     AND file.name = issue.file_name
                   ORDER BY file.place LIMIT 1);
DELETE FROM advocates_importissue WHERE file_id IS NULL;
"""

_MOVE_BACK = """
UPDATE advocates_importissue issue SET run_id = file.run_id, file_name = file.name
  FROM advocates_importfile file
 WHERE file.tenant_id = issue.tenant_id AND file.id = issue.file_id;

UPDATE advocates_importrun run
   SET files = COALESCE((
       SELECT jsonb_agg(jsonb_build_object(
                  'name', file.name, 'kind', file.kind, 'created', file.created,
                  'updated', file.updated, 'unchanged', file.unchanged, 'skipped', file.skipped,
                  'warnings', file.warnings, 'unused', '[]'::jsonb) ORDER BY file.place)
         FROM advocates_importfile file
        WHERE file.tenant_id = run.tenant_id AND file.run_id = run.id), '[]');
"""


class Migration(migrations.Migration):
    dependencies = [("advocates", "0006_import_stations")]

    operations = [
        migrations.RemoveIndex(model_name="importissue", name="import_issue_by_row"),
        migrations.RenameField(model_name="importissue", old_name="file", new_name="file_name"),
        migrations.AddField(
            model_name="importissue",
            name="file",
            field=advocacy.tenancy.base.TenantForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="issues",
                to="advocates.importfile",
            ),
        ),
        migrations.RunSQL(_MOVE, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="importissue",
            name="file",
            field=advocacy.tenancy.base.TenantForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="issues",
                to="advocates.importfile",
            ),
        ),
        migrations.RemoveConstraint(model_name="importissue", name="advocates_importissue_run_fk"),
        migrations.AlterField(
            model_name="importissue",
            name="run",
            field=advocacy.tenancy.base.TenantForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="issues",
                to="advocates.importrun",
            ),
        ),
        migrations.RunSQL(migrations.RunSQL.noop, _MOVE_BACK),
        migrations.RemoveField(model_name="importissue", name="run"),
        migrations.RemoveField(model_name="importissue", name="file_name"),
        migrations.RemoveField(model_name="importrun", name="files"),
        migrations.AddIndex(
            model_name="importissue",
            index=models.Index(fields=["tenant", "file", "row"], name="import_issue_by_row"),
        ),
        migrations.AddConstraint(
            model_name="importissue",
            constraint=advocacy.tenancy.constraints.SameTenant(
                field="file", name="advocates_importissue_file_fk"
            ),
        ),
        due_function(
            "tenants_with_due_imports",
            "SELECT DISTINCT tenant_id FROM advocates_importrun "
            "WHERE state IN ('queued', 'running') "
            "AND (leased_until IS NULL OR leased_until <= clock())",
        ),
    ]
