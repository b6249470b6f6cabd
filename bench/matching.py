"""Matching one request with everybody enrolled (MAT-1, MAT-2).

Measured are the two questions a page asks: the ranking with its reasons, and the account of
everybody who is not in it. The floor of both is one statement written by hand that filters by the
same rules, adds up the same score and returns ten rows: no words, no totals, nobody counted who is
left out. All look at the same requests, in turn.
"""

import uuid
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from advocacy import clock
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.roles import Role
from advocacy.tenancy.scope import tenant_scope
from advocates.accounts.choices import TagKind
from advocates.models import ActivityType, Tag
from bench.place import Place
from bench.report import Line, least
from demo.world import PLACES
from requests.matching.ranking import MatchResult, Tally, match, tally
from requests.models import Request
from requests.requests.details import RequestDetails
from requests.requests.services import create_request, submit_request

LIMIT = 10

_FLOOR = """
WITH given AS (
  SELECT p.advocate_id, sum(p.units) AS used,
         max(coalesce(p.completed_at, p.taken_at)) FILTER (WHERE p.is_reference) AS reference_last,
         max(p.completed_at) FILTER (WHERE p.effort = 'high') AS high_last
    FROM advocates_participation p
   WHERE p.tenant_id = %(tenant)s AND p.state IN ('open', 'completed')
     AND (p.completed_at IS NULL OR p.completed_at >= year_start(%(zone)s))
   GROUP BY p.advocate_id
), sent AS (
  SELECT p.advocate_id, count(*) AS asks_year, max(p.taken_at) AS ask_last,
         count(*) FILTER (WHERE p.taken_at > clock() - interval '90 days') AS asks_quarter
    FROM advocates_participation p
   WHERE p.tenant_id = %(tenant)s AND p.origin = 'asked' AND p.taken_at >= year_start(%(zone)s)
   GROUP BY p.advocate_id
), resting AS (
  SELECT two.advocate_id
    FROM (SELECT p.advocate_id, p.release_reason, p.released_at,
                 row_number() OVER (PARTITION BY p.advocate_id
                                    ORDER BY p.taken_at DESC, p.id DESC) AS place
            FROM advocates_participation p
           WHERE p.tenant_id = %(tenant)s AND p.origin = 'asked' AND p.state <> 'open') two
   WHERE two.place <= 2
   GROUP BY two.advocate_id
  HAVING count(*) FILTER (WHERE two.release_reason IN ('declined', 'expired')) = 2
     AND max(two.released_at) > clock() - make_interval(days => %(cooling_days)s)
), company AS (
  SELECT p.account_id, sum(p.units) AS used, count(*) FILTER (WHERE p.state = 'open') AS running
    FROM advocates_participation p
   WHERE p.tenant_id = %(tenant)s AND p.state IN ('open', 'completed')
     AND (p.completed_at IS NULL OR p.completed_at >= year_start(%(zone)s))
   GROUP BY p.account_id
), answers AS (
  SELECT k.advocate_id, avg((k.state = 'accepted')::int) AS accepted
    FROM requests_ask k
   WHERE k.tenant_id = %(tenant)s AND k.state IN ('accepted', 'declined', 'later', 'someone_else')
   GROUP BY k.advocate_id
), tagged AS (
  SELECT known.id, count(DISTINCT known.tag_id) AS n
    FROM (SELECT t.advocate_id AS id, t.tag_id FROM advocates_advocatetag t
           WHERE t.tenant_id = %(tenant)s AND t.tag_id = ANY (%(tags)s)
           UNION ALL
          SELECT a.id, t.tag_id FROM advocates_accounttag t
            JOIN advocates_advocate a ON a.tenant_id = t.tenant_id AND a.account_id = t.account_id
           WHERE t.tenant_id = %(tenant)s AND t.tag_id = ANY (%(tags)s)) known
   GROUP BY known.id
), scored AS (
  SELECT a.id, a.last_asked_at,
         floor(100 * (20 * (lower(c.industry) = %(industry)s)::int
           + 20 * coalesce(tagged.n, 0) / %(tag_count)s::float
           + 15 * CASE WHEN c.segment = %(segment)s THEN 1 ELSE 0 END
           + 10 * ((lower(a.function) = %(function)s)::int
                   + (a.seniority = %(seniority)s)::int) / 2.0
           + 10 * ((c.country = %(country)s OR c.region = %(region)s)::int
                   + (a.time_zone = ANY (%(near)s))::int) / 2.0
           + 10 * (coalesce(c.health, 0) / 200.0 + coalesce(answers.accepted, 0) / 2)
           + 15 * coalesce(least(extract(day FROM clock() - a.last_asked_at) / 180, 1), 1)
           ) / 100 + 0.5) AS score
    FROM advocates_advocate a
    JOIN advocates_account c ON c.tenant_id = a.tenant_id AND c.id = a.account_id
    JOIN advocates_capacity cap ON cap.tenant_id = a.tenant_id AND cap.advocate_id = a.id
    LEFT JOIN advocates_preference w ON w.tenant_id = a.tenant_id AND w.advocate_id = a.id
    LEFT JOIN given ON given.advocate_id = a.id
    LEFT JOIN sent ON sent.advocate_id = a.id
    LEFT JOIN company ON company.account_id = c.id
    LEFT JOIN answers ON answers.advocate_id = a.id
    LEFT JOIN tagged ON tagged.id = a.id
   WHERE a.tenant_id = %(tenant)s AND a.status = 'active'
     AND a.readiness NOT IN ('not_a_fit', 'potential')
     AND c.lifecycle = 'customer' AND c.advocacy_allowed IS NOT FALSE
     AND (c.health IS NULL OR c.health >= 60)
     AND (w.snoozed_until IS NULL OR w.snoozed_until <= clock()::date)
     AND (w.comforts = '{}' OR w.comforts @> ARRAY['private_call']::varchar[])
     AND coalesce(given.used, 0) + 1 <= cap.allowance
     AND (cap.reference_gap_days = 0 OR given.reference_last IS NULL OR given.reference_last
            <= clock() - make_interval(days => cap.reference_gap_days))
     AND (given.high_last IS NULL OR given.high_last <= clock() - interval '45 days')
     AND coalesce(sent.asks_year, 0) < 12 AND coalesce(sent.asks_quarter, 0) < 2
     AND (sent.ask_last IS NULL OR sent.ask_last <= clock() - interval '21 days')
     AND coalesce(company.used, 0) + 1 <= 12 AND coalesce(company.running, 0) < 3
     AND NOT EXISTS (SELECT FROM resting WHERE resting.advocate_id = a.id)
     AND NOT EXISTS (SELECT FROM advocates_blackout b WHERE b.tenant_id = a.tenant_id
            AND b.advocate_id = a.id AND clock()::date BETWEEN b.starts_on AND b.ends_on)
     AND NOT EXISTS (SELECT FROM advocates_typepreference t WHERE t.tenant_id = a.tenant_id
            AND t.advocate_id = a.id AND t.activity_type_id = %(kind)s AND NOT t.accepted)
     AND NOT EXISTS (SELECT FROM advocates_accounthold h WHERE h.tenant_id = a.tenant_id
            AND h.account_id = c.id AND h.lifted_at IS NULL AND h.starts_on <= clock()::date
            AND (h.ends_on IS NULL OR h.ends_on >= clock()::date))
     AND NOT EXISTS (SELECT FROM advocates_consent k WHERE k.tenant_id = a.tenant_id
            AND k.advocate_id = a.id AND k.use = 'reference_pool'
            AND (k.expires_on < clock()::date OR k.withdrawn_on <= clock()::date))
     AND NOT EXISTS (SELECT FROM requests_ask k WHERE k.tenant_id = a.tenant_id
            AND k.advocate_id = a.id AND k.request_id = %(request)s)
)
SELECT id, score FROM scored ORDER BY score DESC, last_asked_at NULLS FIRST, id LIMIT %(limit)s
"""

