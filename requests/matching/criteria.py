"""What a request gives to match by, and how much each criterion counts (MAT-1)."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self
from zoneinfo import ZoneInfo

from advocacy import clock
from advocates.accounts.sizes import segment_of
from advocates.changes import tenant_today
from advocates.models import ActivityType, ProgramPolicy
from requests.models import MatchingWeights, Request, RequestTag

#: Criteria in the order in which they are shown.
CRITERIA = ("industry", "use_case", "size", "persona", "region", "relationship", "rotation")


#: BEN-4, fixed: whoever is asked for these is chosen by nothing that tells whether they are happy.
NEUTRAL = frozenset({"review"})


def folded(text: str) -> str:
    """A text for comparing: case and stray spaces do not matter."""
    return " ".join(text.casefold().split())


@dataclass(frozen=True, slots=True, eq=False)
class Criteria:
    """Everything matching reads from a request, taken once; only itself is equal to it."""

    request_id: uuid.UUID
    activity_type: ActivityType
    detail: str
    opportunity_id: uuid.UUID | None
    prospect_account_id: str | None
    prospect: str
    other_prospect_name: str
    competitor: str
    industry: str
    segment: str
    employees: int | None
    country: str
    region: str
    language: str
    function: str
    seniority: str
    zone: ZoneInfo | None
    tags: Mapping[uuid.UUID, str]
    weights: Mapping[str, int]
    policy: ProgramPolicy
    today: date
    now: datetime

    @property
    def is_neutral(self) -> bool:
        """Whether health, answers and tier must not count (BEN-4)."""
        return self.activity_type.code in NEUTRAL

    @property
    def given(self) -> frozenset[str]:
        """The criteria this request gives; the others are dropped and the rest renormalised."""
        return frozenset(
            name
            for name, is_given in {
                "industry": bool(self.industry),
                "use_case": bool(self.tags),
                "size": bool(self.segment),
                "persona": bool(self.function or self.seniority),
                "region": bool(self.region or self.country or self.zone),
                # About the advocate alone, whatever the request says.
                "relationship": not self.is_neutral,
                "rotation": True,
            }.items()
            if is_given
        )

    @property
    def total_weight(self) -> int:
        """Sum of the weights that count."""
        return sum(self.weights[name] for name in self.given)


def weights_for(activity_type_id: uuid.UUID | None) -> dict[str, int]:
    """The tenant's weights for a type: its own, else the general ones, else the spec's."""
    rows = {row.activity_type_id: row for row in MatchingWeights.objects.all()}
    return Standards(ProgramPolicy(), rows).weights_for(activity_type_id)


@dataclass(frozen=True, slots=True)
class Standards:
    """What all requests of a tenant are matched by, read once for as many as there are."""

    policy: ProgramPolicy
    weights: Mapping[uuid.UUID | None, MatchingWeights]

    @classmethod
    def read(cls) -> Self:
        """Two queries."""
        rows = {row.activity_type_id: row for row in MatchingWeights.objects.all()}
        return cls(ProgramPolicy.objects.first() or ProgramPolicy(), rows)

    def weights_for(self, activity_type_id: uuid.UUID | None) -> dict[str, int]:
        """A type's own weights, else the general ones, else the spec's."""
        row = self.weights.get(activity_type_id) or self.weights.get(None) or MatchingWeights()
        return {name: getattr(row, name) for name in CRITERIA}

    def weights_of(self, kind: ActivityType) -> dict[str, int]:
        """What counts when somebody is sought for a type (BEN-4)."""
        neutral = {"relationship": 0} if kind.code in NEUTRAL else {}
        return self.weights_for(kind.pk) | neutral


def criteria_of_type(kind: ActivityType, standards: Standards | None = None) -> Criteria:
    """Of a type alone, whoever it may be for: what keeps people from being asked for it at all."""
    standards = standards or Standards.read()
    return Criteria(
        request_id=uuid.UUID(int=0),
        activity_type=kind,
        detail="",
        opportunity_id=None,
        prospect_account_id=None,
        prospect="",
        other_prospect_name="",
        competitor="",
        industry="",
        segment="",
        employees=None,
        country="",
        region="",
        language="",
        function="",
        seniority="",
        zone=None,
        tags={},
        weights=standards.weights_of(kind),
        policy=standards.policy,
        today=tenant_today(),
        now=clock.now(),
    )


def _tags_of(request: Request) -> Iterable[RequestTag]:
    """With their names; read already where somebody did for many requests."""
    links = request.request_tags.all()
    read = "request_tags" in getattr(request, "_prefetched_objects_cache", {})
    return links if read else links.select_related("tag")


def criteria_of(request: Request, standards: Standards | None = None) -> Criteria:
    """Read a request once: three queries, whatever the number of advocates; one where the
    ``standards`` were read before.
    """
    standards = standards or Standards.read()
    opportunity = request.opportunity
    account = opportunity.account if opportunity else None
    prospect = folded(request.prospect)
    other = folded(account.name) if account else ""
    return Criteria(
        request_id=request.pk,
        activity_type=request.activity_type,
        detail=request.detail,
        opportunity_id=request.opportunity_id,
        prospect_account_id=str(account.pk) if account else None,
        prospect=prospect,
        other_prospect_name=other if other != prospect else "",
        competitor=folded(request.competitor),
        industry=folded(request.industry),
        segment=request.segment or segment_of(request.employees),
        employees=request.employees,
        country=request.country,
        region=request.region,
        language=request.language.split("-")[0].lower(),
        function=folded(request.persona_function),
        seniority=request.persona_seniority,
        zone=ZoneInfo(request.time_zone) if request.time_zone else None,
        tags={row.tag_id: row.tag.name for row in _tags_of(request)},
        weights=standards.weights_of(request.activity_type),
        policy=standards.policy,
        today=clock.today(request.tenant.zone),
        now=clock.now(),
    )
