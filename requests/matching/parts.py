"""The parts of a score in words: what fits, what does not, what nobody knows (MAT-1)."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from advocacy.tenant_settings.reading import current
from advocates.accounts.choices import Segment
from advocates.accounts.sizes import segment_of
from advocates.models import Account, Advocate
from advocates.people.choices import Seniority
from requests.matching.criteria import Criteria
from requests.matching.facts import Facts
from requests.matching.score import ACCEPTANCE, shares_of
from requests.matching.settings import Matching

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
    fits = 2 * facts.rested_days >= current(Matching).rotation_days
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
