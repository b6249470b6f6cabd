"""Small questions about a browser's request, and answers htmx understands."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.encoding import iri_to_uri
from django.utils.http import url_has_allowed_host_and_scheme

from advocacy import clock
from advocacy.web import undoing
from advocacy.web.urls import quiet_reverse

#: Longer addresses are nobody's; the mail that carries one on keeps so many characters.
LONGEST_NEXT = 300


def is_htmx(request: HttpRequest) -> bool:
    """Whether htmx asked; a page restored from history counts as a whole page."""
    return (
        request.headers.get("HX-Request") == "true"
        and "HX-History-Restore-Request" not in request.headers
    )


def is_for(request: HttpRequest, element_id: str) -> bool:
    """Whether htmx will put the answer into the element with this id."""
    return is_htmx(request) and request.headers.get("HX-Target", "").endswith(f"#{element_id}")


def key_of(text: str) -> UUID | None:
    """A row's key as an address or a hand-made form gives it; None when it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def safe_next(request: HttpRequest, fallback: str) -> str:
    """The page to go on to: the form's or query's ``next`` if it is one of ours, else another."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if is_ours(wanted) else fallback


def is_ours(url: str) -> bool:
    """Whether an address is a page of ours, seen from one: a path, or with our configured host.

    The request's own ``Host`` proves nothing, whoever sends the request writes it. What a browser
    would read in another way than Python (backslashes, characters it drops) is no address of ours.
    """
    own = urlsplit(settings.PUBLIC_URL)
    return (
        len(url) <= LONGEST_NEXT
        and url.isprintable()
        and "\\" not in url
        and url.startswith(("/", "?", f"{own.scheme}://{own.netloc}/"))
        and url_has_allowed_host_and_scheme(
            url, allowed_hosts={own.netloc}, require_https=own.scheme == "https"
        )
    )


def redirect(request: HttpRequest, url: str) -> HttpResponse:
    """Go to a page. htmx would follow a 302 into the fragment, so it is told to move instead."""
    if is_htmx(request):
        response = HttpResponse(status=204)
        response["HX-Redirect"] = iri_to_uri(url)
        return response
    return HttpResponseRedirect(url)


def over_queue(request: HttpRequest) -> bool:
    """Whether this was asked from a queue, or from the side panel that stands over one."""
    return is_htmx(request) and bool(request.headers.get("X-Queue"))


@dataclass(frozen=True, slots=True)
class Undo:
    """What takes back what was just done: an address to post ``ids`` to, perhaps for a while."""

    url: str
    ids: Sequence[str]
    until: datetime | None = None
    next: str = ""

    def as_tags(self) -> str:
        """For a message that is shown with a later page."""
        said = {"url": self.url, "ids": list(self.ids), "next": self.next}
        return json.dumps(said | ({"until": self.until.isoformat()} if self.until else {}))

    def shown(self) -> dict[str, Any] | None:
        """What the toast shows; nothing when the time is over."""
        seconds = None
        if self.until is not None:
            seconds = int((self.until - clock.now()).total_seconds())
            if seconds < 1:
                return None
        return {"url": self.url, "ids": self.ids, "next": self.next, "seconds": seconds}


def undo_in(tags: str | None) -> dict[str, Any] | None:
    """What takes back what a message tells, as its toast shows it."""
    if not tags or not tags.startswith("{"):
        return None
    said = json.loads(tags)
    until = said.pop("until", None)
    return Undo(**said, until=datetime.fromisoformat(until) if until else None).shown()


def undo_of_press(request: HttpRequest, *, next_page: str = "") -> Undo | None:
    """What takes back the mails that this request's press wrote, while they wait."""
    offers = undoing.offered()
    address = quiet_reverse(request, undoing.URL_NAME) if offers.ids else None
    return Undo(address, offers.ids, offers.until, next_page) if address else None


def go_on(
    request: HttpRequest,
    url: str,
    message: str = "",
    *,
    then: Literal["next", "stay", "again"] = "next",
    undo: Undo | None = None,
) -> HttpResponse:
    """Something is done: on to another page, or on with the queue it was done from.

    From a queue the browser gets a toast and draws the queue anew; with ``next`` an open side
    panel goes on to the row that follows, with ``stay`` it closes, with ``again`` it shows ``url``,
    a page that can stand in it. The toast takes back what was
    sent as long as it has not left.
    """
    undo = undo or undo_of_press(request)
    if not over_queue(request):
        if message:
            messages.success(request, message, extra_tags=undo.as_tags() if undo else "")
        return redirect(request, url)
    context = {"text": message, "tone": "success", "undo": undo.shown() if undo else None}
    response = (
        render(request, "generic/toast_fragment.html", context) if message else HttpResponse("")
    )
    response["HX-Reswap"] = "none"
    response["HX-Trigger"] = (
        json.dumps({"queue:again": {"url": iri_to_uri(url)}})
        if then == "again"
        else f"queue:{then}"
    )
    return response


def varies(response: HttpResponse) -> HttpResponse:
    """Keep a cached fragment from being shown as the page of the same address."""
    vary = {part.strip() for part in response.get("Vary", "").split(",") if part.strip()}
    response["Vary"] = ", ".join(sorted(vary | {"HX-Request", "HX-Target", "X-Queue"}))
    return response


def sign_in_url() -> str:
    """Where a person who is not signed in goes."""
    return str(settings.LOGIN_URL)
