"""How the tenant's own rows spell what a request says.

Whether two words are the same is decided in one place, :func:`~requests.matching.criteria.folded`,
in Python: case and spaces of every script, whatever the database's locale. So the spellings in use
are looked up first, and SQL compares with ``=``.
"""

import functools
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self, TypeVar
from zoneinfo import ZoneInfo, available_timezones

from django.db import connection
from django.db.models import F, Func, IntegerField, Model, Q, QuerySet, Value
from django.db.models.functions import Collate, Length, Lower, StrIndex
from django.db.models.lookups import GreaterThan

from advocacy.tenancy.scope import current_tenant_id
from advocates.accounts.choices import TagKind
from advocates.models import Account, Advocate, BlockedCompany, Tag
from requests.matching.criteria import Criteria, folded

T = TypeVar("T")

#: Zones no further apart than this share at least half of a working day.
NEAR = timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class Words:
    """What the score compares with."""

    industries: list[str]
    functions: list[str]
    zones: list[str]


@dataclass(frozen=True, slots=True)
class Names:
    """What the reasons compare with."""

    #: Companies that are the prospect or the competitor, as accounts and as advocates spell them.
    prospects: list[str]
    competitors: list[str]
    #: Tags that say "competes with the prospect".
    competing: list[uuid.UUID]


def words_of(criteria: Criteria, people: Collection[Advocate] | None = None) -> Words:
    """Spellings among everybody, a query for each kind of word; or among some, without any."""
    if people is None:
        industries = _words(Account, "industry") if criteria.industry else []
        functions = _words(Advocate, "function") if criteria.function else []
    else:
        industries = list({each.account.industry for each in people})
        functions = list({each.function for each in people})
    return Words(
        industries=_meaning(industries, {criteria.industry} - {""}),
        functions=_meaning(functions, {criteria.function} - {""}),
        zones=near(criteria.zone, criteria.now) if criteria.zone else [],
    )


@dataclass(frozen=True)
class Vocabulary:
    """Every spelling in use, read once for many requests; what ``words_of`` and ``names_of`` find
    among everybody.
    """

    industries: dict[str, list[str]]
    functions: dict[str, list[str]]
    companies: dict[str, list[str]]
    competing: dict[str, list[uuid.UUID]]

    @classmethod
    def read(cls) -> Self:
        """Four statements."""
        names = Account.objects.order_by().values_list("name", flat=True)
        blocked = BlockedCompany.objects.order_by().values_list("name", flat=True)
        tags = Tag.objects.filter(kind=TagKind.COMPETITOR).values_list("name", "pk")
        return cls(
            _by_meaning((word, word) for word in _words(Account, "industry")),
            _by_meaning((word, word) for word in _words(Advocate, "function")),
            _by_meaning((name, name) for name in names.union(blocked)),
            _by_meaning(tags),
        )

    def words_of(self, criteria: Criteria) -> Words:
        """What the score of one request compares with."""
        return Words(
            industries=self.industries.get(criteria.industry, []) if criteria.industry else [],
            functions=self.functions.get(criteria.function, []) if criteria.function else [],
            zones=near(criteria.zone, criteria.now) if criteria.zone else [],
        )

    def names_of(self, criteria: Criteria) -> Names:
        """What the reasons of one request compare with."""
        prospects = {criteria.prospect, criteria.other_prospect_name} - {""}
        return Names(
            prospects=[name for word in prospects for name in self.companies.get(word, ())],
            competitors=self.companies.get(criteria.competitor, []) if criteria.competitor else [],
            competing=[tag for word in prospects for tag in self.competing.get(word, ())],
        )


def _by_meaning(spelt: Iterable[tuple[str, T]]) -> dict[str, list[T]]:
    found: defaultdict[str, list[T]] = defaultdict(list)
    for spelling, value in spelt:
        found[folded(spelling)].append(value)
    return dict(found)


