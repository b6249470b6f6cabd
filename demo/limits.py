"""What is approved first, and how full everybody is, when somebody starts the demo."""

from datetime import datetime, timedelta
from decimal import Decimal

from advocacy import clock
from advocates.models import ActivityType
from demo.cast import Cast
from demo.history import ask_for_help
from demo.timeline import at
from reporting.capacity.services import look_nightly
from requests.approvals.rules import create_rule
from requests.opportunities.services import upsert_opportunity


def look_a_week_ago(cast: Cast) -> None:
    """So that this morning's numbers say what changed."""
    with at(clock.now() - timedelta(days=7)):
        look_nightly(cast.manager.tenant_id)


def ask_for_approval(cast: Cast, kinds: dict[str, ActivityType]) -> None:
    """A deal above a million waits for an executive; this morning everything was counted."""
    now: datetime = clock.now()
    with at(now - timedelta(days=3)):
        create_rule(
            actor=cast.program, min_amount=Decimal(1_000_000), approver_role="executive", position=1
        )
        create_rule(actor=cast.program, on_policy=True, approver_role="approver", position=2)
        deal, _outcome = upsert_opportunity(
            actor=cast.program,
            source="demo",
            external_id="D-1200",
            name="Meridian Insurance · group-wide rollout",
            prospect_name="Meridian Insurance",
            crm_stage="Negotiation/Review",
            amount=Decimal(1_200_000),
            currency="EUR",
            owner=cast.sales[0],
            closes_on=(now + timedelta(days=45)).date(),
        )
    ask_for_help(cast, deal, kinds["executive_reference_call"], now - timedelta(hours=5))
    look_nightly(cast.manager.tenant_id)
