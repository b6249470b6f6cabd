"""Whether a deal is far enough for what is asked because of it (REQ-4)."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.tenancy.models import Membership
from advocacy.tenancy.roles import Role
from advocacy.web import formatting as words
from advocates.models import ActivityType
from requests.gates.choices import LeastStage
from requests.models import Opportunity, RequestGate
from requests.opportunities.choices import TYPED, Stage

_ENOUGH = {
    LeastStage.OPEN: (Stage.OPEN, Stage.QUALIFIED, Stage.WON),
    LeastStage.QUALIFIED: (Stage.QUALIFIED, Stage.WON),
}
_WORDS = {
    LeastStage.OPEN: gettext_lazy("a deal that is not lost"),
    LeastStage.QUALIFIED: gettext_lazy("a qualified deal"),
}
#: So many of those who may lift it are named.
_NAMED = 3


def short_of(kind: ActivityType, deal: Opportunity | None) -> list[str]:
    """What a deal lacks for a request of this type, in words; nothing where it may go on."""
    if deal is not None and deal.gate_lifted_at is not None:
        return []
    gate = RequestGate.objects.filter(activity_type=kind).select_related("tenant").first()
    return _lacking(gate, deal) if gate else []


def is_held_back(deal: Opportunity) -> bool:
    """Whether there is anything a request for this deal could not be handed in for yet."""
    if deal.gate_lifted_at is not None:
        return False
    return any(_lacking(gate, deal) for gate in RequestGate.objects.select_related("tenant"))


def asks_for_anything(gate: RequestGate) -> bool:
    """Whether it holds anything back; with everything empty it does not."""
    return bool(gate.min_stage or gate.min_probability or gate.min_amount)


def _lacking(gate: RequestGate, deal: Opportunity | None) -> list[str]:
    if deal is None:
        return [_("a deal")] if asks_for_anything(gate) else []
    found = []
    if gate.min_stage and deal.stage not in _ENOUGH[LeastStage(gate.min_stage)]:
        text = _("%(wanted)s (it is %(now)s)")
        now = deal.get_stage_display().lower()
        found.append(text % {"wanted": _WORDS[LeastStage(gate.min_stage)], "now": now})
    if gate.min_probability is not None and (deal.probability or 0) < gate.min_probability:
        now = _("unknown") if deal.probability is None else f"{deal.probability} %"
        text = _("a probability of %(wanted)d %% (it is %(now)s)")
        found.append(text % {"wanted": gate.min_probability, "now": now})
    currency = gate.tenant.currency
    if gate.min_amount is not None and _is_less(deal, gate.min_amount, currency):
        now = _("unknown") if deal.amount is None else words.money(deal.amount, deal.currency)
        text = _("an amount of %(wanted)s (it is %(now)s)")
        found.append(text % {"wanted": words.money(gate.min_amount, currency), "now": now})
    return found


def gate_words(kind: ActivityType, deal: Opportunity | None) -> str:
    """What is missing, and who may let it through; empty where nothing is."""
    missing = short_of(kind, deal)
    if not missing:
        return ""
    text = _("“%(type)s” needs %(missing)s. %(who)s may let it through.")
    return text % {"type": kind, "missing": "; ".join(missing), "who": _who_may()}


def _is_less(deal: Opportunity, least: Decimal, currency: str) -> bool:
    if deal.amount is None:
        return True
    if deal.currency != currency:
        # Nobody has a rate. What the CRM holds is believed; what whoever asks has typed in is not.
        return deal.source == TYPED
    return deal.amount < least


def _who_may() -> str:
    managers = Membership.objects.filter(
        role=Role.PROGRAM_MANAGER, is_active=True, user__is_active=True
    )
    names = [m.name for m in managers.select_related("user").order_by("user__name")[:_NAMED]]
    return ", ".join(names) or _("An admin")
