"""Forms about what is there already: nobody overwrites what their form did not show.

A form carries a digest of each value it showed. Against what is saved when it comes back, each
field is one of these:

    left alone, and nobody else touched it      nothing happens
    left alone, changed by somebody else        theirs stays
    changed here, and by nobody else            is saved
    changed here and by somebody else           is shown beside theirs, and asked for again

``FormPage`` does so for every page that says ``edits``. The digests are signed, for this record:
where the signature is not ours, nobody knows what was shown, and whatever differs is asked for. A
POST without any (a script, not a page of ours) says all it means to say.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from django import forms
from django.utils.formats import localize
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from advocacy.tenancy.keys import is_signed, signature

#: The hidden input with the digests, and the names of fields in which theirs is preferred.
VERSION, TAKE = "_version", "_take"

_SALT = "advocacy.web.form_versions"
#: What a browser sends: no value, one, or several.
Sent = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Collision:
    """What two people made of one field, in words."""

    theirs: str
    ours: str


class FormVersion:
    """What a form shows of a record, and what became of it since. Made before it is checked.

    ``saved`` holds the values of now by field, as ``initial`` would; ``key`` names the record, the
    same for every form about the same values. Merges what somebody else saved into a bound form.
    """

    def __init__(self, form: Any, saved: Mapping[str, Any], *, key: str) -> None:
        self.form, self.key = form, key
        self.collisions: dict[str, Collision] = {}
        self.gone = False
        for name, value in saved.items():
            _keep_choice(form.fields[name], value)
        self.now = {name: _as_sent(form[name], value) for name, value in saved.items()}
        self.digests = {name: self._digest(name, sent) for name, sent in self.now.items()}
        form.version = self
        if form.is_bound and VERSION in form.data:
            self._merge(self._parsed(form.data.get(VERSION, "")))

    def as_input(self) -> SafeString:
        """The hidden input. A browser that restores a form must not restore this."""
        pairs = " ".join(f"{name}:{digest}" for name, digest in self.digests.items())
        return format_html(
            '<input type="hidden" name="{}" value="{} {}" autocomplete="off">',
            VERSION,
            pairs,
            signature(_SALT, f"{self.key} {pairs}"),
        )

    def refuse(self) -> bool:
        """Put what collides at its field; the form as it is shown then is saved knowingly."""
        for name in self.collisions:
            said = _("This was changed while you had it open. Compare, and save again.")
            self.form.add_error(name, said)
            self.digests[name] = self._digest(name, self.now[name])
        if self.gone:
            said = _("Something you changed here was removed meanwhile. Look again, and save.")
            self.form.add_error(None, said)
        return bool(self.collisions or self.gone)

    def _merge(self, shown: Mapping[str, str] | None) -> None:
        data = self.form.data = self.form.data.copy()
        preferred = data.getlist(TAKE)
        for name, theirs in self.now.items():
            bound = self.form[name]
            ours = _sent(bound, data)
            if ours == theirs:
                continue
            before = (shown or {}).get(name)
            # A form older than the field cannot have meant anything by leaving it out.
            unknown = shown is not None and before is None
            if unknown or name in preferred or self._digest(name, ours) == before:
                _put(bound, data, theirs)
            elif self.digests[name] != before:
                self.collisions[name] = Collision(_words(bound, theirs), _words(bound, ours))
                self.digests[name] = before or ""
        for name in (shown or {}).keys() - self.form.fields.keys():
            sent = _tidy(data.getlist(self.form.add_prefix(name)))
            self.gone = self.gone or self._digest(name, sent) != (shown or {})[name]

    def _parsed(self, text: str) -> dict[str, str] | None:
        """What was shown; None where nobody knows."""
        pairs, _blank, mac = text.rpartition(" ")
        if not is_signed(_SALT, f"{self.key} {pairs}", mac):
            return None
        parts = (pair.rpartition(":") for pair in pairs.split())
        return {name: digest for name, _colon, digest in parts}

    def _digest(self, name: str, sent: Sent) -> str:
        text = json.dumps([self.key, name, sent])
        return blake2b(text.encode(), digest_size=8).hexdigest()


def saved_in(form: Any) -> dict[str, Any]:
    """What a form starts with, where all of that is saved."""
    return {
        name: form.get_initial_for_field(field, name)
        for name, field in form.fields.items()
        if not field.disabled and not isinstance(field, forms.FileField)
    }


def _keep_choice(field: forms.Field, value: Any) -> None:
    """Offer what is saved though it is on offer no more: a browser would choose something else,
    and saving the form would change what nobody touched.
    """
    value = field.prepare_value(value)
    if value in (None, "") or isinstance(value, list | tuple):
        return
    if isinstance(field, forms.ModelChoiceField):
        if isinstance(field.widget, forms.Select):
            offered: Any = field.queryset
            field.queryset = offered | offered.model._default_manager.filter(pk=value)
    elif isinstance(field, forms.ChoiceField) and not field.valid_value(value):
        given: Any = field.choices
        field.choices = [*given, (value, value)]


def _as_sent(bound: Any, value: Any) -> Sent:
    """What a browser sends of a field that shows ``value`` and is left alone."""
    widget, value = bound.field.widget, bound.field.prepare_value(value)
    if isinstance(widget, forms.CheckboxInput):
        return ("on",) if widget.check_test(value) else ()
    shown = widget.format_value(value)
    return _tidy(shown if isinstance(shown, list | tuple) else [shown], lines=_has_lines(widget))


def _sent(bound: Any, data: Any) -> Sent:
    """What a browser did send of it."""
    widget = bound.field.widget
    value = widget.value_from_datadict(data, {}, bound.html_name)
    if isinstance(widget, forms.CheckboxInput):
        return ("on",) if value else ()
    return _tidy(value if isinstance(value, list | tuple) else [value], lines=_has_lines(widget))


def _has_lines(widget: forms.Widget) -> bool:
    return isinstance(widget, forms.Textarea)


def _tidy(values: Any, *, lines: bool = True) -> Sent:
    """Without what a browser or ``strip`` makes of a text on its way: ends, kinds of line ends."""
    texts = (str(value).replace("\r\n", "\n").strip() for value in values if value is not None)
    return tuple(sorted(text if lines else text.replace("\n", "") for text in texts if text))


def _put(bound: Any, data: Any, sent: Sent) -> None:
    widget = bound.field.widget
    if sent:
        data.setlist(bound.html_name, list(sent))
    elif isinstance(widget, forms.CheckboxInput) or getattr(
        widget, "allow_multiple_selected", False
    ):
        data.pop(bound.html_name, None)
    else:
        data[bound.html_name] = ""


def _words(bound: Any, sent: Sent) -> str:
    """A value as people read it."""
    field = bound.field
    if isinstance(field.widget, forms.CheckboxInput):
        return _("Yes") if sent else _("No")
    if not sent:
        return _("nothing")
    if isinstance(field, forms.ModelChoiceField):
        rows = _rows(field, sent)
        return ", ".join(rows.get(value, value) for value in sent)
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        labels = {str(value): str(label) for value, label in choices}
        return ", ".join(labels.get(value, value) for value in sent)
    if isinstance(field, forms.DateField | forms.DateTimeField | forms.TimeField):
        try:
            return str(localize(field.to_python(sent[0])))
        except forms.ValidationError:
            return sent[0]
    return sent[0]


def _rows(field: forms.ModelChoiceField, keys: Sent) -> dict[str, str]:
    offered: Any = field.queryset
    try:
        return {str(row.pk): str(row) for row in offered.filter(pk__in=keys)}
    except (ValueError, forms.ValidationError):
        return {}
