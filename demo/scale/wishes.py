"""What people allow, refuse and consented to, and when they rest (ADV-2, ADV-4, VIS-1)."""

from advocates.models import Blackout, BlockedCompany, Consent, Preference, TypePreference
from demo.scale.frame import Bulk

# Given when they joined; some have ended, a few were taken back.
_CONSENTS = """
SELECT p.n * 10 + u.place AS n, p.id AS advocate, p.first || ' ' || p.last AS by, u.use,
       p.enrolled_at::date AS given_on,
       CASE WHEN pg_temp.roll(p.n * 10 + u.place, 'runs out') < 0.3
            THEN greatest(p.enrolled_at::date,
                   clock()::date - 60 + floor(pg_temp.roll(p.n, 'until') * 900)::int) END AS until,
       CASE WHEN pg_temp.roll(p.n * 10 + u.place, 'withdrawn') < 0.01
            THEN clock()::date - 1 END AS withdrawn_on
  FROM scale_person p
 CROSS JOIN (VALUES (1, 'reference_pool', 0.6), (2, 'quote', 0.35), (3, 'logo', 0.25),
                    (4, 'email', 0.7), (5, 'employer', 0.2)) u (place, use, share)
 WHERE p.enrolled AND pg_temp.roll(p.n * 10 + u.place, 'consents') < u.share
"""


def write_wishes(bulk: Bulk, *, companies: int) -> None:
    """What they allow, and when they rest (ADV-2, ADV-4, VIS-1)."""
    bulk.insert(
        Preference,
        "scale_person",
        id="pg_temp.key('preference', n)",
        advocate="id",
        # Only who is or was in the program has been asked.
        comforts="CASE WHEN enrolled_at IS NULL THEN ARRAY[]::text[] ELSE comforts END",
        reference_frequency="wished",
        yearly_cap="own_cap",
        snoozed_until="CASE WHEN enrolled AND pg_temp.roll(n, 'snoozed') < 0.03"
        " THEN clock()::date + 3 + floor(pg_temp.roll(n, 'snooze') * 80)::int END",
        appreciation="CASE WHEN enrolled_at IS NULL THEN ARRAY[]::text[] ELSE ARRAY[pg_temp.pick("
        "ARRAY['recognition', 'access', 'networking', 'influence', 'personal_brand', 'charity'],"
        " pg_temp.roll(n, 'likes'))] END",
        channel="pg_temp.pick(ARRAY['email', 'email', 'email', 'phone', 'csm'],"
        " pg_temp.roll(n, 'channel'))",
    )
    bulk.insert(
        TypePreference,
        "scale_person p JOIN advocates_activitytype kind ON kind.code = p.refuses",
        id="pg_temp.key('refusal', p.n)",
        advocate="p.id",
        activity_type="kind.id",
        accepted="false",
    )
    bulk.insert(
        Blackout,
        "scale_person WHERE enrolled AND pg_temp.roll(n, 'away') < 0.02",
        id="pg_temp.key('blackout', n)",
        advocate="id",
        starts_on="clock()::date - floor(pg_temp.roll(n, 'leaves') * 20)::int",
        ends_on="clock()::date + floor(pg_temp.roll(n, 'returns') * 30)::int",
    )
    bulk.insert(
        BlockedCompany,
        "scale_person p JOIN scale_company c"
        f" ON c.n = 1 + floor(pg_temp.roll(p.n, 'avoids') * {companies})::int"
        " WHERE p.enrolled AND pg_temp.roll(p.n, 'shy') < 0.01",
        id="pg_temp.key('blocked', p.n)",
        advocate="p.id",
        name="c.name",
    )
    bulk.insert(
        Consent,
        f"({_CONSENTS}) consent",
        id="pg_temp.key('consent', n)",
        advocate="advocate",
        use="use",
        given_by="CASE WHEN use = 'employer' THEN 'Legal department' ELSE by END",
        evidence="'Mail'",
        given_on="given_on",
        expires_on="until",
        withdrawn_on="withdrawn_on",
    )
