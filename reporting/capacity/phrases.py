"""Numbers of the capacity check in words, and what became of them since last week (CAP-6)."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from advocacy.web.formatting import money
from advocates.touches.check_ins import here


def hours(minutes: int) -> str:
    """Whole hours, on one line."""
    return together(_("%(hours)s h") % {"hours": number_format(round(minutes / 60))})


def in_money(hundredths: int) -> str:
    """In the tenant's currency."""
    return money(Decimal(hundredths) / 100, here().currency)


def money_change(now: int, then: int | None) -> str:
    """Since last week, both in hundredths; nothing where last week is not known."""
    if then is None:
        return ""
    if now == then:
        return _("as last week")
    by = in_money(abs(now - then))
    text = _("%(by)s more than last week") if now > then else _("%(by)s less than last week")
    return text % {"by": by}


def together(text: str) -> str:
    """On one line, also where it is narrow."""
    return text.replace(" ", "\u00a0")


def change(now: int, then: int | None) -> str:
    """Of a count, since last week; nothing where last week is not known."""
    if then is None:
        return ""
    if now == then:
        return _("as last week")
    return _("%(by)+d since last week") % {"by": now - then}


def hours_change(now: int, then: int | None) -> str:
    """The same of minutes, in whole hours."""
    if then is None:
        return ""
    by = round(now / 60) - round(then / 60)
    return _("as last week") if not by else _("%(by)+d h since last week") % {"by": by}
