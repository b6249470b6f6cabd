"""Forms: everything typed is kept, every error is at its field, and a service does the writing."""

from typing import Any, ClassVar

from django import forms
from django.db import DataError, IntegrityError, models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.turns import stand_in_line
from advocacy.web.form_versions import FormVersion, saved_in
from advocacy.web.http import go_on, is_for, is_htmx, key_of, over_queue, safe_next
from advocacy.web.integrity import translate, unkeepable
from advocacy.web.pickers import PickerInput, asked_for, found_context, prepare
from advocacy.web.undoing import PRESS, typed_before
from advocacy.web.views.base import MemberView


class FormPage(MemberView):
    """Declare ``form_class``, ``title`` and :meth:`perform`, which calls one service.

    A form with errors answers 422: the whole page, or the form alone to htmx. A refusal of the
    service or of a database constraint lands at its field. Success goes on to
    :meth:`get_success_url` (a safe ``next`` in the form or address wins).

    A page about what is there already says ``edits``: what somebody else saved since it was opened
    is not overwritten, and what both changed is asked for again (``web.form_versions``).
    """

    abstract = True
    form_class: ClassVar[type[forms.BaseForm]]
    title: ClassVar[str | Promise] = ""
    subtitle: ClassVar[str | Promise] = ""
    submit_label: ClassVar[str | Promise] = gettext_lazy("Save")
    success_message: ClassVar[str | Promise] = ""
    template_name: ClassVar[str] = "generic/form.html"
    form_template: ClassVar[str] = "generic/form_body.html"
    panel_template: ClassVar[str] = "generic/form_panel.html"
    form_id: ClassVar[str] = "form"
    edits: bool = False
    object: Any = None

    def perform(self, form: Any) -> Any:
        """Call the service with ``actor=self.actor`` and the cleaned values; return its result."""
        raise NotImplementedError

    def get_success_url(self, result: Any) -> str:
        """Where to go on."""
        raise NotImplementedError

    def get_success_message(self, result: Any) -> str:
        """What the toast says; nothing for no toast."""
        return str(self.success_message)

    def get_cancel_url(self) -> str:
        """Where *Cancel* leads; nothing hides it."""
        return ""

    def get_initial(self) -> dict[str, Any]:
        """Values the form starts with; the address may prefill them."""
        return {}

    def get_form_kwargs(self) -> dict[str, Any]:
        """Arguments of the form."""
        press = None if self.edits else key_of(self.request.GET.get(PRESS, ""))
        typed = typed_before(self.membership, press)
        kwargs: dict[str, Any] = {"initial": {**self.get_initial(), **typed}}
        if self.request.method == "POST":
            kwargs |= {"data": self.request.POST, "files": self.request.FILES}
        return kwargs

    def get_form(self) -> Any:
        """The form."""
        return self.form_class(**self.get_form_kwargs())

    def get_saved(self, form: Any) -> dict[str, Any]:
        """Of a page that ``edits``: what is saved, by field. Where the form starts with a
        suggestion instead, say what is.
        """
        return saved_in(form)

    def get_version_key(self) -> str:
        """Which record the form is about; the same for every page about the same values."""
        return self.request.path

    def get_title(self) -> str:
        """The page's heading."""
        return str(self.title)

    def get_context(self) -> dict[str, Any]:
        """More for the template."""
        return {}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form, as a page or in the side panel."""
        form = self.get_form()
        self.compare(form)
        return self.show(form)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Check, perform, go on; or show the form again with what is wrong or was searched for."""
        if self.edits:
            stand_in_line(self.get_version_key())
        form = self.get_form()
        version = self.compare(form)
        if picker := asked_for(form, request):
            return self.show_found(form, picker)
        valid = form.is_valid()
        if version is not None and version.refuse():
            return self.show(form, status=409)
        if not valid:
            return self.show(form, status=422)
        try:
            result = self.perform(form)
        except DomainError as error:
            if error.status == 403:
                raise
            self._add_refusal(form, error)
            return self.show(form, status=error.status)
        except IntegrityError as error:
            words = translate(error)
            if words is None:
                raise
            for field, found in words.message_dict.items():
                form.add_error(field if field in form.fields else None, found)
            return self.show(form, status=422)
        except DataError:
            form.add_error(None, unkeepable())
            return self.show(form, status=422)
        return self.done(result)

    def compare(self, form: Any) -> FormVersion | None:
        """Of a page that ``edits``: the form against what is saved."""
        if not self.edits:
            return None
        return FormVersion(form, self.get_saved(form), key=self.get_version_key())

    def done(self, result: Any) -> HttpResponse:
        """Where it leads: another page, or the next row of the queue below the side panel."""
        url = safe_next(self.request, self.get_success_url(result))
        return go_on(self.request, url, self.get_success_message(result))

    def show_found(self, form: Any, picker: str) -> HttpResponse:
        """What a picker's search found: to htmx by itself, else in the form as it was typed."""
        if not is_htmx(self.request):
            return self.show(form)
        prepare(form, self.request, self.membership)
        return render(self.request, PickerInput.found_template, found_context(form, picker))

    def show(self, form: Any, status: int = 200) -> HttpResponse:
        """The form as page, panel or (to htmx, with errors) by itself."""
        prepare(form, self.request, self.membership)
        context = {
            "form": form,
            "form_id": self.form_id,
            "form_action": self.request.get_full_path(),
            "form_template": self.form_template,
            "object": self.object,
            "page_title": self.get_title(),
            "page_subtitle": self.subtitle,
            "submit_label": self.submit_label,
            "cancel_url": self.get_cancel_url(),
            # Over a queue the panel leads from the row's essentials to this form, and back.
            "back_url": self.get_cancel_url() if over_queue(self.request) else "",
            "next": self.request.POST.get("next") or self.request.GET.get("next") or "",
            **self.get_context(),
        }
        template = self.template_name
        if is_for(self.request, "panel-body"):
            template = self.panel_template
        elif is_htmx(self.request) and self.request.method == "POST":
            template = self.form_template
        return render(self.request, template, context, status=status)

    @staticmethod
    def _add_refusal(form: Any, error: DomainError) -> None:
        at_fields = {name: text for name, text in error.fields.items() if name in form.fields}
        for name, text in at_fields.items():
            form.add_error(name, text)
        if len(at_fields) < max(1, len(error.fields)):
            form.add_error(None, error.message)


class ModelFormPage(FormPage):
    """A form about one row. Declare :meth:`get_object` (None for a new one) as well."""

    abstract = True
    edits = True

    def get_object(self) -> models.Model | None:
        """The row to change, from a selector that raises ``Http404``; None makes a new one."""
        return None

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Nothing is loaded before the permission is checked."""
        super().setup(request, *args, **kwargs)
        self.object = None

    def get_form_kwargs(self) -> dict[str, Any]:
        self.object = self.get_object()
        return {**super().get_form_kwargs(), "instance": self.object}

    def compare(self, form: Any) -> FormVersion | None:
        return super().compare(form) if self.object is not None else None
