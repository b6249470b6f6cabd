"""The guard of the community pool: two small invitations a year, 91 days apart (TIER-9.c).

As the guard on the ledger, it first *changes* the place in the pool, so that invitations to one
person happen one after the other under every isolation level, then counts, and refuses with a named
constraint per rule.
"""

from django.db import migrations

GUARD = """
CREATE FUNCTION guard_pool_invitation() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  moment constant timestamptz := clock();
  most int;
  gap int;
  zone text;
  small boolean;
  given int;
  last timestamptz;
BEGIN
  UPDATE advocates_poolmembership SET version = version + 1
   WHERE tenant_id = NEW.tenant_id AND advocate_id = NEW.advocate_id AND state = 'member';
  IF NOT FOUND THEN
    RAISE EXCEPTION 'not in the pool'
      USING ERRCODE = '23514', CONSTRAINT = 'pool_member', DETAIL = 'pool_member';
  END IF;
  -- Five minutes: the clocks of two machines are never the same.
  IF NEW.sent_at NOT BETWEEN moment - interval '5 minutes' AND moment + interval '5 minutes' THEN
    RAISE EXCEPTION 'sent at another time than now'
      USING ERRCODE = '23514', CONSTRAINT = 'pool_sent_at', DETAIL = 'pool_sent_at';
  END IF;
  SELECT pool_per_year, pool_gap_days INTO STRICT most, gap
    FROM advocates_programpolicy WHERE tenant_id = NEW.tenant_id;
  SELECT k.effort = 'low' AND NOT k.is_reference INTO STRICT small
    FROM advocates_activitytype k WHERE k.tenant_id = NEW.tenant_id AND k.id = NEW.activity_type_id;
  IF NOT small THEN
    RAISE EXCEPTION 'not of low effort'
      USING ERRCODE = '23514', CONSTRAINT = 'pool_low_effort', DETAIL = 'pool_low_effort';
  END IF;
  SELECT time_zone INTO STRICT zone FROM tenancy_tenant WHERE id = NEW.tenant_id;
  -- Whatever became of the place meanwhile: who left and came back was invited all the same.
  SELECT count(*) FILTER (WHERE i.sent_at >= year_start(zone)), max(i.sent_at) INTO given, last
    FROM advocates_poolinvitation i
   WHERE i.tenant_id = NEW.tenant_id AND i.advocate_id = NEW.advocate_id;
  IF given >= most THEN
    RAISE EXCEPTION '% of % a year', given, most
      USING ERRCODE = '23514', CONSTRAINT = 'pool_yearly', DETAIL = 'pool_yearly';
  END IF;
  IF gap > 0 AND last > moment - make_interval(days => gap) THEN
    RAISE EXCEPTION 'less than % days', gap
      USING ERRCODE = '23514', CONSTRAINT = 'pool_gap', DETAIL = 'pool_gap';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER pool_invitation_guard BEFORE INSERT ON advocates_poolinvitation
  FOR EACH ROW EXECUTE FUNCTION guard_pool_invitation();
"""

UNGUARD = """
DROP TRIGGER IF EXISTS pool_invitation_guard ON advocates_poolinvitation;
DROP FUNCTION IF EXISTS guard_pool_invitation();
"""


class Migration(migrations.Migration):
    dependencies = [("advocates", "0020_community_pool")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