def names_of(criteria: Criteria, ids: Collection[uuid.UUID] | None = None) -> Names:
    """Spellings of companies among everybody's, or among those of some; two queries."""
    prospects = {criteria.prospect, criteria.other_prospect_name} - {""}
    competitors = {criteria.competitor} - {""}
    wanted, names = prospects | competitors, list[str]()
    if wanted and ids is None:
        rows = _names(Account.objects.all(), wanted), _names(BlockedCompany.objects.all(), wanted)
        names = list(rows[0].union(rows[1]))
    elif wanted:
        with connection.cursor() as cursor:
            cursor.execute(_NAMES, {"tenant": current_tenant_id(), "ids": list(ids or ())})
            names = [name for (name,) in cursor.fetchall()]
    return Names(
        prospects=_meaning(names, prospects),
        competitors=_meaning(names, competitors),
        competing=_competing(prospects),
    )


#: Of some people: where they work, and what they do not want to be put in touch with.
_NAMES = """
SELECT c.name
  FROM advocates_account c
 WHERE c.tenant_id = %(tenant)s
   AND c.id = ANY(ARRAY(SELECT a.account_id FROM advocates_advocate a
                         WHERE a.tenant_id = %(tenant)s AND a.id = ANY(%(ids)s)))
 UNION
SELECT o.name FROM advocates_blockedcompany o
 WHERE o.tenant_id = %(tenant)s AND o.advocate_id = ANY(%(ids)s)
"""


def _meaning(spellings: Iterable[str], wanted: Collection[str]) -> list[str]:
    return [spelling for spelling in spellings if folded(spelling) in wanted]


#: From one word to the next by an index, past all rows that have it.
_NEXT = (
    "SELECT r.{column} AS word FROM {table} r WHERE r.tenant_id = %(tenant)s {after}"
    " ORDER BY r.{column} LIMIT 1"
)
_EVERY = """
WITH RECURSIVE found AS (
  ({first})
   UNION ALL
  SELECT n.word FROM found CROSS JOIN LATERAL ({following}) n
) SELECT word FROM found
"""


def _words(model: type[Model], column: str) -> list[str]:
    """The words in a column that has few different ones and an index."""
    of = {"table": model._meta.db_table, "column": column}
    sql = _EVERY.format(
        first=_NEXT.format(**of, after=""),
        following=_NEXT.format(**of, after=f"AND r.{column} > found.word"),
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, {"tenant": current_tenant_id()})
        return [word for (word,) in cursor.fetchall()]


def _names(rows: QuerySet[Any], wanted: Collection[str]) -> QuerySet[Any, str]:
    """Names that may be spellings of those wanted.

    Nearly every row has a name of its own, so PostgreSQL leaves most out before anything is
    folded. A name of ASCII letters alone can only mean one that begins with the same word; only
    for ASCII is lower case the same in every locale, so all other names are looked at.
    """
    may_mean = ~Q(letters=F("octets"))
    bare = Lower(Collate("name", "C"))
    for name in wanted:
        may_mean |= Q(GreaterThan(StrIndex(bare, Value(name.split()[0])), 0))
    octets = Func(F("name"), function="octet_length", output_field=IntegerField())
    return (
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


def near(zone: ZoneInfo, now: datetime) -> list[str]:
    """Names of the zones that are near one at a moment."""
    here = now.astimezone(zone).utcoffset() or timedelta()
    # No clock anywhere is put forward or back but at a quarter of an hour.
    quarter = now.replace(minute=now.minute // 15 * 15, second=0, microsecond=0)
    return [name for name, there in _offsets(quarter).items() if abs(there - here) <= NEAR]


@functools.lru_cache(2)
def _offsets(moment: datetime) -> dict[str, timedelta]:
    return {
        name: moment.astimezone(zone).utcoffset() or timedelta() for name, zone in _zones().items()
    }


@functools.cache
def _zones() -> dict[str, ZoneInfo]:
    return {name: ZoneInfo(name) for name in sorted(available_timezones())}
