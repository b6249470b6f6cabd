"""The bell's panel, the page of everything one heard, and marking it read."""

from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.tenancy.errors import DomainError
from advocacy.web.http import is_for
from advocacy.web.keyset import Keyset
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import ActionView, MemberView
from reporting.news import services
from reporting.news.models import News
from reporting.news.presentation import lines, url_of
from reporting.news.selectors import get_news, news_of, unread_count

NAV_ITEM = "news"
#: What a panel bears, and a page.
IN_PANEL, ON_PAGE = 15, 40


def _panel(member: Any) -> dict[str, Any]:
    """The newest, as the panel shows them."""
    shown = list(news_of(member).select_related("event__actor__user")[: IN_PANEL + 1])
    return {
        "lines": lines(member, shown[:IN_PANEL]),
        "unread": unread_count(member),
        "until": shown[0].at.isoformat() if shown else "",
        "more": len(shown) > IN_PANEL,
    }


class NewsPage(MemberView):
    """Everything one heard within 90 days; to the side panel the newest of it."""

    permission = "today.view"
    nav_item = NAV_ITEM

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page, by keyset, or the panel."""
        member = self.membership
        if is_for(request, "panel-body"):
            return render(request, "reporting/news/panel.html", _panel(member))
        rows = news_of(member)
        keys = Keyset(rows, ["-at"]).page(request.GET, ON_PAGE)
        shown = rows.filter(pk__in=keys.pks).select_related("event__actor__user")
        unread = unread_count(member)
        title = (
            ngettext("%(count)s thing you have not read", "%(count)s things you have not read", n)
            % {"count": unread}
            if (n := unread.number)
            else _("You have read everything")
        )
        context = {
            "page_title": title,
            "lines": lines(member, shown),
            "unread": unread,
            "until": "",
            "keys": keys,
        }
        return render(request, "reporting/news/page.html", context)


class OpenNews(ActionView):
    """On to the thing; its line is read with that."""

    permission = "today.view"
    nav_item = NAV_ITEM

    def perform(self) -> News:
        return services.read_news(
            actor=self.actor, news=get_news(self.membership, self.kwargs["pk"])
        )

    def get_success_url(self, result: News) -> str:
        return url_of(self.membership, result)


class ReadNews(ActionView):
    """Mark all read: what was there when the list was drawn."""

    permission = "today.view"
    nav_item = NAV_ITEM
    fragment_template = "reporting/news/panel_anew.html"

    @cached_property
    def until(self) -> Any:
        """The newest that was shown; without one, now."""
        given = self.request.POST.get("until", "")
        if not given:
            return None
        try:
            found = parse_datetime(given)
        except ValueError:
            found = None
        if found is None or found.tzinfo is None:
            problem = _("Say until when as a time with its zone, such as 2026-03-02T09:00:00Z.")
            raise DomainError(problem, fields={"until": problem})
        return found

    def perform(self) -> int:
        return services.read_all_news(actor=self.actor, until=self.until)

    def get_success_url(self, result: int) -> str:
        return tenant_reverse(self.request, "news")

    def get_success_message(self, result: int) -> str:
        """The list shows it; only the page loads anew and says so."""
        return ""

    def get_fragment_context(self, result: int) -> dict[str, Any]:
        return _panel(self.membership)