#: What the requests look for: something common, something of everything, something rare.
_WANTED: tuple[Mapping[str, str], ...] = (
    {"industry": "Healthcare", "country": "DE", "segment": "enterprise", "function": "IT",
     "seniority": "manager", "zone": "Europe/Berlin", "use_case": "Scheduling"},
    {"industry": "Finance", "country": "US", "segment": "mid_market", "function": "Finance",
     "seniority": "practitioner", "zone": "America/New_York", "use_case": "Forecasting"},
    {"industry": "Education", "country": "MY", "segment": "smb", "function": "Marketing",
     "seniority": "executive", "zone": "Asia/Kuala_Lumpur", "use_case": "Field service"},
)  # fmt: skip


def run(place: Place) -> Iterator[Line]:
    """Each request in turn, match and floor; the least of all rounds of each."""
    with tenant_scope(place.tenant):
        requests = [_request(place, wanted) for wanted in _WANTED]
    for request in requests:
        yield from _measure(place, request)


def _measure(place: Place, request: Request) -> Iterator[Line]:
    def scope() -> AbstractContextManager[Any]:
        return tenant_scope(place.tenant, read_only=True)

    with scope():
        parameters = _parameters(place, request)
    found: list[MatchResult] = []
    counted: list[Tally] = []
    bare: list[tuple[uuid.UUID, float]] = []
    ranking, account, floor = float("inf"), float("inf"), float("inf")
    for _round in range(place.sizes.rounds):
        ranking = min(ranking, least(lambda: found.append(_match(request)), 1, scope))
        account = min(account, least(lambda: counted.append(tally(request)), 1, scope))
        floor = min(floor, least(lambda: bare.extend(_bare(parameters)), 1, scope))
    totals = counted[-1].totals
    if totals.can_be_asked + totals.must_not + totals.poor_fit != totals.enrolled:
        raise SystemExit(f"the totals of a match do not add up: {totals}")
    ranked = found[-1].ranked
    best = ranked[0].score if ranked else 0
    what = f"{request.industry}, {request.country}"
    yield Line(
        f"a reference in {what}",
        ranking,
        floor,
        "ms",
        f"best fit {best} (floor: {bare[0][1] if bare else 0:.0f})",
    )
    yield Line(
        f"everybody else for {what}",
        account,
        floor,
        "ms",
        f"{totals.can_be_asked:,} of {totals.enrolled:,} can be asked",
    )


