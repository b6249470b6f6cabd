"""How the tenant's own rows spell what a request says.

Whether two words are the same is decided in one place, :func:`~requests.matching.criteria.folded`,
in Python: case and spaces of every script, whatever the database's locale. So the spellings in use
are looked up first, and SQL compares with ``=``.
"""

import functools
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.db.models import F, Func, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Collate, Length, Lower, StrIndex
from django.db.models.lookups import GreaterThan

from advocates.accounts.choices import TagKind
from advocates.models import Account, Advocate, BlockedCompany, Tag
from requests.matching.criteria import Criteria, folded
from requests.models import Request

#: Zones no further apart than this share at least half of a working day.
NEAR = timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the facts compare with."""

    industries: list[str]
    functions: list[str]
    zones: list[str]
    #: Companies that are the prospect or the competitor, as accounts and as advocates spell them.
    prospects: list[str]
    competitors: list[str]
    avoided: list[str]
    #: Tags that say "competes with the prospect".
    competing: list[uuid.UUID]
    #: Requests of the same deal, this one among them.
    requests: list[uuid.UUID]


def vocabulary_of(criteria: Criteria) -> Vocabulary:
    """Look the spellings up; a query for each kind of word the request gives."""
    prospects = {criteria.prospect, criteria.other_prospect_name} - {""}
    competitors = {criteria.competitor} - {""}
    accounts = _names(Account.objects.all(), prospects | competitors)
    return Vocabulary(
        industries=_words(Account.objects.all(), "industry", criteria.industry),
        functions=_words(Advocate.objects.all(), "function", criteria.function),
        zones=near(criteria.zone, criteria.now) if criteria.zone else [],
        prospects=_meaning(accounts, prospects),
        competitors=_meaning(accounts, competitors),
        avoided=_meaning(_names(BlockedCompany.objects.all(), prospects), prospects),
        competing=_competing(prospects),
        requests=_same_deal(criteria),
    )


def _meaning(spellings: Iterable[str], wanted: Collection[str]) -> list[str]:
    return [spelling for spelling in spellings if folded(spelling) in wanted]


def _words(rows: QuerySet[Any], column: str, wanted: str) -> list[str]:
    """Spellings of a word of which there are few: an index holds them."""
    if not wanted:
        return []
    return _meaning(rows.order_by().values_list(column, flat=True).distinct(), {wanted})


def _names(rows: QuerySet[Any], wanted: Collection[str]) -> list[str]:
    """Names that may be spellings of those wanted.

    Nearly every row has a name of its own, so PostgreSQL leaves most out before anything is
    folded. A name of ASCII letters alone can only mean one that begins with the same word; only
    for ASCII is lower case the same in every locale, so all other names are looked at.
    """
    if not wanted:
        return []
    may_mean = ~Q(letters=F("octets"))
    bare = Lower(Collate("name", "C"))
    for name in wanted:
        may_mean |= Q(GreaterThan(StrIndex(bare, Value(name.split()[0])), 0))
    octets = Func(F("name"), function="octet_length", output_field=IntegerField())
    return list(
        rows.alias(letters=Length("name"), octets=octets)
        .filter(may_mean)
        .order_by()
        .values_list("name", flat=True)
        .distinct()
    )


def _competing(prospects: Collection[str]) -> list[uuid.UUID]:
    if not prospects:
        return []
    tags = Tag.objects.filter(kind=TagKind.COMPETITOR).values_list("pk", "name")
    return [pk for pk, name in tags if folded(name) in prospects]


def _same_deal(criteria: Criteria) -> list[uuid.UUID]:
    if criteria.opportunity_id is None:
        return [criteria.request_id]
    of_deal = Request.objects.filter(opportunity=criteria.opportunity_id)
    return [criteria.request_id, *of_deal.order_by().values_list("pk", flat=True)]


def near(zone: ZoneInfo, now: datetime) -> list[str]:
    """Names of the zones that are near one at a moment."""
    here = now.astimezone(zone).utcoffset() or timedelta()
    return [
        name
        for name, other in _zones().items()
        if abs((now.astimezone(other).utcoffset() or timedelta()) - here) <= NEAR
    ]


@functools.cache
def _zones() -> dict[str, ZoneInfo]:
    return {name: ZoneInfo(name) for name in sorted(available_timezones())}
