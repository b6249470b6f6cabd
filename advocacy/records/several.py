"""Moves of several rows of a resource's list at once (UI-1)."""

from copy import copy
from typing import Any, ClassVar

from django.forms import BaseModelForm

from advocacy.records.pages import OfResource
from advocacy.web.views import EachRow, EachRowForm


class _OfMany(OfResource):
    """A move of several rows at once, each by itself."""

    def name_of(self, row: Any) -> str:
        about = str(self.resource.about(row))
        return f"{row} ({about})" if about else str(row)

    def get_success_url(self, result: Any) -> str:
        return self.url("list")

    def perform_one(self, row: Any, **said: Any) -> None:
        about = {self.resource.subject: row}
        self.resource.services[self.move.name](actor=self.actor, **about, **said)


class MoveMany(_OfMany, EachRow):
    """At one press."""

    abstract: ClassVar[bool] = True


class MoveManyForm(_OfMany, EachRowForm):
    """What the move asks for is asked once for all."""

    abstract: ClassVar[bool] = True

    def get_form(self) -> Any:
        form = super().get_form()
        for name in self.move.needs:
            form.fields[name].required = True
        return form

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        if issubclass(self.form_class, BaseModelForm):
            # The form judges what is typed by a row; which one makes no difference to that.
            kwargs["instance"] = copy(self.ticked().first())
        return kwargs

    def get_context(self) -> dict[str, Any]:
        return {**super().get_context(), "crumbs": [(self.url("list"), str(self.resource.title))]}
