"""What the guard's rules are called and how they read (CAP-1 to CAP-4, CAP-7)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from advocacy.web import formatting as words

#: The guard's named rules, in the order in which it checks them, with what each says.
SENTENCES: dict[str, str | Promise] = {
    "capacity_row": gettext_lazy("%(who)s is not in the program."),
    "capacity_yearly": gettext_lazy(
        "%(who)s has given or promised %(used)s of %(allowance)s activities a year."
    ),
    "capacity_type_year": gettext_lazy(
        "%(who)s has already done this %(of_type_times)s in a year; %(per_year)s is the limit."
    ),
    "capacity_type_detail": gettext_lazy(
        "%(who)s has already done this %(of_detail_times)s in a year for %(detail)s;"
        " %(per_detail)s is the limit."
    ),
    "capacity_type_at_once": gettext_lazy(
        "%(who)s already has %(type_open)s of these open; %(at_once)s at a time is the limit."
    ),
    "capacity_type_gap": gettext_lazy("%(who)s has done this less than %(gap_span)s ago."),
    "capacity_reference_gap": gettext_lazy(
        "%(who)s wants %(reference_span)s between two reference calls."
    ),
    "capacity_recovery": gettext_lazy("%(who)s is resting after a high-effort activity."),
    "variety": gettext_lazy("%(who)s was asked for the same the last time."),
    "ladder": gettext_lazy(
        "%(who)s has not done anything of %(before)s effort yet, which is the step before this."
    ),
    "capacity_pacing": gettext_lazy(
        "%(who)s has been asked lately: %(asks_quarter_times)s in 90 days, %(asks_year)s in a year."
    ),
    "capacity_asked": gettext_lazy(
        "%(who)s has been asked for %(asked_given)s of %(asked_per_year)s activities a year,"
        " whatever they are."
    ),
    "capacity_cooling": gettext_lazy(
        "%(who)s declined or did not answer the last two asks and is left in peace for a while."
    ),
    "capacity_account": gettext_lazy(
        "The company of %(who)s is asked enough: %(account_activities)s in a year,"
        " %(account_open)s open."
    ),
    "type_warn_gap": gettext_lazy(
        "%(who)s did this less than %(warn_span)s ago; somebody else may tell a fresher story."
    ),
}

#: What a take can be refused for.
CODES = frozenset(SENTENCES) - {"type_warn_gap"}


#: The figures a sentence may say: columns of the statement, then limits of the type.
FIGURES = (
    "of_type",
    "of_detail",
    "type_open",
    "reference_gap",
    "asks_year",
    "asks_quarter",
    "account_used",
    "account_open",
    "asked_given",
    "asked_per_year",
    "used",
    "allowance",
    "per_year",
    "per_detail",
    "at_once",
    "gap_days",
    "warn_gap",
    "effort",
    "detail",
)


@dataclass(frozen=True, slots=True)
class GuardReason:
    """One rule that is reached. ``until``: the local day from which it no longer is, if known."""

    code: str
    until: date | None
    # The figures for the sentence, in the order of FIGURES; unpacked only when it is said.
    figures: tuple[Any, ...] = field(default=(), compare=False, repr=False)

    @property
    def text(self) -> str:
        """The rule in a sentence that names nobody."""
        return refusal_text(self, _("This person"))


@dataclass(frozen=True, slots=True)
class GuardStatus:
    """What the guard would say to one more ask of one type, and the figures behind it.

    ``allowance`` and ``used`` are units a year, open ones included; ``warnings`` are rules that
    the tenant set to warn (CAP-5).
    """

    allowance: int
    used: int
    open_now: int
    last_asked_at: datetime | None
    reasons: tuple[GuardReason, ...] = ()
    warnings: tuple[GuardReason, ...] = ()

    @property
    def may(self) -> bool:
        """Whether an ask would go through."""
        return not self.reasons

    @property
    def left(self) -> int:
        """Units that can still be asked for this year."""
        return max(self.allowance - self.used, 0)

    @property
    def over(self) -> int:
        """Units beyond the allowance: facts, merges or a lowered cap (CAP-1, CAP-8)."""
        return max(self.used - self.allowance, 0)

    @property
    def until(self) -> date | None:
        """The day from which an ask may be possible; ``None`` when now, or when unknown."""
        days = [reason.until for reason in self.reasons]
        known = [day for day in days if day is not None]
        return max(known) if known and len(known) == len(days) else None


def refusal_text(reason: GuardReason, who: str) -> str:
    """A rule in a sentence about somebody, with the day it ends where that is known."""
    said = SENTENCES.get(reason.code)
    # A refusal in a race leaves no figures: say the rule without them.
    if said is None or (not reason.figures and reason.code != "capacity_row"):
        text = _("%(who)s cannot be asked for this now.") % {"who": who}
    else:
        figures = dict(zip(FIGURES, reason.figures, strict=False))
        detail, effort = figures.get("detail"), figures.get("effort")
        figures |= _spelled(figures)
        figures["before"] = _("moderate") if effort == "high" else _("low")
        figures["detail"] = f"“{detail}”" if detail else _("the same topic or site")
        text = str(said) % {**figures, "who": who}
    if reason.until:
        text += " " + _("Possible again from %(day)s.") % {"day": words.day(reason.until)}
    return text


def _spelled(figures: Mapping[str, Any]) -> dict[str, str]:
    """Figures with their nouns: once is not "1 times"."""

    def counted(name: str, one: str, many: str) -> str:
        number = int(figures.get(name) or 0)
        return ngettext(one, many, number) % {"n": number}

    return {
        **{
            f"{name}_times": counted(name, "%(n)d time", "%(n)d times")
            for name in ("of_type", "of_detail", "asks_quarter")
        },
        **{
            spelled: counted(name, "%(n)d day", "%(n)d days")
            for spelled, name in (
                ("gap_span", "gap_days"),
                ("reference_span", "reference_gap"),
                ("warn_span", "warn_gap"),
            )
        },
        "account_activities": counted("account_used", "%(n)d activity", "%(n)d activities"),
    }
