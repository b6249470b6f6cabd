"""What protects an advocate, in plain words with the tenant's own numbers (CAP-1 to CAP-8)."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy import clock
from advocates.models import Advocate, Participation, ProgramPolicy
from advocates.people.selectors import types_on
from advocates.program.ledger.capacity import guard_statuses
from advocates.program.ledger.choices import GuardMode, Origin, ReleaseReason

_YEAR = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Protection:
    """One rule: what it is about, what it says, and whether there is a way past it."""

    title: str
    text: str
    blocks: bool = True


@dataclass(frozen=True, slots=True)
class OwnNumbers:
    """Where one advocate stands: units taken, asks of a year, from when something may be asked
    (``None``: now, or nobody knows).
    """

    used: int
    allowance: int
    asked: int
    asks_a_year: int
    may_now: bool
    from_day: date | None


def policy_now() -> ProgramPolicy:
    """The tenant's own, or the usual one."""
    return ProgramPolicy.objects.first() or ProgramPolicy()


def protections(policy: ProgramPolicy) -> list[Protection]:
    """For colleagues, in the order in which they matter."""
    pacing = policy.pacing_mode == GuardMode.BLOCK
    return [
        Protection(
            _("Nobody gives too much"),
            ngettext(
                "At most %(n)d activity a year, or none if somebody wants that. What is promised"
                " counts like what was given; what somebody offers unasked counts nothing.",
                "At most %(n)d activities a year, fewer if somebody wants that. What is promised"
                " counts like what was given; what somebody offers unasked counts nothing.",
                policy.yearly_cap,
            )
            % {"n": policy.yearly_cap},
        ),
        Protection(
            _("Nobody is asked too often"),
            _(
                "At most %(year)d asks a year and %(quarter)d in 90 days, whatever the answers, and"
                " %(days)d days between two. At most %(asked)d activities a year are asked for, the"
                " small ones among them."
            )
            % {
                "year": policy.asks_per_year,
                "quarter": policy.asks_per_90_days,
                "days": policy.days_between_asks,
                "asked": policy.asked_per_year,
            }
            if policy.counts_free_types
            else _(
                "At most %(year)d asks a year and %(quarter)d in 90 days, whatever the answers, and"
                " %(days)d days between two."
            )
            % {
                "year": policy.asks_per_year,
                "quarter": policy.asks_per_90_days,
                "days": policy.days_between_asks,
            },
            pacing,
        ),
        Protection(
            _("Who does not answer is left in peace"),
            _("After two asks in a row that were declined or ran out: nothing for %(days)d days.")
            % {"days": policy.cooling_days},
            pacing,
        ),
        Protection(
            _("No company is asked too much"),
            _("All people of one company together: %(year)d a year, %(open)d at a time.")
            % {"year": policy.account_units_per_year, "open": policy.account_open},
            pacing,
        ),
        Protection(
            _("Rest after something big"),
            _("Nothing for %(rest)d days, and only small things for %(low)d.")
            % {"rest": policy.recovery_days, "low": policy.recovery_low_days},
            policy.recovery_mode == GuardMode.BLOCK,
        ),
        Protection(
            _("Each kind of activity has its own limits"),
            _("How many a year, on the same topic or site, at a time, and days between two."),
            policy.limits_mode == GuardMode.BLOCK,
        ),
        Protection(
            _("Everybody says how often"),
            _(
                "No more reference calls than somebody wants, nothing they said no to, and nothing"
                " while they are away or want quiet."
            ),
            policy.frequency_mode == GuardMode.BLOCK,
        ),
        Protection(
            _("One step after the other"),
            _(
                "Something small comes before something big, and nobody is asked for the same twice"
                " in a row."
            ),
            GuardMode.BLOCK in (policy.ladder_mode, policy.variety_mode),
        ),
    ]


def own_protections(policy: ProgramPolicy) -> list[str]:
    """The same, as it is said to an advocate: only what nobody of us can pass."""
    found = []
    if policy.pacing_mode == GuardMode.BLOCK:
        found.append(
            _(
                "We ask at most %(year)d times a year and %(quarter)d times in 90 days, and leave"
                " %(days)d days between two questions, whatever you answer."
            )
            % {
                "year": policy.asks_per_year,
                "quarter": policy.asks_per_90_days,
                "days": policy.days_between_asks,
            }
        )
        if policy.cooling_days:
            text = _("If two in a row do not suit you, we leave you in peace for %(days)d days.")
            found.append(text % {"days": policy.cooling_days})
        text = _("All of you at your company together do at most %(open)d things at a time for us.")
        found.append(text % {"open": policy.account_open})
    if policy.recovery_mode == GuardMode.BLOCK and policy.recovery_days:
        text = _("After something big, such as a talk, we ask nothing for %(rest)d days.")
        found.append(text % {"rest": policy.recovery_days})
    return [
        *found,
        _("What you offer yourself uses up nothing."),
        _("A no has no consequences, and needs no reason."),
    ]


def own_numbers(advocate: Advocate, policy: ProgramPolicy) -> OwnNumbers | None:
    """Where somebody stands; None for who was never in the program. Two statements."""
    found = guard_statuses(activity_types=types_on(), advocate_ids=[advocate.pk])
    statuses = [by[advocate.pk] for by in found.values() if advocate.pk in by]
    if not statuses or any(_is_outside(each.reasons) for each in statuses):
        return None
    days = [each.until for each in statuses if each.until is not None]
    may_now = any(each.may for each in statuses)
    return OwnNumbers(
        used=statuses[0].used,
        allowance=statuses[0].allowance,
        asked=_asked(advocate.pk),
        asks_a_year=policy.asks_per_year,
        may_now=may_now,
        from_day=None if may_now or not days else min(days),
    )


def _is_outside(reasons: tuple[object, ...]) -> bool:
    return any(getattr(reason, "code", "") == "capacity_row" for reason in reasons)


def _asked(pk: uuid.UUID) -> int:
    asked = Participation.objects.filter(
        advocate_id=pk, origin=Origin.ASKED, taken_at__gt=clock.now() - _YEAR
    )
    return asked.exclude(release_reason=ReleaseReason.UNSENT).count()
