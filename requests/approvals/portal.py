"""The page behind the link in an approver's mail: decided without signing in (REQ-3.b)."""

from typing import Any
from zoneinfo import ZoneInfo

from advocacy.messaging.decisions import DecisionPage
from advocacy.messaging.links import LinkGone
from advocacy.messaging.models import PersonalLink
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.delegation import who_acts_for
from advocacy.tenancy.models import Membership
from advocacy.web.urls import quiet_reverse
from requests.approvals import services
from requests.approvals.lifecycle import APPROVAL
from requests.approvals.mails import PURPOSE
from requests.approvals.pages import RefuseForm, about_of, facts_of
from requests.approvals.selectors import approval_behind
from requests.models import Approval
from requests.requests.presentation import title_of


class ApprovalLinkPage(DecisionPage):
    """What it is about, one tap to approve, a line to refuse."""

    purposes = (PURPOSE,)
    template = "requests/portal/approval.html"
    form_class, reason = RefuseForm, "reason"

    row: Approval
    reader: Membership

    def find(self, link: PersonalLink) -> tuple[str, ZoneInfo | None]:
        found = approval_behind(link.subject_id)
        if found is None:
            raise LinkGone("revoked")
        self.row, self.reader = found, who_acts_for(found.approver)
        return self.reader.user.language, None

    def approve(self, said: str) -> None:
        services.approve(actor=Actor.member(self.reader), approval=self.row)

    def refuse(self, said: str) -> None:
        services.refuse(actor=Actor.member(self.reader), approval=self.row, reason=said)

    def reread(self) -> None:
        self.row = approval_behind(self.row.pk) or self.row

    def words(self) -> dict[str, Any]:
        row = self.row
        return {
            "row": row,
            "title": title_of(row.request),
            "why": about_of(row),
            "facts": facts_of(row),
            "is_open": any(move.name == "approve" for move in APPROVAL.legal(row)),
            "is_over": row.state == "waiting",
            "page_url": quiet_reverse(None, "approvals:detail", self.tenant.slug, row.pk),
        }
