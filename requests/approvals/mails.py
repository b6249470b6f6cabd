"""The letter to whoever approves, with a link that decides it (REQ-3.b)."""

from datetime import timedelta

from django.utils import translation

from advocacy import clock
from advocacy.languages import spoken
from advocacy.messaging.links import create_link, revoke_links
from advocacy.tenancy.delegation import who_acts_for
from advocacy.tenant_settings.reading import current
from advocacy.web import formatting as words
from requests.approvals.settings import Approving
from requests.mails import mail_member
from requests.models import Approval

#: What the link is good for: deciding this one.
PURPOSE = "approval"


def mail_approver(approval: Approval, why: str) -> None:
    """Ask whoever decides, or who stands in for them, by mail."""
    request, approver = approval.request, approval.approver
    revoke_links(subject_id=approval.pk, purpose=PURPOSE)
    lives = timedelta(days=current(Approving).approval_link_days)
    link = create_link(purpose=PURPOSE, subject_id=approval.pk, expires_at=clock.now() + lives)
    reader = who_acts_for(approver)
    with translation.override(spoken(reader.user.language or request.tenant.language)):
        deal = request.opportunity
        amount = (
            words.money(deal.amount, deal.currency or request.tenant.currency)
            if deal is not None and deal.amount is not None
            else ""
        )
    mail_member(
        approver,
        "approval",
        request,
        key=f"{approval.pk}:{clock.now().isoformat()}",
        context={
            "requester": request.requester.name,
            "needed_by": request.needed_by,
            "amount": amount,
            "because": why,
            "due": approval.due_at,
        },
        sender=request.requester,
        link=link,
        page=f"approvals/{approval.pk}/",
    )
