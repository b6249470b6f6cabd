"""What matching knows of an advocate for a request, and what it compares with (MAT-1, MAT-2)."""

import uuid
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, NamedTuple, Self

from advocacy.tenancy.scope import current_tenant_id
from advocacy.tenant_settings.reading import current
from advocates.accounts.policy import (
    may_show_company,
    needs_employer,
    needs_employer_by_policy,
    shows_company,
)
from advocates.models import ActivityType, Advocate
from advocates.people.choices import ENROLLED, ConsentUse
from advocates.people.leave import consent_for
from advocates.program.catalogue.choices import Reach
from requests.matching.criteria import Criteria, Standards, criteria_of, criteria_of_type
from requests.matching.settings import Matching
from requests.matching.vocabulary import Names, Vocabulary, Words, names_of, words_of
from requests.models import Request


class Facts(NamedTuple):
    """The facts about one advocate; the numbers among them are what the score weighs."""

    id: uuid.UUID
    same_industry: int
    matched_tags: int
    #: 2 for the same segment, 1 for a similar size across its border.
    size: int
    same_function: int
    same_seniority: int
    same_place: int
    near: int
    health: int | None
    #: Asks answered in person, and how many of those with a yes (until REL-1 knows better).
    answered: int
    accepted: int
    #: Days since the last ask, as far as they count.
    rested_days: int
    #: Which of the tags asked for are the person's or the company's: a bit each.
    tags: str | None
    #: Whether any product or use case of the person or the company is known.
    knows_tags: bool
    snoozed_until: date | None
    away_until: date | None
    hold_reason: str | None
    hold_until: date | None
    speaks: str


@dataclass(frozen=True, slots=True)
class Question:
    """A request read once: what it gives, and how the tenant's rows spell that."""

    criteria: Criteria
    words: Words
    #: Where all names in use were read for many requests at once.
    known: Names | None = None

    @classmethod
    def about(
        cls,
        request: Request,
        people: Collection[Advocate] | None = None,
    ) -> Self:
        """A few queries, whatever the number of advocates; fewer when only ``people`` are meant,
        whose accounts are read already.
        """
        criteria = criteria_of(request)
        return cls(criteria, words_of(criteria, people))

    @classmethod
    def among(cls, request: Request, standards: Standards, vocabulary: Vocabulary) -> Self:
        """One of many requests, for which these were read once; a request whose tags are read asks
        for no query at all.
        """
        criteria = criteria_of(request, standards)
        return cls(criteria, vocabulary.words_of(criteria), vocabulary.names_of(criteria))

    @classmethod
    def of_type(cls, kind: ActivityType, standards: Standards | None = None) -> Self:
        """Who may be asked for a type at all, whoever asks."""
        criteria = criteria_of_type(kind, standards)
        return cls(criteria, Words([], [], []), Names([], [], []))

    def parameters(self, **more: Any) -> dict[str, Any]:
        """What the statement compares with, and what a question adds."""
        criteria, words, numbers = self.criteria, self.words, current(Matching)
        kind = criteria.activity_type
        employer, speaks = needs_employer(kind), needs_employer_by_policy(kind)
        use = consent_for(kind) or ""
        uses = [use] * bool(use) + [ConsentUse.EMPLOYER] * (employer or speaks)
        tags = list(criteria.tags)
        return {
            "tenant": current_tenant_id(),
            "enrolled": [str(status) for status in ENROLLED],
            "tags": tags,
            "bits": ["".join("01"[here == there] for here in tags) for there in tags],
            "industries": words.industries,
            "functions": words.functions,
            "zones": words.zones,
            "request": criteria.request_id,
            "opportunity": criteria.opportunity_id,
            "prospect_account": criteria.prospect_account_id,
            "segment": criteria.segment,
            "employees": criteria.employees,
            "similar": numbers.similar_size,
            "country": criteria.country,
            "region": criteria.region,
            "seniority": criteria.seniority,
            "language": criteria.language,
            "kind": kind.pk,
            "code": kind.code,
            "effort": str(kind.effort),
            "needed": list(kind.needs_comfort),
            "use": str(use),
            "uses": [str(each) for each in uses],
            "needs_employer": employer,
            "rotation": numbers.rotation_days,
            "speaks": speaks,
            "regional": kind.reach == Reach.REGIONAL,
            "shown": shows_company(kind),
            "may_be_shown": may_show_company(kind),
            # BEN-4: no rule of health for a review.
            "health_hold_below": 0 if criteria.is_neutral else criteria.policy.health_hold_below,
            "health_warn_below": 0 if criteria.is_neutral else criteria.policy.health_warn_below,
            "today": criteria.today,
            "now": criteria.now,
            **more,
        }

    def names(self, ids: Collection[uuid.UUID] | None = None) -> dict[str, Any]:
        """What else the facts compare with: spellings of companies, of everybody or of some."""
        return asdict(self.known or names_of(self.criteria, ids))
