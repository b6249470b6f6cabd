"""The page behind the link in an approver's mail: decided without signing in (REQ-3.b)."""

from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import cached_property

from advocacy.messaging.link_pages import LinkPage
from advocacy.messaging.links import LinkGone
from advocacy.messaging.models import PersonalLink
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.delegation import who_acts_for
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import Membership
from advocacy.web.urls import quiet_reverse
from requests.approvals import services
from requests.approvals.lifecycle import APPROVAL
from requests.approvals.mails import PURPOSE
from requests.approvals.pages import RefuseForm, about_of, facts_of
from requests.approvals.selectors import approval_behind
from requests.models import Approval
from requests.requests.presentation import title_of


class ApprovalLinkPage(LinkPage):
    """What it is about, one tap to approve, a line to refuse."""

    purposes = (PURPOSE,)

    row: Approval
    reader: Membership

    def find(self, link: PersonalLink) -> tuple[str, ZoneInfo | None]:
        found = approval_behind(link.subject_id)
        if found is None:
            raise LinkGone("revoked")
        self.row, self.reader = found, who_acts_for(found.approver)
        return self.reader.user.language, None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What there is to decide, or what was decided."""
        return self.show("approval", form=RefuseForm(), **self.words)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take the decision as the approver's own; what is wrong is said, what was typed kept."""
        form = RefuseForm(request.POST)
        actor = Actor.member(self.reader)
        try:
            if "approve" in request.POST:
                services.approve(actor=actor, approval=self.row)
            else:
                reason = request.POST.get("reason", "")
                services.refuse(actor=actor, approval=self.row, reason=reason)
        except DomainError as error:
            self.row = approval_behind(self.row.pk) or self.row
            form.is_valid()
            form.errors.pop("reason", None)
            form.add_error("reason", error.fields.get("reason", error.message))
            return self.show("approval", form=form, status=error.status, **self.words)
        return HttpResponseRedirect(request.path)

    @cached_property
    def words(self) -> dict[str, Any]:
        """What the page says of it."""
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

    def show(self, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
        """A page of the link's."""
        return self.show_page(f"requests/portal/{template}.html", status=status, **context)
