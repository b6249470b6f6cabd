"""What thank-yous say at the top of a person's page: how often they were thanked, what is owed."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.duties.selectors import DutyLine, register_lines
from activities.loops.models import LoopDuty
from advocacy import clock
from advocacy.tenancy.delegation import answers_for
from advocacy.tenancy.models import Membership
from advocacy.web.urls import tenant_reverse
from advocates.models import Advocate
from advocates.people import registry
from advocates.people.registry import Back, NextStep
from advocates.responsibilities.steps import Step
from benefits.thanks.choices import ThankYouKind, ThankYouState
from benefits.thanks.models import ThankYou
from benefits.thanks.presentation import news_in, title_of, what_of, why_of
from benefits.thanks.selectors import duties_about, visible_duties, visible_thank_yous


def thanked(advocate: Advocate, membership: Membership) -> Back:
    """How often they were thanked and in time, and how often they heard what came of it."""
    said = ThankYou.objects.filter(advocate=advocate).exclude(kind=ThankYouKind.APOLOGY)
    done = Q(state=ThankYouState.DONE)
    late = Q(state=ThankYouState.OPEN, due_at__lt=clock.now())
    totals = said.aggregate(
        done=Count("pk", filter=done),
        in_time=Count("pk", filter=done & Q(done_at__lte=F("due_at"))),
        owed=Count("pk", filter=Q(state=ThankYouState.OPEN)),
        late=Count("pk", filter=late),
    )
    told = LoopDuty.objects.filter(
        duties_about(advocate), closed_at__isnull=False, closed_by__isnull=False
    ).count()
    return Back(_said(totals["done"], totals["in_time"], told), _owed(totals))


def _said(done: int, in_time: int, told: int) -> list[str]:
    found = []
    if done and done == in_time:
        text = ngettext("thanked once, in time", "thanked %(count)d times, always in time", done)
        found.append(text % {"count": done})
    elif done:
        text = ngettext("thanked once", "thanked %(count)d times, %(in_time)d in time", done)
        found.append(text % {"count": done, "in_time": in_time})
    if told:
        text = ngettext("heard once what came of it", "heard %(count)d times what came of it", told)
        found.append(text % {"count": told})
    return found


def _owed(totals: dict[str, int]) -> str:
    if totals["late"]:
        text = ngettext("A thank-you is late", "%(count)d thank-yous are late", totals["late"])
        return text % {"count": totals["late"]}
    if totals["owed"]:
        text = ngettext("A thank-you is due", "%(count)d thank-yous are due", totals["owed"])
        return text % {"count": totals["owed"]}
    return ""


def to_thank(advocate: Advocate, membership: Membership) -> NextStep | None:
    """The thank-you that is owed."""
    waiting = visible_thank_yous(membership).filter(advocate=advocate, state=ThankYouState.OPEN)
    first = waiting.order_by("due_at", "id").first()
    if first is None:
        return None
    return NextStep(
        title_of(first),
        why_of(first, mine=first.owner_id in answers_for(membership)),
        "heart-handshake",
        "danger" if first.due_at < clock.now() else "warning",
        _("Review & send") if membership.can("thanks.send") else "",
        tenant_reverse(membership.tenant, "thanks:detail", first.pk),
        panel=True,
        due=first.due_at,
    )


def to_tell(advocate: Advocate, membership: Membership) -> NextStep | None:
    """There is something to tell of what they did."""
    duty = visible_duties(membership).filter(duties_about(advocate)).first()
    if duty is None:
        return None
    words = {"name": advocate.name, "deed": what_of(duty)}
    return NextStep(
        _("Tell %(name)s what came of %(deed)s") % words,
        news_in(duty),
        "message-heart",
        label=_("Tell them") if membership.can("thanks.send") else "",
        url=tenant_reverse(membership.tenant, "thanks:tell", duty.pk),
        panel=True,
        due=duty.due_at,
    )


def lines(activities: Collection[UUID]) -> dict[UUID, list[DutyLine]]:
    """Who thanks, beside the other duties of an activity (RSP-1)."""
    found: dict[UUID, list[DutyLine]] = defaultdict(list)
    rows = ThankYou.objects.filter(activity__in=activities).exclude(state=ThankYouState.VOIDED)
    for row in rows.select_related("owner__user").order_by("due_at", "id"):
        label = Step.THANK.label if row.kind == ThankYouKind.PERSONAL else row.get_kind_display()
        owner = row.owner.name if row.owner else ""
        line = DutyLine(
            Step.THANK,
            label,
            owner,
            row.due_at,
            row.done_at,
            owner_id=row.owner_id,  # type: ignore[attr-defined]
        )
        found[row.activity_id].append(line)  # type: ignore[attr-defined]
    return found


def register() -> None:
    """Called once, when the application is ready."""
    register_lines(lines)
    registry.register_back("thanks", thanked, "advocates.view", order=10)
    registry.register_next("thanks", to_thank, "thanks.view", order=10)
    registry.register_next("tell", to_tell, "thanks.view", order=25)
