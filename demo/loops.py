"""What advocates wait for: a time for what they said yes to, and word that it is out (AST-3)."""

from datetime import timedelta

from activities.activities.completion import log_activity, note_out
from activities.activities.offering import plan_offered
from advocacy import clock
from advocates.models import ActivityType, Advocate
from advocates.people.choices import AdvocateStatus
from demo.cast import Cast
from demo.timeline import at, working_moment

PANEL = "Partner day"
BETA = "Route planning"
RELEASED = "https://www.northwind.example/releases/route-planning"


def leave_open(cast: Cast) -> None:
    """A panel offered ten days ago has no time yet; what somebody tested came out this week."""
    now = clock.now()
    people = Advocate.objects.filter(status=AdvocateStatus.ACTIVE, account__owner__isnull=False)
    first, second = people.select_related("account").order_by("-last_name", "pk")[:2]
    kinds = {kind.code: kind for kind in ActivityType.objects.all()}
    with at(now - timedelta(days=10)):
        plan_offered(
            actor=cast.program,
            advocate=first,
            activity_type=kinds["customer_panel"],
            purpose=PANEL,
        )
    tested = working_moment(now - timedelta(days=60), cast.manager.zone, 14)
    with at(tested + timedelta(hours=2)):
        test = log_activity(
            actor=cast.program,
            advocate=second,
            activity_type=kinds["beta_test"],
            happened_at=tested,
            minutes=120,
            purpose=BETA,
            owner=cast.manager,
        )
    with at(now - timedelta(days=1)):
        out = (now - timedelta(days=4)).date()
        note_out(actor=cast.program, activity=test, out_on=out, content_url=RELEASED)
