"""Nominations: to decide, and what became of one's own (IDN-2)."""

from collections.abc import Collection, Iterable
from datetime import timedelta
from uuid import UUID

from django.db.models import DateTimeField, ExpressionWrapper, F, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.tenancy.models import Membership
from advocacy.web import formatting as words
from advocacy.web.queue import QueueRow, Work, key_of
from advocacy.web.urls import tenant_reverse
from advocates.joining.selectors import (
    my_accepted_nominations,
    my_returned_nominations,
    open_nominations,
)
from advocates.models import Nomination

_WEEK = timedelta(days=7)
#: What came back is best mended while the reasons are fresh.
MEND_WITHIN = timedelta(days=7)
#: Good news is worth reading for so long; then it leaves the queue by itself.
NEWS_FOR = timedelta(days=14)


def _after(field: str, span: timedelta) -> ExpressionWrapper:
    return ExpressionWrapper(F(field) + Value(span), output_field=DateTimeField())


def waiting_for_decision(membership: Membership) -> QuerySet[Nomination]:
    """Nominations nobody has decided."""
    if not membership.can("nominations.decide"):
        return Nomination.objects.none()
    # Those from before there was a time of their own have the usual week.
    return open_nominations().annotate(due=Coalesce("decide_by", _after("created_at", _WEEK)))


def waiting_to_be_mended(membership: Membership) -> QuerySet[Nomination]:
    """The member's own that came back."""
    if not membership.can("nominations.submit"):
        return Nomination.objects.none()
    return my_returned_nominations(membership).annotate(due=_after("decided_at", MEND_WITHIN))


def waiting_to_be_read(membership: Membership) -> QuerySet[Nomination]:
    """The member's own that were accepted lately and that they have not looked at."""
    if not membership.can("nominations.submit"):
        return Nomination.objects.none()
    lately = my_accepted_nominations(membership).filter(decided_at__gt=clock.now() - NEWS_FOR)
    return lately.annotate(due=_after("decided_at", NEWS_FOR))


def _row(
    code: str,
    nomination: Nomination,
    membership: Membership,
    *,
    title: str,
    why: Iterable[str],
    label: str,
    icon: str,
    tone: str,
) -> QueueRow:
    url = tenant_reverse(membership.tenant, "nominations:detail", nomination.pk)
    return QueueRow(
        id=key_of(code, nomination.pk),
        kind="nominations",
        icon=icon,
        tone=tone,
        title=title % {"name": nomination.advocate.name},
        why=" · ".join(part for part in why if part),
        url=url,
        due=nomination.due,  # type: ignore[attr-defined]
        action=(label, url, "panel"),
        panel=True,
    )


def _decider(nomination: Nomination) -> str:
    decider = nomination.decided_by
    if decider is None or nomination.decided_at is None:
        return ""
    return _("%(name)s decided %(when)s") % {
        "name": decider.name,
        "when": words.since(nomination.decided_at),
    }


def to_decide(membership: Membership, pks: Collection[UUID]) -> list[QueueRow]:
    """Accept or return."""
    return [
        _row(
            "decide",
            nomination,
            membership,
            title=_("Decide on %(name)s for the program"),
            why=[
                nomination.advocate.account.name,
                (
                    _("offered to help %(when)s")
                    if nomination.is_own
                    else _("%(name)s nominated %(when)s")
                )
                % {"name": nomination.nominator, "when": words.since(nomination.created_at)},
            ],
            label=_("Decide"),
            icon="user-heart" if nomination.is_own else "user-question",
            tone="accent",
        )
        for nomination in waiting_for_decision(membership).filter(pk__in=pks)
    ]


def to_mend(membership: Membership, pks: Collection[UUID]) -> list[QueueRow]:
    """See why it came back."""
    return [
        _row(
            "mend",
            nomination,
            membership,
            title=_("Your nomination of %(name)s came back"),
            why=[nomination.advocate.account.name, _first(nomination.return_reason)],
            label=_("See why"),
            icon="arrow-back-up",
            tone="warning",
        )
        for nomination in waiting_to_be_mended(membership).filter(pk__in=pks)
    ]


def to_read(membership: Membership, pks: Collection[UUID]) -> list[QueueRow]:
    """Good news, and the next step."""
    return [
        _row(
            "news",
            nomination,
            membership,
            title=_("%(name)s qualifies: your nomination was accepted"),
            why=[nomination.advocate.account.name, _decider(nomination)],
            label=_("What next"),
            icon="user-check",
            tone="success",
        )
        for nomination in waiting_to_be_read(membership).filter(pk__in=pks)
    ]


def _first(text: str, most: int = 90) -> str:
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + "…"


WORK = (
    Work("decide", "nominations", waiting_for_decision, to_decide),
    Work("mend", "nominations", waiting_to_be_mended, to_mend),
    Work("news", "nominations", waiting_to_be_read, to_read),
)
