"""The score of an advocate for a request, 0 to 100, and its parts in words (MAT-1).

One table, :func:`shares_of`, says what each fact is worth of its criterion. The score in SQL and
the parts a page shows are both made from it, and both exactly: in whole numbers, not in floating
point, so that "rounded half up" and a tie mean the same everywhere.
"""

import math
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from advocates.accounts.choices import Segment, segment_of
from advocates.models import Account, Advocate
from advocates.people.choices import Seniority
from requests.matching.criteria import Criteria
from requests.matching.facts import ROTATION_DAYS, Facts

LABELS = {
    "industry": gettext_lazy("Industry"),
    "use_case": gettext_lazy("Use case and product"),
    "size": gettext_lazy("Size"),
    "persona": gettext_lazy("Persona"),
    "region": gettext_lazy("Region and time zone"),
    "relationship": gettext_lazy("Relationship and health"),
    "rotation": gettext_lazy("Freshness and rotation"),
}

Verdict = Literal["fit", "unfit", "unknown"]


@dataclass(frozen=True, slots=True)
class Chip:
    """A reason in words: what fits, what does not, what nobody knows."""

    text: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Part:
    """One criterion: its weight, how much of it is met (0 to 1), and why."""

    criterion: str
    weight: int
    value: float
    chips: tuple[Chip, ...]

    @property
    def label(self) -> str:
        """The criterion in words."""
        return str(LABELS[self.criterion])

    @property
    def points(self) -> float:
        """What it adds before renormalising."""
        return self.weight * self.value


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
        "rotation": {"rested_days": Fraction(1, ROTATION_DAYS)},
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


def points_of(criteria: Criteria, score: int) -> int:
    """The fewest points that make a score; more than anybody has when no weight counts."""
    return (2 * score - 1) * _half(criteria) or 1


def score_sql(criteria: Criteria) -> str:
    """Points of 100, rounded half up, over ``points`` and the answers.

    A criterion not given is left out and the rest renormalised; 0 when every weight that counts
    is 0.
    """
    half = _half(criteria)
    if not half:
        return "0"
    answers = f"coalesce({most_of_answers(criteria)}::bigint * accepted / nullif(answered, 0), 0)"
    return f"((points + {answers} + {half}) / {2 * half})::int"


def _half(criteria: Criteria) -> int:
    """The points that make half of one in the score."""
    return _parts(criteria) // 200 * criteria.total_weight


def _worth(criteria: Criteria) -> dict[str, Fraction]:
    """Fact → the weight that one of it brings."""
    return {
        fact: criteria.weights[name] * share
        for name, shares in shares_of(criteria).items()
        for fact, share in shares.items()
    }


def _parts(criteria: Criteria) -> int:
    """How many points a weight of 1 has: 200 times what makes every share a number of them."""
    worth = _worth(criteria).values()
    return 200 * math.lcm(ACCEPTANCE.denominator, *(each.denominator for each in worth))


def _sum(criteria: Criteria, *, of_company: bool) -> str:
    parts = _parts(criteria)
    terms = [
        f"{int(each * parts)}::bigint * coalesce({fact}, 0)"
        for fact, each in _worth(criteria).items()
        if (fact in _OF_COMPANY) is of_company
    ]
    return " + ".join(terms) or "0::bigint"


def parts_of(criteria: Criteria, advocate: Advocate, facts: Facts) -> tuple[Part, ...]:
    """Every criterion that counts, in words."""
    account = advocate.account
    chips: dict[str, list[Chip]] = {
        "industry": [_industry_chip(account, facts)],
        "use_case": _tag_chips(criteria, facts),
        "size": [_size_chip(account, facts)],
        "persona": _persona_chips(criteria, advocate, facts),
        "region": _region_chips(criteria, advocate, facts),
        "relationship": _relationship_chips(facts),
        "rotation": [_rotation_chip(criteria, advocate, facts)],
    }
    parts = []
    for name, shares in shares_of(criteria).items():
        value = sum(share * (getattr(facts, fact) or 0) for fact, share in shares.items())
        if name == "relationship" and facts.answered:
            value += ACCEPTANCE * Fraction(facts.accepted, facts.answered)
        parts.append(Part(name, criteria.weights[name], float(value), tuple(chips[name])))
    return tuple(parts)


# -- chips ---------------------------------------------------------------------------------------


