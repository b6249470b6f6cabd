"""Thank-yous that are due, and advocates who have not heard what came of it."""

from django.utils.translation import gettext as _

from activities.models import LoopDuty
from advocacy.tenancy.models import Membership
from advocacy.web.urls import tenant_reverse
from benefits.models import ThankYou
from benefits.states import ThankYouKind, ThankYouState
from reporting.queue.rows import QueueRow


def to_thank(membership: Membership) -> list[QueueRow]:
    """Open thank-yous of this member (THX-1)."""
    if not membership.can("thanks.send"):
        return []
    waiting = (
        ThankYou.objects.filter(state=ThankYouState.OPEN, owner=membership)
        .exclude(kind=ThankYouKind.AUTOMATIC)
        .select_related("advocate__account", "activity__activity_type")
        .order_by("due_at", "id")
    )
    rows = []
    for thanks in waiting:
        activity = thanks.activity
        what = {"name": thanks.advocate.name, "activity": activity.activity_type.name.lower()}
        title = (
            _("Sign a note to %(name)s for the %(activity)s") % what
            if thanks.kind == ThankYouKind.EXECUTIVE
            else _("Thank %(name)s for the %(activity)s") % what
        )
        facts = [thanks.advocate.account.name]
        if activity.purpose:
            facts.append(activity.purpose)
        if activity.minutes:
            facts.append(_("%(minutes)d min") % {"minutes": activity.minutes})
        if activity.advocate_rating:
            facts.append(_("rated %(rating)d of 5") % {"rating": activity.advocate_rating})
        url = tenant_reverse(membership.tenant, "thanks:detail", thanks.pk)
        rows.append(
            QueueRow(
                id=f"thanks-{thanks.pk}",
                kind="thanks",
                icon="heart-handshake",
                tone="danger",
                title=title,
                why=" · ".join(facts),
                url=url,
                due=thanks.due_at,
                action=(_("Review & send"), url, "get"),
            )
        )
    return rows


def to_tell(membership: Membership) -> list[QueueRow]:
    """Advocates of this member who wait to hear what came of it (AST-3)."""
    if not membership.can("thanks.send"):
        return []
    duties = (
        LoopDuty.objects.filter(closed_at__isnull=True, due_at__isnull=False, owner=membership)
        .select_related("activity__advocate__account", "activity__activity_type")
        .order_by("due_at", "id")
    )
    url = tenant_reverse(membership.tenant, "thanks:desk")
    rows = []
    for duty in duties:
        assert duty.due_at is not None  # noqa: S101 - the filter above says so
        activity = duty.activity
        rows.append(
            QueueRow(
                id=f"tell-{duty.pk}",
                kind="thanks",
                icon="message-heart",
                tone="danger",
                title=_("Tell %(name)s what came of the %(activity)s")
                % {
                    "name": activity.advocate.name,
                    "activity": activity.activity_type.name.lower(),
                },
                why=" · ".join(filter(None, [activity.advocate.account.name, activity.purpose])),
                url=url,
                due=duty.due_at,
                action=(_("Tell them"), url, "get"),
            )
        )
    return rows
