"""One thing on one page, or the same thing in the side panel."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise

from advocacy.web.http import is_for
from advocacy.web.views.base import MemberView


class DetailPage(MemberView):
    """Declare ``template_name`` (extends ``generic/detail.html``) and ``get_object``.

    With ``panel_template`` (extends ``components/panel.html``) the same address answers the side
    panel, so a link works with and without scripts.
    """

    abstract = True
    template_name: ClassVar[str] = "generic/detail.html"
    panel_template: ClassVar[str] = ""
    title: ClassVar[str | Promise] = ""
    object: Any

    def get_object(self) -> Any:
        """The thing, from a selector that raises ``Http404`` when it is not there to be seen."""
        raise NotImplementedError

    def get_context(self) -> dict[str, Any]:
        """More for the template."""
        return {}

    def get_merged(self) -> Any:
        """What tells that the record of the address became part of this one; the page says so."""
        return None

    def get_title(self) -> str:
        """The page's heading."""
        return str(self.title or self.object)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page, or the panel."""
        self.object = self.get_object()
        in_panel = bool(self.panel_template) and is_for(request, "panel-body")
        context = {
            "object": self.object,
            "page_title": self.get_title(),
            "merged": self.get_merged(),
            **self.get_context(),
        }
        return render(request, self.panel_template if in_panel else self.template_name, context)
