"""The pages of a resource made from its manifest. Each is an ordinary class to inherit from:

class SignalPage(RecordPage):
    def get_context(self): return {**super().get_context(), "more": …}

Resource(…, pages={"detail": SignalPage})
"""

from collections.abc import Iterable, Sequence
from copy import copy
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.forms import BaseModelForm
from django.http import Http404, HttpRequest
from django.utils.functional import cached_property
from django.utils.text import format_lazy
from django.utils.translation import gettext as _

from advocacy.events.happened import happened
from advocacy.records.lifecycle import Move
from advocacy.records.resource import Resource
from advocacy.tenancy.models import Membership
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import (
    ActionView,
    BulkAction,
    DetailPage,
    ListPage,
    ModelFormPage,
)
from advocacy.web.views.base import PageAction


class OfResource:
    """What the pages share: the row in the address, and the ways to and from it."""

    resource: ClassVar[Resource]
    move: ClassVar[Move]
    request: HttpRequest
    membership: Membership
    kwargs: dict[str, Any]
    actor: Any

    @cached_property
    def row(self) -> Any:
        """The row in the address, if this member may see it."""
        row = self.resource.listed(self.membership).filter(pk=self.kwargs["pk"]).first()
        if row is None:
            raise Http404
        return row

    def url(self, name: str, *args: Any) -> str:
        """One of the resource's own addresses."""
        return tenant_reverse(self.request, f"{self.resource.name}:{name}", *args)

    def where(self) -> dict[str, Any]:
        """Whose the row is, and the list above everything else."""
        about = str(self.resource.about(self.row)) if "pk" in self.kwargs else ""
        return {
            "crumbs": [(self.url("list"), str(self.resource.title))],
            "page_subtitle": about,
        }

    def get_success_url(self, result: Any) -> str:
        """The row's page; the list, where it was given away and is not this member's to see."""
        seen = self.resource.listed(self.membership).filter(pk=result.pk).exists()
        return self.url("detail", result.pk) if seen else self.url("list")

    def call(self, service: Any, **values: Any) -> Any:
        """The service, about the row in the address."""
        return service(actor=self.actor, **{self.resource.subject: self.row}, **values)


class OfMove:
    """A page of one's own about a move, beside a view of :mod:`advocacy.web.views`: what it does
    not say itself (permission, title, button, toast) the declaration says.
    """

    move: ClassVar[Move]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        if move := vars(cls).get("move"):
            texts = {"success_message": move.done}
            texts |= dict.fromkeys(("title", "label", "submit_label"), move.label)
            for name, value in {"permission": move.may, **texts}.items():
                if name not in vars(cls):
                    setattr(cls, name, value)
        super().__init_subclass__(**kwargs)


def bulk_moves(name: str, moves: Iterable[Move]) -> list[BulkAction]:
    """The moves that a list below the addresses of ``name`` offers for several rows."""
    return [
        BulkAction(
            format_lazy("{}…", move.label) if move.fields else move.label,
            f"{name}:{move.many_name}",
            move.may,
            move.icon,
            "" if move.fields else move.confirm,
            move.danger,
        )
        for move in moves
        if move.is_for_many
    ]


class RecordList(OfResource, ListPage):
    """The rows a member may see."""

    abstract: ClassVar[bool] = True

    def get_queryset(self) -> QuerySet[Any]:
        return self.resource.listed(self.membership)

    def get_header_actions(self) -> list[PageAction]:
        new = self.resource
        if new.create is None or not self.membership.can(new.edit):
            return []
        return [PageAction(new.new_label, self.url("new"), "plus", primary=True)]

    def get_bulk_actions(self) -> Sequence[BulkAction]:
        """The moves that several rows can make at once, and what the page says itself."""
        moves = bulk_moves(self.resource.name, self.resource.moves)
        return [*moves, *self.bulk_actions]


