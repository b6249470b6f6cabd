"""What makes a candidate: facts against criteria, never favourites (IDN-1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy import clock
from advocacy.tenant_settings.reading import current
from advocacy.web.formatting import day
from advocates.joining.numbers import Recruiting
from advocates.models import Account, Advocate

Answer = Literal["met", "not_met", "unknown"]


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion with its answer and the fact behind it, in words.

    ``met`` is ``None`` when data is missing: not met, needs data, never a guess. ``counts`` is
    false for a criterion the program has not set up; it asks for no override.
    """

    code: str
    label: str
    met: bool | None
    fact: str
    counts: bool = True

    @property
    def answer(self) -> Answer:
        """The answer as a state."""
        return "unknown" if self.met is None else "met" if self.met else "not_met"


def criteria_of(advocate: Advocate) -> list[Criterion]:
    """The criteria of IDN-1 for one person. Reads ``advocate.account``; one query of its own."""
    today = clock.today(advocate.tenant.zone)
    return [
        _health(advocate),
        _tenure(advocate, today),
        _nps(advocate, today),
        _outcome(advocate),
        _policy(advocate),
        _fit(advocate.account),
    ]


def is_promoter(advocate: Advocate) -> bool | None:
    """Whether the last answer that still counts, their own or else the company's, is a promoter's;
    ``None`` where nobody answered (TIER-9.a).
    """
    return _nps(advocate, clock.today(advocate.tenant.zone)).met


def needs_override(criteria: Sequence[Criterion]) -> list[Criterion]:
    """Those that are not met, for lack of data too: accepting all the same needs a reason."""
    return [criterion for criterion in criteria if criterion.counts and criterion.met is not True]


def snapshot(criteria: Sequence[Criterion]) -> dict[str, bool | None]:
    """Codes and answers only."""
    return {criterion.code: criterion.met for criterion in criteria}


def months_before(start: date, months: int) -> date:
    """The same day so many months earlier, or that month's last day."""
    index = start.year * 12 + start.month - 1 - months
    year, month = divmod(index, 12)
    for last in (start.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def _health(advocate: Advocate) -> Criterion:
    score = advocate.account.health
    label = _("The account is healthy")
    if score is None:
        return Criterion("health", label, None, _("Nobody has recorded a health score."))
    least = current(Recruiting).health_from
    fact = _("Health is %(score)d of 100; it takes %(least)d.") % {"score": score, "least": least}
    return Criterion("health", label, score >= least, fact)


def _tenure(advocate: Advocate, today: date) -> Criterion:
    since = advocate.account.customer_since
    months = current(Recruiting).tenure_months
    label = _("A customer for a year")
    if months != 12:
        label = _("A customer for %(months)d months") % {"months": months}
    if since is None:
        return Criterion("tenure", label, None, _("Since when they are a customer is unknown."))
    return Criterion(
        "tenure",
        label,
        since <= months_before(today, months),
        _("A customer since %(day)s.") % {"day": day(since)},
    )


def _nps(advocate: Advocate, today: date) -> Criterion:
    label = _("Would recommend us")
    numbers = current(Recruiting)
    oldest = months_before(today, numbers.nps_months)
    account = advocate.account
    answers = (
        (advocate.nps, advocate.nps_on, _("Answered %(score)d of 10 on %(day)s.")),
        (account.nps, account.nps_on, _("The company answered %(score)d of 10 on %(day)s.")),
    )
    for score, on, words in answers:
        if score is not None and on is not None and on >= oldest:
            fact = words % {"score": score, "day": day(on)}
            return Criterion("nps", label, score >= numbers.nps_from, fact)
    if any(score is not None for score, _on, _words in answers):
        return Criterion("nps", label, None, _("The last NPS answer is too old to count."))
    return Criterion("nps", label, None, _("Nobody there has answered an NPS survey."))


def _outcome(advocate: Advocate) -> Criterion:
    label = _("A result that can be measured")
    count = advocate.outcomes.count()
    if not count:
        return Criterion("outcome", label, None, _("No result is recorded."))
    fact = ngettext("%(count)d result is recorded.", "%(count)d results are recorded.", count) % {
        "count": count
    }
    return Criterion("outcome", label, True, fact)


def _policy(advocate: Advocate) -> Criterion:
    allowed = advocate.account.advocacy_allowed
    facts = {
        None: _("Nobody has asked whether the company allows it."),
        True: _("The company allows it."),
        False: _("The company does not allow it."),
    }
    return Criterion("policy", _("The company allows it"), allowed, facts[allowed])


def _fit(account: Account) -> Criterion:
    """Whether the company is of the industries, sizes and regions the program looks for."""
    numbers, label = current(Recruiting), _("Fits the ideal customer")
    wanted = (
        (account.industry.lower(), [each.lower() for each in numbers.profile_industries]),
        (account.segment, numbers.profile_sizes),
        (account.region, numbers.profile_regions),
    )
    asked = [(is_now, among) for is_now, among in wanted if among]
    if not asked:
        fact = _("Unknown: no ideal customer profile is set.")
        return Criterion("fit", label, None, fact, counts=False)
    if any(is_now and is_now not in among for is_now, among in asked):
        return Criterion("fit", label, False, _("Another industry, size or region."))
    if not all(is_now for is_now, _among in asked):
        return Criterion("fit", label, None, _("Industry, size or region is unknown."))
    return Criterion("fit", label, True, _("Industry, size and region are those looked for."))
