"""A review is never rewarded, whoever writes to the database (BEN-4.a, fixed).

A grant cannot be given for an activity that is a review, or of a type that is never rewarded; an
activity that is rewarded cannot become one afterwards, nor a review cease to be one by its code.
"""

from django.db import migrations

GUARD = """
CREATE FUNCTION refuse_reward_of_review() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM activities_activity a
      JOIN advocates_activitytype k ON k.tenant_id = a.tenant_id AND k.id = a.activity_type_id
     WHERE a.tenant_id = NEW.tenant_id AND a.id = NEW.activity_id
       AND (k.code = 'review' OR k.rewards = 'never')
  ) THEN
    RAISE EXCEPTION 'a review is never rewarded' USING ERRCODE = '23514',
      CONSTRAINT = 'grant_never_for_review', DETAIL = 'grant_never_for_review';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER grant_activity_no_review BEFORE INSERT OR UPDATE ON benefits_grantactivity
  FOR EACH ROW EXECUTE FUNCTION refuse_reward_of_review();

CREATE FUNCTION refuse_rewarded_to_become_review() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM benefits_grantactivity g
     WHERE g.tenant_id = NEW.tenant_id AND g.activity_id = NEW.id
  ) AND EXISTS (
    SELECT 1 FROM advocates_activitytype k
     WHERE k.tenant_id = NEW.tenant_id AND k.id = NEW.activity_type_id
       AND (k.code = 'review' OR k.rewards = 'never')
  ) THEN
    RAISE EXCEPTION 'a review is never rewarded' USING ERRCODE = '23514',
      CONSTRAINT = 'grant_never_for_review', DETAIL = 'grant_never_for_review';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER activity_rewarded_no_review BEFORE UPDATE OF activity_type_id ON activities_activity
  FOR EACH ROW WHEN (NEW.activity_type_id IS DISTINCT FROM OLD.activity_type_id)
  EXECUTE FUNCTION refuse_rewarded_to_become_review();
"""

UNGUARD = """
DROP TRIGGER IF EXISTS activity_rewarded_no_review ON activities_activity;
DROP FUNCTION IF EXISTS refuse_rewarded_to_become_review();
DROP TRIGGER IF EXISTS grant_activity_no_review ON benefits_grantactivity;
DROP FUNCTION IF EXISTS refuse_reward_of_review();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("benefits", "0006_starting_kinds"),
        ("activities", "0004_duties"),
        ("advocates", "0038_review_earns_no_tier"),
    ]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
