"""A page behind a personal link, without sign-in (ID-3)."""

from collections.abc import Collection
from contextlib import ExitStack
from datetime import tzinfo
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone, translation

from advocacy.languages import spoken
from advocacy.messaging.links import LinkGone, resolve_link
from advocacy.messaging.models import PersonalLink
from advocacy.web.views import PublicView


class LinkPage(PublicView):
    """Found by the link alone, in its reader's language and time. Declare ``purposes`` and
    :meth:`find`.

    Looking at it must change nothing: mail scanners follow links.
    """

    #: What the links are for that open it.
    purposes: ClassVar[Collection[str]] = ()
    gone_template: ClassVar[str] = "portal/link_gone.html"

    link: PersonalLink

    @property
    def sign_in_url(self) -> str:
        """Where whoever it is gets a link that works; "" where there is no such place."""
        return ""

    def find(self, link: PersonalLink) -> tuple[str, tzinfo | None]:
        """Keep what the link is about; answers its reader's language and zone, if known.

        Raises :class:`LinkGone` for what is not there, or not theirs, any more.
        """
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.tenant is None:
            return super().dispatch(request, *args, **kwargs)
        try:
            self.link = resolve_link(kwargs["secret"], purposes=self.purposes)
            language, zone = self.find(self.link)
        except LinkGone as gone:
            return self.gone(gone)
        with ExitStack() as reader:
            reader.enter_context(translation.override(spoken(language or self.tenant.language)))
            if zone is not None:
                reader.enter_context(timezone.override(zone))
            return super().dispatch(request, *args, **kwargs)

    def gone(self, gone: LinkGone) -> HttpResponse:
        """A link that opens nothing any more."""
        return self.show_page(
            self.gone_template,
            status=gone.status,
            message=gone.message,
            sign_in_url=self.sign_in_url,
        )

    def show_page(self, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
        """A template with the company's name above it."""
        context = {"brand": self.tenant.name, **context}
        return render(self.request, template, context, status=status)