class RecordPage(OfResource, DetailPage):
    """One row: facts, what can be done, what happened."""

    abstract: ClassVar[bool] = True
    template_name: ClassVar[str] = "records/detail.html"
    panel_template: ClassVar[str] = "records/panel.html"

    def get_object(self) -> Any:
        return self.row

    def get_context(self) -> dict[str, Any]:
        lifecycle, facts = self.resource.lifecycle, self.resource.facts
        may_edit = self.resource.is_editable(self.row, self.membership)
        return {
            **self.where(),
            "facts": facts(self.row) if facts else [],
            "state": lifecycle.states(lifecycle.state(self.row)) if lifecycle else None,
            "edit_url": self.url("edit", self.row.pk) if may_edit else "",
            "moves": self.get_moves(),
            "happened": happened(self.row).presses,
        }

    def get_moves(self) -> list[tuple[Move, str]]:
        """What this member may do now, with its address."""
        offered = self.resource.offered(self.row, self.membership)
        return [(move, self.move_url(move)) for move in offered]

    def move_url(self, move: Move) -> str:
        """Where it is made."""
        return self.url(move.name.replace("_", "-"), self.row.pk)


class RecordForm(OfResource, ModelFormPage):
    """Add a row, or change the one in the address."""

    abstract: ClassVar[bool] = True

    def get_object(self) -> Any:
        # A copy: a ModelForm writes into its instance, and the service compares with what was.
        return copy(self.row) if "pk" in self.kwargs else None

    def get_form(self) -> Any:
        if "pk" in self.kwargs:
            self.refuse_early()
        return super().get_form()

    def refuse_early(self) -> None:
        """Say before anybody types what the service would say afterwards."""
        if self.resource.permit_edit is not None and self.request.method == "GET":
            self.resource.permit_edit(self.actor, self.row)

    def get_title(self) -> str:
        if "pk" not in self.kwargs:
            return str(self.resource.new_label)
        return _("Change %(what)s") % {"what": self.row}

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.edits = self.edits and "pk" in self.kwargs

    def get_initial(self) -> dict[str, Any]:
        # A link may fill in a field: ?account=…. What is saved already is shown as it is.
        if self.edits:
            return {}
        asked = self.request.GET
        return {name: asked[name] for name in self.form_class.base_fields if name in asked}  # type: ignore[attr-defined]

    def get_context(self) -> dict[str, Any]:
        found = self.where()
        if "pk" in self.kwargs:
            found["crumbs"].append((self.url("detail", self.row.pk), str(self.row)))
        return found

    def get_cancel_url(self) -> str:
        return self.url("detail", self.row.pk) if "pk" in self.kwargs else self.url("list")

    def get_success_message(self, result: Any) -> str:
        return _("Saved.")

    def perform(self, form: Any) -> Any:
        if "pk" not in self.kwargs:
            assert self.resource.create is not None  # noqa: S101 - else there is no such address
            return self.resource.create(actor=self.actor, **form.cleaned_data)
        return self.call(self.resource.update, **form.cleaned_data)


class MoveForm(RecordForm):
    """A move that asks for something. One that shows what is saved says ``edits``."""

    abstract: ClassVar[bool] = True
    edits = False

    def get_title(self) -> str:
        return f"{self.move.label}: {self.row}"

    def get_form(self) -> Any:
        form = super().get_form()
        for name in self.move.needs:
            form.fields[name].required = True
        return form

    def refuse_early(self) -> None:
        if self.resource.permit is not None:
            self.resource.permit(self.actor, self.row, self.move.name)
        if self.resource.lifecycle is not None:
            self.resource.lifecycle.require(self.row, self.move.name)

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        if not issubclass(self.form_class, BaseModelForm):
            del kwargs["instance"]
        return kwargs

    def get_success_message(self, result: Any) -> str:
        return str(self.move.done)

    def perform(self, form: Any) -> Any:
        return self.call(self.resource.services[self.move.name], **form.cleaned_data)


class MovePress(OfResource, ActionView):
    """A move at one press."""

    abstract: ClassVar[bool] = True

    def get_success_message(self, result: Any) -> str:
        return str(self.move.done)

    def perform(self) -> Any:
        return self.call(self.resource.services[self.move.name])
