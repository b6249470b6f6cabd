"""Many requests matched with the same people: facts read once, points added up in memory (MAT-4).

What a statement finds for one request (``ordering.in_order``), found for hundreds at a fraction of
the cost; the same points by the same table (``score.coefficients``). A test holds the two together,
and whoever is asked in the end is judged by the statement all the same (docs/decisions/0037).
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Q

from advocacy.tenancy.scope import current_tenant_id
from advocacy.tenant_settings.reading import current
from advocates.accounts.choices import TagKind
from advocates.models import AccountTag, AdvocateTag, BlockedCompany
from advocates.program.catalogue.choices import Reach
from requests.matching.facts import Facts, Question
from requests.matching.relations import IN_PERSON, RESTED, SPEAKS
from requests.matching.score import coefficients, half_of, most_of_answers
from requests.matching.settings import Matching
from requests.matching.statement import segment_sql
from requests.models import Ask, Request

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: In the order in which ties are broken: the oldest ask, then the id (MAT-1.c).
_PEOPLE = """
SELECT a.id, a.account_id, c.name, c.industry, coalesce(nullif(c.segment, ''), {segment}),
       c.country, c.region, a.function, a.seniority, a.time_zone, {speaks},
       coalesce(c.employees, 0), coalesce(c.health, 0), c.health IS NOT NULL, {rested},
       coalesce(answers.answered, 0), coalesce(answers.accepted, 0)
  FROM advocates_advocate a
  JOIN advocates_account c ON c.tenant_id = %(tenant)s AND c.id = a.account_id
  LEFT JOIN (SELECT o.advocate_id, count(*) AS answered,
                    count(*) FILTER (WHERE o.state = 'accepted') AS accepted
               FROM requests_ask o
              WHERE o.tenant_id = %(tenant)s AND {in_person}
              GROUP BY o.advocate_id) answers ON answers.advocate_id = a.id
 WHERE a.tenant_id = %(tenant)s AND a.id = ANY(%(ids)s)
 ORDER BY a.last_asked_at NULLS FIRST, a.id
