"""One setting, and how an app declares the numbers it uses (SET-1).

@dataclass(frozen=True, slots=True)
class Promptness(Numbers):
    store = "appreciation"

    due_hours: int = number(24, _("Thanked within"), unit=HOURS, low=1, high=168, clause="THX-1.a")

``current(Promptness).due_hours`` is the tenant's own; what a tenant changed lies in the table
under ``store``.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import time
from decimal import Decimal
from typing import Any, ClassVar, Literal

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Text = str | Promise
Kind = Literal["number", "decimal", "choice", "several", "words", "line", "flag", "time"]
Choices = Sequence[tuple[str, Text]]

MINUTES = gettext_lazy("minutes")
SECONDS = gettext_lazy("seconds")
HOURS = gettext_lazy("hours")
BUSINESS_HOURS = gettext_lazy("business hours")
DAYS = gettext_lazy("days")
BUSINESS_DAYS = gettext_lazy("business days")
MONTHS = gettext_lazy("months")
PERCENT = "%"
PEOPLE = gettext_lazy("people")
POINTS = gettext_lazy("points")

_WORDS_MOST, _WORD_LONGEST = 50, 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One value: what it is called, what is usual, what is accepted."""

    key: str
    kind: Kind
    label: Text
    default: Any
    unit: Text = ""
    help: Text = ""
    low: int = 0
    high: int = 32767
    choices: Choices = ()
    #: Characters of a line.
    longest: int = 100
    #: May be left empty: no limit.
    optional: bool = False
    #: Heading under which it stands; settings of one part follow each other.
    part: Text = ""
    #: The clause of the specification whose number it is.
    clause: str = ""
    #: It is part of a guardrail that blocks, always ("") or while the setting of this key says
    #: so; then only an admin changes it (CAP-5).
    blocks: str | None = None

    @property
    def name(self) -> str:
        """The label, where it stands by itself."""
        return str(capfirst(str(self.label)))

    @property
    def usual(self) -> Any:
        """The default, its texts in the language of the moment."""
        if isinstance(self.default, tuple):
            return tuple(str(each) for each in self.default)
        return str(self.default) if isinstance(self.default, Promise) else self.default

    def problem(self, value: Any) -> str:
        """What is wrong with a value and what is accepted; empty when nothing is."""
        if value is None:
            return "" if self.optional else _("Enter a value.")
        return _CHECKS[self.kind](self, value)

    def words(self, value: Any) -> str:
        """A value as it is read, with its unit."""
        if self.kind == "flag":
            return _("yes") if value else _("no")
        if value is None or value in ("", (), []):
            return _("none")
        if self.kind == "choice":
            return str(dict(self.choices).get(value, value))
        if self.kind == "several":
            names = dict(self.choices)
            return ", ".join(str(names.get(each, each)) for each in value)
        if self.kind == "words":
            return ", ".join(value)
        if isinstance(value, time):
            return f"{value:%H:%M}"
        if isinstance(value, Decimal):
            value = f"{value:f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"
        return f"{value} {self.unit}".strip()


def _number(setting: Setting, value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int):
        return _("Enter a whole number from %(low)d to %(high)d.") % _range(setting)
    return _within(setting, value)


def _decimal(setting: Setting, value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return _("Enter a number from %(low)d to %(high)d.") % _range(setting)
    if isinstance(value, Decimal) and (not value.is_finite() or value != round(value, 2)):
        return _("Enter a number with at most two decimals.")
    return _within(setting, value)


def _within(setting: Setting, value: int | Decimal) -> str:
    if setting.low <= value <= setting.high:
        return ""
    return _("Enter a number from %(low)d to %(high)d.") % _range(setting)


def _range(setting: Setting) -> dict[str, int]:
    return {"low": setting.low, "high": setting.high}


def _choice(setting: Setting, value: Any) -> str:
    known = [code for code, _label in setting.choices]
    if value in known:
        return ""
    return _("Choose one of: %(known)s.") % {"known": ", ".join(known)}


def _several(setting: Setting, value: Any) -> str:
    known = [code for code, _label in setting.choices]
    if _are_texts(value) and set(value) <= set(known):
        return ""
    return _("Choose from: %(known)s.") % {"known": ", ".join(known)}


def _words(setting: Setting, value: Any) -> str:
    if not _are_texts(value) or any(not each.strip() or "\x00" in each for each in value):
        return _("Enter words, separated by commas.")
    if len(value) > _WORDS_MOST or any(len(each) > _WORD_LONGEST for each in value):
        return _("Enter at most %(most)d words of at most %(longest)d characters.") % {
            "most": _WORDS_MOST,
            "longest": _WORD_LONGEST,
        }
    return ""


def _line(setting: Setting, value: Any) -> str:
    if isinstance(value, str) and value.isprintable() and len(value) <= setting.longest:
        return ""
    return _("Enter one line of at most %(longest)d characters.") % {"longest": setting.longest}


def _flag(setting: Setting, value: Any) -> str:
    return "" if isinstance(value, bool) else _("Either true or false.")


def _time(setting: Setting, value: Any) -> str:
    return "" if isinstance(value, time) else _("Enter a time such as 09:00.")


def _are_texts(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(each, str) for each in value)


_CHECKS: Mapping[Kind, Callable[[Setting, Any], str]] = {
    "number": _number,
    "decimal": _decimal,
    "choice": _choice,
    "several": _several,
    "words": _words,
    "line": _line,
    "flag": _flag,
    "time": _time,
}


@dataclass(frozen=True, slots=True)
class Numbers:
    """Base of an app's typed numbers; every field is made by a function below."""

    #: Under which name the table keeps what a tenant changed.
    store: ClassVar[str] = ""


def _declared(kind: Kind, default: Any, label: Text, **rest: Any) -> Any:
    parts = {"kind": kind, "default": default, "label": label, **rest}
    return field(default=default, metadata={"setting": parts})


def number(default: int | None, label: Text, **rest: Any) -> Any:
    """A whole number; ``unit``, ``low``, ``high``, ``help``, ``part``, ``clause``."""
    return _declared("number", default, label, **rest)


def flag(default: bool, label: Text, **rest: Any) -> Any:
    """Yes or no; ``help``, ``part``, ``clause``."""
    return _declared("flag", default, label, **rest)


def choice(default: str, label: Text, choices: Choices, **rest: Any) -> Any:
    """One of some codes."""
    return _declared("choice", default, label, choices=choices, **rest)


def several(default: Collection[str], label: Text, choices: Choices, **rest: Any) -> Any:
    """Any of some codes."""
    return _declared("several", tuple(default), label, choices=choices, **rest)


def words(label: Text, **rest: Any) -> Any:
    """Words of the tenant's own; none to begin with."""
    return _declared("words", (), label, **rest)


def line(label: Text, **rest: Any) -> Any:
    """One line of text, ``longest`` characters at most; empty to begin with."""
    return _declared("line", "", label, **rest)


def usual_line(default: Text, label: Text, **rest: Any) -> Any:
    """One line of text that says something from the first day."""
    return _declared("line", default, label, **rest)


def settings_of(numbers: type[Numbers]) -> tuple[Setting, ...]:
    """The settings that a class of numbers declares."""
    return tuple(
        Setting(key=each.name, **each.metadata["setting"])
        for each in fields(numbers)
        if "setting" in each.metadata
    )
