"""Many deals at once, in a few statements whatever their number (IMP-1).

Beside :mod:`requests.opportunities.services`, whose rules these share: the values come normalised
and checked, and nobody is asked who may, since whoever starts an import was.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from advocacy.events.services import record_many
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.bulk import insert_rows
from advocates.changes import change_payload, write_changes
from advocates.models import Account
from requests.models import Opportunity
from requests.opportunities.outcomes import record_outcomes
from requests.opportunities.services import OPPORTUNITY_CODED, tell_watchers


@transaction.atomic
def add_deals(*, actor: Actor, deals: Sequence[Opportunity]) -> None:
    """Write new deals. One with an id that is taken raises ``IntegrityError``: none is written."""
    insert_rows(deals)
    record_many(
        "opportunity.created",
        [(deal, {"stage": deal.stage}, _about(deal)) for deal in deals],
        actor=actor,
    )


@transaction.atomic
def keep_deals(*, actor: Actor, changed: Sequence[tuple[Opportunity, Mapping[str, Any]]]) -> None:
    """Write deals as they are now; ``before`` holds what each of their changed fields was."""
    write_changes(changed)
    record_many(
        "opportunity.updated",
        [
            (deal, change_payload(deal, before, OPPORTUNITY_CODED), _about(deal))
            for deal, before in changed
        ],
        actor=actor,
    )
    record_outcomes(
        [(deal, before["stage"]) for deal, before in changed if "stage" in before], actor=actor
    )
    tell_watchers(changed, actor=actor)


def _about(deal: Opportunity) -> list[Account]:
    return [deal.account] if deal.account else []
