"""Making a scaled tenant: colleagues, past, tiers, today; each step said aloud."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random
from time import perf_counter
from typing import Any

from django.conf import settings
from django.db import connection, connections, transaction

from advocacy.events.services import record, seal_all
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.roles import Role
from advocacy.tenancy.scope import tenant_scope
from advocates.accounts.choices import TagKind
from advocates.accounts.tags import tags_named
from advocates.countries import region_of
from advocates.models import ActivityType, ProgramPolicy, Tag
from advocates.program.tiers.services import recalculate_tiers
from advocates.scoring.services import evaluate_scores
from benefits.thanks.settings import Thanking
from demo import history, world
from demo.cast import Cast
from demo.deals import make_deals
from demo.scale import (
    asking,
    companies,
    gratitude,
    joining,
    ledger,
    people,
    staff,
    wishes,
    words,
)
from demo.scale.frame import Bulk
from demo.scale.removal import MADE, OWNER
from demo.scale.staff import Staff
from demo.today import PLAYED_TODAY, play_today

Say = Callable[[str], None]

# When a tier was reached: with the completion that made it enough.
_DATE_TIERS = """
WITH given AS (
  SELECT p.advocate_id, p.completed_at,
         row_number() OVER (PARTITION BY p.advocate_id ORDER BY p.completed_at) AS count,
         sum((p.effort = 'high')::int) OVER (PARTITION BY p.advocate_id ORDER BY p.completed_at)
           AS high
    FROM advocates_participation p
   WHERE p.tenant_id = %(tenant)s AND p.state = 'completed' AND p.counts_for_tier
     AND p.completed_at >= year_start(%(zone)s)
), reached AS (
  SELECT change.id, change.advocate_id, greatest(min(given.completed_at), person.enrolled_at) AS at
    FROM advocates_tierchange change
    JOIN advocates_tier tier ON tier.tenant_id = %(tenant)s AND tier.id = change.to_tier_id
    JOIN advocates_advocate person
      ON person.tenant_id = %(tenant)s AND person.id = change.advocate_id
    JOIN given ON given.advocate_id = change.advocate_id
     AND given.count >= tier.min_activities AND given.high >= tier.min_high_effort
   WHERE change.tenant_id = %(tenant)s AND change.run_id = %(run)s
   GROUP BY change.id, change.advocate_id, person.enrolled_at
), dated AS (
  UPDATE advocates_tierchange change SET at = reached.at
    FROM reached WHERE change.tenant_id = %(tenant)s AND change.id = reached.id
)
UPDATE advocates_tierstanding standing SET since = reached.at
  FROM reached WHERE standing.tenant_id = %(tenant)s AND standing.advocate_id = reached.advocate_id
