"""What of the library fits a deal best: its industry, size, products and use cases, and its words
(EVD-1.c, REQ-4.b).
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from django.db.models import Case, Count, IntegerField, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from activities.assets.models import Asset
from activities.assets.selectors import sees_workshop
from activities.evidence.hits import Hit, hit_of_asset
from activities.evidence.models import Passage
from activities.evidence.selectors import Wanted, find_evidence, usable_assets
from advocacy.tenancy.models import Membership
from advocates.models import AccountTag, Tag
from requests.models import Opportunity, Request
from requests.requests.filling import Known, known_of

#: Points for the same industry, each product or use case shared, and the same size; a passage that
#: answers the deal's words best has as many as this.
_INDUSTRY, _TAG, _SIZE, _WORDS = 3.0, 2.0, 1.0, 4.0
#: So many of what fits by its customer are weighed, and of what fits by its words.
_LOOKED_AT = 40
#: Below this, it is content and no answer.
_WORTH = 1.5


@dataclass(frozen=True, slots=True)
class Need:
    """What is known of a deal or a request."""

    industry: str = ""
    segment: str = ""
    competitor: str = ""
    questions: str = ""
    language: str = ""
    tags: tuple[Tag, ...] = ()

    @property
    def words(self) -> str:
        """As a question: what they want to know, else what the deal is about."""
        about = " ".join([*(tag.name for tag in self.tags), self.competitor])
        return f"{self.questions} {about}".strip() or self.industry

    @property
    def says_anything(self) -> bool:
        """Whether anything can fit."""
        return bool(self.words or self.segment)


@dataclass(frozen=True, slots=True)
class Fit:
    """A piece, why it fits, and its passage: the one that answers, else where it begins."""

    asset: Asset
    points: float
    why: list[str]
    hit: Hit | None


def need_of_deal(member: Membership, deal: Opportunity | None, known: Known | None = None) -> Need:
    """What its account says, else the last request for the same company."""
    found = known if known is not None else known_of(member, deal)
    values = found.values
    return Need(
        industry=values.get("industry", ""),
        segment=values.get("segment", ""),
        competitor=values.get("competitor", ""),
        language=values.get("language", ""),
        tags=found.tags,
    )


def need_of_request(request: Request) -> Need:
    """What it says itself."""
    return Need(
        industry=request.industry,
        segment=request.segment,
        competitor=request.competitor,
        questions=" ".join(request.questions.split()),
        language=request.language,
        tags=tuple(link.tag for link in request.request_tags.select_related("tag")),
    )


def best_answers(member: Membership, need: Need) -> list[Hit]:
    """Every kind of evidence for a deal, by its words, that may be used."""
    if not need.words:
        return []
    return find_evidence(member, Wanted(need.words, shareable=True, near=need.industry))


def best_assets(
    member: Membership, need: Need, *, most: int = 3, hits: Iterable[Hit] | None = None
) -> list[Fit]:
    """The pieces that fit best and may be used, the best first; none where nothing fits."""
    if not need.says_anything:
        return []
    if hits is None:
        hits = best_answers(member, need)
    by_words = {hit.asset.pk: hit for hit in hits if hit.asset is not None}
    alike = _alike(member, need)
    shared = _shared(need, {asset.advocate.account_id for asset in alike.values()})  # type: ignore[attr-defined]
    for hit in by_words.values():
        alike.setdefault(hit.asset.pk, hit.asset)  # type: ignore[union-attr, arg-type]
    found = [
        _fit(asset, need, shared.get(asset.advocate.account_id, []), by_words.get(pk))  # type: ignore[attr-defined]
        for pk, asset in alike.items()
    ]
    worth = [fit for fit in found if fit.points >= _WORTH]
    worth.sort(key=lambda fit: (-fit.points, _age(fit.asset), str(fit.asset.pk)))
    return _with_beginnings(member, worth[:most])


def _with_beginnings(member: Membership, fits: list[Fit]) -> list[Fit]:
    """Whatever fits by its customer alone shows where it begins."""
    bare = [fit.asset.pk for fit in fits if fit.hit is None]
    rows = Passage.objects.filter(object_id__in=bare, position=0)
    first = {row.object_id: row for row in rows}
    inside, found = sees_workshop(member), []
    for fit in fits:
        begins = first.get(fit.asset.pk) if fit.hit is None else None
        if begins is None:
            found.append(fit)
            continue
        pieces = [(begins.text, False)]
        hit = hit_of_asset(fit.asset, begins, pieces, 0.0, inside=inside)
        found.append(replace(fit, hit=hit))
    return found


def _age(asset: Asset) -> float:
    return -asset.confirmed_at.timestamp() if asset.confirmed_at else 0.0


def _alike(member: Membership, need: Need) -> dict[uuid.UUID, Asset]:
    """Pieces of customers like this one."""

    def one(points: int, **same: str) -> Case:
        whens = [When(**same, then=Value(points))] if all(same.values()) else []
        return Case(*whens, default=Value(0), output_field=IntegerField())

    industry = one(3, advocate__account__industry__iexact=need.industry)
    size = one(1, advocate__account__segment=need.segment)
    tags = (
        AccountTag.objects.filter(
            account=OuterRef("advocate__account"), tag__in=[tag.pk for tag in need.tags]
        )
        .order_by()
        .values("account")
        .annotate(n=Count("pk"))
        .values("n")
    )
    rows = usable_assets(member, shareable=True).annotate(
        alike=industry + size + 2 * Coalesce(Subquery(tags[:1]), 0)
    )
    rows = rows.filter(alike__gt=0).order_by("-alike", "-confirmed_at", "pk")[:_LOOKED_AT]
    return {row.pk: row for row in rows}


def _shared(need: Need, accounts: Collection[uuid.UUID]) -> dict[uuid.UUID, list[str]]:
    found: dict[uuid.UUID, list[str]] = defaultdict(list)
    names = {tag.pk: tag.name for tag in need.tags}
    if names and accounts:
        rows = AccountTag.objects.filter(account__in=accounts, tag__in=names)
        for account, tag in rows.order_by("tag__name").values_list("account_id", "tag_id"):
            found[account].append(names[tag])
    return found


def _fit(asset: Asset, need: Need, shared: list[str], hit: Hit | None) -> Fit:
    points, why, company = 0.0, [], asset.advocate.account
    if need.industry and company.industry.casefold() == need.industry.casefold():
        points += _INDUSTRY
        why.append(_("same industry"))
    if shared:
        points += _TAG * len(shared)
        why.append(", ".join(shared))
    if need.segment and company.segment == need.segment:
        points += _SIZE
        why.append(_("same size"))
    if hit is not None:
        points += _WORDS * hit.score
        why.append(_("answers in its words"))
    return Fit(asset, points, why, hit)
