"""Choosing one row out of very many: type a few words, tick what is found.

    class PersonPicker(PickerField):
        search_fields = ("first_name", "last_name", "account__name")
        def offered(self, membership): return selectors.…
        def detail_of(self, person): return person.account.name

The search goes to the page the form is on, as the form's own POST with :data:`FIND`: who may open
the form may search, in the side panel as on the page, and without scripts nothing typed is lost.
``FormPage`` calls :func:`prepare` and :func:`asked_for`.
"""

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any, ClassVar

from django import forms
from django.db.models import Model, Q, QuerySet
from django.forms.utils import ErrorDict
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from advocacy.tenancy.models import Membership
from advocacy.web.http import key_of
from advocacy.web.searching import search_words

#: A POST with this names the field whose search it is; nothing is saved.
FIND = "_find"
#: Rows a search offers at most.
OFFERED = 8


class PickerInput(forms.Widget):
    """A search box, and a radio button for what was chosen and each row that was found."""

    template_name = "forms/picker.html"
    found_template: ClassVar[str] = "forms/picker_found.html"
    use_fieldset = True
    #: Set by the field: its ``ModelChoiceIterator``.
    choices: Any

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """With the row that is chosen and the rows that were found."""
        field: PickerField = self.choices.field
        context = super().get_context(name, value, attrs)
        chosen = field.chosen(value)
        matches = field.found()
        found = [row for row in matches if row != chosen]
        rows = [chosen, *found] if chosen is not None else found
        only = chosen is None and len(rows) == 1
        context["widget"] |= {
            "words": field.words,
            "url": field.url,
            "hint": field.hint,
            "rows": [
                {
                    "pk": str(row.pk),
                    "name": field.label_from_instance(row),
                    "detail": field.detail_of(row),
                    "checked": row == chosen or only,
                }
                for row in rows
            ],
            "nothing": bool(field.words) and not matches,
        }
        return context

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """The search box: where the summary of errors leads."""
        return id_


class PickerField(forms.ModelChoiceField):
    """One row out of very many. Declare :meth:`offered` and ``search_fields``.

    Offering is not permitting: whatever comes back in a hand-made form, the service decides.
    """

    widget = PickerInput
    default_error_messages: ClassVar[dict[str, Any]] = {
        "required": gettext_lazy("Search, and choose one of what is found."),
    }
    hint: ClassVar[str | Promise] = gettext_lazy("Search by name or company")

    search_fields: ClassVar[Sequence[str]] = ()
    #: Who searches for what, and the page that answers; see :func:`prepare`.
    membership: Membership | None = None
    words: str = ""
    url: str = ""

    def offered(self, membership: Membership) -> QuerySet[Any]:
        """The rows this member may choose, with what is shown of them, in the order of a list."""
        raise NotImplementedError

    def detail_of(self, row: Any) -> str:
        """What tells a row from another of the same name."""
        return ""

    def found(self) -> list[Model]:
        """At most :data:`OFFERED` rows that hold every word; none for an empty search."""
        if self.membership is None or not search_words(self.words):
            return []
        return list(self.matching(self.offered(self.membership))[:OFFERED])

    def matching(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Those of the rows that hold every word, in one of ``search_fields``; a large table is
        asked by its terms instead (``advocacy.search``).
        """
        for word in search_words(self.words):
            rows = rows.filter(
                reduce(or_, (Q(**{f"{name}__icontains": word}) for name in self.search_fields))
            )
        return rows

    def chosen(self, value: Any) -> Model | None:
        """The row a value stands for, whatever else is wrong with the form; None for one that
        this member may not choose.
        """
        pk = value.pk if isinstance(value, Model) else key_of(str(value or ""))
        if self.membership is None or pk is None:
            return None
        row: Model | None = self.offered(self.membership).filter(pk=pk).first()
        return row


def _pickers(form: Any) -> dict[str, PickerField]:
    fields: dict[str, forms.Field] = getattr(form, "fields", {})
    return {name: field for name, field in fields.items() if isinstance(field, PickerField)}


def _words_of(form: Any, name: str) -> str:
    return str(form.data.get(f"{form.add_prefix(name)}-words", "")) if form.is_bound else ""


def found_context(form: Any, name: str) -> dict[str, Any]:
    """What :attr:`PickerInput.found_template` draws of one picker."""
    bound = form[name]
    context: dict[str, Any] = bound.field.widget.get_context(
        bound.html_name, bound.value(), {"id": bound.auto_id}
    )
    return context


def prepare(form: Any, request: HttpRequest, membership: Membership) -> None:
    """Tell the pickers of a form who searches for what, and which page answers."""
    for name, field in _pickers(form).items():
        field.membership, field.url = membership, request.get_full_path()
        field.words = _words_of(form, name)


def asked_for(form: Any, request: HttpRequest) -> str:
    """The picker whose search this request is, and no more; "" for a form to be saved.

    Such a form is shown again as it was typed, with nothing checked yet.
    """
    name = request.POST.get(FIND, "")
    if name not in _pickers(form):
        return ""
    form._errors = ErrorDict()  # Django's own mark of a form that was checked
    return name
