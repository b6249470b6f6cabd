"""One thing done with several rows of a list, row by row, with each refusal said."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import resolve
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.tenancy.errors import DomainError
from advocacy.web.http import Undo, redirect, safe_next, undo_of_press
from advocacy.web.integrity import translate
from advocacy.web.urls import quiet_reverse, tenant_reverse
from advocacy.web.views.actions import ActionView
from advocacy.web.views.base import MemberView
from advocacy.web.views.forms import FormPage
from advocacy.web.views.list_state import MOST_AT_ONCE
from advocacy.web.views.lists import ListPage

#: As many refusals are said in full.
_SAID = 3


@dataclass(slots=True)
class Outcome:
    """What became of several rows: the keys of those that were changed, and why others were not."""

    done: list[Any] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def sentence(self, label: str | Promise) -> str:
        """What was done, and what stays with the reasons."""
        count = len(self.done)
        said = ngettext("%(what)s: %(n)d done.", "%(what)s: %(n)d done.", count)
        if not count:
            # Pressed twice, or on what a colleague was faster with.
            said = _("%(what)s: nothing was changed.")
        parts = [said % {"what": label, "n": count}]
        if self.refused:
            count = len(self.refused)
            stays = ngettext("%(n)d stays as it was.", "%(n)d stay as they were.", count)
            parts += [stays % {"n": count}, *self.refused[:_SAID]]
        if (rest := len(self.refused) - _SAID) > 0:
            parts.append(ngettext("And %(n)d more.", "And %(n)d more.", rest) % {"n": rest})
        return " ".join(parts)


class OnEachRow(MemberView):
    """The same service for each ticked row of a list, or for everything its filters match, by
    itself: one that is refused keeps no other back.

    Declare ``list_page``: the rows come out of *its* queryset, or of that of the list of the same
    rows in which the button was pressed, so nobody acts on a row the list would not show.
    Declare ``label``, ``home`` (the name of the list's address), ``service`` and ``subject_name``
    (what it calls the row) or :meth:`perform_one`. ``undo`` names the address of the action that
    takes this one back.
    """

    abstract = True
    list_page: ClassVar[type[ListPage]]
    limit: ClassVar[int] = MOST_AT_ONCE
    label: ClassVar[str | Promise] = ""
    home: ClassVar[str]
    service: ClassVar[Callable[..., Any]]
    subject_name: ClassVar[str]
    undo: ClassVar[str] = ""
    #: The order in which the rows are taken; what locks more than the row may want another.
    order: ClassVar[Sequence[str]] = ("pk",)

    def page(self) -> ListPage:
        """The list as it was when the button was pressed."""
        default = self.list_page()
        default.setup(self.request, **self.kwargs)
        address = quiet_reverse(self.request, self.request.POST.get("list", ""))
        match = resolve(address) if address else None
        view = getattr(match.func, "view_class", None) if match else None
        if match is None or view is None or not issubclass(view, ListPage):
            return default
        page: ListPage = view()
        page.setup(self.request, **match.kwargs)
        same = page.allowed() and page.listed.model is default.listed.model
        return page if same else default

    def ticked(self) -> QuerySet[Any]:
        """What is meant; refused when it is nothing, or too much."""
        rows = self.page().selected()
        count = rows.order_by()[: self.limit + 1].count()
        if count == 0:
            raise DomainError(_("Nothing is selected."), code="nothing_selected")
        if count > self.limit:
            raise DomainError(
                _("At most %(limit)d at a time; narrow the list first.") % {"limit": self.limit},
                code="too_many",
            )
        return rows

    def perform_one(self, row: Any, **said: Any) -> None:
        """Call the service; ``said`` are the cleaned values of a form, where there is one."""
        type(self).service(actor=self.actor, **{self.subject_name: row}, **said)

    def name_of(self, row: Any) -> str:
        """What a refusal calls the row."""
        return str(row)

    def perform_each(self, **said: Any) -> Outcome:
        """One after the other, each in a savepoint of its own."""
        outcome = Outcome()
        for row in list(self.ticked().order_by(*self.order)):
            name = self.name_of(row)
            try:
                with transaction.atomic():
                    self.perform_one(row, **said)
            except DomainError as error:
                outcome.refused.append(_named(name, error.message))
            except IntegrityError as error:
                words = translate(error)
                if words is None:
                    raise
                outcome.refused.append(_named(name, " ".join(words.messages)))
            else:
                outcome.done.append(row.pk)
        return outcome

    def get_success_url(self, result: Outcome) -> str:
        """The list."""
        return tenant_reverse(self.request, self.home)

    def done(self, result: Outcome, message: str = "") -> HttpResponse:
        """Back to the list as it was, with what became of the rows and a way to take it back."""
        url = safe_next(self.request, self.get_success_url(result))
        undo = undo_of_press(self.request, next_page=url)
        if self.undo and result.done:
            address = tenant_reverse(self.request, self.undo)
            undo = Undo(address, [str(pk) for pk in result.done], next=url)
        level = messages.WARNING if result.refused else messages.SUCCESS
        text = result.sentence(self.label)
        messages.add_message(self.request, level, text, extra_tags=undo.as_tags() if undo else "")
        return redirect(self.request, url)


class EachRow(OnEachRow, ActionView):
    """At one press."""

    abstract = True

    def perform(self) -> Outcome:
        return self.perform_each()

    def get_success_message(self, result: Outcome) -> str:
        return ""


class EachRowForm(OnEachRow, FormPage):
    """With a question first, asked once for all: the list's button opens the form."""

    abstract = True
    http_method_names: ClassVar[Sequence[str]] = ["post", "options"]  # type: ignore[misc]

    @cached_property
    def answered(self) -> bool:
        """Whether the form was sent, not only the list's button pressed."""
        return "answered" in self.request.POST

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.answered:
            return super().post(request, *args, **kwargs)
        self.ticked()
        return self.show(self.get_form())

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        if not self.answered:
            kwargs = {"initial": kwargs["initial"]}
        return kwargs

    def get_title(self) -> str:
        count = self.ticked().count()
        words = ngettext("%(what)s: %(n)d row", "%(what)s: %(n)d rows", count)
        return words % {"what": str(self.title or self.label).rstrip("…"), "n": count}

    def get_cancel_url(self) -> str:
        return safe_next(self.request, self.get_success_url(Outcome()))

    def get_context(self) -> dict[str, Any]:
        """What was ticked goes along with the form."""
        names, said = ("list", "all", "query", "ids"), self.request.POST
        kept = [(name, value) for name in names for value in said.getlist(name)]
        return {"hidden": [*kept, ("answered", "1")], "form_action": self.request.path}

    def perform(self, form: forms.BaseForm) -> Outcome:
        return self.perform_each(**form.cleaned_data)  # type: ignore[attr-defined]


def _named(name: str, message: str) -> str:
    return message if name in message else f"{name}: {message}"
