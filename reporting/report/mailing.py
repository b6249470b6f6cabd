"""The report as a mail: its numbers in words, and the way to the page and its PDF (REP-1.e)."""

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from advocacy.languages import spoken
from advocacy.messaging.models import OutgoingMail
from advocacy.messaging.rendering import render_mail
from advocacy.messaging.services import queue_mail
from advocacy.tenancy.models import Membership
from advocacy.web.urls import tenant_reverse
from reporting.report.content import Line, Report, report_of
from reporting.report.periods import Period

MAIL = "report"


def _key(member: Membership, period: Period) -> str:
    return f"{MAIL}:{member.pk}:{period.every}:{period.first.isoformat()}"


def is_mailed(member: Membership, period: Period) -> bool:
    """Whether it was queued before."""
    return OutgoingMail.objects.filter(unique_key=_key(member, period)).exists()


def mail_report(member: Membership, period: Period) -> None:
    """Queue it, once for each member and period."""
    language = spoken(member.user.language or member.tenant.language)
    with translation.override(language), timezone.override(member.zone):
        report = report_of(member, period)
        mail = render_mail(
            "report",
            {
                "name": member.name,
                "company": member.tenant.name,
                "period": period.name,
                "title": report.title,
                "lines": [_said(line) for line in report.lines + _worth(report)],
                "good": [
                    *(each.text for each in report.goals),
                    *(f"{each.title}: {each.who}" for each in report.voices),
                ],
                "decisions": [each.text for each in report.decisions],
            },
            language,
        )
    address = tenant_reverse(member.tenant, "report")
    queue_mail(
        kind=MAIL,
        to_email=member.email,
        to_name=member.name,
        subject=mail.subject,
        text=mail.text,
        path=f"{address}?every={period.every}&since={period.first.isoformat()}",
        unique_key=_key(member, period),
        subject_id=member.pk,
    )


def _worth(report: Report) -> list[Line]:
    return [report.worth] if report.worth else []


def _said(line: Line) -> str:
    """ "Qualified references: 14 (target 12), before 9"."""
    words = {"name": line.name, "value": line.value, "target": line.target, "before": line.before}
    if line.target:
        return _("%(name)s: %(value)s (target %(target)s), before %(before)s") % words
    return _("%(name)s: %(value)s, before %(before)s") % words
