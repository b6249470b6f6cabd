"""What of feedback waits on Today: to say how it was, and to look into a low rating (FUL-3.a)."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from activities.feedback.lifecycle import Side
from activities.feedback.models import Feedback
from activities.feedback.selectors import asked_of, low_ratings
from advocacy.tenancy.models import Membership
from advocacy.web import formatting as words
from advocacy.web.queue import QueueRow, Work, key_of
from advocacy.web.urls import tenant_reverse

_TO_LOOK = timedelta(days=1)


def waiting_for_word(membership: Membership) -> QuerySet[Feedback]:
    """What this member asked for and has not said how it was."""
    if not membership.can("feedback.give"):
        return Feedback.objects.none()
    return asked_of(membership).annotate(due=F("closes_at"))


def to_say(membership: Membership, pks: Collection[UUID]) -> list[QueueRow]:
    """Say how it was; without a name (VIS-1)."""
    found = waiting_for_word(membership).filter(pk__in=pks)
    return [
        _row(
            "say_how",
            row,
            membership,
            title=_("How was the %(activity)s for %(purpose)s?"),
            short=_("How was the %(activity)s?"),
            why=_("two taps; it decides how we ask the next time"),
            label=_("Say it"),
        )
        for row in found.select_related("activity__activity_type")
    ]


def waiting_for_look(membership: Membership) -> QuerySet[Feedback]:
    """Low ratings nobody has looked into."""
    if not membership.can("feedback.handle"):
        return Feedback.objects.none()
    return low_ratings().annotate(due=Coalesce(F("given_at") + _TO_LOOK, F("closes_at")))


def to_look(membership: Membership, pks: Collection[UUID]) -> list[QueueRow]:
    """Read it, and see what is to be done."""
    rows = waiting_for_look(membership).filter(pk__in=pks)
    found = []
    for row in rows.select_related("activity__activity_type", "activity__advocate", "member__user"):
        own = row.side == Side.ADVOCATE
        who = row.activity.advocate.name if own else (row.member.name if row.member else "")
        said = _("%(who)s gave %(rating)d of 5") % {"who": who, "rating": row.rating or 0}
        found.append(
            _row(
                "low_rating",
                row,
                membership,
                title=_("Look into a low rating of the %(activity)s for %(purpose)s"),
                short=_("Look into a low rating of the %(activity)s"),
                why=" · ".join(
                    part for part in (said, row.comment, words.since(row.given_at)) if part
                ),
                label=_("Read it"),
            )
        )
    return found


def _row(
    code: str,
    row: Feedback,
    membership: Membership,
    *,
    title: str,
    short: str,
    why: str,
    label: str,
) -> QueueRow:
    url = tenant_reverse(membership.tenant, "feedback:detail", row.pk)
    activity = row.activity
    text = title if activity.purpose else short
    return QueueRow(
        id=key_of(code, row.pk),
        kind="requests",
        icon="message-star",
        tone="warning" if code == "low_rating" else "info",
        title=text % {"activity": activity.activity_type.name.lower(), "purpose": activity.purpose},
        why=why,
        url=url,
        due=row.due,  # type: ignore[attr-defined]
        action=(label, url, "panel"),
        panel=True,
    )


WORK = (
    Work("say_how", "requests", waiting_for_word, to_say),
    Work("low_rating", "requests", waiting_for_look, to_look),
)
