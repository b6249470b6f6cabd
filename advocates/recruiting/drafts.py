"""A draft from the type's words and what is on record; what nobody knows stays empty (ENR-3.a).

Words of a template hold places such as ``{what}``. A part whose place has nothing to stand in it is
missing, never a letter with a hole.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from advocacy import clock
from advocacy.messaging.rendering import RenderedMail, render_mail
from advocacy.tenancy.models import Membership
from advocates.joining.criteria import months_before
from advocates.language import language_of
from advocates.models import ActivityType, Advocate, RecruitmentTemplate
from advocates.people.selectors import types_on
from advocates.program.catalogue.models import IS_REVIEW
from advocates.recruiting.models import PARTS

_PLACE = re.compile(r"\{(\w+)\}")

#: What may stand in the words of a template.
PLACES: dict[str, str | Promise] = {
    "together": gettext_lazy("how long they have been a customer"),
    "outcome": gettext_lazy("their newest measurable result"),
    "what": gettext_lazy("the kind of activity"),
    "description": gettext_lazy("what is involved, from the catalogue"),
    "minutes": gettext_lazy("the time it takes"),
    "gives_back": gettext_lazy("what is in it for the advocate, from the catalogue"),
    "company": gettext_lazy("your company"),
    "account": gettext_lazy("their company"),
    "sender": gettext_lazy("who writes"),
}

_USUAL: dict[str, str | Promise] = {
    "together": gettext_lazy("We have worked together for {together} now, and I enjoy it."),
    "outcome": gettext_lazy("What stays in my mind is what you achieved: {outcome}."),
    "project": gettext_lazy(
        "We are putting something together, and you came to mind first: {what}. {description}"
    ),
    "effort": gettext_lazy(
        "It takes {minutes}: you tell me that you would like to, I prepare everything, you do it"
        " when it suits you, and nothing goes out that you have not seen."
    ),
    "benefit": gettext_lazy("What is in it for you: {gives_back}"),
    "no_pressure": gettext_lazy(
        "If it does not fit, that is perfectly fine and changes nothing; a short no is enough."
    ),
    "signed": "{sender}",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """The seven parts by name; an empty one is missing."""

    parts: Mapping[str, str]

    @property
    def missing(self) -> list[str]:
        """Names of the parts without words."""
        return missing_of(self.parts)


def types_to_recruit_for() -> QuerySet[ActivityType]:
    """All that are on but reviews, which are asked of nobody in particular (MOM-1.d)."""
    return types_on().exclude(IS_REVIEW)


def usual_parts() -> dict[str, str]:
    """The usual words of each part, with their places, in the language of the moment."""
    return {name: str(text) for name, text in _USUAL.items()}


def template_of(kind: ActivityType) -> dict[str, str]:
    """The tenant's own words for a type, else the usual ones."""
    own = RecruitmentTemplate.objects.filter(activity_type=kind).first()
    usual = usual_parts()
    return {name: (own and getattr(own, name)) or usual[name] for name in PARTS}


def unknown_places(text: str) -> list[str]:
    """Places in a template's words that nothing fills."""
    return [place for place in _PLACE.findall(text) if place not in PLACES]


def draft_for(advocate: Advocate, kind: ActivityType, sender: Membership) -> Draft:
    """The letter as far as it can be written from what is on record, in the person's language."""
    with translation.override(language_of(advocate)):
        values = _values(advocate, kind, sender)
        words = template_of(kind)
        return Draft({name: _filled(words[name], values) for name in PARTS})


def missing_of(parts: Mapping[str, str]) -> list[str]:
    """Names of parts without words, in the letter's order."""
    return [name for name in PARTS if not str(parts.get(name, "")).strip()]


def letter_of(advocate: Advocate, parts: Mapping[str, str]) -> RenderedMail:
    """The mail as it arrives; a part that is missing leaves no hole."""
    context: dict[str, Any] = {name: str(parts.get(name, "")).strip() for name in PARTS}
    first = {"first_name": advocate.first_name or advocate.name, "company": advocate.tenant.name}
    return render_mail("recruitment", context | first, language_of(advocate))


def _filled(text: str, values: Mapping[str, str]) -> str:
    """Words with their places filled; nothing where one of them stays empty, but for what only
    describes.
    """
    needed = set(_PLACE.findall(text)) - {"description"}
    if any(not values.get(place) for place in needed):
        return ""
    return _PLACE.sub(lambda found: values.get(found[1], ""), text).strip()


def _values(advocate: Advocate, kind: ActivityType, sender: Membership) -> dict[str, str]:
    outcome = advocate.outcomes.first()
    low, high = kind.minutes_low, kind.minutes_high
    minutes = (
        ngettext("%(n)d minute", "%(n)d minutes", high) % {"n": high}
        if low == high
        else _("%(low)d to %(high)d minutes") % {"low": low, "high": high}
    )
    return {
        "together": _together(advocate),
        "outcome": str(outcome) if outcome else "",
        "what": kind.name,
        "description": kind.description,
        "minutes": minutes,
        "gives_back": kind.gives_back,
        "company": advocate.tenant.name,
        "account": advocate.account.name,
        "sender": sender.name,
    }


def _together(advocate: Advocate) -> str:
    since, today = advocate.account.customer_since, clock.today(advocate.tenant.zone)
    if since is None or since > today:
        return ""
    months = 0
    while months < 1200 and months_before(today, months + 1) >= since:
        months += 1
    if months < 1:
        return ""
    years = months // 12
    if years:
        return ngettext("%(n)d year", "%(n)d years", years) % {"n": years}
    return ngettext("%(n)d month", "%(n)d months", months) % {"n": months}
