"""A balance in words, with the rows its figures come from."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.tenancy.models import Membership
from advocacy.tenant_settings.reading import current
from advocacy.web.formatting import money
from advocacy.web.urls import tenant_reverse
from benefits.balance.models import ValueBalance
from benefits.balance.numbers import Balancing


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure, what is said of it, and the list it leads to."""

    label: str
    value: str
    detail: str
    url: str


def hours_words(minutes: int) -> str:
    """ "2.5 hours"; minutes below an hour and a half."""
    if minutes < 90:
        return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    return _("%(hours)s hours") % {"hours": f"{minutes / 60:.1f}".rstrip("0").rstrip(".")}


def share_words(balance: ValueBalance) -> str:
    """What came back of what they gave; nothing where nothing can be compared."""
    return f"{balance.percent} %" if balance.fair else ""


def figures_of(balance: ValueBalance, membership: Membership) -> list[Figure]:
    """What they gave, what they got, how often they were thanked."""
    tenant, who = membership.tenant, balance.advocate_id  # type: ignore[attr-defined]
    unit = tenant.currency

    def rows(name: str, may: str) -> str:
        return f"{tenant_reverse(tenant, name)}?advocate={who}" if membership.can(may) else ""

    gave = ngettext("%(count)d contribution", "%(count)d contributions", balance.contributions)
    got = ngettext("%(count)d benefit", "%(count)d benefits", balance.benefits)
    thanked = ngettext("%(count)d time", "%(count)d times", balance.thanks)
    return [
        Figure(
            _("They gave"),
            money(balance.given, unit),
            f"{gave % {'count': balance.contributions}}, {hours_words(balance.minutes)}",
            rows("activities:list", "activities.view"),
        ),
        Figure(
            _("They got"),
            money(balance.got, unit),
            got % {"count": balance.benefits},
            rows("grants:list", "grants.view"),
        ),
        Figure(
            _("They were thanked"),
            thanked % {"count": balance.thanks},
            _("worth no money, and right every time"),
            "",
        ),
    ]


def notes_of(balance: ValueBalance) -> list[str]:
    """How the figures came about."""
    numbers, unit = current(Balancing), balance.tenant.currency
    found = [
        _("Over the last %(days)d days; an hour of theirs counts %(money)s.")
        % {"days": numbers.balance_days, "money": money(numbers.hourly_value, unit)}
    ]
    if balance.assumed_minutes:
        found.append(
            _("%(time)s of it are assumed, since nobody wrote them down.")
            % {"time": hours_words(balance.assumed_minutes)}
        )
    if balance.fair != balance.given:
        found.append(
            _("What came back is compared with %(money)s: nobody gets anything for a review.")
            % {"money": money(balance.fair, unit)}
        )
    return found


def under_words(balance: ValueBalance) -> str:
    """Why somebody is called under-appreciated; nothing where they are not."""
    if not balance.is_under:
        return ""
    unit = balance.tenant.currency
    return _("Gave %(fair)s, got %(got)s back: %(percent)d %%, and %(line)d %% is the least.") % {
        "fair": money(balance.fair, unit),
        "got": money(balance.got, unit),
        "percent": balance.percent,
        "line": current(Balancing).under_percent,
    }


def facts_of(balance: ValueBalance) -> list[tuple[Any, Any]]:
    """Names and values."""
    unit = balance.tenant.currency
    return [
        (_("Who"), f"{balance.advocate.name}, {balance.advocate.account.name}"),
        (_("Contributions"), balance.contributions),
        (_("Time"), hours_words(balance.minutes)),
        (_("Gave"), money(balance.given, unit)),
        (_("Got"), money(balance.got, unit)),
        (_("Came back"), share_words(balance)),
        (_("Thanked"), balance.thanks),
        (_("Under-appreciated since"), balance.under_since),
        (_("Worked out"), balance.changed_at),
    ]
