"""Who does what about a request (RSP-1.b)."""

from collections.abc import Sequence
from dataclasses import replace

from activities.duties.selectors import DutyLine, lines_of
from advocacy.tenancy.models import Membership
from advocates.responsibilities.selectors import person_for, role_for, there
from advocates.responsibilities.steps import Step
from requests.asks.disclosure import identities
from requests.models import Ask, Request


def duty_lines(request: Request, viewer: Membership, asks: Sequence[Ask]) -> list[DutyLine]:
    """Who matches and asks, and who does what about each activity that comes of it; nothing before
    it is handed in. An advocate is named where the viewer may know them (VIS-1).
    """
    if request.submitted_at is None:
        return []
    found = lines_of([ask.activity for ask in asks if ask.activity is not None])
    several = len(found) > 1
    shown = identities(viewer, asks) if several else {}
    rest = []
    for ask in asks:
        if ask.activity is None:
            continue
        about = ask.advocate.name if several and shown[ask.pk].is_named else ""
        rest += [replace(line, about=about) for line in found.get(ask.activity.pk, ())]
    return [_asking(request, asks), *rest]


def _asking(request: Request, asks: Sequence[Ask]) -> DutyLine:
    """Whoever was given the request has it on Today; the matrix says who before."""
    role = role_for(request.activity_type, Step.ASK)
    owner = there(request.manager) or person_for(
        role, requester=request.requester, manager=request.manager
    )
    asked = min((ask.proposed_at or ask.sent_at for ask in asks), default=None)
    return DutyLine(
        Step.ASK,
        Step.ASK.label,
        owner.name if owner else "",
        request.confirm_due_at or request.answer_due_at,
        asked,
        owner_id=owner.pk if owner else None,
    )
