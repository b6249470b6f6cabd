"""Values as a person reads them."""

from datetime import timedelta
from math import ceil
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.tenancy.models import Tenant
from advocacy.tenancy.roles import Role
from advocacy.web.formatting import day, money
from advocacy.web.shapes import percent
from advocates.accounts.choices import Region, Segment
from reporting.metrics.definitions import LeftOut, Metric, Reading
from reporting.metrics.frame import Frame, day_length


def hours(value: float) -> str:
    """Hours up to two days, then days."""
    if value < 1:
        minutes = round(value * 60)
        return ngettext("%(n)d min", "%(n)d min", minutes) % {"n": minutes}
    if value < 48:
        return _("%(n)d h") % {"n": round(value)}
    return in_days(value / 24)


def in_days(value: float) -> str:
    """Days with one digit behind the point where it matters."""
    days = round(value, 1)
    shown = number_format(days, decimal_pos=0 if days == int(days) else 1)
    return ngettext("%(n)s day", "%(n)s days", ceil(days)) % {"n": shown}


def in_business_days(value: float) -> str:
    """Business days with one digit behind the point where it matters."""
    days = round(value, 1)
    shown = number_format(days, decimal_pos=0 if days == int(days) else 1)
    return ngettext("%(n)s business day", "%(n)s business days", ceil(days)) % {"n": shown}


def difference(value: float) -> str:
    """``0.15`` as "+15 %"."""
    sign = "+" if value > 0 else "−" if round(value * 100) < 0 else "±"
    return f"{sign}{percent(abs(value))}"


def value_of(metric: Metric, value: float, tenant: Tenant, *, short: bool = True) -> str:
    """A value in a metric's unit."""
    if metric.unit == "share":
        return percent(value)
    if metric.unit == "hours":
        return hours(value)
    if metric.unit == "days":
        return in_days(value)
    if metric.unit == "business_days":
        return in_business_days(value)
    if metric.unit == "money":
        return money(value, tenant.currency, short=short)
    if metric.unit in ("difference", "return"):
        return difference(value)
    return number_format(value, decimal_pos=0, force_grouping=True)


def nothing_of(reading: Reading) -> str:
    """Why there is no value."""
    if reading.lacks == "costs":
        return _("no costs are written in this period")
    if reading.lacks == "divisor":
        return _("there is nothing to divide the costs by")
    return _("too few to tell") if reading.too_few else _("nothing to measure yet")


def period_of(frame: Frame) -> str:
    """Its days: "1 Dec 2025 – 28 Nov"."""
    return f"{day(frame.first)} – {day(frame.last)}"


def part_of(frame: Frame) -> str:
    """The part of the program it is about; nothing for all of it."""
    said = []
    if frame.segment:
        said.append(str(Segment(frame.segment).label))
    if frame.region:
        said.append(str(Region(frame.region).label))
    if frame.team:
        said.append(str(Role(frame.team).label))
    if frame.among is not None:
        said.append(frame.among.name)
    return ", ".join(said)


def not_told_by(metric: Metric, frame: Frame) -> str:
    """That it is of everybody, although a part was asked for; nothing where it is of that part."""
    names = {
        "segment": _("segment"),
        "region": _("region"),
        "type": _("activity"),
        "team": _("team"),
        "in_segment": _("saved segment"),
    }
    found = [names[name] for name in metric.not_told_by(frame)]
    if not found:
        return ""
    return _("of everybody: not told apart by %(what)s") % {"what": ", ".join(found)}


def interval_of(metric: Metric, reading: Reading, tenant: Tenant) -> str:
    """The likely range in words; nothing without one."""
    if reading.low is None or reading.high is None or reading.value is None:
        return ""
    return _("likely %(low)s to %(high)s") % {
        "low": value_of(metric, reading.low, tenant),
        "high": value_of(metric, reading.high, tenant),
    }


