"""How a deal ended: one event whichever way it became known, and what follows (AST-3, OPP-1).

A request is closed with it, the CRM says so over REST or in a file, a stage gets another meaning.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _

from activities.loops.models import LoopDuty
from activities.loops.services import make_loop_due, take_news_back
from activities.settings import Loops
from advocacy import clock
from advocacy.events.models import Event
from advocacy.events.services import record, record_many
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.calendar import calendar_of
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import current_tenant_id
from advocacy.tenant_settings.reading import current
from requests.models import Ask, Opportunity
from requests.opportunities.choices import Stage

Outcome = Literal["", "won", "lost"]
ENDED = frozenset({Stage.WON.value, Stage.LOST.value})


def record_outcomes(
    deals: Sequence[tuple[Opportunity, str]],
    *,
    actor: Actor,
) -> None:
    """Tell of each stored deal that it was won or lost, or that it is not over after all.

    ``deals`` come with the stage they had before; whose stage is the same is left out.
    """
    moved = [(deal, before) for deal, before in deals if deal.stage != before]
    record_many(
        "opportunity.outcome_recorded",
        [(deal, _ending(deal, before), []) for deal, before in moved if deal.stage in ENDED],
        actor=actor,
    )
    record_many(
        "opportunity.reopened",
        [
            (deal, {"from": before, "to": deal.stage}, [])
            for deal, before in moved
            if before in ENDED and deal.stage not in ENDED
        ],
        actor=actor,
    )


def end_deal(
    *,
    actor: Actor,
    deal: Opportunity,
    outcome: Outcome,
    amount: Decimal | None,
    closed_on: date | None,
    about: Iterable[models.Model],
) -> None:
    """Write down how a deal ended, as somebody says; their say holds until the CRM's stage moves.

    Raises :class:`DomainError` for a day in the future or a negative amount.
    """
    today = clock.today(_tenant().zone)
    day = closed_on or today
    if day > today:
        raise DomainError(
            _("A deal cannot have closed in the future."),
            fields={"closed_on": _("Choose today or an earlier day.")},
        )
    if amount is not None and amount < 0:
        raise DomainError(
            _("An amount cannot be negative."), fields={"amount": _("Enter 0 or more.")}
        )
    before = Opportunity.objects.select_for_update(no_key=True).get(pk=deal.pk).stage
    deal.stage = Stage.WON if outcome == "won" else Stage.LOST
    deal.closes_on = day
    if amount is not None:
        deal.amount = amount
    deal.updated_at = clock.now()
    deal.save(update_fields=["stage", "closes_on", "amount", "updated_at"])
    record(
        "opportunity.outcome_recorded",
        deal,
        actor=actor,
        payload=_ending(deal, before),
        about=about,
    )


def news_of(deal: Opportunity) -> str:
    """What there is to tell of a deal that is over; nothing of another."""
    return {
        Stage.WON.value: _("The deal was won."),
        Stage.LOST.value: _("The deal was lost."),
    }.get(deal.stage, "")


def make_news_due(*, actor: Actor, deal: Opportunity, activity_ids: Sequence[UUID]) -> None:
    """A deal is over: whoever helped hears of it soon (AST-3.c)."""
    news = news_of(deal)
    if not activity_ids or not news:
        return
    due_at = calendar_of(_tenant()).add_days(clock.now(), current(Loops).tell_deal_business_days)
    make_loop_due(actor=actor, activity_ids=activity_ids, due_at=due_at, news=news)


def on_outcome(event: Event, subject: models.Model, actor: Actor) -> None:
    """Subscriber: there is something to tell everybody who helped with the deal (AST-3, FUL-3)."""
    if isinstance(subject, Opportunity):
        make_news_due(actor=actor, deal=subject, activity_ids=_helped_with(subject))


def on_reopened(event: Event, subject: models.Model, actor: Actor) -> None:
    """Subscriber: who was not told yet waits for news again."""
    if isinstance(subject, Opportunity):
        take_news_back(actor=actor, activity_ids=_helped_with(subject))


def on_waiting_again(event: Event, subject: models.Model, actor: Actor) -> None:
    """Subscriber: what is out no longer leaves the end of the deal they helped with to be told."""
    if not isinstance(subject, LoopDuty) or subject.activity is None:
        return
    if LoopDuty.objects.filter(pk=subject.pk, closed_at=None, news="").exists():
        asks = Ask.objects.filter(
            activity=subject.activity, request__opportunity__stage__in=sorted(ENDED)
        )
        for ask in asks.select_related("request__opportunity")[:1]:
            deal = ask.request.opportunity
            assert deal is not None  # noqa: S101 - found by it
            make_news_due(actor=actor, deal=deal, activity_ids=[subject.activity.pk])


def _helped_with(deal: Opportunity) -> list[UUID]:
    asks = Ask.objects.filter(request__opportunity=deal, activity__isnull=False)
    return list(asks.order_by("activity_id").values_list("activity_id", flat=True))


def _ending(deal: Opportunity, before: str) -> dict[str, str | None]:
    closed_on = deal.closes_on.isoformat() if deal.closes_on else None
    return {"from": before, "to": deal.stage, "closed_on": closed_on}


def _tenant() -> Tenant:
    return Tenant.objects.get(pk=current_tenant_id())
