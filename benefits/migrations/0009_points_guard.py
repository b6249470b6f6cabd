"""What the database keeps of points, whoever writes to it (BEN-7.a, BEN-4.a; decision 0045).

A row of the ledger stays as it is; only where ``MergedRecord`` says that its person became another
one does it follow, and count once where both had it. A review earns nothing. A reversal undoes one
row, wholly. Every row is added to the person's balance in its own statement, and more than there is
cannot be redeemed, however many try at once. Every tenant gets the badges a new one starts with.
"""

from django.db import migrations

GUARD = """
CREATE FUNCTION guard_points() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  undone record;
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION '% is append-only; % refused', TG_TABLE_NAME, TG_OP
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF to_jsonb(NEW) - ARRAY['advocate_id', 'is_double']
         = to_jsonb(OLD) - ARRAY['advocate_id', 'is_double']
       AND EXISTS (
         SELECT 1 FROM tenancy_mergedrecord m
          WHERE m.tenant_id = OLD.tenant_id AND m.kind = 'advocates.advocate'
            AND m.gone_id = OLD.advocate_id
            AND (NEW.advocate_id = OLD.advocate_id OR m.into_id = NEW.advocate_id))
    THEN
      RETURN NEW;
    END IF;
    RAISE EXCEPTION '% is append-only; % refused', TG_TABLE_NAME, TG_OP
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF NEW.reverses IS NOT NULL THEN
    SELECT e.advocate_id, e.source, e.source_id, e.points, e.reverses, e.is_double INTO undone
      FROM benefits_pointentry e WHERE e.tenant_id = NEW.tenant_id AND e.id = NEW.reverses;
    IF NOT FOUND OR undone.reverses IS NOT NULL OR undone.is_double
       OR (undone.advocate_id, undone.source, undone.source_id, undone.points)
          IS DISTINCT FROM (NEW.advocate_id, NEW.source, NEW.source_id, -NEW.points)
    THEN
      RAISE EXCEPTION 'a reversal undoes one row, wholly' USING ERRCODE = '23514',
        CONSTRAINT = 'points_reversal_whole', DETAIL = 'points_reversal_whole';
    END IF;
    RETURN NEW;
  END IF;
  IF NEW.source = 'activity' AND NOT EXISTS (
    SELECT 1 FROM activities_activity a
      JOIN advocates_activitytype k ON k.tenant_id = a.tenant_id AND k.id = a.activity_type_id
     WHERE a.tenant_id = NEW.tenant_id AND a.id = NEW.source_id
       AND a.advocate_id = NEW.advocate_id AND a.state = 'completed'
       AND k.code <> 'review' AND k.rewards <> 'never'
  ) THEN
    RAISE EXCEPTION 'only what somebody did earns points, and never a review'
      USING ERRCODE = '23514',
      CONSTRAINT = 'points_never_for_review', DETAIL = 'points_never_for_review';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER points_guard BEFORE INSERT OR UPDATE OR DELETE ON benefits_pointentry
  FOR EACH ROW EXECUTE FUNCTION guard_points();

CREATE FUNCTION add_points_to_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.source = 'redemption' AND NEW.reverses IS NULL THEN
    UPDATE benefits_pointbalance b SET redeemed = b.redeemed - NEW.points
     WHERE b.tenant_id = NEW.tenant_id AND b.advocate_id = NEW.advocate_id
       AND b.lifetime - b.redeemed >= -NEW.points;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'too few points' USING ERRCODE = '23514',
        CONSTRAINT = 'points_not_enough', DETAIL = 'points_not_enough';
    END IF;
    RETURN NULL;
  END IF;
  IF NEW.source = 'redemption' THEN
    UPDATE benefits_pointbalance b SET redeemed = b.redeemed - NEW.points
     WHERE b.tenant_id = NEW.tenant_id AND b.advocate_id = NEW.advocate_id;
    RETURN NULL;
  END IF;
  UPDATE benefits_pointbalance b SET lifetime = b.lifetime + NEW.points
   WHERE b.tenant_id = NEW.tenant_id AND b.advocate_id = NEW.advocate_id;
  IF NOT FOUND THEN  -- the first points, so that they are above zero
    INSERT INTO benefits_pointbalance AS b
           (id, tenant_id, advocate_id, lifetime, redeemed, on_board)
    VALUES (gen_random_uuid(), NEW.tenant_id, NEW.advocate_id, NEW.points, 0, false)
    ON CONFLICT (tenant_id, advocate_id) DO UPDATE SET lifetime = b.lifetime + NEW.points;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER points_to_balance AFTER INSERT ON benefits_pointentry
  FOR EACH ROW EXECUTE FUNCTION add_points_to_balance();

CREATE FUNCTION refuse_earner_to_become_review() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM benefits_pointentry e
     WHERE e.tenant_id = NEW.tenant_id AND e.source_id = NEW.id AND e.source = 'activity'
       AND e.reverses IS NULL
  ) AND EXISTS (
    SELECT 1 FROM advocates_activitytype k
     WHERE k.tenant_id = NEW.tenant_id AND k.id = NEW.activity_type_id
       AND (k.code = 'review' OR k.rewards = 'never')
  ) THEN
    RAISE EXCEPTION 'a review earns no points' USING ERRCODE = '23514',
      CONSTRAINT = 'points_never_for_review', DETAIL = 'points_never_for_review';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER activity_earned_no_review BEFORE UPDATE OF activity_type_id ON activities_activity
  FOR EACH ROW WHEN (NEW.activity_type_id IS DISTINCT FROM OLD.activity_type_id)
  EXECUTE FUNCTION refuse_earner_to_become_review();
"""

UNGUARD = """
DROP TRIGGER IF EXISTS activity_earned_no_review ON activities_activity;
DROP FUNCTION IF EXISTS refuse_earner_to_become_review();
DROP TRIGGER IF EXISTS points_to_balance ON benefits_pointentry;
DROP FUNCTION IF EXISTS add_points_to_balance();
DROP TRIGGER IF EXISTS points_guard ON benefits_pointentry;
DROP FUNCTION IF EXISTS guard_points();
"""

_BADGES = """
INSERT INTO benefits_badge
       (id, tenant_id, code, name, description, rule, threshold, points, is_on, created_at)
SELECT gen_random_uuid(), tenant.id, usual.code, usual.name, usual.what, usual.rule,
       usual.threshold, usual.points, true, clock()
  FROM tenancy_tenant tenant
 CROSS JOIN (VALUES
   ('first', 'First step', 'Their first activity with us.', 'completed', 1, 10),
   ('five', 'High five', 'Five activities.', 'completed', 5, 25),
   ('ten', 'Ten times', 'Ten activities.', 'completed', 10, 50),
   ('all_round', 'All-rounder', 'One of each effort.', 'each_effort', 1, 50),
   ('volunteer', 'Hand up', 'Offered to help unasked.', 'volunteered', 1, 10),
   ('kinds', 'Many voices', 'Four different kinds of activities.', 'kinds', 4, 25)
 ) AS usual (code, name, what, rule, threshold, points)
ON CONFLICT (tenant_id, code) WHERE code <> '' DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies = [
        ("benefits", "0008_points"),
        ("activities", "0008_slot_checks_and_feedback"),
        ("tenancy", "0007_small_tables"),
    ]
    operations = [
        migrations.RunSQL(GUARD, UNGUARD),
        migrations.RunSQL(_BADGES, migrations.RunSQL.noop),
    ]
