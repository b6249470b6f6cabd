"""A page behind a link in a mail on which something is approved or refused, without sign-in."""

from typing import Any, ClassVar

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from advocacy.messaging.link_pages import LinkPage
from advocacy.tenancy.errors import DomainError


class DecisionPage(LinkPage):
    """One tap to approve, a line to refuse; what is wrong is said, what was typed is kept.

    Declare :meth:`find`, :meth:`approve`, :meth:`refuse`, :meth:`reread` and :meth:`words`.
    """

    template: ClassVar[str]
    form_class: ClassVar[type[BaseForm]]
    #: The field in which it says why not.
    reason: ClassVar[str]

    def approve(self, said: str) -> None:
        """Take the yes as the reader's own."""
        raise NotImplementedError

    def refuse(self, said: str) -> None:
        """Take the no, with the reason."""
        raise NotImplementedError

    def reread(self) -> None:
        """What became of it meanwhile, after a refusal of the service's."""
        raise NotImplementedError

    def words(self) -> dict[str, Any]:
        """What the page says of it."""
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What there is to decide, or what was decided."""
        return self.show_page(self.template, form=self.form_class(), **self.words())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take the decision."""
        said = request.POST.get(self.reason, "")
        try:
            if "approve" in request.POST:
                self.approve(said)
            else:
                self.refuse(said)
        except DomainError as error:
            self.reread()
            form: Any = self.form_class(request.POST)
            form.is_valid()
            form.errors.pop(self.reason, None)
            form.add_error(self.reason, error.fields.get(self.reason, error.message))
            return self.show_page(self.template, status=error.status, form=form, **self.words())
        return HttpResponseRedirect(request.path)
