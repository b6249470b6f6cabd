"""What is known of an account or a person, in sentences instead of field names (UI-1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.web import formatting as words
from advocates.countries import country_name
from advocates.languages import language_name
from advocates.models import Account, Advocate, Participation, Preference
from advocates.selectors.accounts import HealthLimits
from advocates.states import Comfort, Origin, UnitState


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
        Sentence(_("%(owner)s looks after it.") % {"owner": account.owner.name}, "user")
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
    limit = ""
    if account.gift_maximum is not None:
        limit = _(", up to %(amount)s each") % {
            "amount": words.money(account.gift_maximum, account.currency or "")
        }
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


def advocate_subtitle(advocate: Advocate) -> str:
    """Job and company in one line."""
    return _joined([advocate.job_title, advocate.account.name])


def person_facts(advocate: Advocate, topics: Sequence[str]) -> list[tuple[str, Any]]:
    """What is known of a person, with its names."""
    skills = [
        _("speaks %(score)s of 5") % {"score": advocate.communication_skill}
        if advocate.communication_skill
        else "",
        _("presents %(score)s of 5") % {"score": advocate.presentation_skill}
        if advocate.presentation_skill
        else "",
        _("travels") if advocate.travels else "",
    ]
    nps = ""
    if advocate.nps is not None:
        nps = f"{advocate.nps}{_as_of(advocate.nps_on)}"
    rows: list[tuple[str, Any]] = [
        (_("Readiness"), advocate.get_readiness_display()),
        (_("Seniority"), advocate.get_seniority_display() if advocate.seniority else ""),
        (_("Function"), advocate.function),
        (_("E-mail"), advocate.email),
        (_("Phone"), advocate.phone),
        (_("Language"), language_name(advocate.language)),
        (_("Time zone"), advocate.time_zone.replace("_", " ")),
        (_("Own NPS"), nps),
        (_("Skills"), _joined(skills)),
        (_("Topics"), ", ".join(topics)),
        (_("Interests"), advocate.interests),
        (
            _("Executive sponsor"),
            advocate.executive_sponsor.name if advocate.executive_sponsor else "",
        ),
    ]
    return [row for row in rows if row[1]]


def preference_words(
    wishes: Preference, *, all_types: int, refused: int, cap: int | None
) -> list[tuple[str, str]]:
    """A person's preferences, each in a few words (ADV-2)."""
    comforts = [str(Comfort(code).label).lower() for code in wishes.comforts]
    thanks = [str(Preference.Appreciation(code).label).lower() for code in wishes.appreciation]
    own_cap = wishes.yearly_cap
    if refused:
        takes_part = _("%(count)d of %(all)d kinds of activity") % {
            "count": all_types - refused,
            "all": all_types,
        }
    else:
        takes_part = _("every kind of activity")
    if own_cap is not None:
        limit = _("%(count)d activities a year at most") % {"count": own_cap}
    elif cap is not None:
        limit = _("%(count)d activities a year at most, as everybody") % {"count": cap}
    else:
        limit = ""
    rows = [
        (_("Takes part in"), takes_part),
        (_("Comfortable with"), ", ".join(comforts) or _("nobody has asked yet")),
        (_("Reference calls"), str(wishes.get_reference_frequency_display()).lower()),
        (_("Gives"), limit),
        (
            _("Quiet until"),
            date_words(wishes.snoozed_until) if wishes.snoozed_until else "",
        ),
        (_("Contact by"), str(wishes.get_channel_display()).lower()),
        (_("Likes to get back"), ", ".join(thanks)),
    ]
    return [row for row in rows if row[1]]


@dataclass(frozen=True, slots=True)
class Given:
    """One line of what was asked of and given by a person."""

    row: Participation
    title: str
    state: str
    words: str
    at: Any


def given_words(row: Participation) -> Given:
    """A unit of the ledger as a person reads it."""
    at = row.completed_at or row.released_at or row.taken_at
    if row.state == UnitState.COMPLETED:
        text = row.get_origin_display()
        if row.minutes:
            text = _joined([text, _("%(minutes)d min") % {"minutes": row.minutes}])
    elif row.state == UnitState.RELEASED:
        text = row.get_release_reason_display()
    elif row.state == UnitState.VOIDED:
        text = _("Recorded in error: %(why)s") % {"why": row.void_reason}
    else:
        text = str(Origin(row.origin).label)
    title = str(row.activity_type.name)
    if row.detail:
        title = f"{title}: {row.detail}"
    return Given(row, title, str(row.state), str(text), at)
