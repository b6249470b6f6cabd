"""The page behind the link in a question's mail: answered without signing in (REQ-2)."""

from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import cached_property

from advocacy.messaging.link_pages import LinkPage
from advocacy.messaging.links import LinkGone
from advocacy.messaging.models import PersonalLink
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocacy.web.urls import quiet_reverse
from requests.mails import INFO_PURPOSE
from requests.models import Request
from requests.requests import triage
from requests.requests.choices import RequestState
from requests.requests.presentation import title_of
from requests.requests.selectors import request_behind
from requests.requests.triage_forms import AnswerForm


class AnswerPage(LinkPage):
    """The question and one box."""

    purposes = (INFO_PURPOSE,)

    row: Request

    def find(self, link: PersonalLink) -> tuple[str, ZoneInfo | None]:
        found = request_behind(link.subject_id)
        if found is None:
            raise LinkGone("revoked")
        self.row = found
        return found.requester.user.language, None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The question, or that it is answered."""
        return self.show("answer", form=AnswerForm(), **self.words)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take the answer as the requester's own; what is wrong is said, what was typed kept."""
        form = AnswerForm(request.POST)
        if not form.is_valid():
            return self.show("answer", form=form, status=422, **self.words)
        try:
            triage.give_info(
                actor=Actor.member(self.row.requester),
                request=self.row,
                answer=form.cleaned_data["answer"],
            )
        except DomainError as error:
            self.row.refresh_from_db(fields=["state"])
            form.add_error("answer", error.fields.get("answer", error.message))
            return self.show("answer", form=form, status=error.status, **self.words)
        return HttpResponseRedirect(request.path)

    @cached_property
    def words(self) -> dict[str, Any]:
        """What the page says of the request."""
        slug = self.tenant.slug
        return {
            "row": self.row,
            "title": title_of(self.row),
            "is_open": self.row.state == RequestState.NEEDS_INFO,
            "page_url": quiet_reverse(None, "requests:detail", slug, self.row.pk),
        }

    def show(self, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
        """A page of the link's."""
        return self.show_page(f"requests/portal/{template}.html", status=status, **context)
