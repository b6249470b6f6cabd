"""One press of a button: POST, one service, then on."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise

from advocacy.tenancy.errors import Conflict, DomainError
from advocacy.web.http import go_on, is_htmx, safe_next, undo_of_press
from advocacy.web.integrity import translate
from advocacy.web.views.base import MemberView


class ActionView(MemberView):
    """Declare :meth:`perform`, which calls one service, and :meth:`get_success_url`.

    A plain form is redirected to its ``next`` (if it is one of our pages). htmx gets
    ``fragment_template`` when there is one, drawn with :meth:`get_fragment_context`, else it is
    told to load the page to go on to. A refusal is 409 or 422: a page, or a toast for htmx.
    """

    abstract = True
    http_method_names: ClassVar[Sequence[str]] = ["post", "options"]  # type: ignore[misc]
    success_message: ClassVar[str | Promise] = ""
    fragment_template: ClassVar[str] = ""

    def perform(self) -> Any:
        """Call the service with ``actor=self.actor``; return what the success needs."""
        raise NotImplementedError

    def get_success_url(self, result: Any) -> str:
        """Where to go on without a ``next``."""
        raise NotImplementedError

    def get_success_message(self, result: Any) -> str:
        """What the toast says; nothing for no toast."""
        return str(self.success_message)

    def get_fragment_context(self, result: Any) -> dict[str, Any]:
        """What ``fragment_template`` draws."""
        return {"object": result}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Perform and go on."""
        try:
            result = self.perform()
        except IntegrityError as error:
            words = translate(error)
            if words is None:
                raise
            return self.refused(Conflict(" ".join(words.messages)))
        message = self.get_success_message(result)
        if is_htmx(request) and self.fragment_template:
            context = {"toast": message, **self.get_fragment_context(result)}
            response = render(request, self.fragment_template, context)
            if not response.content.strip():
                # Nothing is left of the row; beside a toast htmx would not swap an empty answer.
                response["HX-Reswap"] = "delete"
            if message:
                undo = undo_of_press(request)
                context = {"text": message, "tone": "success", "undo": undo and undo.shown()}
                toast = render(request, "generic/toast_fragment.html", context)
                response.content += toast.content
            return response
        return self.done(result, message)

    def done(self, result: Any, message: str) -> HttpResponse:
        """Where it leads: another page, or on with the queue it was pressed in."""
        url = safe_next(self.request, self.get_success_url(result))
        return go_on(self.request, url, message)

    def refused(self, error: DomainError) -> HttpResponse:
        """Say why: a toast beside the page htmx stays on, else a page."""
        if not is_htmx(self.request) or error.status not in (409, 422):
            return super().refused(error)
        context = {"text": error.message, "tone": "error"}
        response = render(self.request, "generic/toast_fragment.html", context, status=error.status)
        response["HX-Reswap"] = "none"
        return response