def _industry_chip(account: Account, facts: Facts) -> Chip:
    if facts.same_industry:
        return Chip(_("same industry"), "fit")
    if not account.industry:
        return Chip(_("industry unknown"), "unknown")
    return Chip(_("other industry: %(industry)s") % {"industry": account.industry}, "unfit")


def _tag_chips(criteria: Criteria, facts: Facts) -> list[Chip]:
    bits = facts.tags or ""
    names = [name for name, bit in zip(criteria.tags.values(), bits, strict=False) if bit == "1"]
    if not names:
        return [
            Chip(_("other use case"), "unfit")
            if facts.knows_tags
            else Chip(_("use case unknown"), "unknown")
        ]
    chips = [Chip(name, "fit") for name in names]
    missing = len(criteria.tags) - len(names)
    if missing:
        text = ngettext("%(count)d use case missing", "%(count)d use cases missing", missing)
        chips.append(Chip(text % {"count": missing}, "unfit"))
    return chips


def _size_chip(account: Account, facts: Facts) -> Chip:
    if facts.size:
        return Chip(_("similar size"), "fit")
    segment = account.segment or segment_of(account.employees)
    if not segment:
        return Chip(_("size unknown"), "unknown")
    return Chip(_("other size: %(size)s") % {"size": Segment(segment).label}, "unfit")


def _persona_chips(criteria: Criteria, advocate: Advocate, facts: Facts) -> list[Chip]:
    chips = []
    if criteria.function:
        if facts.same_function:
            chips.append(Chip(_("same function"), "fit"))
        elif advocate.function:
            text = _("other function: %(function)s") % {"function": advocate.function}
            chips.append(Chip(text, "unfit"))
        else:
            chips.append(Chip(_("function unknown"), "unknown"))
    if criteria.seniority:
        if not advocate.seniority:
            chips.append(Chip(_("seniority unknown"), "unknown"))
        else:
            label = str(Seniority(advocate.seniority).label)
            other = _("other level: %(level)s") % {"level": label}
            chips.append(Chip(label, "fit") if facts.same_seniority else Chip(other, "unfit"))
    return chips


def _region_chips(criteria: Criteria, advocate: Advocate, facts: Facts) -> list[Chip]:
    account, chips = advocate.account, []
    if criteria.region or criteria.country:
        if facts.same_place:
            near = criteria.country == account.country != ""
            chips.append(Chip(_("same country") if near else _("same region"), "fit"))
        elif account.region:
            chips.append(Chip(_("other region"), "unfit"))
        else:
            chips.append(Chip(_("region unknown"), "unknown"))
    if criteria.zone is not None:
        if not advocate.time_zone:
            chips.append(Chip(_("time zone unknown"), "unknown"))
        elif facts.near:
            chips.append(Chip(_("time zone near"), "fit"))
        else:
            chips.append(Chip(_("time zone far"), "unfit"))
    return chips


def _relationship_chips(facts: Facts) -> list[Chip]:
    chips = []
    if facts.health is None:
        chips.append(Chip(_("health unknown"), "unknown"))
    else:
        fits = facts.health >= 80  # the green of ACC-2
        text = _("health %(health)d") % {"health": facts.health}
        chips.append(Chip(text, "fit" if fits else "unfit"))
    if not facts.answered:
        chips.append(Chip(_("no answer yet"), "unknown"))
    else:
        share = Fraction(facts.accepted, facts.answered)
        text = _("says yes %(share)d %% of the time") % {"share": round(100 * share)}
        chips.append(Chip(text, "fit" if share >= Fraction(1, 2) else "unfit"))
    return chips


def _rotation_chip(criteria: Criteria, advocate: Advocate, facts: Facts) -> Chip:
    if advocate.last_asked_at is None:
        return Chip(_("never asked"), "fit")
    fits = 2 * facts.rested_days >= ROTATION_DAYS
    return Chip(_asked_ago(advocate.last_asked_at, criteria.now), "fit" if fits else "unfit")


def _asked_ago(moment: datetime, now: datetime) -> str:
    days = max((now - moment).days, 0)
    if days < 14:
        text = ngettext("asked %(count)d day ago", "asked %(count)d days ago", days)
        return text % {"count": days}
    if days < 60:
        weeks = days // 7
        text = ngettext("asked %(count)d week ago", "asked %(count)d weeks ago", weeks)
        return text % {"count": weeks}
    months = days // 30
    text = ngettext("asked %(count)d month ago", "asked %(count)d months ago", months)
    return text % {"count": months}
