"""Texts of mails: templates that refuse to leave a hole (MSG-1)."""

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template import Context, Engine
from django.template.base import (
    Origin,
    Template,
    Variable,
    VariableDoesNotExist,
    VariableNode,
    render_value_in_context,
)
from django.templatetags.i18n import BlockTranslateNode
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from advocacy.messaging.body import Body, Marks
from advocacy.messaging.templatetags.mails import Lines
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.text import one_line

_SUBJECT = "Subject: "


class MissingMergeData(DomainError):
    """A mail would have gone out with a blank where a word belongs."""

    def __init__(self, what: str) -> None:
        super().__init__(
            _("A mail cannot be written: %(what)s.") % {"what": what}, code="missing_merge_data"
        )


@dataclass(frozen=True, slots=True)
class RenderedMail:
    """A subject and a text, ready for ``queue_mail``."""

    subject: str
    text: Body


class _Missing(str):
    """What the engine prints for an unknown variable: it asks for ``self % name``, and gets this.

    A filter cannot put a default in its place; optional data stands inside ``{% if %}``.
    """

    def __mod__(self, variable: object) -> str:
        raise MissingMergeData(f"nothing to put in for {variable}")


class _StrictContext(Context):
    """Counts a value that is ``None`` or blank as missing.

    ``{% if %}`` takes a missing value as false, so that it can ask. ``marks`` are the places that
    tags set in this text. While ``in_sentence``, words come on one line.
    """

    def __init__(self, values: Mapping[str, Any], marks: Marks) -> None:
        super().__init__(dict(values), autoescape=False)
        self.marks = marks
        self.in_sentence = False

    def __getitem__(self, key: Any) -> Any:
        value = super().__getitem__(key)
        if self.in_sentence and isinstance(value, str):
            value = one_line(value)
        if value is None or (isinstance(value, str) and not value.strip()):
            raise VariableDoesNotExist("%s is empty", (key,))
        return value


class _StrictVariableNode(VariableNode):
    """``{{ … }}`` on one line, unless it ends with ``|lines``; raises instead of printing
    nothing.
    """

    def render(self, context: Context) -> SafeString:
        value = self.filter_expression.resolve(context)
        text = render_value_in_context(value, context)
        if not isinstance(value, Lines):
            text = one_line(text)
        if not text.strip() or text == "None":
            raise MissingMergeData(f"nothing to put in for {self.filter_expression}")
        return mark_safe(text)  # noqa: S308 - plain text, nothing escapes it


class _OneLineBlock(BlockTranslateNode):
    """``{% blocktranslate %}``: what stands in a translated sentence does not break it."""

    def render(self, context: Any, nested: bool = False) -> str:
        context.in_sentence = True
        try:
            return str(super().render(context, nested))
        finally:
            context.in_sentence = False


@functools.cache
def _engine() -> Engine:
    return Engine(
        dirs=[str(settings.BASE_DIR / "templates")],
        libraries={"i18n": "django.templatetags.i18n", "l10n": "django.templatetags.l10n"},
        builtins=["django.templatetags.i18n", "advocacy.messaging.templatetags.mails"],
        string_if_invalid=_Missing("%s"),
        # Plain text; the HTML part escapes (layout).
        autoescape=False,
    )


@functools.cache
def _template(name: str) -> tuple[Template, Template]:
    """The file's first line and the rest: no word in a subject can run over into the text."""
    file = _engine().get_template(name)
    first, _newline, rest = str(file.source).strip().partition("\n")
    if not first.startswith(_SUBJECT):
        raise ValueError(f"{name} must begin with a line '{_SUBJECT}…'")
    return _strict(first.removeprefix(_SUBJECT), file.origin), _strict(rest, file.origin)


def _strict(source: str, origin: Origin) -> Template:
    template = Template(source, origin, str(origin.template_name), _engine())
    for node in template.nodelist.get_nodes_by_type(VariableNode):
        if isinstance(node, VariableNode) and isinstance(node.filter_expression.var, Variable):
            node.__class__ = _StrictVariableNode
    for node in template.nodelist.get_nodes_by_type(BlockTranslateNode):
        node.__class__ = _OneLineBlock
    return template


def render_mail(template: str, context: Mapping[str, Any], language: str) -> RenderedMail:
    """Write a mail from ``templates/mail/<template>.txt`` in a language.

    The file's first line is ``Subject: …``. ``{% link %}`` and ``{% page %}`` set the places that
    sending fills; words in ``context`` never do, whatever they are. Raises
    :class:`MissingMergeData` when a variable is unknown, ``None`` or blank: a hole in a mail to a
    customer is worse than no mail (MSG-1).
    """
    marks = Marks()
    values = {"language": language, **context}
    with translation.override(language):
        try:
            subject, text = (
                part.render(_StrictContext(values, marks))
                for part in _template(f"mail/{template}.txt")
            )
        except VariableDoesNotExist as error:
            raise MissingMergeData(str(error)) from error
    if marks.are_in(subject):
        raise ValueError(f"mail/{template}.txt has a link in its subject")
    tidy = re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
    return RenderedMail(one_line(subject), marks.body(tidy, language))
