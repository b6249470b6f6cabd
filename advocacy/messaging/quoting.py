"""What somebody wrote above the mail they answer (MSG-5.b).

A mail that may be answered begins with a line of ours, known in any language by its hashes; what
is below it was not written by them. Above it stands what mail programs add ("On Tuesday … wrote:"),
which differs between them and is dropped as far as it is known.
"""

import re
from html import unescape

from django.utils import translation
from django.utils.translation import gettext as _

from advocacy.languages import spoken

_LINE = re.compile(r"^[>\s]*##\s.{1,200}\s##\s*$")
#: "On 24 Nov 2026, Priya wrote:", "Am … schrieb …:", a line of its own or broken into a few.
_DATED, _MOST_LINES = re.compile(r"[\d@<]"), 4
#: "From: … To: …" of the mail that is answered, mostly below a rule with or without words in it.
_HEADERS = re.compile(r"^(?:[-_=*][^\n]*\n)?(?:\*?[^\W\d][\w -]{1,20}:\*? ?[^\n]*(?:\n|$)){2,}$")
_RULES = re.compile(r"^[-_=*]{3,}[\w ]{0,40}[-_=*]{3,}$")
_LONGEST_RULE = 200
_BREAKS = re.compile(r"(?i)<(?:br|/p|/div|/tr|/li|/h[1-6]|/blockquote)\b[^<>]*>")
_TAG = re.compile(r"(<[/!a-zA-Z][^<>]*>)")
_NAME = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*>$")
_SILENT = frozenset({"script", "style", "title"})


def line_above(language: str) -> str:
    """The line that says where to answer."""
    with translation.override(spoken(language)):
        return f"## {_('Write your answer above this line')} ##"


def words_of(html: str) -> str:
    """The words of an HTML mail, a paragraph a line.

    In one pass over its tags: what parses HTML properly takes minutes for what was made for it.
    """
    said, silent = [], ""
    for part in _TAG.split(_without_comments(html)):
        tag = _NAME.match(part)
        if tag is None:
            said += [] if silent or part.startswith("<!") else [part]
        elif silent:
            silent = "" if tag[1] and tag[2].lower() == silent else silent
        elif not tag[1] and tag[2].lower() in _SILENT:
            silent = tag[2].lower()
        elif _BREAKS.match(part):
            said.append("\n")
    lines = (" ".join(line.split()) for line in unescape("".join(said)).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _without_comments(html: str) -> str:
    parts, at = [], 0
    while (begins := html.find("<!--", at)) >= 0:
        ends = html.find("-->", begins + 4)
        parts.append(html[at:begins])
        if ends < 0:
            return "".join(parts)
        at = ends + 3
    return "".join([*parts, html[at:]])


def own_words(text: str) -> str:
    """What of an answer its writer wrote; all of it where nothing would be left."""
    lines = text.splitlines()
    at = next((n for n, line in enumerate(lines) if _LINE.match(line)), len(lines))
    above = _without_leader("\n".join(lines[:at]))
    if not above and at < len(lines):
        # Below the quotation, as some write: what is not marked as quoted.
        above = _unquoted(lines[at + 1 :]) if any(_is_quoted(line) for line in lines[at:]) else ""
    return above or text.strip()


def _is_quoted(line: str) -> bool:
    return line.lstrip().startswith(">")


def _unquoted(lines: list[str]) -> str:
    return "\n".join(line for line in lines if not _is_quoted(line)).strip()


def _is_added(paragraph: str) -> bool:
    """Whether a mail program wrote it. Line by line, since a stranger chose its length."""
    lines = paragraph.split("\n")
    says_who = len(lines) <= _MOST_LINES and paragraph.endswith((":", "："))
    if says_who and _DATED.search(lines[0]):
        return True
    is_rule = len(paragraph) <= _LONGEST_RULE and _RULES.match(paragraph)
    return bool(is_rule or _HEADERS.match(paragraph))


def _without_leader(text: str) -> str:
    """Without the quotation at the end, and what a mail program wrote before it."""
    paragraphs = re.split(r"\n[ \t]*\n", text.strip())
    while paragraphs:
        lines = paragraphs[-1].splitlines()
        while lines and (_is_quoted(lines[-1]) or not lines[-1].strip()):
            lines.pop()
        last = "\n".join(lines).strip()
        if last and not _is_added(last):
            paragraphs[-1] = "\n".join(lines)
            break
        paragraphs.pop()
    return "\n\n".join(paragraphs).strip()
