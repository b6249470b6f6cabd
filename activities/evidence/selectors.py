"""Finding evidence by a question in plain words, for one member (EVD-1)."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet

from activities.assets.leave import quotable
from activities.assets.lifecycle import AssetState
from activities.assets.models import Asset
from activities.assets.naming import shared_industries
from activities.assets.selectors import in_library, sees_workshop, with_beside
from activities.assets.times import fresh_since, is_fresh
from activities.evidence.hits import Hit, hit_of_asset, hit_of_outcome, tells_who
from activities.evidence.languages import base_of
from activities.evidence.models import Passage, SourceKind
from activities.evidence.ranking import Ranked, rank
from activities.evidence.terms import Asked, asked_in, marked
from advocacy.tenancy.models import Membership
from advocates.models import Outcome

MOST = 20
#: Of a question so many characters are read.
LONGEST = 300
#: So many passages are looked at first; where what may be seen of them is too little, four times as
#: many, and so on.
_FIRST, _TIMES, _LAST = 80, 4, 5_000
#: What answers less than this share of the best is no answer.
_WORTH = 0.2
#: A passage with a number where one is asked for; a fresh one.
_NUMBER, _FRESH = 1.2, 1.05
#: One of the same industry.
_NEAR = 1.25


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question and what narrows it; blank narrows nothing.

    ``kind`` is one of ``AssetKind`` or ``outcome``; ``shareable`` leaves out what may not be used.
    ``near`` is an industry whose answers come first, other things being equal.
    """

    question: str
    kind: str = ""
    industry: str = ""
    language: str = ""
    shareable: bool = False
    near: str = ""

    @property
    def narrows(self) -> bool:
        """Whether anything but the question is said."""
        return bool(self.kind or self.industry or self.language or self.shareable)


def find_evidence(member: Membership, wanted: Wanted, *, most: int = MOST) -> list[Hit]:
    """The best answers, one of each source, the best first. To who may not open advocates only what
    may be used (EVD-1.b, VIS-1).
    """
    asked = asked_in(wanted.question.replace("\x00", " ")[:LONGEST])
    limit = _FIRST
    while True:
        ranked = rank(asked, limit=limit)
        worth = [each for each in ranked if each.score >= ranked[0].score * _WORTH]
        found = _found(member, wanted, asked, worth)
        if len(found) >= most or len(worth) < limit or limit >= _LAST:
            return _scaled([each.hit(asked) for each in found[:most]])
        limit *= _TIMES


@dataclass(frozen=True, slots=True)
class _Found:
    """A source with the passage that answers best; a hit is made of the few that are shown."""

    source: Asset | Outcome
    passage: Passage
    score: float
    #: Whether whoever asks may open advocates, and which industries are told to the others.
    inside: bool
    shared: Collection[str]

    @property
    def order(self) -> tuple[float, str]:
        """What is fresh comes before its like."""
        source = self.source
        fresh = (
            is_fresh(source) if isinstance(source, Asset) else source.created_at >= fresh_since()
        )
        return -self.score * (_FRESH if fresh else 1.0), str(self.passage.pk)

    def hit(self, asked: Asked) -> Hit:
        """With the words marked that were looked for."""
        pieces = marked(self.passage.text, asked, self.passage.language)
        if isinstance(self.source, Asset):
            return hit_of_asset(self.source, self.passage, pieces, self.score, inside=self.inside)
        return hit_of_outcome(
            self.source, self.passage, pieces, self.score, inside=self.inside, shared=self.shared
        )


def usable_assets(member: Membership, *, shareable: bool) -> QuerySet[Asset]:
    """Content that may be answered with; ``shareable``: and be used today."""
    rows = with_beside(Asset.objects.all()).prefetch_related("advocate__consents")
    if shareable or not sees_workshop(member):
        return rows.filter(in_library())
    return rows.exclude(state=AssetState.RETIRED)


def usable_outcomes(member: Membership, *, shareable: bool) -> QuerySet[Outcome]:
    """Results that may be answered with; ``shareable``: and be quoted today."""
    rows = Outcome.objects.select_related("advocate__account", "advocate__tenant")
    rows = rows.prefetch_related("advocate__consents")
    if shareable or not sees_workshop(member):
        return rows.filter(quotable(), may_be_quoted=True)
    return rows


def _found(
    member: Membership, wanted: Wanted, asked: Asked, ranked: Iterable[Ranked]
) -> list[_Found]:
    """The best passage of each source that a member may have, the best first."""
    scores = {each.passage_id: each.score for each in ranked}
    passages = Passage.objects.filter(pk__in=scores)
    if wanted.language:
        passages = passages.filter(language=base_of(wanted.language))
    if wanted.kind:
        of = SourceKind.OUTCOME if wanted.kind == SourceKind.OUTCOME else SourceKind.ASSET
        passages = passages.filter(kind=of)
    rows = list(passages)
    assets = _sources(rows, SourceKind.ASSET, usable_assets(member, shareable=wanted.shareable))
    outcomes = _sources(
        rows, SourceKind.OUTCOME, usable_outcomes(member, shareable=wanted.shareable)
    )
    inside, shared = sees_workshop(member), set[str]()
    if not inside:
        shared = shared_industries({each.advocate.account.industry for each in outcomes.values()})
    best = dict[uuid.UUID, _Found]()
    for passage in rows:
        source = (assets if passage.kind == SourceKind.ASSET else outcomes).get(passage.object_id)
        if source is None or not _fits(source, wanted):
            continue
        if isinstance(source, Outcome) and not inside and _tells(source, passage, wanted, shared):
            continue
        score = scores[passage.pk]
        if asked.wants_number and any(sign.isdigit() for sign in passage.text):
            score *= _NUMBER
        if wanted.near and _is_of(source, wanted.near):
            score *= _NEAR
        before = best.get(passage.object_id)
        if before is None or (score, -passage.position) > (before.score, -before.passage.position):
            best[passage.object_id] = _Found(source, passage, score, inside, shared)
    return sorted(best.values(), key=lambda each: each.order)


def _tells(outcome: Outcome, passage: Passage, wanted: Wanted, shared: Collection[str]) -> bool:
    """Whether it says who it is of; that it is found by the industry of one customer does, too."""
    alone = bool(wanted.industry) and outcome.advocate.account.industry not in shared
    return alone or tells_who(outcome, f"{outcome} {passage.text}")


def _sources(rows: list[Passage], kind: str, usable: QuerySet[Any]) -> Mapping[uuid.UUID, Any]:
    ids = {row.object_id for row in rows if row.kind == kind}
    return {row.pk: row for row in usable.filter(pk__in=ids)} if ids else {}


def _fits(source: Asset | Outcome, wanted: Wanted) -> bool:
    if wanted.kind and isinstance(source, Asset) and source.kind != wanted.kind:
        return False
    return not wanted.industry or _is_of(source, wanted.industry)


def _is_of(source: Asset | Outcome, industry: str) -> bool:
    return bool(source.advocate.account.industry.casefold() == industry.casefold())


def _scaled(found: list[Hit]) -> list[Hit]:
    top = max((hit.score for hit in found), default=1.0) or 1.0
    return [replace(hit, score=round(hit.score / top, 3)) for hit in found]
