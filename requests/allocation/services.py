"""Sending a whole allocation: all of it or nothing (MAT-4.c)."""

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError
from advocacy.tenancy.models import Membership
from advocates.program.ledger.services import hold_takes
from requests.access import require_program
from requests.allocation.plan import Line, make_plan
from requests.asks.drafting import AskDraft, draft_ask
from requests.asks.services import send_asks
from requests.models import Ask
from requests.requests.locks import lock_request


def send_plan(*, actor: Actor, fingerprint: str) -> list[Ask]:
    """Ask everybody whom the plan of this fingerprint proposes, with the usual letters.

    The plan is made anew. ``Conflict`` where it is another one by now, where it proposes nobody, or
    where somebody was faster while it was sent: then nothing goes out, since what was read and
    agreed to is the whole. Raises :class:`NotAllowed` for whoever does not run the program.

    Locks all its requests by id, then the companies of its people by id, as every ask does for one.
    """
    require_program(actor)
    if actor.membership is None:
        raise DomainError(_("An ask comes from a person: say from whom."))
    plan = make_plan()
    if plan.fingerprint != fingerprint:
        raise Conflict(
            _(
                "Things have changed since this plan was made, so nothing was sent."
                " Look at the new one."
            ),
            code="plan_changed",
        )
    lines = sorted((it for it in plan.lines if it.chosen), key=lambda line: line.request.pk)
    if not lines:
        raise Conflict(
            _("This plan proposes nobody, so there is nothing to send."), code="plan_empty"
        )
    letters = [(line, _letters(actor.membership, line)) for line in lines]
    try:
        return _send(actor, letters)
    except DomainError as error:
        raise Conflict(
            _("Somebody was faster, so nothing was sent. %(why)s Look at the new plan.")
            % {"why": error.message},
            code="plan_changed",
        ) from error


@transaction.atomic
def _send(actor: Actor, letters: list[tuple[Line, list[AskDraft]]]) -> list[Ask]:
    for line, _drafts in letters:
        lock_request(line.request)
    hold_takes([draft.advocate for _line, drafts in letters for draft in drafts])
    return [
        ask
        for line, drafts in letters
        for ask in send_asks(actor=actor, request=line.request, drafts=drafts)
    ]


def _letters(sender: Membership, line: Line) -> list[AskDraft]:
    return [
        draft_ask(line.request, each.advocate, sender=sender, found=each) for each in line.chosen
    ]
