"""How forms look and what they check in a multi-tenant database.

Set once as ``FORM_RENDERER``: ``{{ form }}`` gives the error summary and every field with label,
help and error in the product's markup; ``{{ form.name.as_field_group }}`` gives one field.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.db import models
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.tenancy.scope import current_tenant_id
from advocacy.web.form_versions import Collision, FormVersion
from advocacy.web.integrity import constraint_error
from advocacy.web.phrases import say_ours

_CHECKS = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple)


class TablerField(BoundField):
    """Gives each widget its class and the field our phrases; ids and aria attributes are Django's
    own.
    """

    def __init__(self, form: Any, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        say_ours(field)

    @property
    def collision(self) -> Collision | None:
        """What somebody else made of this field meanwhile, beside what was typed."""
        version: FormVersion | None = getattr(self.form, "version", None)
        return version.collisions.get(self.name) if version else None

    def build_widget_attrs(self, attrs: Any, widget: forms.Widget | None = None) -> dict[str, Any]:
        """Add ``form-control``, ``form-select`` or ``form-check-input``."""
        built: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        shown = widget or self.field.widget
        if isinstance(shown, _CHECKS):
            css = "form-check-input"
        elif isinstance(shown, forms.Select):
            css = "form-select"
        elif shown.is_hidden:
            return built
        else:
            css = "form-control"
        own = shown.attrs.get("class", "")
        built["class"] = f"{css} {own}".strip()
        if self.errors and not self.use_fieldset:
            # Django names the help first; the error is the news.
            built["aria-describedby"] = " ".join(
                part
                for part in (
                    f"{self.auto_id}_error",
                    f"{self.auto_id}_helptext" if self.help_text else "",
                )
                if part
            )
        return built


class Renderer(TemplatesSetting):
    """Forms in the product's markup, from ``templates/forms/``."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    bound_field_class = TablerField

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        """Render, with the product's list of errors instead of Django's."""
        if template_name == "django/forms/errors/list/default.html":
            template_name = "forms/errors.html"
        return str(super().render(template_name, context, request=request))


class TenantModelForm(forms.ModelForm):
    """A form for a tenant's row.

    Django leaves a uniqueness rule out as soon as one of its fields is not in the form, and
    ``tenant`` never is: every duplicate would reach the database. This base checks the rules with
    the tenant of the scope, and says which *field* is the duplicate.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            # Django's row of dashes says nothing.
            if field.required and isinstance(field, forms.TypedChoiceField):
                given: Any = field.choices
                field.choices = [(v, label if v else _("Choose one")) for v, label in given]

    def _post_clean(self) -> None:
        tenant = type(self.instance)._meta.get_field("tenant")
        if self.instance._state.adding:
            setattr(self.instance, tenant.attname, current_tenant_id())
        super()._post_clean()  # type: ignore[misc]

    def _rule_exclusions(self) -> set[str]:
        excluded: set[str] = set(self._get_validation_exclusions())  # type: ignore[attr-defined]
        return excluded - {"tenant"}

    def validate_unique(self) -> None:
        """``unique=True`` and ``unique_together``, with the tenant."""
        try:
            self.instance.validate_unique(exclude=self._rule_exclusions())
        except ValidationError as error:
            self._update_errors(error)  # type: ignore[attr-defined]

    def validate_constraints(self) -> None:
        """The model's constraints, each error at the field it is about."""
        excluded = self._rule_exclusions()
        for model, constraints in self.instance.get_constraints():
            for constraint in constraints:
                try:
                    constraint.validate(model, self.instance, exclude=excluded)
                except ValidationError:
                    self._add_rule_error(model, constraint)

    def _add_rule_error(self, model: type[models.Model], constraint: models.BaseConstraint) -> None:
        error = constraint_error(model, constraint)
        for field, messages in error.message_dict.items():
            self.add_error(field if field in self.fields else None, messages)


#: Django's own check looks at what ``to_python`` made of the text, which is none any more.
_without_nul = ProhibitNullCharactersValidator()


class WordsField(forms.CharField):
    """Several words in one line, separated by commas."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("help_text", gettext_lazy("Separate them with commas."))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        """A list of words without repetitions."""
        text = value if isinstance(value, str) else ", ".join(value or ())
        _without_nul(text)
        words = dict.fromkeys(word.strip() for word in text.split(",") if word.strip())
        if any(len(word) > 100 for word in words):
            raise ValidationError(_("A word has at most 100 characters."))
        return list(words)

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else ", ".join(value)
