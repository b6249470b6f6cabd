"""What a member reads and can say of the calls of a request once they are over (ACT-4, FUL-3)."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from activities.feedback.lifecycle import FeedbackState, Side
from activities.feedback.models import Feedback
from activities.feedback.selectors import feedback_on
from activities.slot_checks.lifecycle import CheckState
from activities.slot_checks.models import SlotCheck
from advocacy import clock
from advocacy.tenancy.delegation import answers_for
from advocacy.tenancy.models import Membership
from advocacy.web.urls import tenant_reverse
from requests.models import Ask


@dataclass(frozen=True, slots=True)
class Further:
    """A page of an app above that follows on a call."""

    label: str
    url: str
    icon: str


#: By ask, said by the apps above.
_further: list[Callable[[Membership, Collection[Ask]], Mapping[UUID, Further]]] = []


def register_further(
    find: Callable[[Membership, Collection[Ask]], Mapping[UUID, Further]],
) -> None:
    """Have ``find(viewer, asks)`` offer a page for some asks; for ``AppConfig.ready()``."""
    _further.append(find)


@dataclass(frozen=True, slots=True)
class Afterwards:
    """Of one ask: what was said, and the pages on which this member says it."""

    lines: tuple[str, ...] = ()
    check_url: str = ""
    feedback_url: str = ""
    further: tuple[Further, ...] = ()


def afterwards(
    viewer: Membership, asks: Collection[Ask], named: Collection[UUID]
) -> dict[UUID, Afterwards]:
    """By ask. The advocate's own words are for whom the name is known (``named``, VIS-1)."""
    done = {ask.activity.pk: ask for ask in asks if ask.activity is not None}
    if not done:
        return {}
    mine, tenant = answers_for(viewer), viewer.tenant
    open_ones = SlotCheck.objects.exclude(state=CheckState.SETTLED).filter(
        activity__in=done, requester__in=mine, requester_says=""
    )
    checks = dict(open_ones.values_list("activity", "pk"))
    more = [each(viewer, asks) for each in _further]
    found = {}
    said = feedback_on(done)
    for pk, ask in done.items():
        sides = said.get(pk, {})
        own = sides.get(Side.REQUESTER)
        may_say = own is not None and own.member_id in mine and own.closes_at > clock.now()  # type: ignore[attr-defined]
        found[ask.pk] = Afterwards(
            lines=tuple(_lines(sides.values(), named=ask.pk in named)),
            check_url=tenant_reverse(tenant, "slot-checks:detail", checks[pk])
            if pk in checks
            else "",
            feedback_url=tenant_reverse(tenant, "feedback:give", own.pk)
            if own is not None and may_say and own.state == FeedbackState.ASKED
            else "",
            further=tuple(each[ask.pk] for each in more if ask.pk in each),
        )
    return found


def _lines(rows: Iterable[Feedback], *, named: bool) -> Iterable[str]:
    for row in sorted(rows, key=lambda each: each.side):
        if row.state == FeedbackState.ASKED or row.rating is None:
            continue
        text = (
            _("The advocate gave it %(rating)d of 5")
            if row.side == Side.ADVOCATE
            else _("The requester gave it %(rating)d of 5")
        )
        again = _("again: %(again)s") % {"again": row.get_again_display()} if row.again else ""
        words = f"“{row.comment}”" if row.comment and (named or row.side != Side.ADVOCATE) else ""
        yield " · ".join(part for part in (text % {"rating": row.rating}, again, words) if part)
