"""Where somebody's absence is said: beside what is theirs, and on Today (ID-1.c)."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.tenancy.delegation import last_day_away, stands_in_for, who_acts_for
from advocacy.tenancy.models import Membership
from advocacy.web import formatting as words


def instead_of(member: Membership, reader: Membership) -> str:
    """Why somebody else has what is a member's, where it acts; nothing where it is their own."""
    last = last_day_away(member)
    if last is None or reader.pk == member.pk:
        return ""
    return _("for %(name)s, away until %(day)s") % {"name": member.name, "day": words.day(last)}


def name_now(member: Membership | None) -> str:
    """Whose something is, and who has it while they are away."""
    if member is None:
        return ""
    last = last_day_away(member)
    if last is None:
        return member.name
    return _("%(name)s (away until %(day)s: %(delegate)s)") % {
        "name": member.name,
        "day": words.day(last),
        "delegate": who_acts_for(member).name,
    }


def said_on_today(reader: Membership) -> str:
    """Who has the reader's work, and whose work the reader has; nothing on an ordinary day."""
    said = []
    if (last := last_day_away(reader)) is not None:
        text = _("You are away until %(day)s: what falls due by then is with %(name)s.")
        said.append(text % {"day": words.day(last), "name": who_acts_for(reader).name})
    if absent := stands_in_for(reader):
        names = ", ".join(
            _("%(name)s until %(day)s") % {"name": each.name, "day": words.day(last)}
            for each in absent
            if (last := last_day_away(each)) is not None
        )
        text = ngettext("You stand in for %(names)s.", "You stand in for %(names)s.", len(absent))
        said.append(text % {"names": names})
    return " ".join(said)
