"""What is said about one row: a form or a press, its service, and the way back to its page."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.functional import cached_property

from advocacy.tenancy.actors import Actor
from advocacy.web.views.actions import ActionView
from advocacy.web.views.forms import FormPage


class AboutMixin:
    """Declare :meth:`find` and :meth:`home`.

    Where one service does it all, declare ``service`` and ``subject_name`` too, what the service
    calls the row: it gets the actor, the row and, from a form, every cleaned value. Otherwise
    override ``perform`` as usual.
    """

    service: ClassVar[Callable[..., Any]]
    subject_name: ClassVar[str]

    request: HttpRequest
    kwargs: dict[str, Any]
    actor: Actor

    def find(self) -> Any:
        """The row in the address, from a selector that raises ``Http404``."""
        raise NotImplementedError

    def home(self) -> str:
        """The row's page."""
        raise NotImplementedError

    @cached_property
    def subject(self) -> Any:
        """The row, found once."""
        return self.find()

    def get_success_url(self, result: Any) -> str:
        """Back to the row."""
        return self.home()

    def get_cancel_url(self) -> str:
        """Back to the row."""
        return self.home()

    def call(self, **said: Any) -> Any:
        """Call the service."""
        about = {self.subject_name: self.subject}
        return type(self).service(actor=self.actor, **about, **said)


class AboutForm(AboutMixin, FormPage):
    """A question about one row."""

    abstract = True

    def perform(self, form: Any) -> Any:
        return self.call(**form.cleaned_data)


class AboutPress(AboutMixin, ActionView):
    """One press about one row."""

    abstract = True

    def perform(self) -> Any:
        return self.call()
