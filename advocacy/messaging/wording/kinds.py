"""Which mails have a text of this sort, what may stand in it, and what we write ourselves (MSG-1).

    register(Kind("thanks-low", _("Thank-you, low effort"), fields=(…), ours=…))

called in an app's ``ready()``. ``write_mail`` writes one: in the tenant's words where they have
any in that language, else in ours.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.core.exceptions import ImproperlyConfigured
from django.utils import translation
from django.utils.functional import Promise

from advocacy.messaging.body import LINK, RULE, Marks
from advocacy.messaging.models import MailTemplate
from advocacy.messaging.rendering import RenderedMail
from advocacy.messaging.templatetags.mails import OWN_LINE
from advocacy.messaging.wording.lifecycle import TemplateState
from advocacy.messaging.wording.text import Written, fields_in, fill
from advocacy.messaging.wording.titles import titles
from advocacy.tenancy.models import Membership
from advocacy.tenancy.scope import kept_in_scope
from advocacy.tenancy.text import one_line, plain

_Text = str | Promise
Sort = Literal["words", "lines", "link", "own line"]


@dataclass(frozen=True, slots=True)
class Field:
    """What can be put in.

    ``name``   as it stands in braces; never translated, since texts are kept with it
    ``key``    under which whoever writes the mail gives it; of a link the page of it
    ``label``  what it is, in words; of a link what its button says
    ``sample`` for the preview
    ``known``  whether it always is; else it stands in square brackets only
    ``sort``   a word or a sentence, paragraphs, a personal link, or the place of one's own line
    ``kept``   it is in every such mail: put in by us where a tenant leaves it out
    """

    name: str
    key: str
    label: _Text
    sample: _Text = ""
    known: bool = True
    sort: Sort = "words"
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """A mail whose text a tenant may write.

    ``ours``   our text in a language, which is the active one then
    ``small``  small print below the rule, always ours
    ``sample`` values for the preview in a language, where those of the fields are not in it
    ``latest`` values of the last such mail that a member may see, for the preview
    """

    code: str
    title: _Text
    when: _Text
    fields: tuple[Field, ...]
    ours: Callable[[str], Written]
    small: _Text = ""
    sample: Callable[[str], Mapping[str, Any]] | None = None
    latest: Callable[[Membership, str], Mapping[str, Any] | None] | None = None

    def field(self, name: str) -> Field | None:
        """The field of that name."""
        return next((each for each in self.fields if each.name == name), None)

    def whole(self, written: Written) -> Written:
        """With what must be in it: a link at its end, one's own line before the last paragraph."""
        there, text = fields_in(written.text), written.text.strip()
        missing = [each for each in self.fields if each.kept and each.name not in there]
        for field in sorted(missing, key=lambda each: each.sort == "link"):
            place = f"{{{field.name}}}"
            if field.sort == "link":
                text = f"{text}\n\n{field.label}: {place}"
            else:
                above, gap, last = text.rpartition("\n\n")
                text = f"{above}\n\n{place}\n\n{last}" if gap else f"{text}\n\n{place}"
        return Written(written.subject, text)


_kinds: dict[str, Kind] = {}
_NAME = "mail-templates"


def register(*kinds: Kind) -> None:
    """Let tenants write these."""
    for kind in kinds:
        if _kinds.setdefault(kind.code, kind) is not kind:
            raise ImproperlyConfigured(f"the mail {kind.code!r} is registered already")
        titles[kind.code] = kind.title


def every_kind() -> list[Kind]:
    """In the order in which they were declared."""
    return list(_kinds.values())


def kind_of(code: str) -> Kind | None:
    """The kind of that code."""
    return _kinds.get(code)


def write_mail(code: str, values: Mapping[str, Any], language: str) -> RenderedMail:
    """Write a mail of a kind in a language; ``values`` are by the fields' keys.

    Raises :class:`MissingMergeData` where something is missing that stands outside of brackets.
    """
    return compose(_kinds[code], _own().get((code, language)), values, language)


def _own() -> dict[tuple[str, str], Written]:
    """The tenant's own texts, read once a scope: many letters are drafted at a time."""
    kept = kept_in_scope()
    if _NAME not in kept:
        rows = MailTemplate.objects.filter(state=TemplateState.IN_USE)
        kept[_NAME] = {(row.kind, row.language): row.written for row in rows}
    found: dict[tuple[str, str], Written] = kept[_NAME]
    return found


def forget_own() -> None:
    """Read anew: one was changed in this scope."""
    kept_in_scope().pop(_NAME, None)


def compose(
    kind: Kind, own: Written | None, values: Mapping[str, Any], language: str
) -> RenderedMail:
    """A mail of a kind, with a text of one's own or ours."""
    marks = Marks()
    with translation.override(language):
        written = kind.whole(own or kind.ours(language))
        given = {field.name: _value(field, values, marks) for field in kind.fields}
        if kind.small:
            below = f"{written.text}\n\n{marks.mark(RULE)}\n{kind.small}"
            written = Written(written.subject, below)
        return fill(written, given, marks, language)


def _value(field: Field, values: Mapping[str, Any], marks: Marks) -> str:
    match field.sort:
        case "link":
            return marks.mark(LINK, field.key)
        case "own line":
            return marks.mark(OWN_LINE)
        case "lines":
            return plain(str(values.get(field.key) or "")).strip()
    return one_line(str(values.get(field.key) or ""))
