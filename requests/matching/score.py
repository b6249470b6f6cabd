"""The score of an advocate for a request, 0 to 100 (MAT-1).

One table, :func:`shares_of`, says what each fact is worth of its criterion. The score in SQL and
the ``parts`` a page shows are both made from it, and both exactly: in whole numbers, not in
floating point, so that "rounded half up" and a tie mean the same everywhere.
"""

import math
from fractions import Fraction
from functools import lru_cache

from advocacy.tenant_settings.reading import current
from requests.matching.criteria import Criteria
from requests.matching.settings import Matching

#: Fractions are slow: what follows from a request's criteria is worked out once for all its people.
_KEPT = 16


@lru_cache(_KEPT)
def shares_of(criteria: Criteria) -> dict[str, dict[str, Fraction]]:
    """Criterion → fact → what one of it is worth of the criterion; only of criteria given.

    A criterion met in full comes to 1. The share of yeses among the answers is a fraction of its
    own and stands apart, see :data:`ACCEPTANCE`.
    """
    persona = bool(criteria.function) + bool(criteria.seniority)
    place = bool(criteria.region or criteria.country)
    region = place + (criteria.zone is not None)
    every = {
        "industry": {"same_industry": Fraction(1)},
        "use_case": {"matched_tags": Fraction(1, len(criteria.tags) or 1)},
        "size": {"size": Fraction(1, 2)},
        "persona": {
            **({"same_function": Fraction(1, persona)} if criteria.function else {}),
            **({"same_seniority": Fraction(1, persona)} if criteria.seniority else {}),
        },
        "region": {
            **({"same_place": Fraction(1, region)} if place else {}),
            **({"near": Fraction(1, region)} if criteria.zone else {}),
        },
        "relationship": {"health": Fraction(1, 200)},
        "rotation": {"rested_days": Fraction(1, current(Matching).rotation_days)},
    }
    return {name: shares for name, shares in every.items() if name in criteria.given}


#: What saying yes every time is worth of the relationship; the account's health is the rest.
ACCEPTANCE = Fraction(1, 2)


# -- in SQL --------------------------------------------------------------------------------------
#
# Points are whole numbers: what a fact brings, in parts so small that every share is a number of
# them, 200 to a percent of the weights. Then the score, 100 * points / all rounded half up, is one
# division. A share of yeses cannot be made whole for everybody, but may be rounded down on its
# own: what is lost is less than one point, and the floor of the division loses it anyway.

#: Facts about the company: their points are added up once for all of its people.
_OF_COMPANY = frozenset({"same_industry", "size", "same_place", "health"})


def company_points_sql(criteria: Criteria) -> str:
    """The points a company brings all of its people, over its facts."""
    return _sum(criteria, of_company=True)


def points_sql(criteria: Criteria) -> str:
    """The points of a person's merits, those of the company among them."""
    return f"company_points + {_sum(criteria, of_company=False)}"


def most_of_answers(criteria: Criteria) -> int:
    """The points that saying yes every time brings."""
    return int(_parts(criteria) * criteria.weights["relationship"] * ACCEPTANCE)


def most_of_person(criteria: Criteria) -> int:
    """The most points anybody has beside those of the company, answers among them."""
    most = {"rested_days": current(Matching).rotation_days, "matched_tags": len(criteria.tags)}
    return most_of_answers(criteria) + sum(
        int(each * _parts(criteria)) * most.get(fact, 1)
        for fact, each in _worth(criteria).items()
        if fact not in _OF_COMPANY
    )


def most_elsewhere(criteria: Criteria) -> int:
    """The most points anybody at a company of another industry has."""
    return 2 * half_of(criteria) * 100 - int(_parts(criteria) * criteria.weights["industry"])


def points_of(criteria: Criteria, score: int) -> int:
    """The fewest points that make a score; more than anybody has when no weight counts."""
    return (2 * score - 1) * half_of(criteria) or 1


def score_sql(criteria: Criteria) -> str:
    """Points of 100, rounded half up, over ``points`` and the answers.

    A criterion not given is left out and the rest renormalised; 0 when every weight that counts
    is 0.
    """
    half = half_of(criteria)
    if not half:
        return "0"
    answers = f"coalesce({most_of_answers(criteria)}::bigint * accepted / nullif(answered, 0), 0)"
    return f"((points + {answers} + {half}) / {2 * half})::int"


def half_of(criteria: Criteria) -> int:
    """The points that make half of one in the score."""
    return _parts(criteria) // 200 * criteria.total_weight


@lru_cache(_KEPT)
def _worth(criteria: Criteria) -> dict[str, Fraction]:
    """Fact → the weight that one of it brings."""
    return {
        fact: criteria.weights[name] * share
        for name, shares in shares_of(criteria).items()
        for fact, share in shares.items()
    }


@lru_cache(_KEPT)
def _parts(criteria: Criteria) -> int:
    """How many points a weight of 1 has: 200 times what makes every share a number of them."""
    worth = _worth(criteria).values()
    return 200 * math.lcm(ACCEPTANCE.denominator, *(each.denominator for each in worth))


def coefficients(criteria: Criteria) -> dict[str, int]:
    """Fact → the points that one of it brings, for who adds them up outside of a statement."""
    parts = _parts(criteria)
    return {fact: int(each * parts) for fact, each in _worth(criteria).items()}


def _sum(criteria: Criteria, *, of_company: bool) -> str:
    terms = [
        f"{points}::bigint * coalesce({fact}, 0)"
        for fact, points in coefficients(criteria).items()
        if (fact in _OF_COMPANY) is of_company
    ]
    return " + ".join(terms) or "0::bigint"