"""
_WORDS = (
    *("company", "industry", "segment", "country", "region"),
    *("function", "seniority", "zone", "speaks"),
)
_NUMBERS = ("employees", "health", "health_known", "rested_days", "answered", "accepted")


class Crowd:
    """Some people, their places in this order, and what every request compares with."""

    def __init__(self, ids: Collection[uuid.UUID], questions: Sequence[Question]) -> None:
        import numpy

        self._np = numpy
        parameters: dict[str, Any] = {"tenant": current_tenant_id(), "ids": list(ids)}
        parameters |= {"rotation": current(Matching).rotation_days}
        if questions:
            parameters["now"] = questions[0].criteria.now
        sql = _PEOPLE.format(
            segment=segment_sql(), speaks=SPEAKS, rested=RESTED, in_person=IN_PERSON
        )
        rows: list[tuple[Any, ...]] = []
        if ids:
            with connection.cursor() as cursor:
                cursor.execute(sql, parameters)
                rows = cursor.fetchall()
        self.ids = [row[0] for row in rows]
        self.accounts = [row[1] for row in rows]
        self._at = {pk: place for place, pk in enumerate(self.ids)}
        self._works_at: defaultdict[uuid.UUID, list[int]] = defaultdict(list)
        for place, account in enumerate(self.accounts):
            self._works_at[account].append(place)
        #: Of each kind of word who has which, and whose numbers are what.
        self._having: dict[str, dict[str, NDArray[Any]]] = {}
        for column, name in enumerate(_WORDS, start=2):
            places: defaultdict[str, list[int]] = defaultdict(list)
            for place, row in enumerate(rows):
                places[row[column]].append(place)
            self._having[name] = {word: numpy.array(at) for word, at in places.items()}
        first = 2 + len(_WORDS)
        self._numbers = {
            name: numpy.array([row[column] for row in rows], dtype=numpy.int64)
            for column, name in enumerate(_NUMBERS, start=first)
        }
        self._words = [row[2:first] for row in rows]
        self._read_asks(questions)

    def _read_asks(self, questions: Sequence[Question]) -> None:
        """Who was asked for one of these requests or deals, and whom people do not want to meet."""
        requests = {each.criteria.request_id for each in questions}
        deals = {each.criteria.opportunity_id for each in questions} - {None}
        self._asked: defaultdict[Any, list[int]] = defaultdict(list)
        rows = Ask.objects.filter(Q(request__in=requests) | Q(request__in=_of_deals(deals)))
        for advocate, request, deal in rows.values_list(
            "advocate_id", "request_id", "request__opportunity_id"
        ):
            if (place := self._at.get(advocate)) is not None:
                self._asked[request].append(place)
                self._asked[deal].append(place)
        self._avoids: defaultdict[str, list[int]] = defaultdict(list)
        for name, advocate in BlockedCompany.objects.values_list("name", "advocate_id"):
            if (place := self._at.get(advocate)) is not None:
                self._avoids[name].append(place)

    @cached_property
    def _tags(self) -> dict[uuid.UUID, "NDArray[Any]"]:
        """Tag → who has it, of their own or their company's."""
        found: defaultdict[uuid.UUID, set[int]] = defaultdict(set)
        asked_for = {"tag__kind__in": (TagKind.PRODUCT, TagKind.USE_CASE)}
        links = AccountTag.objects.filter(**asked_for)
        for tag, account in links.values_list("tag_id", "account_id"):
            found[tag].update(self._works_at.get(account, ()))
        own = AdvocateTag.objects.filter(**asked_for)
        for tag, advocate in own.values_list("tag_id", "advocate_id"):
            if (place := self._at.get(advocate)) is not None:
                found[tag].add(place)
        return {tag: self._np.array(sorted(places)) for tag, places in found.items() if places}

    @cached_property
    def _rivals(self) -> dict[uuid.UUID, list[int]]:
        """Tag of a competitor → who works at one."""
        found: defaultdict[uuid.UUID, list[int]] = defaultdict(list)
        rows = AccountTag.objects.filter(tag__kind=TagKind.COMPETITOR)
        for tag, account in rows.values_list("tag_id", "account_id"):
            found[tag] += self._works_at.get(account, ())
        return found

    def mask(self, ids: Collection[uuid.UUID]) -> "NDArray[Any]":
        """Where some of them stand."""
        found = self._np.zeros(len(self.ids), dtype=bool)
        found[[self._at[pk] for pk in ids if pk in self._at]] = True
        return found

    def ranked(self, question: Question, among: "NDArray[Any]", line: int) -> list[tuple[int, int]]:
        """Place and score of those ``among`` whom nothing about this request blocks and whose score
        is not below the line, best first.
        """
        numpy, criteria = self._np, question.criteria
        half = half_of(criteria)
        if not half or not self.ids:
            return []
        facts, points = self._facts(question), numpy.zeros(len(self.ids), dtype=numpy.int64)
        for fact, worth in coefficients(criteria).items():
            points += worth * facts[fact]
        answered = self._numbers["answered"]
        share = most_of_answers(criteria) * self._numbers["accepted"] // numpy.maximum(answered, 1)
        score = (points + share + half) // (2 * half)
        free = among & (score >= line)
        for places in self._blocked(question):
            free[places] = False
        (found,) = numpy.nonzero(free)
        order = found[numpy.argsort(-score[found], kind="stable")]
        return list(zip(order.tolist(), score[order].tolist(), strict=True))

    def _facts(self, question: Question) -> dict[str, "NDArray[Any]"]:
        """Fact → its number for everybody, as the statement's ``merits`` have it."""
        numpy, criteria, words = self._np, question.criteria, question.words
        same_segment = self._with("segment", [criteria.segment])
        mine, theirs = self._numbers["employees"], criteria.employees or 0
        similar = (mine > 0) & (theirs > 0)
        similar &= numpy.maximum(mine, theirs) <= current(Matching).similar_size * numpy.minimum(
            mine, theirs
        )
        country = self._with("country", [criteria.country] if criteria.country else [])
        region = self._with("region", [criteria.region] if criteria.region else [])
        matched = numpy.zeros(len(self.ids), dtype=numpy.int64)
        for tag in criteria.tags:
            if tag in self._tags:
                matched[self._tags[tag]] += 1
        return {
            "same_industry": self._with("industry", words.industries),
            "matched_tags": matched,
            "size": numpy.where(same_segment, 2, similar.astype(numpy.int64)),
            "same_function": self._with("function", words.functions),
            "same_seniority": self._with("seniority", [criteria.seniority]),
            "same_place": country | region,
            "near": self._with("zone", words.zones),
            "health": self._numbers["health"],
            "rested_days": self._numbers["rested_days"],
        }

    def _with(self, kind: str, words: Collection[str]) -> "NDArray[Any]":
        """Who has one of these words."""
        found = self._np.zeros(len(self.ids), dtype=bool)
        having = self._having[kind]
        for word in words:
            if word in having:
                found[having[word]] = True
        return found

    def _blocked(self, question: Question) -> Iterator[Any]:
        """Where those stand whom this very request blocks; ``exclusions.BLOCKS`` says why."""
        criteria, names = question.criteria, question.known
        if names is None:
            raise ValueError("a question among many knows its names")
        companies = self._having["company"]
        yield self._asked.get(criteria.request_id, [])
        if criteria.opportunity_id:
            yield self._asked.get(criteria.opportunity_id, [])
        if criteria.prospect_account_id:
            yield self._works_at.get(uuid.UUID(criteria.prospect_account_id), [])
        for name in names.prospects:
            yield companies.get(name, [])
            yield self._avoids.get(name, [])
        for name in names.competitors:
            yield companies.get(name, [])
        for tag in names.competing:
            yield self._rivals.get(tag, [])
        if criteria.language:
            yield from self._others("speaks", criteria.language)
        if criteria.activity_type.reach == Reach.REGIONAL and criteria.region:
            yield from self._others("region", criteria.region)

    def _others(self, kind: str, word: str) -> Iterator[Any]:
        """Who has another word than this, if any."""
        for other, places in self._having[kind].items():
            if other not in ("", word):
                yield places

    def facts_of(self, question: Question, places: Collection[int]) -> list[Facts]:
        """What is known of some of them for a request, whom nothing blocks."""
        facts = self._facts(question) if places else {}
        return [self._known(question, facts, place) for place in places]

    def _known(self, question: Question, facts: dict[str, "NDArray[Any]"], place: int) -> Facts:
        number = {name: int(values[place]) for name, values in self._numbers.items()}
        found = {name: int(values[place]) for name, values in facts.items()}
        tags = question.criteria.tags
        has = [tag in self._tags and place in self._tags[tag] for tag in tags]
        return Facts(
            id=self.ids[place],
            **(found | {"health": number["health"] if number["health_known"] else None}),  # type: ignore[arg-type]
            answered=number["answered"],
            accepted=number["accepted"],
            tags="".join("01"[each] for each in has) if any(has) else None,
            knows_tags=any(place in places for places in self._tags.values()),
            snoozed_until=None,
            away_until=None,
            hold_reason=None,
            hold_until=None,
            speaks=self._words[place][_WORDS.index("speaks")],
        )


def _of_deals(deals: Collection[Any]) -> Any:
    return Request.objects.filter(opportunity__in=deals).values("pk")
