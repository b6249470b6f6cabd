"""Times, money and names in the words people use. Texts only; the tags add the markup."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy import clock

SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥", "BRL": "R$", "IDR": "Rp", "MYR": "RM"}

_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def _local(value: datetime) -> datetime:
    return timezone.localtime(value) if timezone.is_aware(value) else value


def _today() -> date:
    return _local(clock.now()).date()


def span(seconds: float) -> str:
    """A length of time in its largest fitting unit: 40 min, 3 h, 2 days, 5 weeks, 4 months."""
    if seconds < _HOUR:
        return _("%(count)d min") % {"count": max(1, int(seconds // _MINUTE))}
    if seconds < _DAY:
        return _("%(count)d h") % {"count": int(seconds // _HOUR)}
    return _days(int(seconds // _DAY))


def _days(days: int) -> str:
    if days < 14:
        return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
    if days < 60:
        return ngettext("%(count)d week", "%(count)d weeks", days // 7) % {"count": days // 7}
    if days < 730:
        return ngettext("%(count)d month", "%(count)d months", days // 30) % {"count": days // 30}
    return ngettext("%(count)d year", "%(count)d years", days // 365) % {"count": days // 365}


#: So near, nobody takes a date of another year for one of this.
_NEAR = timedelta(days=183)


def day(value: date) -> str:
    """A date without needless parts: "Fri 27 Nov", with the year where it could be another's."""
    today = _today()
    on = _local(value).date() if isinstance(value, datetime) else value
    near = on.year == today.year or abs(on - today) < _NEAR
    return formats.date_format(on, "D j M" if near else "j M Y", use_l10n=False)


def month(value: date) -> str:
    """The month of a date: "November 2026"."""
    return formats.date_format(value, "F Y", use_l10n=False)


def letter_moment(value: datetime) -> str:
    """As a letter says it: "Friday 27 November, 13:12"; in the zone the moment comes with."""
    return formats.date_format(value, "l j F, H:i", use_l10n=False)


def letter_day(value: date) -> str:
    """As a letter says it: "27 November 2026"."""
    return formats.date_format(value, "j F Y", use_l10n=False)


def clock_time(value: datetime) -> str:
    """The reader's wall clock: "13:12"."""
    return formats.date_format(_local(value), "H:i", use_l10n=False)


def moment(value: date) -> str:
    """Date and, if there is one, time in full: "Fri 27 Nov, 13:12"."""
    if not isinstance(value, datetime):
        return day(value)
    return _("%(day)s, %(time)s") % {"day": day(_local(value).date()), "time": clock_time(value)}


def since(value: date | None) -> str:
    """How long ago something was: "just now", "40 min ago", "yesterday", "4 months ago"."""
    if value is None:
        return _("never")
    if isinstance(value, datetime):
        seconds = (clock.now() - value).total_seconds()
        if seconds < 0:
            return due(value)
        if seconds < _MINUTE:
            return _("just now")
        days = (_today() - _local(value).date()).days
        if seconds < _DAY and days <= 1:
            return _("%(span)s ago") % {"span": span(seconds)}
    else:
        days = (_today() - value).days
        if days < 0:
            return due(value)
        if days == 0:
            return _("today")
    if days <= 1:
        return _("yesterday")
    return _("%(span)s ago") % {"span": _days(days)}


def is_late(value: date | None) -> bool:
    """Whether a due moment, or the whole of a due day, has passed."""
    if value is None:
        return False
    return value < clock.now() if isinstance(value, datetime) else value < _today()


def is_today(value: date) -> bool:
    """Whether a moment or day lies in the reader's today."""
    return (_local(value).date() if isinstance(value, datetime) else value) == _today()


def due(value: date | None) -> str:
    """When something is due: "40 min late", "by 13:12", "tomorrow", "Thu", "Wed 1 Apr"."""
    if value is None:
        return ""
    if is_late(value):
        if isinstance(value, datetime):
            return _("%(span)s late") % {"span": span((clock.now() - value).total_seconds())}
        return _("%(span)s late") % {"span": _days((_today() - value).days)}
    on = _local(value).date() if isinstance(value, datetime) else value
    days = (on - _today()) // timedelta(days=1)
    if days == 0:
        if isinstance(value, datetime):
            return _("by %(time)s") % {"time": clock_time(value)}
        return _("today")
    if days == 1:
        return _("tomorrow")
    if days < 7:
        return formats.date_format(on, "D", use_l10n=False)
    return day(on)


def money(amount: Decimal | float | None, currency: str, *, short: bool = False) -> str:
    """An amount with its currency: "€450,000", or "€450k" for a heading. None is a dash."""
    if amount is None:
        return "–"
    value = Decimal(str(amount))
    sign = SYMBOLS.get(currency, f"{currency} ")
    minus = "−" if value < 0 else ""
    value = abs(value)
    if short:
        for size, letter in ((Decimal(10**9), "bn"), (Decimal(10**6), "m"), (Decimal(10**3), "k")):
            if value >= size:
                scaled = value / size
                text = formats.number_format(scaled, 1 if scaled < 10 and scaled % 1 else 0)
                return f"{minus}{sign}{text}{letter}"
    places = 0 if value == value.to_integral_value() else 2
    return f"{minus}{sign}{formats.number_format(value, places, force_grouping=True)}"


def initials(name: str) -> str:
    """First letters of the first and the last word of a name; "?" for none."""
    parts = [part for part in name.replace("-", " ").split() if part[0].isalnum()]
    if not parts:
        return "?"
    return (parts[0][0] + (parts[-1][0] if len(parts) > 1 else "")).upper()
