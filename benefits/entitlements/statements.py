"""Who is owed what by their tier, and who is not any more: one set-based statement each (BEN-2.a).

Every statement may run twice, at once, or stop half-way: a period of an entitlement is granted once
to a person by a unique rule, and its day follows from what is there and not from when it runs.

A period begins on the day of the month on which the first one did, in a shorter month on its last:
after 31 January and 28 February comes 31 March.
"""


def _length(of: str) -> str:
    last = f"date_trunc('month', {of}) + interval '1 month' - interval '1 day'"
    return f"extract(day FROM {last})::int"


def months_gone(until: str) -> str:
    """SQL: how many whole months lie between ``base_on`` and a day, by ``day_of_month``."""
    return f"""greatest((12 * (extract(year FROM {until}) - extract(year FROM base_on))
          + extract(month FROM {until}) - extract(month FROM base_on))::int
          - CASE WHEN extract(day FROM {until}) < least(day_of_month, {_length(until)})
                 THEN 1 ELSE 0 END, 0)"""


def months_later(count: str) -> str:
    """SQL: the day so many months after ``base_on``, by ``day_of_month``."""
    month = f"(date_trunc('month', base_on) + make_interval(months => {count}))"
    return f"({month}::date + (least(day_of_month, {_length(month)}) - 1))"


#: SQL: on which day of a month periods begin. What begins on a month's last day may have begun on a
#: later one, where that month was longer.
DAY_OF_MONTH = f"""CASE
           WHEN extract(day FROM base_on)::int = {_length("base_on")}
           THEN greatest(extract(day FROM least(first_on, entered_on)),
                         extract(day FROM base_on))::int
           ELSE extract(day FROM base_on)::int
         END"""

#: SQL: whether a grant of ``g`` counts as had by a standing ``s``. What was called off by hand is
#: not owed again to who stands there still; what ended was access, or is material and theirs.
IS_HAD = """(g.ended_on IS NULL OR b.category = ANY(%(material)s) AND g.state <> 'cancelled')
         AND (g.state <> 'cancelled'
              OR g.period_on >= (s.since AT TIME ZONE %(zone)s)::date)"""

# Who was on the tier long before it brought this gets the period that runs, and none for the past.
# What is material is owed once a period, also to who left the tier and came back; access that ended
# begins anew. What was called off by hand is not granted again for its period, but for the next.
_TODAY = "%(today)s::date"
GRANT = f"""
WITH owed AS (
  SELECT DISTINCT ON (s.advocate_id, e.benefit_id)
         e.id AS entitlement_id, e.benefit_id, e.every_months, e.is_automatic, s.advocate_id,
         c.id AS account_id,
         b.cost, b.value, b.category, b.needs_approval, b.stock, had.period_on AS had_on,
         had.first_on,
         (s.since AT TIME ZONE %(zone)s)::date AS entered_on,
         COALESCE((SELECT m.id FROM tenancy_membership m
                    WHERE m.tenant_id = c.tenant_id AND m.id = c.owner_id AND m.is_active),
                  %(manager)s::uuid) AS owner_id
    FROM advocates_tierstanding s
    JOIN advocates_advocate a ON a.tenant_id = s.tenant_id AND a.id = s.advocate_id
    JOIN advocates_account c ON c.tenant_id = a.tenant_id AND c.id = a.account_id
    JOIN benefits_entitlement e
      ON e.tenant_id = s.tenant_id AND e.tier_id = s.tier_id AND e.is_on
     AND e.segment IN ('', c.segment)
    JOIN benefits_benefit b ON b.tenant_id = e.tenant_id AND b.id = e.benefit_id AND b.is_on
    LEFT JOIN LATERAL (
      SELECT max(g.period_on) AS period_on, min(g.period_on) AS first_on FROM benefits_grant g
       WHERE g.tenant_id = s.tenant_id AND g.advocate_id = s.advocate_id
         AND g.benefit_id = e.benefit_id AND g.entitlement_id IS NOT NULL
         AND {IS_HAD}
    ) had ON true
   WHERE s.tenant_id = %(tenant)s AND a.erased_at IS NULL AND s.since IS NOT NULL
     AND (%(ids)s::uuid[] IS NULL OR s.advocate_id = ANY(%(ids)s::uuid[]))
     AND NOT (b.category = ANY(%(gifts)s) AND c.gifts_allowed IS FALSE)
   ORDER BY s.advocate_id, e.benefit_id, e.segment DESC
), due AS (
  SELECT owed.*,
         CASE
           WHEN every_months = 0 THEN CASE WHEN had_on IS NULL THEN entered_on END
           ELSE {months_later(f"every_months * (({months_gone(_TODAY)}) / every_months)")}
         END AS period_on
    FROM (SELECT based.*, {DAY_OF_MONTH} AS day_of_month
            FROM (SELECT owed.*, COALESCE(had_on, entered_on) AS base_on FROM owed) based) owed
)
INSERT INTO benefits_grant
       (id, tenant_id, benefit_id, advocate_id, occasion, cost, value, owner_id, due_on, state,
        waits_for, proportion, beyond_reason, reason, entitlement_id, period_on, is_double,
        approved_at, delivered_at, account_id, created_at)
SELECT gen_random_uuid(), %(tenant)s, benefit_id, advocate_id, '', cost, value, owner_id,
       %(due)s::date,
       CASE WHEN NOT is_plain THEN 'planned' WHEN is_automatic THEN 'delivered' ELSE 'approved' END,
       '{{}}', '', '', '', entitlement_id, period_on, false,
       CASE WHEN is_plain THEN %(now)s::timestamptz END,
       CASE WHEN is_plain AND is_automatic THEN %(now)s::timestamptz END,
       CASE WHEN is_plain AND is_automatic THEN account_id END,
       %(now)s::timestamptz
  FROM (SELECT due.*, cost = 0 AND stock IS NULL AND NOT needs_approval
                      AND NOT category = ANY(%(gifts)s) AS is_plain FROM due) due
 WHERE period_on IS NOT NULL AND (had_on IS NULL OR period_on > had_on)
ON CONFLICT (tenant_id, entitlement_id, benefit_id, advocate_id, period_on)
      WHERE ended_on IS NULL AND entitlement_id IS NOT NULL AND NOT is_double DO NOTHING
RETURNING id
"""  # noqa: S608 - expressions of our own

