"""The further steps of a case study, where its usual playbook is in use unchanged (AST-4)."""

from django.db import migrations

#: Code, place in the order, words, part of what, counted from, business days.
_ADD = """
WITH unchanged AS (
  SELECT kind.tenant_id, kind.id
    FROM advocates_activitytype kind
    JOIN activities_playbookstep step
      ON step.tenant_id = kind.tenant_id AND step.activity_type_id = kind.id
   WHERE kind.code = 'case_study'
   GROUP BY kind.tenant_id, kind.id
  HAVING array_agg(step.code || ' ' || step.position || ' ' || step.state ORDER BY step.position)
         = ARRAY['scope 1 in_use', 'guide 2 in_use', 'draft 3 in_use', 'approved 4 in_use',
                 'link 5 in_use']
), moved AS (
  UPDATE activities_playbookstep step
     SET position = usual.position
    FROM unchanged, (VALUES ('guide', 4), ('draft', 6), ('approved', 8), ('link', 10))
           AS usual (code, position)
   WHERE step.tenant_id = unchanged.tenant_id AND step.activity_type_id = unchanged.id
     AND step.code = usual.code
)
INSERT INTO activities_playbookstep
       (id, tenant_id, activity_type_id, state, code, position, text, step, anchor, days)
SELECT gen_random_uuid(), unchanged.tenant_id, unchanged.id, 'in_use', usual.code, usual.position,
       usual.text, usual.step, usual.anchor, usual.days
  FROM unchanged
 CROSS JOIN (VALUES
   ('outline', 2, 'Write the outline: what was, what changed, by how much, what is next',
    'produce', 'accepted', 5),
   ('outline_approved', 3,
    'The customer has approved the outline; only then is anything written',
    'produce', 'accepted', 10),
   ('interview', 5, 'The interview is recorded, or its questions are answered in writing',
    'run', 'accepted', 15),
   ('review', 7, 'Their changes are in, and both know which', 'produce', 'completed', 12),
   ('final_edit', 9, 'The final edit is done: it is word for word what was approved',
    'produce', 'completed', 17)
 ) AS usual (code, position, text, step, anchor, days)
ON CONFLICT (tenant_id, activity_type_id, code) WHERE code <> '' DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies = [("activities", "0013_transcripts")]
    operations = [migrations.RunSQL(_ADD, migrations.RunSQL.noop)]
