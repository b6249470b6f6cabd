"""Choosing, field by field, what stays when two records become one (ADV-1)."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.utils import formats
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.records.writes import stored
from advocacy.web.pickers import PickerField
from advocacy.web.urls import tenant_reverse
from advocacy.web.views import FormPage

KEPT, GONE = "kept", "gone"


def value_words(row: models.Model, name: str) -> str:
    """A field's value as people read it; a dash for none."""
    display = getattr(row, f"get_{name}_display", None)
    value = display() if display else getattr(row, name)
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(formats.localize(value))


class MergeForm(forms.Form):
    """A choice for each field in which the two differ; the filled one is proposed."""

    def __init__(
        self,
        *args: Any,
        kept: models.Model,
        gone: models.Model,
        names: Sequence[str],
        extra: Sequence[tuple[str, str | Promise, str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in names:
            if stored(kept, name) == stored(gone, name):
                continue
            words = value_words(kept, name), value_words(gone, name)
            label = capfirst(str(kept._meta.get_field(name).verbose_name))  # type: ignore[union-attr]
            self._offer(name, label, *words)
        for name, title, here, there in extra:
            self._offer(name, str(title), here, there)

    def _offer(self, name: str, label: str, here: str, there: str) -> None:
        self.fields[name] = forms.ChoiceField(
            label=label,
            choices=[(KEPT, here), (GONE, there)],
            initial=GONE if here == "—" else KEPT,
            widget=forms.RadioSelect,
            error_messages={"required": _("Choose which of the two stays.")},
        )

    def taken(self) -> list[str]:
        """The fields whose value comes from the record that goes."""
        return [name for name, choice in self.cleaned_data.items() if choice == GONE]


class MergeChoosePage(FormPage):
    """Which other record is the same one? Declare ``picker``, ``names`` and ``get_kept``."""

    abstract: ClassVar[bool] = True
    permission: ClassVar[str] = "records.merge"
    submit_label = gettext_lazy("Compare the two")
    subtitle = gettext_lazy("Nothing happens yet: on the next page you see both side by side.")
    picker: ClassVar[type[PickerField]]
    #: Names of the addresses of the comparison and of the record's page.
    next_name: ClassVar[str]
    page_name: ClassVar[str]

    def get_kept(self) -> Any:
        """The record that lives on, from a selector."""
        raise NotImplementedError

    def get_form(self) -> Any:
        self.object = self.get_kept()
        kwargs = self.get_form_kwargs()
        form = forms.Form(**kwargs)
        form.fields["other"] = self.picker(label=_("The other record"), queryset=self.offered())
        return form

    def offered(self) -> Any:
        """Rows that a choice may be among; the service decides."""
        return type(self.object)._default_manager.all()

    def get_title(self) -> str:
        return _("Merge %(name)s with another record") % {"name": self.object}

    def perform(self, form: Any) -> Any:
        self.permit(form.cleaned_data["other"])
        return form.cleaned_data["other"]

    def permit(self, other: Any) -> None:
        """Raise what merging would, before anybody compares."""
        raise NotImplementedError

    def get_success_url(self, result: Any) -> str:
        return tenant_reverse(self.request, self.next_name, self.object.pk, result.pk)

    def get_cancel_url(self) -> str:
        return tenant_reverse(self.request, self.page_name, self.kwargs["pk"])


class MergePage(FormPage):
    """Both side by side; declare ``get_both``, ``get_merge_form`` and ``perform``."""

    abstract: ClassVar[bool] = True
    permission: ClassVar[str] = "records.merge"
    form_template = "advocates/merge_body.html"
    submit_label = gettext_lazy("Merge for good")
    success_message = gettext_lazy("Merged. The history of both stands here.")
    subtitle = gettext_lazy(
        "This cannot be undone. Whatever belongs to either belongs to the one that stays: asks,"
        " activities, thank-yous, mails, consents, ids of other systems."
    )
    page_name: ClassVar[str]
    other: Any

    def get_both(self) -> tuple[Any, Any]:
        """The record that stays and the one that goes."""
        raise NotImplementedError

    def get_merge_form(self, **kwargs: Any) -> MergeForm:
        """The choices."""
        raise NotImplementedError

    def get_form(self) -> Any:
        self.object, self.other = self.get_both()
        return self.get_merge_form(**self.get_form_kwargs())

    def get_title(self) -> str:
        return _("Make two records of %(name)s one") % {"name": self.object}

    def get_context(self) -> dict[str, Any]:
        return {"kept": self.object, "gone": self.other}

    def get_success_url(self, result: Any) -> str:
        return tenant_reverse(self.request, self.page_name, result.pk)

    def get_cancel_url(self) -> str:
        return tenant_reverse(self.request, self.page_name, self.kwargs["pk"])
