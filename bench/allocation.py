"""Proposing for all open requests at once (MAT-4).

Measured is the whole plan: everybody who fits each of 200 requests, the best allocation, and first
come, first served beside it. The floor is the ranking of each request as its page shows it, which
whoever asks one by one needs anyway.
"""

from collections.abc import Iterator
from datetime import timedelta

from advocacy import clock
from advocacy.tenancy.roles import Role
from advocacy.tenancy.scope import tenant_scope
from advocates.models import ActivityType
from bench.place import Place
from bench.report import Line, least
from demo.world import PLACES
from requests.allocation.plan import Plan, make_plan
from requests.matching.ranking import match
from requests.models import Request
from requests.requests.choices import RequestState
from requests.requests.selectors import to_allocate

REQUESTS = 200
_INDUSTRIES = ("Healthcare", "Finance", "Education", "Manufacturing", "Retail")
_FUNCTIONS = ("IT", "Finance", "Marketing", "Operations")


def run(place: Place) -> Iterator[Line]:
    """The plan and the rankings, in turn."""
    with tenant_scope(place.tenant):
        _open(place)

    def scope():  # type: ignore[no-untyped-def]
        return tenant_scope(place.tenant, read_only=True)

    found: list[Plan] = []
    plan, floor = float("inf"), float("inf")
    for _round in range(place.sizes.rounds):
        plan = min(plan, least(lambda: found.append(make_plan()), 1, scope))
        floor = min(floor, least(_one_by_one, 1, scope))
    ours, theirs = found[-1].gets, found[-1].first_come
    if len({each.fingerprint for each in found}) > 1:
        raise SystemExit("the same requests and people gave two plans")
    yield Line(
        f"a plan for {len(found[-1].lines)} requests",
        plan,
        floor,
        "ms",
        f"{ours.filled} of {found[-1].places} places, fit {ours.fit:,}"
        f" (first come: {theirs.filled}, {theirs.fit:,})",
    )


def _one_by_one() -> None:
    for request in to_allocate():
        match(request)


def _open(place: Place) -> None:
    """Two hundred requests, and none beside them."""
    Request.objects.filter(state__in=[RequestState.SUBMITTED, RequestState.OUTREACH]).update(
        state=RequestState.CANCELLED
    )
    kind, now = ActivityType.objects.get(code="reference_call"), clock.now()
    for n in range(REQUESTS):
        there = PLACES[n % len(PLACES)]
        Request(
            number=900_000 + n,
            activity_type=kind,
            needed_count=1 + n % 2,
            needed_by=now.date() + timedelta(days=3 + n % 30),
            prospect=f"Benchmark {n}",
            industry=_INDUSTRIES[n % len(_INDUSTRIES)],
            persona_function=_FUNCTIONS[n % len(_FUNCTIONS)],
            time_zone=there.zone,
            requester=place.staff[Role.SALES],
            state=RequestState.SUBMITTED,
            submitted_at=now,
        ).save()
