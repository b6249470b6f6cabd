"""*This answers it*, pressed beside a request (REQ-4.c)."""

from advocacy.records.pages import OfMove
from advocacy.web.views import AboutPress
from requests.evidence.services import answer_by_content, usable_asset
from requests.models import Request
from requests.pages import RequestMixin
from requests.requests.lifecycle import REQUEST


class AnsweredByContent(OfMove, RequestMixin, AboutPress):
    """One press about one piece."""

    move = REQUEST["answered_by_content"]
    service = answer_by_content

    def perform(self) -> Request:
        asset = usable_asset(self.membership, self.request.POST.get("asset", ""))
        return answer_by_content(actor=self.actor, request=self.row, asset=asset)
