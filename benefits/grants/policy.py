"""What a company allows its people to be given (BEN-5.a, ACC-1.e)."""

from decimal import Decimal
from uuid import UUID

from django.db.models import F, Sum
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.tenancy.errors import DomainError
from advocacy.web.formatting import money
from advocates.models import Account, Advocate
from benefits.catalogue.choices import GIFTS
from benefits.catalogue.models import Benefit
from benefits.catalogue.selectors import offered_instead
from benefits.grants.lifecycle import COMMITTED
from benefits.grants.models import Grant


def is_unclear(benefit: Benefit, account: Account) -> bool:
    """Whether somebody has to find out first: nobody knows the policy, or it counts in another
    currency than we do.
    """
    return benefit.is_gift and policy_is_unclear(account)


def policy_is_unclear(account: Account) -> bool:
    """The same of gifts in general."""
    limited = account.gift_maximum is not None or account.gift_maximum_year is not None
    other = account.currency not in ("", account.tenant.currency)
    return account.gifts_allowed is None or (limited and other)


def given_this_year(advocate: Advocate, *, but: UUID | None = None) -> Decimal:
    """What the gifts of the trailing year were worth, those approved and on their way too."""
    rows = Grant.objects.filter(
        advocate=advocate,
        benefit__category__in=GIFTS,
        state__in=COMMITTED,
        approved_at__gte=clock.year_start(advocate.tenant.zone),
    )
    total = (rows.exclude(pk=but) if but else rows).aggregate(
        total=Sum(Greatest(F("cost"), F("value")))
    )
    return total["total"] or Decimal(0)


def refusal_of(
    benefit: Benefit, worth: Decimal, advocate: Advocate, *, but: UUID | None = None
) -> str:
    """Why their company does not allow it, with what is right instead; empty where it does."""
    account = advocate.account
    if not benefit.is_gift:
        return ""
    unit = account.tenant.currency
    words = {"company": account.name}
    if account.gifts_allowed is False:
        return _instead(_("%(company)s allows its people no gifts.") % words)
    if is_unclear(benefit, account):
        return ""
    each, year = account.gift_maximum, account.gift_maximum_year
    if each is not None and worth > each:
        words |= {"most": money(each, unit), "worth": money(worth, unit)}
        return _instead(
            _("%(company)s allows at most %(most)s a gift; this one is %(worth)s.") % words
        )
    if year is None:
        return ""
    so_far = given_this_year(advocate, but=but)
    if so_far + worth <= year:
        return ""
    words |= {"most": money(year, unit), "so_far": money(so_far, unit), "name": advocate.name}
    return _instead(
        _("%(company)s allows at most %(most)s a year; %(name)s got %(so_far)s already.") % words
    )


def require_allowed(grant: Grant) -> None:
    """Raise ``DomainError`` for a gift that their company does not allow (BEN-5.a)."""
    worth = max(grant.cost, grant.value)
    if problem := refusal_of(grant.benefit, worth, grant.advocate, but=grant.pk):
        raise DomainError(problem, code="gift_policy", fields={"benefit": problem})


def _instead(problem: str) -> str:
    names = ", ".join(offered_instead())
    instead = _("Offer recognition or a donation instead: %(names)s.") % {"names": names}
    return f"{problem} {instead}" if names else problem