"""


@dataclass(frozen=True, slots=True)
class Scale:
    """What came of it."""

    tenant: Tenant
    sign_ins: list[Membership]
    counts: dict[str, int]


def make_scaled_tenant(
    *, people: int, slug: str, name: str, seed: int, say: Say = lambda _words: None
) -> Scale:
    """Make a tenant of ``people`` people with a year and a half of history.

    The same size, seed and address make the same people. Each step is a transaction of its own and
    is followed by fresh statistics; see :func:`_analyze`. What is interrupted stays half-made, and
    :func:`remove_scaled_tenant` removes it. Needs one session of the database for the whole of it,
    so no pooler in between. Raises :class:`DomainError` for an address that is taken.
    """
    with _step(say, "colleagues"), transaction.atomic():
        cast = staff.hire(slug=slug, name=name, people=people)
        tenant = cast.of(Role.ADMIN)[0].tenant
        with tenant_scope(tenant):
            payload = {"people": people, "seed": seed}
            record(MADE, tenant, actor=Actor.system("demo"), payload=payload)
    counts = _write_past(tenant, cast, people, seed, say)
    with _step(say, "tiers"), tenant_scope(tenant):
        counts["changes of tier"] = _give_tiers(tenant)
    with _step(say, "today's desk"), tenant_scope(tenant):
        _play_today(cast, seed)
    with _step(say, "sealed events"):
        counts["sealed events"] = seal_all(tenant.pk)
    return Scale(tenant, cast.first, counts)


def _bulk(people: int, slug: str, seed: int, cast: Staff) -> Bulk:
    policy = ProgramPolicy.objects.get()
    return Bulk(
        seed=seed,
        slug=slug,
        parameters={
            "people": people,
            "cap": policy.yearly_cap,
            "account_units": policy.account_units_per_year,
            "account_open": policy.account_open,
            "managers": _ids(cast.of(Role.PROGRAM_MANAGER)),
            "sales": _ids(cast.of(Role.SALES)),
            "csms": _ids(cast.of(Role.CSM)),
            "executives": _ids(cast.of(Role.EXECUTIVE)),
            "industries": list(words.TRADES),
            "places": len(world.PLACES),
            "jobs": len(world.JOBS),
            "outcomes": len(world.OUTCOMES),
            "use_cases": len(world.USE_CASES),
            "first_names": list(words.FIRST_NAMES),
            "last_names": list(words.LAST_NAMES),
            "starts": list(words.BRAND_STARTS),
            "ends": list(words.BRAND_ENDS),
            "products": list(world.PRODUCTS),
            "quoted": list(words.QUOTED),
            "sites": list(words.REVIEW_SITES),
            "occasions": list(words.OCCASIONS),
            "holds": list(words.HOLDS),
            "why_nominated": list(words.WHY_NOMINATED),
            "why_declined": list(words.WHY_DECLINED),
            "questions": list(world.QUESTIONS),
            "declines": list(world.DECLINES),
            "comments": list(world.COMMENTS),
            "lines": list(world.PERSONAL_LINES),
            "automatic": sorted(Thanking().automatic_types),
        },
    )


def _lay_out_vocabulary(bulk: Bulk) -> None:
    bulk.table(
        "scale_place",
        ("code", "zone", "language", "city", "region"),
        [(p.code, p.zone, p.language, p.city, region_of(p.code)) for p in world.PLACES],
    )
    bulk.table("scale_job", ("title", "seniority", "function"), world.JOBS)
    bulk.table(
        "scale_outcome",
        ("metric", "before", "after", "period", "narrative", "use_case"),
        world.OUTCOMES,
    )
    bulk.table(
        "scale_trade", ("industry", "words"), [(i, list(w)) for i, w in words.TRADES.items()]
    )
    vocabulary = {
        TagKind.PRODUCT: world.PRODUCTS,
        TagKind.USE_CASE: world.USE_CASES,
        TagKind.TOPIC: words.TOPICS,
        TagKind.COMPETITOR: world.COMPETITORS,
    }
    tags = [
        (str(kind), place, tag.name, tag.pk)
        for kind, names in vocabulary.items()
        for place, tag in enumerate(tags_named(kind, names), start=1)
    ]
    bulk.table("scale_tag", ("kind", "place", "name", "id"), tags)


def _ids(members: list[Membership]) -> list[Any]:
    return [member.pk for member in members]


def _write_past(tenant: Tenant, cast: Staff, size: int, seed: int, say: Say) -> dict[str, int]:
    counts: dict[str, int] = {}

    def drafted(bulk: Bulk) -> None:
        _lay_out_vocabulary(bulk)
        companies.draft_companies(bulk)
        people.draft_people(bulk)
        ledger.draft_ledger(bulk)
        asking.draft_requests(bulk)
        gratitude.draft_activities(bulk)

    def advocates(bulk: Bulk) -> int:
        written = people.write_people(bulk)
        wishes.write_wishes(bulk, companies=counts["accounts"])
        joining.write_ways_in(bulk)
        return written

    steps: dict[str, Callable[[Bulk], int | None]] = {
        "drafts": drafted,
        "accounts": companies.write_companies,
        "advocates": advocates,
        "finished units": ledger.write_finished,
        "open units": ledger.write_open,
        "requests": asking.write_requests,
        "activities": gratitude.write_activities,
        "asks": asking.write_asks,
        "touchpoints": asking.write_touchpoints,
        "thank-yous": gratitude.write_thanks,
    }
    with tenant_scope(tenant):
        bulk = _bulk(size, tenant.slug, seed, cast)
    with bulk:
        for what, step in steps.items():
            with _step(say, what):
                with tenant_scope(tenant):
                    written = step(bulk)
                _analyze(bulk.take_written())
            if written is not None:
                counts[what] = written
    return counts


def _analyze(tables: list[str]) -> None:
    """Statistics at once, where the tables' owner is at hand; else autovacuum makes them later.

    For a tenant that its statistics do not know the planner takes every index for as good as any
    other, also when it looks up what a new row points at: then each of a hundred thousand rows
    reads all of the tenant's companies.
    """
    if OWNER in settings.DATABASES and tables:
        with connections[OWNER].cursor() as cursor:
            cursor.execute(f"ANALYZE {', '.join(tables)}")


def _give_tiers(tenant: Tenant) -> int:
    """Recalculate everybody as every night, then date what was reached to when it was."""
    with connection.cursor() as cursor:
        run = recalculate_tiers(reason="demo")
        evaluate_scores()
        cursor.execute(_DATE_TIERS, {"tenant": tenant.pk, "zone": tenant.time_zone, "run": run.pk})
    return run.changed


def _play_today(cast: Staff, seed: int) -> None:
    """What stands on Today, through the services; who is asked is found by matching."""
    dice = Random(seed)  # noqa: S311 - a story, not a secret
    players = Cast(
        cast.of(Role.PROGRAM_MANAGER)[0],
        cast.of(Role.SALES),
        cast.of(Role.CSM),
        list(Tag.objects.filter(kind=TagKind.USE_CASE)),
        dice,
    )
    deals = make_deals(players, count=PLAYED_TODAY)
    play_today(players, deals, {kind.code: kind for kind in ActivityType.objects.all()})
    history.deliver_old_mail()


@contextmanager
def _step(say: Say, what: str) -> Iterator[None]:
    start = perf_counter()
    yield
    say(f"{what:<32}{perf_counter() - start:8.1f} s")
