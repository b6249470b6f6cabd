"""What a first year is measured by: goals, what it cost, and the rates of a deal in dollars and one
in pounds.
"""

from datetime import timedelta
from decimal import Decimal

from advocacy import clock
from demo.cast import Cast
from reporting.cost_budgets.services import write_cost_budget
from reporting.costs.services import write_cost
from reporting.goals.services import set_goal, set_starting_ambitions
from reporting.rates.services import import_rates
from requests.models import Opportunity
from requests.opportunities.choices import Stage

#: What a dollar was worth at the beginning of each month, the oldest first.
_DOLLAR = ("0.93", "0.92", "0.92", "0.91", "0.90", "0.88", "0.87", "0.86", "0.86", "0.85", "0.86")


#: What for, its kind, an amount of a year.
_COSTS = (
    ("A program manager, half their time", "people", 42_000),
    ("Recording and transcripts of calls", "tools", 4_800),
    ("Customer day in autumn", "events", 9_500),
    ("Two films and six written stories", "production", 14_000),
)


def measure(cast: Cast) -> None:
    """Goals for the year, monthly rates of the dollar, and none of the pound: a page says so."""
    today = clock.today(cast.manager.tenant.zone)
    months = [today - timedelta(days=30 * ago) for ago in range(len(_DOLLAR), 0, -1)]
    lines = [f"{day},USD,{rate}" for day, rate in zip(months, _DOLLAR, strict=True)]
    import_rates(actor=cast.program, text="\n".join(["on,currency,rate", *lines]))
    set_starting_ambitions(actor=cast.program)
    set_goal(
        actor=cast.program,
        metric="influenced_revenue",
        target=Decimal(6_000_000),
        starts_on=today.replace(month=1, day=1),
        ends_on=today.replace(month=12, day=31),
    )
    won = Opportunity.objects.filter(stage=Stage.WON, touchpoints__isnull=False)
    deals = list(won.order_by("-closes_on", "pk").values_list("pk", flat=True).distinct())
    Opportunity.objects.filter(pk__in=deals[1:4]).update(currency="USD")
    Opportunity.objects.filter(pk__in=deals[4:5]).update(currency="GBP")
    year = {"starts_on": today.replace(month=1, day=1), "ends_on": today.replace(month=12, day=31)}
    for name, kind, amount in _COSTS:
        write_cost(actor=cast.program, name=name, kind=kind, amount=Decimal(amount), **year)
        budget = Decimal(amount) * Decimal("1.1")
        write_cost_budget(actor=cast.program, kind=kind, amount=budget, **year)
    write_cost(
        actor=cast.program,
        name="Stand and travel",
        kind="acquisition",
        lead_source="Event",
        amount=Decimal(6_200),
        starts_on=today - timedelta(days=70),
    )