# Whose tier, or segment, brings it no more. What is promised is cancelled, access ends; a gift
# that arrived is theirs.
END = """
WITH leaving AS (
  SELECT g.id, g.state, g.benefit_id, g.took_stock
    FROM benefits_grant g
    JOIN benefits_benefit b ON b.tenant_id = g.tenant_id AND b.id = g.benefit_id
    JOIN advocates_advocate a ON a.tenant_id = g.tenant_id AND a.id = g.advocate_id
    JOIN advocates_account c ON c.tenant_id = a.tenant_id AND c.id = a.account_id
   WHERE g.tenant_id = %(tenant)s AND g.entitlement_id IS NOT NULL AND g.ended_on IS NULL
     AND (%(ids)s::uuid[] IS NULL OR g.advocate_id = ANY(%(ids)s::uuid[]))
     AND (g.state IN ('planned', 'approved', 'ordered')
          OR (g.state IN ('delivered', 'confirmed') AND NOT b.category = ANY(%(material)s)))
     AND NOT EXISTS (
       SELECT 1 FROM advocates_tierstanding s
         JOIN benefits_entitlement e ON e.tenant_id = s.tenant_id AND e.tier_id = s.tier_id
        WHERE s.tenant_id = g.tenant_id AND s.advocate_id = g.advocate_id
          AND e.benefit_id = g.benefit_id AND e.segment IN ('', c.segment))
   ORDER BY g.id
     FOR UPDATE OF g
), ended AS (
  UPDATE benefits_grant g
     SET state = CASE WHEN leaving.state IN ('delivered', 'confirmed') THEN g.state
                      ELSE 'cancelled' END,
         waits_for = '{}', ended_on = %(today)s,
         took_stock = g.took_stock AND leaving.state IN ('delivered', 'confirmed')
    FROM leaving
   WHERE g.tenant_id = %(tenant)s AND g.id = leaving.id
  RETURNING g.id
), back AS (
  UPDATE benefits_benefit b SET stock = b.stock + freed.count
    FROM (SELECT benefit_id, count(*) AS count FROM leaving
           WHERE took_stock AND state IN ('approved', 'ordered') GROUP BY benefit_id) freed
   WHERE b.tenant_id = %(tenant)s AND b.id = freed.benefit_id AND b.stock IS NOT NULL
)
SELECT id FROM ended
"""
