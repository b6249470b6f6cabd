"""What a request gives to match by, and how much each criterion counts (MAT-1)."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from advocacy import clock
from advocates.accounts.sizes import segment_of
from advocates.models import ActivityType, ProgramPolicy
from requests.models import MatchingWeights, Request

#: Criteria in the order in which they are shown.
CRITERIA = ("industry", "use_case", "size", "persona", "region", "relationship", "rotation")


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
        """Whether whoever is asked is chosen by nothing that tells whether they are happy: health,
        answers, tier (BEN-4, fixed).
        """
        return self.activity_type.is_review

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
    row = rows.get(activity_type_id) or rows.get(None) or MatchingWeights()
    return {name: getattr(row, name) for name in CRITERIA}


def criteria_of(request: Request) -> Criteria:
    """Read a request once: three queries, whatever the number of advocates."""
    policy = ProgramPolicy.objects.first() or ProgramPolicy()
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
        tags={row.tag_id: row.tag.name for row in request.request_tags.select_related("tag").all()},
        weights=weights_for(request.activity_type_id)
        | ({"relationship": 0} if request.activity_type.is_review else {}),
        policy=policy,
        today=clock.today(request.tenant.zone),
        now=clock.now(),
    )
