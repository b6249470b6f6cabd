"""The palette, and the page of the same search for browsers without scripts (UI-3)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from advocacy.search.palette import look_up
from advocacy.web.http import is_for
from advocacy.web.searching import LONGEST
from advocacy.web.views import ANY_MEMBER, MemberView


class Search(MemberView):
    """What is found for ``?q=``; htmx gets the lines alone, for the palette."""

    permission = ANY_MEMBER

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        text = request.GET.get("q", "").replace("\x00", "")[:LONGEST]
        groups = look_up(request, text)
        none = all(group.is_further for group in groups)
        context = {"groups": groups, "none": none, "text": text}
        if is_for(request, "palette-list"):
            return render(request, "search/found.html", context)
        return render(request, "search/page.html", context)