def _request(place: Place, wanted: Mapping[str, str]) -> Request:
    sales = Actor.member(place.staff[Role.SALES])
    details = RequestDetails(
        activity_type=ActivityType.objects.get(code="reference_call"),
        needed_by=clock.now().date() + timedelta(days=25),
        prospect="Benchmark",
        industry=wanted["industry"],
        country=wanted["country"],
        segment=wanted["segment"],
        persona_function=wanted["function"],
        persona_seniority=wanted["seniority"],
        time_zone=wanted["zone"],
        tags=tuple(Tag.objects.filter(kind=TagKind.USE_CASE, name=wanted["use_case"])),
    )
    return submit_request(actor=sales, request=create_request(actor=sales, details=details))


def _match(request: Request) -> MatchResult:
    """As a page does it: the request is read anew."""
    rows = Request.objects.select_related("activity_type", "opportunity__account", "tenant")
    return match(rows.get(pk=request.pk), limit=LIMIT)


def _parameters(place: Place, request: Request) -> dict[str, Any]:
    tags = list(request.request_tags.values_list("tag_id", flat=True))
    return {
        "tenant": place.tenant.pk,
        "zone": place.tenant.time_zone,
        "request": request.pk,
        "kind": request.activity_type_id,
        "cooling_days": 60,
        "tags": tags,
        "tag_count": max(len(tags), 1),
        "industry": request.industry.lower(),
        "segment": request.segment,
        "function": request.persona_function.lower(),
        "seniority": request.persona_seniority,
        "country": request.country,
        "region": request.region,
        "near": _near(request.time_zone),
        "limit": LIMIT,
    }


def _near(name: str) -> list[str]:
    """Time zones of the scaled tenant's people within four hours."""
    now = clock.now()
    here = now.astimezone(ZoneInfo(name)).utcoffset() or timedelta()
    return sorted(
        {
            place.zone
            for place in PLACES
            if abs((now.astimezone(ZoneInfo(place.zone)).utcoffset() or timedelta()) - here)
            <= timedelta(hours=4)
        }
    )


def _bare(parameters: Mapping[str, Any]) -> list[tuple[uuid.UUID, float]]:
    with connection.cursor() as cursor:
        # So many conditions make the planner expect a handful of people, and loop over everybody.
        cursor.execute("SET LOCAL enable_nestloop = off")
        cursor.execute(_FLOOR, parameters)
        found: list[tuple[uuid.UUID, float]] = cursor.fetchall()
        return found
