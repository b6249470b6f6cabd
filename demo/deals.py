"""The deals that sales is after, from opened to won or lost."""

from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

from advocacy import clock
from demo import world
from demo.cast import Cast
from demo.timeline import at, working_moment
from requests.models import Opportunity
from requests.opportunities.services import upsert_opportunity

STAGES = ("Qualification", "Value Proposition", "Negotiation/Review")


def make_deals(cast: Cast, *, count: int) -> list[Opportunity]:
    """Deals with invented prospects, spread over the year."""
    dice, today = cast.dice, clock.now().date()
    industries = list(world.INDUSTRIES)
    deals = []
    for number in range(1, count + 1):
        industry = dice.choice(industries)
        opened = today - timedelta(days=int(360 * (1 - number / count)) + dice.randrange(5, 40))
        prospect = f"{dice.choice(world.LAST_NAMES)} {industry.split()[0]}"
        first_day = datetime.combine(opened, time(12), tzinfo=UTC)
        with at(min(working_moment(first_day, cast.manager.zone, 9), clock.now())):
            deal, _outcome = upsert_opportunity(
                actor=cast.program,
                source="demo",
                external_id=f"D-{number:04d}",
                name=f"{prospect} · {dice.choice(world.PRODUCTS)}",
                prospect_name=prospect,
                crm_stage=dice.choice(STAGES),
                amount=Decimal(dice.randrange(4, 90) * 10_000),
                currency="EUR",
                lead_source=dice.choice(("Web", "Partner Referral", "Event", "Outbound")),
                owner=dice.choice(cast.sales),
                opened_on=opened,
                closes_on=opened + timedelta(days=dice.randrange(60, 160)),
            )
        deals.append(deal)
    return deals


def end_deals(cast: Cast) -> None:
    """Deals whose day has come are won or lost in the CRM, more often won with a reference."""
    now = clock.now()
    for deal in Opportunity.objects.filter(closes_on__lt=now.date()).order_by("external_id"):
        helped = deal.touchpoints.exists()
        won = cast.dice.random() < (0.68 if helped else 0.4)
        closes = datetime.combine(deal.closes_on or now.date(), time(12), tzinfo=UTC)
        with at(min(working_moment(closes, cast.manager.zone, 16), now)):
            upsert_opportunity(
                actor=cast.program,
                source=deal.source,
                external_id=deal.external_id,
                crm_stage="Closed Won" if won else "Closed Lost",
            )
