"""How much waits at the items of the navigation, asked for after a page has arrived."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from advocacy.web import navigation
from advocacy.web.views.base import ANY_MEMBER, MemberView


class NavigationCounts(MemberView):
    """The numbers beside the navigation's items.

    A page does not wait for them: counting everything that waits took half of each page's time.
    """

    permission = ANY_MEMBER

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """One partial for each item that counts, also where nothing waits any more."""
        entries = navigation.entries(request)
        counted = [
            (entry, place < navigation.ON_PHONES)
            for place, entry in enumerate(entries)
            if entry.counts
        ]
        return render(
            request,
            "shell/counts.html",
            {"counted": counted, "bar": navigation.entries(request, "bar")},
        )
