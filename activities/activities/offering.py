"""What an advocate offers unasked: planned here, and completed as anything else (CAP-1)."""

from django.db import transaction
from django.utils.translation import gettext as _

from activities.access import LOG
from activities.activities.models import Activity
from activities.activities.services import plan_activity, take_yes
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import Membership
from advocates.access import require_change
from advocates.models import ActivityType, Advocate
from advocates.people.choices import ENROLLED
from advocates.program.ledger import services as ledger


@transaction.atomic
def plan_offered(
    *,
    actor: Actor,
    advocate: Advocate,
    activity_type: ActivityType,
    purpose: str = "",
    detail: str = "",
    owner: Membership | None = None,
) -> Activity:
    """Plan what an advocate offered: it takes nothing, and no limit refuses it (CAP-1).

    It is accepted already. Raises :class:`DomainError` for somebody who is not in the program,
    :class:`NotAllowed` for a CSM at a colleague's account.
    """
    require_change(actor, LOG, advocate.account)
    if advocate.status not in ENROLLED:
        problem = _("Choose somebody who is in the program.")
        raise DomainError(problem, code="not_enrolled", fields={"advocate": problem})
    activity = plan_activity(
        actor=actor,
        advocate=advocate,
        activity_type=activity_type,
        participation=ledger.plan_volunteered(
            advocate=advocate, activity_type=activity_type, detail=detail.strip()
        ),
        purpose=purpose.strip(),
        owner=owner or actor.membership,
    )
    return take_yes(actor=actor, activity=activity)
