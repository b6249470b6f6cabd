"""The score of one advocate for one request, 0 to 100, and its parts in words (MAT-1)."""

import functools
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from advocates.states import Segment, Seniority
from requests.matching.criteria import Criteria, folded, segment_of
from requests.matching.pool import Company, Person, Pool

#: An ask this many days ago counts as long enough ago.
ROTATION_DAYS = 180
#: Zones no further apart than this share at least half of a working day.
NEAR = timedelta(hours=4)
#: A company this many times as large still is of a similar size.
SIMILAR_SIZE = 2

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


class Scorer:
    """Scores everybody in a pool; what depends on the company or the job is worked out once."""

    def __init__(self, criteria: Criteria, pool: Pool) -> None:
        self.criteria = criteria
        self.pool = pool
        self.given = criteria.given
        self.total = criteria.total_weight
        #: How much of region and time zone the place makes up; the zone is the rest.
        wants_place = bool(criteria.region or criteria.country)
        self._place_share = wants_place / ((wants_place + (criteria.zone is not None)) or 1)
        # A program of 100,000 knows a few hundred combinations of job and place.
        self._of_role = functools.lru_cache(maxsize=None)(self._role)
        self._of_company = {key: self._company(row) for key, row in pool.companies.items()}

    def score(self, person: Person) -> int:
        """Points of 100, rounded half up; 0 when every weight that counts is 0."""
        if not self.total:
            return 0
        points = self._of_company[person.account_id] + self._of_role(
            person.function, person.seniority, person.time_zone
        )
        if self.criteria.tags:
            points += self.criteria.weights["use_case"] * self._tags(person)
        acceptance = self.pool.acceptance.get(person.id)
        if acceptance:
            points += self.criteria.weights["relationship"] * acceptance / 2
        points += self.criteria.weights["rotation"] * rotation(
            person.last_asked_at, self.criteria.now
        )
        return int(100 * points / self.total + 0.5)

    def _company(self, company: Company) -> float:
        weights, points = self.criteria.weights, 0.0
        if "industry" in self.given:
            points += weights["industry"] * (folded(company.industry) == self.criteria.industry)
        if "size" in self.given:
            points += weights["size"] * _size(self.criteria, company)
        if self._place_share:
            same = _same_place(self.criteria, company)
            points += weights["region"] * self._place_share * same
        return points + weights["relationship"] * (company.health or 0) / 200

    def _role(self, function: str, seniority: str, time_zone: str) -> float:
        weights, points = self.criteria.weights, 0.0
        if "persona" in self.given:
            points += weights["persona"] * _persona(self.criteria, function, seniority)
        if self.criteria.zone is not None:
            share = 1 - self._place_share
            points += weights["region"] * share * _near(self.criteria, time_zone)
        return points

    def _tags(self, person: Person) -> float:
        return len(self.matched_tags(person)) / len(self.criteria.tags)

    def matched_tags(self, person: Person) -> Collection[object]:
        """Which of the tags asked for are the person's or the company's."""
        own = self.pool.person_tags.get(person.id)
        company = self.pool.company_tags.get(person.account_id)
        if own and company:
            return own | company
        return own or company or ()

    # -- words, for the few that are shown ---------------------------------------------------

    def parts(self, person: Person, *, has_tags: bool) -> tuple[Part, ...]:
        """Every criterion that counts, in words. ``has_tags`` says whether anything at all is
        known of what the person and the company use.
        """
        criteria, pool = self.criteria, self.pool
        company = pool.companies[person.account_id]
        made: list[tuple[str, float, list[Chip]]] = []
        if "industry" in self.given:
            value = float(folded(company.industry) == criteria.industry)
            made.append(("industry", value, [_industry_chip(company, value)]))
        if "use_case" in self.given:
            matched = self.matched_tags(person)
            made.append(("use_case", self._tags(person), self._tag_chips(matched, has_tags)))
        if "size" in self.given:
            value = _size(criteria, company)
            made.append(("size", value, [_size_chip(company, value)]))
        if "persona" in self.given:
            value = _persona(criteria, person.function, person.seniority)
            made.append(("persona", value, _persona_chips(criteria, person)))
        if "region" in self.given:
            value = _region(criteria, person, company)
            made.append(("region", value, _region_chips(criteria, person, company)))
        acceptance = pool.acceptance.get(person.id)
        value = (company.health or 0) / 200 + (acceptance or 0.0) / 2
        made.append(("relationship", value, _relationship_chips(company.health, acceptance)))
        value = rotation(person.last_asked_at, criteria.now)
        made.append(("rotation", value, [_rotation_chip(person, criteria.now, value)]))
        return tuple(
            Part(name, criteria.weights[name], value, tuple(chips)) for name, value, chips in made
        )

    def _tag_chips(self, matched: Collection[object], has_tags: bool) -> list[Chip]:
        names = [name for tag, name in self.criteria.tags.items() if tag in matched]
        chips = [Chip(name, "fit") for name in names]
        if not names:
            return [
                Chip(_("other use case"), "unfit")
                if has_tags
                else Chip(_("use case unknown"), "unknown")
            ]
        missing = len(self.criteria.tags) - len(names)
        if missing:
            text = ngettext("%(count)d use case missing", "%(count)d use cases missing", missing)
            chips.append(Chip(text % {"count": missing}, "unfit"))
        return chips


