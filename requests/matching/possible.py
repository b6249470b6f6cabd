"""What the requester sees of those who might be asked: no name, nothing known inside (VIS-1)."""

from dataclasses import dataclass

from requests.matching.ranking import LOOKED_AT, match
from requests.models import Request

#: Enough to see whether the program has anybody, too few to find out who they are.
SHOWN = 5


@dataclass(frozen=True, slots=True)
class PossibleReference:
    """Role, industry, size, region and fit (0 to 100) of somebody who can be asked.

    There is deliberately no way from here to the person.
    """

    job_title: str
    seniority: str
    seniority_label: str
    industry: str
    segment: str
    segment_label: str
    region: str
    region_label: str
    fit: int
    is_good: bool

    @property
    def role(self) -> str:
        """What they do."""
        return self.job_title or self.seniority_label

    @property
    def company(self) -> str:
        """What kind of company it is."""
        parts = (self.industry, self.segment_label, self.region_label)
        return " · ".join(part for part in parts if part)


def possible_references(request: Request) -> list[PossibleReference]:
    """The first of those the program would ask, as far as sales may know of them: who can be asked
    without reservation before who cannot, and who fits before who fits in part.
    """
    found = match(request, limit=LOOKED_AT).ranked
    codes = [{reason.code for reason in each.warnings} for each in found]
    # What is to be said of every one of them is normal here.
    usual = set.intersection(*codes) if len(codes) > 1 else set()
    order = sorted(
        range(len(found)), key=lambda place: (not found[place].is_good, bool(codes[place] - usual))
    )
    found = [found[place] for place in order]
    return [
        PossibleReference(
            job_title=found.advocate.job_title,
            seniority=found.advocate.seniority,
            seniority_label=str(found.advocate.get_seniority_display()),
            industry=found.account.industry,
            segment=found.account.segment,
            segment_label=str(found.account.get_segment_display()),
            region=found.account.region,
            region_label=str(found.account.get_region_display()),
            fit=found.score,
            is_good=found.is_good,
        )
        for found in found[:SHOWN]
    ]
