"""The report by mail: subscribing, ending it, and sending it once a period (REP-1.e)."""

import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.events.services import record
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError, NotAllowed
from advocacy.tenancy.models import Membership
from advocacy.tenancy.stuck import Unit, not_stuck, work_through
from reporting.report.mailing import is_mailed, mail_report
from reporting.report.models import ReportSubscription
from reporting.report.periods import Every, Period

#: A report is mailed so many days after its period at most: also whoever subscribes late gets the
#: last one, but nobody an old one after an outage.
DAYS_AFTER = 10
#: What a report that cannot be made waits under.
WORK = "mail-report"


@transaction.atomic
def subscribe(*, actor: Actor, every: str) -> Membership:
    """Have the report mailed to the actor ``every`` month or quarter; empty: not any more.

    Raises ``NotAllowed`` for whoever may not read it, ``DomainError`` at ``every``.
    """
    member = actor.membership
    if member is None or not member.can("report.view"):
        raise NotAllowed(_("Your role does not read the report."))
    if every and every not in Every.values:
        known = ", ".join(Every.values)
        problem = _("Choose one of: %(known)s; or leave it empty.") % {"known": known}
        raise DomainError(problem, fields={"every": problem})
    had = subscription_of(member)
    if every == had:
        return member
    if every:
        ReportSubscription.objects.update_or_create(member=member, defaults={"every": every})
    else:
        ReportSubscription.objects.filter(member=member).delete()
    verb = "report.subscribed" if every else "report.unsubscribed"
    record(verb, member, actor=actor, payload={"every": every})
    return member


def subscription_of(member: Membership) -> str:
    """How often somebody gets it; empty: never."""
    found = ReportSubscription.objects.filter(member=member).values_list("every", flat=True)
    return found.first() or ""


def send_reports(tenant_id: uuid.UUID) -> None:
    """The schedule's handler; the sweep has opened the tenant's scope. Each member's mail of a
    period is queued once, however often this runs; where one cannot be made, the others get theirs.
    """
    rows = ReportSubscription.objects.select_related("member__user", "member__tenant")
    due = [row for row in not_stuck(WORK, rows) if _is_due(row)]
    units = [Unit(row, (row.pk,), "tenancy.membership", row.member.pk) for row in due]
    work_through(WORK, units, _mail)


def _is_due(row: ReportSubscription) -> bool:
    member, period = row.member, _period_of(row)
    late = (clock.today(member.tenant.zone) - period.last).days > DAYS_AFTER
    return member.can("report.view") and not late and not is_mailed(member, period)


def _period_of(row: ReportSubscription) -> Period:
    return Period.last_whole(Every(row.every), row.member.tenant)


def _mail(row: ReportSubscription) -> None:
    mail_report(row.member, _period_of(row))
