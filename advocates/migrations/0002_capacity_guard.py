"""The guard on the ledger: nobody is over-asked, whatever the concurrency (CAP-1, CAP-2, CAP-7).

Every asked participation passes this trigger, whoever inserts it. It first *changes* the rows of
the account and the advocate in ``accountcapacity`` and ``capacity`` (in this order, always), so
that takes on one person happen one after the other under every isolation level; a lock alone lets
a REPEATABLE READ transaction count in an old snapshot. Then it counts, and refuses with a named
constraint per rule, which the service turns into a sentence.
"""

from django.db import migrations

GUARD = """
CREATE FUNCTION guard_participation() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  moment constant timestamptz := clock();
  policy advocates_programpolicy;
  kind advocates_activitytype;
  zone text;
  since timestamptz;
  allowed int;
  reference_gap int;
  used int;
  of_type int;
  of_detail int;
  type_open int;
  type_last timestamptz;
  reference_last timestamptz;
  high_last timestamptz;
  asks_year int;
  asks_quarter int;
  ask_last timestamptz;
  misses int;
  miss_last timestamptz;
  account_used int;
  account_now int;
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'the ledger keeps every row'
      USING ERRCODE = '23514', CONSTRAINT = 'ledger_no_delete';
  END IF;

  IF TG_OP = 'UPDATE' THEN
    -- Units may only grow, from none, by completing: a place on a reference list takes its unit
    -- when it is called, which is a fact and so never refused (CAP-8).
    IF (NEW.tenant_id, NEW.id, NEW.advocate_id, NEW.account_id, NEW.activity_type_id,
        NEW.origin, NEW.effort, NEW.is_reference, NEW.taken_at)
       IS DISTINCT FROM
       (OLD.tenant_id, OLD.id, OLD.advocate_id, OLD.account_id, OLD.activity_type_id,
        OLD.origin, OLD.effort, OLD.is_reference, OLD.taken_at)
       OR (NEW.units <> OLD.units
           AND NOT (OLD.units = 0 AND OLD.state = 'open' AND NEW.state = 'completed')) THEN
      RAISE EXCEPTION 'what a unit is cannot change'
        USING ERRCODE = '23514', CONSTRAINT = 'ledger_immutable';
    END IF;
    -- A completion can be voided, or earn its tier credit late (a referral that is qualified).
    IF OLD.state = 'completed' AND NEW.state = 'voided' THEN
      RETURN NEW;
    END IF;
    IF OLD.state = 'completed' AND NEW.state = 'completed' AND NEW.counts_for_tier
       AND (NEW.completed_at, NEW.detail, NEW.minutes, NEW.released_at, NEW.release_reason)
           IS NOT DISTINCT FROM
           (OLD.completed_at, OLD.detail, OLD.minutes, OLD.released_at, OLD.release_reason) THEN
      RETURN NEW;
    END IF;
    IF OLD.state <> 'open' THEN
      RAISE EXCEPTION 'a % unit is final', OLD.state
        USING ERRCODE = '23514', CONSTRAINT = 'ledger_final';
    END IF;
    IF NEW.state = 'voided' THEN
      RAISE EXCEPTION 'only a completion can be voided'
        USING ERRCODE = '23514', CONSTRAINT = 'ledger_final';
    END IF;
    -- Five minutes: the clocks of two machines are never the same.
    IF NEW.completed_at NOT BETWEEN OLD.taken_at - interval '5 minutes'
                                AND moment + interval '5 minutes' THEN
      RAISE EXCEPTION 'completed before it was taken, or in the future'
        USING ERRCODE = '23514', CONSTRAINT = 'ledger_completed_at';
    END IF;
    RETURN NEW;  -- from open to open, completed or released refuses nothing
  END IF;

  IF NEW.completed_at > moment + interval '5 minutes' THEN
    RAISE EXCEPTION 'completed in the future'
      USING ERRCODE = '23514', CONSTRAINT = 'ledger_completed_at';
  END IF;
  -- What already happened is never refused (CAP-8), what was offered takes nothing (CAP-1).
  IF NEW.origin <> 'asked' OR NEW.state <> 'open' THEN
    RETURN NEW;
  END IF;

  UPDATE advocates_accountcapacity SET version = version + 1
   WHERE tenant_id = NEW.tenant_id AND account_id = NEW.account_id;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the account has no capacity row'
      USING ERRCODE = '23514', CONSTRAINT = 'capacity_row';
  END IF;
  UPDATE advocates_capacity SET version = version + 1
   WHERE tenant_id = NEW.tenant_id AND advocate_id = NEW.advocate_id
  RETURNING allowance, reference_gap_days INTO allowed, reference_gap;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the advocate has no capacity row'
      USING ERRCODE = '23514', CONSTRAINT = 'capacity_row';
  END IF;

  SELECT * INTO STRICT policy FROM advocates_programpolicy WHERE tenant_id = NEW.tenant_id;
  SELECT * INTO STRICT kind FROM advocates_activitytype
   WHERE tenant_id = NEW.tenant_id AND id = NEW.activity_type_id;
  SELECT time_zone INTO STRICT zone FROM tenancy_tenant WHERE id = NEW.tenant_id;
  since := year_start(zone);

  SELECT coalesce(sum(p.units), 0),
         count(*) FILTER (WHERE p.activity_type_id = NEW.activity_type_id),
         count(*) FILTER (WHERE p.activity_type_id = NEW.activity_type_id
                            AND p.detail = NEW.detail),
         count(*) FILTER (WHERE p.activity_type_id = NEW.activity_type_id
                            AND p.state = 'open'),
         max(coalesce(p.completed_at, p.taken_at))
           FILTER (WHERE p.activity_type_id = NEW.activity_type_id),
         max(coalesce(p.completed_at, p.taken_at)) FILTER (WHERE p.is_reference),
         max(p.completed_at) FILTER (WHERE p.effort = 'high')
    INTO used, of_type, of_detail, type_open, type_last, reference_last, high_last
    FROM advocates_participation p
   WHERE p.tenant_id = NEW.tenant_id AND p.advocate_id = NEW.advocate_id
     AND p.state IN ('open', 'completed')
     AND (p.completed_at IS NULL OR p.completed_at >= since);

  -- CAP-1, fixed.
  IF NEW.units > 0 AND used + NEW.units > allowed THEN
    RAISE EXCEPTION 'at capacity: % of %', used, allowed
      USING ERRCODE = '23514', CONSTRAINT = 'capacity_yearly';
  END IF;
  -- CAP-2: limits of the type and the stated reference frequency.
  IF of_type >= kind.per_year THEN
    RAISE EXCEPTION '% of % a year', of_type, kind.per_year
      USING ERRCODE = '23514', CONSTRAINT = 'capacity_type_year';
  END IF;
  IF of_detail >= kind.per_detail_per_year THEN
    RAISE EXCEPTION '% of % a year for %', of_detail, kind.per_detail_per_year, NEW.detail
      USING ERRCODE = '23514', CONSTRAINT = 'capacity_type_detail';
  END IF;
  IF type_open >= kind.at_once THEN
    RAISE EXCEPTION '% of % at a time', type_open, kind.at_once
      USING ERRCODE = '23514', CONSTRAINT = 'capacity_type_at_once';
  END IF;
  -- No distance at all is no rule, whatever the clocks of two machines say.
  IF kind.gap_days > 0 AND type_last > moment - make_interval(days => kind.gap_days) THEN
    RAISE EXCEPTION 'less than % days', kind.gap_days
      USING ERRCODE = '23514', CONSTRAINT = 'capacity_type_gap';
  END IF;
  IF NEW.is_reference AND reference_gap > 0
     AND reference_last > moment - make_interval(days => reference_gap) THEN
    RAISE EXCEPTION 'less than % days between references', reference_gap
      USING ERRCODE = '23514', CONSTRAINT = 'capacity_reference_gap';
  END IF;
  -- CAP-3: recovery after a high-effort activity.
  IF policy.recovery_mode = 'block' AND (
       (policy.recovery_days > 0
        AND high_last > moment - make_interval(days => policy.recovery_days))
       OR (NEW.effort <> 'low' AND policy.recovery_low_days > 0
           AND high_last > moment - make_interval(days => policy.recovery_low_days))) THEN
    RAISE EXCEPTION 'recovering from a high-effort activity'
      USING ERRCODE = '23514', CONSTRAINT = 'capacity_recovery';
  END IF;

  -- CAP-7: pacing, counted over what was sent, whatever the answers.
  IF policy.pacing_mode = 'block' THEN
    SELECT count(*) FILTER (WHERE p.taken_at >= since),
           count(*) FILTER (WHERE p.taken_at > moment - interval '90 days'),
           max(p.taken_at)
      INTO asks_year, asks_quarter, ask_last
      FROM advocates_participation p
     WHERE p.tenant_id = NEW.tenant_id AND p.advocate_id = NEW.advocate_id
       AND p.origin = 'asked' AND p.taken_at > moment - interval '366 days';
    IF asks_year >= policy.asks_per_year OR asks_quarter >= policy.asks_per_90_days
       OR (policy.days_between_asks > 0
           AND ask_last > moment - make_interval(days => policy.days_between_asks)) THEN
      RAISE EXCEPTION 'asked too often: % a year, % in 90 days', asks_year, asks_quarter
        USING ERRCODE = '23514', CONSTRAINT = 'capacity_pacing';
    END IF;
    SELECT count(*) FILTER (WHERE last_two.release_reason IN ('declined', 'expired')),
           max(last_two.released_at)
      INTO misses, miss_last
      FROM (SELECT p.release_reason, p.released_at
              FROM advocates_participation p
             WHERE p.tenant_id = NEW.tenant_id AND p.advocate_id = NEW.advocate_id
               AND p.origin = 'asked' AND p.state <> 'open'
             ORDER BY p.taken_at DESC, p.id DESC LIMIT 2) last_two;
    IF misses = 2 AND policy.cooling_days > 0
       AND miss_last > moment - make_interval(days => policy.cooling_days) THEN
      RAISE EXCEPTION 'cooling down'
        USING ERRCODE = '23514', CONSTRAINT = 'capacity_cooling';
    END IF;
    SELECT coalesce(sum(p.units), 0), count(*) FILTER (WHERE p.state = 'open')
      INTO account_used, account_now
      FROM advocates_participation p
     WHERE p.tenant_id = NEW.tenant_id AND p.account_id = NEW.account_id
       AND p.state IN ('open', 'completed')
       AND (p.completed_at IS NULL OR p.completed_at >= since);
    IF (NEW.units > 0 AND account_used + NEW.units > policy.account_units_per_year)
       OR account_now >= policy.account_open THEN
      RAISE EXCEPTION 'the account: % a year, % open', account_used, account_now
        USING ERRCODE = '23514', CONSTRAINT = 'capacity_account';
    END IF;
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER participation_guard BEFORE INSERT OR UPDATE OR DELETE ON advocates_participation
  FOR EACH ROW EXECUTE FUNCTION guard_participation();
"""

UNGUARD = """
DROP TRIGGER IF EXISTS participation_guard ON advocates_participation;
DROP FUNCTION IF EXISTS guard_participation();
"""


class Migration(migrations.Migration):
    """Adds the guard."""

    replaces = [("advocates", "0002_guard")]
    dependencies = [("advocates", "0001_tables")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
