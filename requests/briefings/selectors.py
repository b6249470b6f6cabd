"""Which briefings a member reads (FUL-2, VIS-1)."""

from django.db.models import Prefetch, Q, QuerySet

from activities.duties.lifecycle import DutyState
from activities.duties.models import Duty
from advocacy.tenancy.delegation import answers_for
from advocacy.tenancy.models import Membership
from advocates.responsibilities.steps import Step
from requests.briefings.choices import Side
from requests.briefings.models import Briefing
from requests.requests.models import Request

#: Whoever does it has prepared that side.
STEP_OF = {Side.ADVOCATE: Step.PREPARE, Side.REQUESTER: Step.BRIEF}


def listed_briefings(membership: Membership) -> QuerySet[Briefing]:
    """The program's all; a CSM's of own accounts; who asked reads the requester's side, and the
    advocate's where advocates are open to them anyway.
    """
    # The request in a statement of its own: twenty joins in one are planned badly where nobody
    # has analysed the tables yet.
    asked_for = Request.objects.select_related(
        "activity_type",
        "manager__user",
        "opportunity__account",
        "requester__user",
        "requester__tenant",
        "tenant",
    )
    rows = Briefing.objects.select_related(
        "ask__advocate__account__owner__user",
        "ask__advocate__tenant",
        "ask__activity__activity_type",
        "ask__sender__user",
        "edited_by__user",
    ).prefetch_related(Prefetch("ask__request", asked_for))
    if membership.can("requests.triage"):
        return rows
    mine = answers_for(membership)
    own = Q(ask__request__requester__in=mine)
    if membership.can("advocates.view"):
        return rows.filter(own | Q(ask__advocate__account__owner__in=mine))
    return rows.filter(own, side=Side.REQUESTER)


def duty_of(briefing: Briefing) -> Duty | None:
    """Whose it is to go through it with that side, and whether they did."""
    if briefing.ask.activity is None:
        return None
    step = STEP_OF[Side(briefing.side)]
    rows = Duty.objects.filter(activity=briefing.ask.activity, step=step, item=None, task="")
    return (
        rows.exclude(state=DutyState.DROPPED)
        .select_related("owner__user", "done_by__user", "activity__advocate__account")
        .first()
    )
