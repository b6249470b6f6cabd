"""What of relationships waits on Today: those of a member's own accounts that are one-sided, and
whom the tier wants a check-in with (REL-1.c, MSG-3).
"""

from collections.abc import Collection
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import DateTimeField, ExpressionWrapper, F, QuerySet, Value
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.tenancy.models import Membership
from advocacy.web.formatting import day
from advocacy.web.queue import QueueRow, Work, closing_time, key_of
from advocacy.web.urls import tenant_reverse
from advocates.models import Advocate, AdvocateScore, Preference
from advocates.scoring.parts import one_sided_words
from advocates.touches.check_ins import FRESH, check_ins_of
from advocates.touches.models_of_touch import touch_model_of
from advocates.touches.selectors import one_sided_of

#: From the last ask on: a call then is still about the person, and later only the list and the
#: page say that it is one-sided.
_WITHIN = timedelta(days=7)


def waiting(membership: Membership) -> QuerySet[AdvocateScore]:
    """The member's, if they may record a touch."""
    if not membership.can("touches.edit"):
        return AdvocateScore.objects.none()
    lately = one_sided_of(membership).filter(advocate__last_asked_at__gte=clock.now() - FRESH)
    by = F("advocate__last_asked_at") + Value(_WITHIN)
    return lately.annotate(due=ExpressionWrapper(by, output_field=DateTimeField()))


def rows(membership: Membership, pks: Collection[UUID]) -> list[QueueRow]:
    """How they read."""
    found = []
    for known in waiting(membership).filter(pk__in=pks):
        page = tenant_reverse(membership.tenant, "advocates:detail", known.advocate_id)
        new = tenant_reverse(membership.tenant, "touches:new")
        found.append(
            QueueRow(
                id=key_of("relationship", known.pk),
                kind="touches",
                icon="message-heart",
                tone="warning",
                title=_("%(name)s: one-sided") % {"name": known.advocate.name},
                why=one_sided_words(known),
                url=page,
                due=known.due,  # type: ignore[attr-defined]
                action=(_("Record a touch"), f"{new}?advocate={known.advocate_id}", "panel"),
            )
        )
    return found


WORK = Work("relationship", "touches", waiting, rows)


def checking_in(membership: Membership) -> QuerySet[Advocate]:
    """Whom the member is to check in with, if they may record it."""
    if not membership.can("touches.edit"):
        return Advocate.objects.none()
    due = closing_time(F("check_in_on"), membership)
    return check_ins_of(membership).annotate(
        due=due,
        tier_name=F("standings__tier__name"),
        every=F("check_in_days"),
        tier_code=F("standings__tier__code"),
    )


def to_check_in(membership: Membership, pks: Collection[UUID]) -> list[QueueRow]:
    """How they read: whom, how they like to be reached, when we last spoke."""
    found = []
    new = tenant_reverse(membership.tenant, "touches:new")
    today = clock.today(membership.tenant.zone)
    people = list(checking_in(membership).filter(pk__in=pks))
    channels = dict(
        Preference.objects.filter(advocate__in=people).values_list("advocate", "channel")
    )
    for person in people:
        sheet = tenant_reverse(membership.tenant, "advocates:sheet", person.pk)
        found.append(
            QueueRow(
                id=key_of("check_in", person.pk),
                kind="touches",
                icon="phone-call",
                tone="info",
                title=_("Check in with %(name)s, %(account)s")
                % {"name": person.name, "account": person.account.name},
                why=_check_in_words(person, channels.get(person.pk, "")),
                url=sheet,
                due=person.due,  # type: ignore[attr-defined]
                action=(
                    _("Record it"),
                    f"{new}?advocate={person.pk}&kind=check_in&happened_on={today.isoformat()}",
                    "panel",
                ),
                panel=True,
            )
        )
    return found


def _check_in_words(person: Any, channel: str) -> str:
    last = (
        _("Last spoken on %(day)s") % {"day": day(person.last_check_in)}
        if person.last_check_in
        else _("Nobody has checked in yet")
    )
    cadence = _("%(tier)s: every %(days)d days")
    parts = [last, cadence % {"tier": person.tier_name, "days": person.every}]
    if person.account.segment:
        parts.append(touch_model_of(person.tier_code, person.account.segment))
    if channel == Preference.Channel.PHONE and person.phone:
        parts.append(_("call: %(phone)s") % {"phone": person.phone})
    return " · ".join(parts)


CHECK_IN = Work("check_in", "touches", checking_in, to_check_in)
