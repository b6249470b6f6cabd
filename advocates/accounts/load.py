"""How much one company's people are asked for: the account's own limits, and who gave (CAP-7)."""

from dataclasses import dataclass

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.web import formatting as words
from advocates.accounts.choices import Lifecycle
from advocates.accounts.selectors import health_limits, rests
from advocates.models import Account, Participation, ProgramPolicy
from advocates.program.ledger.choices import UnitState


@dataclass(frozen=True, slots=True)
class Load:
    """Units of the year and what is open now, each with its limit; ``people`` gave or promised."""

    used: int
    most: int
    open_now: int
    most_open: int
    people: int

    @property
    def is_full(self) -> bool:
        """Nobody there can be asked for anything that takes a unit."""
        return self.used >= self.most or self.open_now >= self.most_open

    @property
    def words(self) -> str:
        """What it means."""
        if self.open_now >= self.most_open:
            return _("Enough is open: nobody here is asked until something is done.")
        if self.used >= self.most:
            return _("Asked enough this year: nobody here is asked for anything that counts.")
        return _("%(left)d more this year, %(open)d more at a time.") % {
            "left": self.most - self.used,
            "open": self.most_open - self.open_now,
        }


def load_of(account: Account) -> Load:
    """One account's year, in two statements."""
    policy = ProgramPolicy.objects.first() or ProgramPolicy()
    is_open = Q(state=UnitState.OPEN)
    since = clock.year_start(account.tenant.zone)
    given = Q(state=UnitState.COMPLETED, completed_at__gte=since)
    totals = Participation.objects.filter(is_open | given, account=account).aggregate(
        used=Sum("units"),
        open_now=Count("pk", filter=is_open),
        people=Count("advocate", distinct=True),
    )
    return Load(
        totals["used"] or 0,
        policy.account_units_per_year,
        totals["open_now"],
        policy.account_open,
        totals["people"],
    )


@dataclass(frozen=True, slots=True)
class Here:
    """May anybody at a company be asked? ``because`` says why not."""

    may: bool
    sentence: str
    because: list[str]


def asking_here(account: Account, load: Load) -> Here:
    """What stands against asking anybody there: no customer, hold, health, policy, load."""
    because, ends = [], []
    if account.lifecycle != Lifecycle.CUSTOMER:
        because.append(
            {
                Lifecycle.FORMER: _("A former customer."),
                Lifecycle.PROSPECT: _("Not a customer yet."),
            }[Lifecycle(account.lifecycle)]
        )
    for text, until in rests(account, health_limits()):
        because.append(text)
        ends.append(until)
    if account.advocacy_allowed is False:
        because.append(_("Company policy forbids advocacy."))
    if load.is_full:
        because.append(load.words)
    if not because:
        return Here(True, _("Yes, people here can be asked"), [])
    if len(ends) == len(because) and (days := [day for day in ends if day]) and all(ends):
        return Here(False, _("Not before %(day)s") % {"day": words.day(max(days))}, because)
    return Here(False, _("No, not at present"), because)