def rotation(last_asked_at: datetime | None, now: datetime) -> float:
    """How rested somebody is: the whole for who was never asked."""
    if last_asked_at is None:
        return 1.0
    days = (now - last_asked_at).days
    return min(max(days, 0) / ROTATION_DAYS, 1.0)


def _size(criteria: Criteria, company: Company) -> float:
    """The same segment is the whole; half for a similar size just across its border."""
    segment = company.segment or segment_of(company.employees)
    if segment == criteria.segment:
        return 1.0
    if criteria.employees and company.employees:
        small, large = sorted((criteria.employees, company.employees))
        return 0.5 if large <= SIMILAR_SIZE * small else 0.0
    return 0.0


def _persona(criteria: Criteria, function: str, seniority: str) -> float:
    wanted = matched = 0
    if criteria.function:
        wanted += 1
        matched += folded(function) == criteria.function
    if criteria.seniority:
        wanted += 1
        matched += seniority == criteria.seniority
    return matched / wanted


def _near(criteria: Criteria, time_zone: str) -> bool:
    if criteria.zone is None or not time_zone:
        return False
    here, there = (
        criteria.now.astimezone(zone).utcoffset() or timedelta()
        for zone in (criteria.zone, ZoneInfo(time_zone))
    )
    return abs(here - there) <= NEAR


def _same_place(criteria: Criteria, company: Company) -> bool:
    if criteria.country and criteria.country == company.country:
        return True
    return bool(criteria.region) and criteria.region == company.region


def _region(criteria: Criteria, person: Person, company: Company) -> float:
    wanted = matched = 0
    if criteria.region or criteria.country:
        wanted += 1
        matched += _same_place(criteria, company)
    if criteria.zone is not None:
        wanted += 1
        matched += _near(criteria, person.time_zone)
    return matched / wanted


# -- chips ---------------------------------------------------------------------------------------


def _industry_chip(company: Company, value: float) -> Chip:
    if value:
        return Chip(_("same industry"), "fit")
    if not company.industry:
        return Chip(_("industry unknown"), "unknown")
    return Chip(_("other industry: %(industry)s") % {"industry": company.industry}, "unfit")


def _size_chip(company: Company, value: float) -> Chip:
    if value:
        return Chip(_("similar size"), "fit")
    if not company.segment and company.employees is None:
        return Chip(_("size unknown"), "unknown")
    label = Segment(company.segment or segment_of(company.employees)).label
    return Chip(_("other size: %(size)s") % {"size": label}, "unfit")


def _persona_chips(criteria: Criteria, person: Person) -> list[Chip]:
    chips = []
    if criteria.function:
        if folded(person.function) == criteria.function:
            chips.append(Chip(_("same function"), "fit"))
        elif person.function:
            text = _("other function: %(function)s") % {"function": person.function}
            chips.append(Chip(text, "unfit"))
        else:
            chips.append(Chip(_("function unknown"), "unknown"))
    if criteria.seniority:
        if not person.seniority:
            chips.append(Chip(_("seniority unknown"), "unknown"))
        else:
            label = str(Seniority(person.seniority).label)
            fits = person.seniority == criteria.seniority
            other = _("other level: %(level)s") % {"level": label}
            chips.append(Chip(label, "fit") if fits else Chip(other, "unfit"))
    return chips


def _region_chips(criteria: Criteria, person: Person, company: Company) -> list[Chip]:
    chips = []
    if criteria.region or criteria.country:
        if criteria.country and criteria.country == company.country:
            chips.append(Chip(_("same country"), "fit"))
        elif _same_place(criteria, company):
            chips.append(Chip(_("same region"), "fit"))
        elif company.region:
            chips.append(Chip(_("other region"), "unfit"))
        else:
            chips.append(Chip(_("region unknown"), "unknown"))
    if criteria.zone is not None:
        if not person.time_zone:
            chips.append(Chip(_("time zone unknown"), "unknown"))
        elif _near(criteria, person.time_zone):
            chips.append(Chip(_("time zone near"), "fit"))
        else:
            chips.append(Chip(_("time zone far"), "unfit"))
    return chips


def _relationship_chips(health: int | None, acceptance: float | None) -> list[Chip]:
    chips = []
    if health is None:
        chips.append(Chip(_("health unknown"), "unknown"))
    else:
        fits = health >= 80  # the green of ACC-2
        chips.append(Chip(_("health %(health)d") % {"health": health}, "fit" if fits else "unfit"))
    if acceptance is None:
        chips.append(Chip(_("no answer yet"), "unknown"))
    else:
        text = _("says yes %(share)d %% of the time") % {"share": round(100 * acceptance)}
        chips.append(Chip(text, "fit" if acceptance >= 0.5 else "unfit"))
    return chips


def _rotation_chip(person: Person, now: datetime, value: float) -> Chip:
    if person.last_asked_at is None:
        return Chip(_("never asked"), "fit")
    days = max((now - person.last_asked_at).days, 0)
    if days < 14:
        text = ngettext("asked %(count)d day ago", "asked %(count)d days ago", days)
        text %= {"count": days}
    elif days < 60:
        weeks = days // 7
        text = ngettext("asked %(count)d week ago", "asked %(count)d weeks ago", weeks)
        text %= {"count": weeks}
    else:
        months = days // 30
        text = ngettext("asked %(count)d month ago", "asked %(count)d months ago", months)
        text %= {"count": months}
    return Chip(text, "fit" if value >= 0.5 else "unfit")
