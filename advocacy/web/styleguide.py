"""``/dev/styleguide/``: every component in its states, with invented content. Development only."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from advocacy import clock
from advocacy.web import status_styles
from advocacy.web.navigation import ORDER, Entry, NavItem
from advocacy.web.styleguide_charts import charts
from advocacy.web.styleguide_samples import SampleForm, groups, sample_list
from advocacy.web.views.base import PageAction

_ICONS = {
    "today": "inbox",
    "requests": "git-pull-request",
    "advocates": "users",
    "activities": "calendar-event",
    "content": "news",
    "evidence": "zoom-question",
    "thanks": "heart-handshake",
    "benefits": "gift",
    "impact": "chart-histogram",
    "setup": "list-check",
    "settings": "settings",
    "news": "bell",
}


def _shell(request: HttpRequest) -> dict[str, Any]:
    places = [
        Entry(
            NavItem(
                key,
                key.capitalize(),
                _ICONS[key],
                "",
                "",
                badge=(lambda _request: 7) if key == "today" else None,
            ),
            f"#{key}",
            key == "today",
            request,
        )
        for key in ORDER
    ]
    return {
        "tenant": SimpleNamespace(name="Northwind"),
        "user": SimpleNamespace(name="Priya Example"),
        "membership": SimpleNamespace(get_role_display="Program manager"),
        "nav_items": places[:-2],
        "menu": places[-2:-1],
        "bar": places[-1:],
        "search_url": "/dev/styleguide/",
        "home_url": "/dev/styleguide/",
        "sign_in_url": "#",
        "sign_out_url": "#",
        "workplaces": [{"name": "Contoso", "url": "#"}],
    }


def styleguide(request: HttpRequest) -> HttpResponse:
    """The page."""
    now = clock.now()
    if "toasts" in request.GET:
        messages.success(request, "Sent. Ana will get it within a minute.")
        messages.error(request, "Jo was asked by somebody else a moment ago.")
    wrong = SampleForm({"name": "Kept as typed", "email": "not an address", "kind": "call"})
    wrong.is_valid()
    context = {
        "shell": _shell(request),
        "groups": groups(),
        "segments": [
            {"url": "#", "label": "All", "count": 4, "active": True},
            {"url": "#", "label": "Requests", "count": 2},
            {"url": "#", "label": "Thanks", "count": 1},
            {"url": "#", "label": "Content", "count": 1},
        ],
        "tabs": [
            {"url": "#", "label": "Overview", "active": True, "count": None},
            {"url": "#", "label": "Asks", "count": 12},
            {"url": "#", "label": "Consents", "count": 3},
        ],
        "happened": [
            {
                "at": now - timedelta(minutes=5),
                "text": "Ana's owner said go",
                "who": "Tom Example",
                "icon": "check",
                "tone": "success",
            },
            {
                "at": now - timedelta(hours=3),
                "text": "Came to you: healthcare",
                "icon": "route",
                "tone": "info",
            },
            {
                "at": now - timedelta(days=40),
                "text": "Theo asked, from the CRM",
                "who": "Theo Quill",
                "detail": "“They want to hear about data approval.”",
            },
        ],
        "facts": [
            ("Country", "Portugal"),
            ("Language", "Portuguese, German"),
            ("Customer since", now.date() - timedelta(days=900)),
            ("Health", None),
        ],
        "crumbs": [("#", "Requests")],
        "soon": now + timedelta(hours=2),
        "late": now - timedelta(minutes=40),
        "amount": 450000,
        "styles": status_styles.all_styles().items(),
        "tiers": ["platinum", "gold", "silver", "community"],
        "charts": charts(),
        "form": SampleForm(auto_id="ok_%s"),
        "wrong": wrong,
        "full": sample_list(request),
        "nomatch": sample_list(request, "nomatch"),
        "none": sample_list(request, "empty"),
        "actions": [PageAction("New request", "#", "plus", primary=True)],
    }
    return render(request, "web/styleguide.html", context)


def portal(request: HttpRequest) -> HttpResponse:
    """The phone's page: an invented ask."""
    return render(request, "web/styleguide_portal.html", {"brand": "Northwind"})


def panel(request: HttpRequest) -> HttpResponse:
    """What the side panel shows."""
    return render(request, "web/styleguide_panel.html", {"late": clock.now()})


urlpatterns = [
    path("dev/styleguide/", styleguide),
    path("dev/styleguide/portal/", portal),
    path("dev/styleguide/panel/", panel, name="styleguide-panel"),
]