def made_of(metric: Metric, reading: Reading, tenant: Tenant) -> str:
    """Of what the value is made: "18 of 24", "with 41 % of 124, without 33 % of 388"."""
    if metric.unit == "share" and reading.denominator:
        return _("%(good)s of %(all)s") % {
            "good": number_format(reading.numerator or 0, decimal_pos=0, force_grouping=True),
            "all": number_format(reading.denominator, decimal_pos=0, force_grouping=True),
        }
    if reading.groups:
        each = [_side(metric, group, tenant) for group in reading.groups]
        return _("with %(one)s, without %(other)s") % {"one": each[0], "other": each[1]}
    if metric.unit == "return":
        worth = {"value": reading.numerator or 0, "cost": reading.denominator or 0}
        shown = {name: money(each, tenant.currency, short=True) for name, each in worth.items()}
        return _("%(value)s of value for %(cost)s of cost") % shown
    if metric.unit == "money" and reading.denominator:
        return _("%(cost)s for %(n)s") % {
            "cost": money(reading.numerator or 0, tenant.currency, short=True),
            "n": number_format(reading.denominator, decimal_pos=0, force_grouping=True),
        }
    if metric.unit == "count":
        return ""
    counted = reading.counted
    return ngettext("from %(n)d row", "from %(n)d rows", counted) % {"n": counted}


def _side(metric: Metric, group: Any, tenant: Tenant) -> str:
    if group.value is None:
        return _("none")
    shown = percent(group.value) if metric.code != "cycle_difference" else in_days(group.value)
    return _("%(value)s of %(n)s") % {
        "value": shown,
        "n": number_format(group.counted, decimal_pos=0, force_grouping=True),
    }


def left_out_of(lost: LeftOut) -> str:
    """What could not be counted, and why: "3 deals left out: no rate for USD"."""
    numbers = {"n": lost.count, "currency": lost.currency}
    if lost.lacks == "segment":
        text = ngettext(
            "without %(n)d cost for all segments, %(amount)s in all",
            "without %(n)d costs for all segments, %(amount)s in all",
            lost.count,
        )
        return text % {
            **numbers,
            "amount": number_format(lost.amount or 0, decimal_pos=0, force_grouping=True),
        }
    if lost.of == "cost":
        text = ngettext(
            "%(n)d cost left out: no rate for %(currency)s",
            "%(n)d costs left out: no rate for %(currency)s",
            lost.count,
        )
        return text % numbers
    if lost.lacks == "rate":
        return (
            ngettext(
                "%(n)d deal left out: no rate for %(currency)s",
                "%(n)d deals left out: no rate for %(currency)s",
                lost.count,
            )
            % numbers
        )
    if lost.lacks == "amount":
        text = ngettext(
            "%(n)d deal left out: no amount", "%(n)d deals left out: no amount", lost.count
        )
        return text % numbers
    text = ngettext(
        "%(n)d deal left out: a day is missing or the days are the wrong way round",
        "%(n)d deals left out: a day is missing or the days are the wrong way round",
        lost.count,
    )
    return text % numbers


def in_unit(part: Any, unit: str, tenant: Tenant) -> Any:
    """What a row gives, as the bare number that adds up to a metric's value: a length of time in
    the metric's own unit, hours, days or the tenant's business days.
    """
    if isinstance(part, timedelta):
        if unit == "business_days":
            return part / day_length(tenant)
        return part / timedelta(**{unit: 1})
    return part


def part_words(metric: Metric, row: Any, tenant: Tenant) -> str:
    """What one row gives to the number."""
    part = getattr(row, "part", None)
    side = ""
    if hasattr(row, "touched"):
        side = _("with") if row.touched else _("without")
    if part is None:
        said = _("left out") if metric.unit in ("money", "days", "hours") else ""
    elif metric.unit == "money":
        said = money(part, tenant.currency)
    elif metric.unit == "business_days":
        said = in_business_days(part / day_length(tenant))
    elif isinstance(part, timedelta):
        said = hours(part / timedelta(hours=1))
    elif metric.code == "cycle_difference":
        said = in_days(part)
    elif metric.unit == "count":
        said = _("counts")
    else:
        said = _("yes") if part else _("no")
    return f"{said} · {side}" if side else said
