"""A review earns no tier, and stays what it is, whoever writes to the database (BEN-4.a, fixed).

The type of the catalogue says so by a CHECK already; here the ledger, whose rows copy it when a unit
is taken, and the code by which a review is known.
"""

from django.db import migrations

GUARD = """
CREATE FUNCTION refuse_tier_for_review() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM advocates_activitytype k
     WHERE k.tenant_id = NEW.tenant_id AND k.id = NEW.activity_type_id AND k.code = 'review'
  ) THEN
    RAISE EXCEPTION 'a review earns no tier' USING ERRCODE = '23514',
      CONSTRAINT = 'review_earns_no_tier', DETAIL = 'review_earns_no_tier';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER participation_review_no_tier
  BEFORE INSERT OR UPDATE OF counts_for_tier, activity_type_id ON advocates_participation
  FOR EACH ROW WHEN (NEW.counts_for_tier) EXECUTE FUNCTION refuse_tier_for_review();

CREATE FUNCTION refuse_renamed_review() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a review stays one' USING ERRCODE = '23514',
    CONSTRAINT = 'review_keeps_its_code', DETAIL = 'review_keeps_its_code';
END $$;
CREATE TRIGGER activity_type_review_stays BEFORE UPDATE OF code ON advocates_activitytype
  FOR EACH ROW WHEN ((OLD.code = 'review') <> (NEW.code = 'review'))
  EXECUTE FUNCTION refuse_renamed_review();
"""

UNGUARD = """
DROP TRIGGER IF EXISTS activity_type_review_stays ON advocates_activitytype;
DROP FUNCTION IF EXISTS refuse_renamed_review();
DROP TRIGGER IF EXISTS participation_review_no_tier ON advocates_participation;
DROP FUNCTION IF EXISTS refuse_tier_for_review();
"""


class Migration(migrations.Migration):
    dependencies = [("advocates", "0037_gifts_a_year")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
