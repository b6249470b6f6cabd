"""People on the way into the program: nominations to decide, and those that came back (IDN-2)."""

from datetime import timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from advocacy.tenancy.models import Membership
from advocacy.web import words
from advocacy.web.queue import QueueRow
from advocacy.web.urls import tenant_reverse
from advocates.models import Nomination
from advocates.selectors.nominations import my_returned_nominations, open_nominations

#: Who proposed somebody, or offered to help, hears within a week.
ANSWER_WITHIN = timedelta(days=7)


def waiting_for_decision(membership: Membership) -> QuerySet[Nomination]:
    """Nominations nobody has decided."""
    if not membership.can("nominations.decide"):
        return Nomination.objects.none()
    return open_nominations()


def waiting_to_be_read(membership: Membership) -> QuerySet[Nomination]:
    """Own nominations that came back."""
    if not membership.can("nominations.submit"):
        return Nomination.objects.none()
    return my_returned_nominations(membership)


def to_decide(membership: Membership) -> list[QueueRow]:
    """Accept, or return with a reason."""
    rows = []
    for nomination in waiting_for_decision(membership):
        person = nomination.advocate
        who = _("offered to help") if nomination.is_own else nomination.nominator
        rows.append(
            _row(
                nomination,
                membership,
                title=_("Decide about %(name)s, %(account)s")
                % {"name": person.name, "account": person.account.name},
                why=f"{who} · {words.since(nomination.created_at)}",
                label=_("Decide"),
                icon="user-heart" if nomination.is_own else "user-up",
            )
        )
    return rows


def to_read(membership: Membership) -> list[QueueRow]:
    """Why a nomination came back."""
    return [
        _row(
            nomination,
            membership,
            title=_("Your nomination of %(name)s came back") % {"name": nomination.advocate.name},
            why=nomination.return_reason,
            label=_("Read"),
            icon="arrow-back-up",
        )
        for nomination in waiting_to_be_read(membership)
    ]


def _row(
    nomination: Nomination, membership: Membership, *, title: str, why: str, label: str, icon: str
) -> QueueRow:
    url = tenant_reverse(membership.tenant, "nominations:detail", nomination.pk)
    since = nomination.decided_at or nomination.created_at
    return QueueRow(
        id=f"nomination-{nomination.pk}",
        kind="people",
        icon=icon,
        tone="info",
        title=title,
        why=why,
        url=url,
        due=since + ANSWER_WITHIN,
        action=(label, url, "get"),
    )
