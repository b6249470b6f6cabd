"""The one page behind every such link: what it is, and a press for each decision (MSG-5.a, ID-3).

Looking changes nothing; a POST decides. A link is one member's for one thing: it opens nothing
once that is done, once it is a colleague's, or once they left.
"""

from collections.abc import Callable, Collection
from datetime import tzinfo
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import cached_property

from advocacy.messaging.link_pages import LinkPage
from advocacy.messaging.links import LinkGone
from advocacy.messaging.models import PersonalLink
from advocacy.messaging.work_links.presses import ByLink, by_link, every_purpose, work_of
from advocacy.records.lifecycle import Move
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.delegation import stands_in_for
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import Membership
from advocacy.web.queue import QueueRow, every_work


class WorkPage(LinkPage):
    """One thing of somebody's Today."""

    reader: Membership
    declared: ByLink

    @property
    def purposes(self) -> Collection[str]:  # type: ignore[override]
        """Of every kind of work that was declared."""
        return every_purpose()

    def find(self, link: PersonalLink) -> tuple[str, tzinfo | None]:
        declared, reader = by_link(work_of(link.purpose)), link.member
        if declared is None or reader is None or not reader.is_active:
            raise LinkGone("revoked")
        self.declared, self.reader = declared, reader
        return reader.user.language, reader.zone

    @cached_property
    def found(self) -> tuple[Any, QueueRow] | None:
        """The thing as it waits, and Today's row of it; None once there is nothing to do."""
        work, pk = every_work()[self.declared.work], self.link.subject_id
        # Theirs, or a colleague's for whom they stand in as long as that lasts (ID-1.c).
        for whose in (self.reader, *stands_in_for(self.reader)):
            row = work.waiting(whose).filter(pk=pk).first()
            if row is not None and (shown := work.rows(whose, [pk])):
                return row, shown[0]
        return None

    def moves(self) -> list[Move]:
        """What can be pressed."""
        return self.declared.offered(self.found[0], self.reader) if self.found else []

    def told(self, tell: Callable[[Any], list[Any]] | None) -> list[Any]:
        """What one has to know, or to read, while there is something to decide."""
        return tell(self.found[0]) if tell is not None and self.moves() and self.found else []

    def form_of(self, move: Move, data: Any = None) -> forms.Form | None:
        """What a move asks for; None where it is a press."""
        labels = self.declared.asks.get(move.name, {})
        if not labels or self.found is None:
            return None
        known = {name: getattr(self.found[0], name, "") for name in labels}
        fields = {
            name: forms.CharField(
                label=str(label),
                required=name in move.needs,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 3}),
            )
            for name, label in labels.items()
        }
        made: forms.Form = type("Asked", (forms.Form,), fields)(
            data, initial=known, prefix=move.name
        )
        return made

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What it is, or that there is nothing to do any more."""
        return self.show()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Decide as its owner, or as who stands in; what was typed stays where it is refused."""
        name = request.POST.get("move", "")
        move = next((each for each in self.moves() if each.name == name), None)
        if move is None or self.found is None:
            return self.show(status=409)
        form = self.form_of(move, request.POST)
        if form is not None and not form.is_valid():
            return self.show(form=form, tried=name, status=422)
        values = form.cleaned_data if form is not None else {}
        try:
            subject = {self.declared.subject: self.found[0]}
            actor = Actor.member(self.reader)
            self.declared.services[name](actor=actor, **subject, **values)
        except DomainError as error:
            del self.found
            if form is not None:
                for field, text in error.fields.items():
                    form.add_error(field if field in form.fields else None, text)
            problem = "" if form is not None and error.fields else error.message
            return self.show(form=form, tried=name, problem=problem, status=error.status)
        return HttpResponseRedirect(f"{request.path}?done={name}")

    def show(
        self,
        *,
        form: forms.Form | None = None,
        tried: str = "",
        problem: str = "",
        status: int = 200,
    ) -> HttpResponse:
        """The page."""
        presses = [
            (move, form if form is not None and move.name == tried else self.form_of(move))
            for move in self.moves()
        ]
        done = self.request.GET.get("done", "")
        said = {move.name: move.done or move.label for move in self.declared.lifecycle.manual}
        return self.show_page(
            "messaging/work_link.html",
            status=status,
            row=self.found[1] if self.found else None,
            is_asked=bool(presses),
            presses=presses,
            facts=self.told(self.declared.facts),
            letters=self.told(self.declared.letters),
            tried=tried,
            problem=problem,
            became=said.get(done, "") if not self.found else "",
            today=f"/t/{self.tenant.slug}/",
        )
