"""What is known of an account, in sentences instead of field names (UI-1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.identity.absences.words import name_now
from advocacy.web import formatting as words
from advocates.accounts.selectors import HealthLimits
from advocates.countries import country_name
from advocates.languages import language_name
from advocates.models import Account


@dataclass(frozen=True, slots=True)
class Sentence:
    """One line with its icon and tone."""

    text: str
    icon: str
    tone: str = "neutral"


def _joined(parts: Sequence[str], separator: str = " · ") -> str:
    return separator.join(part for part in parts if part)


def date_words(value: Any) -> str:
    """A date, with the year when it is another one."""
    return words.day(value)


def account_subtitle(account: Account) -> str:
    """Industry, size and place in one line."""
    size = ""
    if account.employees is not None:
        size = ngettext("%(count)s person", "%(count)s people", account.employees) % {
            "count": formats.number_format(account.employees, force_grouping=True)
        }
    place = _joined([account.city, account.state, country_name(account.country)], ", ")
    return _joined([account.industry, size, place])


def account_words(account: Account, limits: HealthLimits) -> list[Sentence]:
    """What an account is and how it is doing."""
    found = [_contract(account)]
    if account.renewal_on:
        found.append(
            Sentence(
                _("The contract is up for renewal on %(day)s.")
                % {"day": date_words(account.renewal_on)},
                "calendar-repeat",
            )
        )
    found.append(_health(account, limits))
    if account.adoption is not None:
        found.append(
            Sentence(
                _("Adoption is at %(score)s%(when)s.")
                % {"score": account.adoption, "when": _as_of(account.adoption_on)},
                "chart-bar",
            )
        )
    if account.nps is not None:
        found.append(
            Sentence(
                _("The last NPS answer was %(score)s%(when)s.")
                % {"score": account.nps, "when": _as_of(account.nps_on)},
                "mood-smile",
            )
        )
    found.append(
        Sentence(_("%(owner)s looks after it.") % {"owner": name_now(account.owner)}, "user")
        if account.owner
        else Sentence(_("Nobody looks after it yet."), "user-question", "warning")
    )
    if account.language:
        found.append(
            Sentence(
                _("People there speak %(language)s.")
                % {"language": language_name(account.language)},
                "language",
            )
        )
    return found


def _contract(account: Account) -> Sentence:
    if account.lifecycle == "former":
        return Sentence(_("A former customer: nobody there can be asked."), "door-exit", "warning")
    if account.lifecycle == "prospect":
        return Sentence(_("Not a customer yet: nobody there can be asked."), "building", "warning")
    worth = ""
    if account.annual_value is not None:
        worth = _(", worth %(amount)s a year") % {
            "amount": words.money(account.annual_value, account.currency)
        }
    if account.customer_since:
        text = _("A customer since %(day)s%(worth)s.") % {
            "day": date_words(account.customer_since),
            "worth": worth,
        }
    else:
        text = _("A customer%(worth)s; since when is unknown.") % {"worth": worth}
    return Sentence(text, "building-store", "success")


def _as_of(day: Any) -> str:
    return _(", as of %(day)s") % {"day": date_words(day)} if day else ""


def _health(account: Account, limits: HealthLimits) -> Sentence:
    if account.health is None:
        return Sentence(_("Nobody has said how healthy it is."), "heart-question", "warning")
    text = _("Health is %(score)s of 100%(when)s") % {
        "score": account.health,
        "when": _as_of(account.health_on),
    }
    band = limits.band(account.health)
    if band == "hold":
        return Sentence(
            _("%(health)s: below %(limit)s nobody there is asked.")
            % {"health": text, "limit": limits.hold},
            "heart-broken",
            "danger",
        )
    if band == "warn":
        return Sentence(
            _("%(health)s: below %(limit)s the owner decides about asks.")
            % {"health": text, "limit": limits.warn},
            "heartbeat",
            "warning",
        )
    return Sentence(_("%(health)s.") % {"health": text}, "heart", "success")


def policy_words(account: Account) -> list[Sentence]:
    """What the company allows; unknown needs confirmation (ACC-1)."""
    unit = account.currency or account.tenant.currency
    limit = ""
    if account.gift_maximum is not None:
        amount = {"amount": words.money(account.gift_maximum, unit)}
        limit += _(", up to %(amount)s each") % amount
    if account.gift_maximum_year is not None:
        amount = {"amount": words.money(account.gift_maximum_year, unit)}
        limit += _(", up to %(amount)s a year and person") % amount
    rows = (
        (
            account.advocacy_allowed,
            _("Employees may speak for us."),
            _("Employees must not speak for us."),
            _("Whether employees may speak for us needs to be confirmed."),
        ),
        (
            account.public_mention_allowed,
            _("Name and logo may be shown in public."),
            _("Name and logo must not be shown in public."),
            _("Whether name and logo may be shown needs to be confirmed."),
        ),
        (
            account.gifts_allowed,
            _("Gifts are allowed%(limit)s.") % {"limit": limit},
            _("Gifts are not allowed; offer recognition or a donation instead."),
            _("Whether gifts are allowed needs to be confirmed."),
        ),
        (
            None
            if account.speaking_needs_approval is None
            else not account.speaking_needs_approval,
            _("Speaking in public needs no approval."),
            _("Speaking in public needs the company's approval."),
            _("Whether speaking needs approval needs to be confirmed."),
        ),
    )
    found = []
    for value, yes, no, unknown in rows:
        if value is None:
            found.append(Sentence(unknown, "help-circle", "warning"))
        else:
            found.append(
                Sentence(yes, "circle-check", "success") if value else Sentence(no, "ban", "danger")
            )
    return found
