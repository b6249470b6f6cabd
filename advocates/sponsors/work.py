"""What of sponsors waits on Today: a sponsor's own people, and to whoever runs the program, who has
no sponsor and whose sponsor is late (SPN-1).
"""

from collections.abc import Collection
from uuid import UUID

from django.db.models import DateField, ExpressionWrapper, F, QuerySet, Value
from django.utils.translation import gettext as _

from advocacy.tenancy.models import Membership
from advocacy.tenant_settings.reading import current
from advocacy.web.formatting import day
from advocacy.web.queue import QueueRow, Work, closing_time, key_of
from advocacy.web.urls import tenant_reverse
from advocates.models import Advocate
from advocates.sponsors.numbers import Care
from advocates.sponsors.selectors import (
    overdue_with_sponsors,
    sponsored_by,
    without_sponsor,
)
from advocates.touches.check_ins import in_tier_since


def sponsoring(membership: Membership) -> QuerySet[Advocate]:
    """Whom the member is to be in touch with."""
    if not membership.can("touches.edit"):
        return Advocate.objects.none()
    return sponsored_by(membership).annotate(due=closing_time(F("sponsor_on"), membership))


def to_be_in_touch(membership: Membership, pks: Collection[UUID]) -> list[QueueRow]:
    """Each with the sheet to read before."""
    return [
        QueueRow(
            id=key_of("sponsor", person.pk),
            kind="touches",
            icon="user-star",
            tone="info",
            title=_("A word from you to %(name)s, %(account)s")
            % {"name": person.name, "account": person.account.name},
            why=_last_words(person),
            url=tenant_reverse(membership.tenant, "advocates:sheet", person.pk),
            due=person.due,  # type: ignore[attr-defined]
            action=(
                _("Read the sheet"),
                tenant_reverse(membership.tenant, "advocates:sheet", person.pk),
                "panel",
            ),
            panel=True,
        )
        for person in sponsoring(membership).filter(pk__in=pks)
    ]


def late(membership: Membership) -> QuerySet[Advocate]:
    """Whose sponsor is late, for whoever runs the program."""
    if not membership.can("advocates.enrol"):
        return Advocate.objects.none()
    return overdue_with_sponsors(membership).annotate(due=closing_time(F("sponsor_on"), membership))


def to_remind(membership: Membership, pks: Collection[UUID]) -> list[QueueRow]:
    """Talk to the sponsor, or name another one."""
    found = []
    for person in late(membership).filter(pk__in=pks):
        sponsor = person.executive_sponsor
        assert sponsor is not None  # noqa: S101 - else nobody would be late
        found.append(
            QueueRow(
                id=key_of("sponsor_late", person.pk),
                kind="touches",
                icon="user-exclamation",
                tone="warning",
                title=_("%(sponsor)s is late with a word to %(name)s")
                % {"sponsor": sponsor.name, "name": person.name},
                why=_last_words(person),
                url=tenant_reverse(membership.tenant, "advocates:sheet", person.pk),
                due=person.due,  # type: ignore[attr-defined]
                action=(
                    _("Change the sponsor"),
                    tenant_reverse(membership.tenant, "advocates:sponsor", person.pk),
                    "panel",
                ),
                panel=True,
            )
        )
    return found


def alone(membership: Membership) -> QuerySet[Advocate]:
    """Who ought to have a sponsor and has none, for whoever runs the program."""
    if not membership.can("advocates.enrol"):
        return Advocate.objects.none()
    within = current(Care).name_within
    by = ExpressionWrapper(
        in_tier_since(membership.tenant) + Value(within), output_field=DateField()
    )
    rows = without_sponsor(Advocate.objects.select_related("account"))
    return rows.annotate(due=closing_time(by, membership), tier_name=F("standings__tier__name"))


def to_name(membership: Membership, pks: Collection[UUID]) -> list[QueueRow]:
    """Name somebody."""
    return [
        QueueRow(
            id=key_of("unsponsored", person.pk),
            kind="touches",
            icon="user-question",
            tone="warning",
            title=_("%(name)s, %(account)s: no executive sponsor")
            % {"name": person.name, "account": person.account.name},
            why=_("%(tier)s: somebody of our leadership keeps in touch with them.")
            % {"tier": person.tier_name},  # type: ignore[attr-defined]
            url=tenant_reverse(membership.tenant, "advocates:sheet", person.pk),
            due=person.due,  # type: ignore[attr-defined]
            action=(
                _("Name a sponsor"),
                tenant_reverse(membership.tenant, "advocates:sponsor", person.pk),
                "panel",
            ),
            panel=True,
        )
        for person in alone(membership).filter(pk__in=pks)
    ]


def _last_words(person: Advocate) -> str:
    last, every = person.sponsor_last, person.sponsor_every  # type: ignore[attr-defined]
    if last is None:
        return _("Not in touch yet; every %(days)d days.") % {"days": every}
    return _("Last in touch on %(day)s; every %(days)d days.") % {"day": day(last), "days": every}


SPONSOR = Work("sponsor", "touches", sponsoring, to_be_in_touch)
SPONSOR_LATE = Work("sponsor_late", "touches", late, to_remind)
UNSPONSORED = Work("unsponsored", "touches", alone, to_name)
