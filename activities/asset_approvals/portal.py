"""The page behind the link in the mail of whoever approves a text, colleague or customer: decided
without signing in (APR-1.c, ID-3).
"""

from typing import Any
from zoneinfo import ZoneInfo

from activities.asset_approvals import services
from activities.asset_approvals.lifecycle import OUTSIDE, StepKind, StepState
from activities.asset_approvals.mails import PURPOSE, is_asked_outside
from activities.asset_approvals.models import AssetApproval
from activities.asset_approvals.pages import RefuseForm, facts_of, file_of, text_words
from activities.asset_approvals.selectors import approval_behind
from activities.asset_files.presentation import player_of
from activities.assets.naming import title_of
from advocacy.messaging.decisions import DecisionPage
from advocacy.messaging.links import LinkGone
from advocacy.messaging.models import PersonalLink
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.delegation import who_acts_for
from advocacy.tenancy.models import Membership
from advocacy.web.urls import quiet_reverse
from advocates.language import language_of


class AssetApprovalLinkPage(DecisionPage):
    """The exact text, what changed in it, one tap to approve, a line to refuse."""

    purposes = (PURPOSE,)
    template = "activities/portal/asset_approval.html"
    form_class, reason = RefuseForm, "comment"

    row: AssetApproval
    reader: Membership | None

    def find(self, link: PersonalLink) -> tuple[str, ZoneInfo | None]:
        found = approval_behind(link.subject_id)
        if found is None:
            raise LinkGone("revoked")
        self.row, self.reader = found, None
        advocate = found.asset.advocate
        if found.step in OUTSIDE and is_asked_outside(found):
            return language_of(advocate), advocate.zone
        if found.assignee is None or not found.assignee.is_active:
            raise LinkGone("revoked")
        self.reader = who_acts_for(found.assignee)
        return self.reader.user.language, self.reader.zone

    @property
    def actor(self) -> Actor:
        """Whose word it is."""
        if self.reader is not None:
            return Actor.member(self.reader)
        if self.row.step == StepKind.ADVOCATE:
            return Actor.advocate(self.row.asset.advocate_id)  # type: ignore[attr-defined]
        return services.OUTSIDER

    def approve(self, said: str) -> None:
        services.approve_step(actor=self.actor, approval=self.row, comment=said, number=self.number)

    def refuse(self, said: str) -> None:
        services.refuse_step(actor=self.actor, approval=self.row, comment=said, number=self.number)

    @property
    def number(self) -> int:
        """The version that was read."""
        said = self.request.POST.get("number", "")
        return int(said) if said.isdecimal() and len(said) < 9 else 0

    def reread(self) -> None:
        self.row = approval_behind(self.row.pk) or self.row

    def words(self) -> dict[str, Any]:
        row = self.row
        is_inside = self.reader is not None
        url = quiet_reverse(None, "asset-approvals:detail", self.tenant.slug, row.pk)
        return {
            "row": row,
            "asset": row.asset,
            "facts": facts_of(row),
            "is_open": row.state == StepState.WAITING,
            "is_inside": is_inside,
            "records": is_inside and row.step in OUTSIDE,
            "page_url": url if is_inside else "",
            **text_words(row),
            "player": player_of(
                file_of(row),
                f"{self.request.path}file/",
                "" if is_inside else title_of(row.asset),
            ),
        }
