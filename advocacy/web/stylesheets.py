"""The two style sheets that are served: of Tabler's rules and ours those that some template uses.

Tabler's own sheet is 79 kB over the wire, and a page of ours names a tenth of its classes. What is
kept follows from the templates, so there is nothing to keep up to date: a class that somebody
writes into a template is there at the next start. Staff pages and personal links have a sheet each.
"""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import tinycss2
import tinycss2.ast as css
from django.conf import settings

#: What is read in this order; later rules win.
SOURCES = (
    "node_modules/@tabler/core/dist/css/tabler.min.css",
    "static/css/tokens.css",
    "static/css/ground.css",
    "static/css/work.css",
    "static/css/lists.css",
    "static/css/charts.css",
    "static/css/people.css",
    "static/css/requests.css",
    "static/css/shell.css",
)
#: Only personal links and sign-in read it.
PERSONAL = "static/css/portal.css"
#: Where class names stand beside templates: widgets, cells, statuses and scripts.
_BESIDE = (
    *("advocacy", "activities", "advocates", "benefits", "imports", "portal", "reporting"),
    *("requests", "static/js"),
)
#: The same of what personal links show: their forms and scripts, and what tags draw.
_BESIDE_PERSONAL = (
    *("portal", "advocacy/web/forms.py", "advocacy/web/templatetags", "advocacy/identity/forms.py"),
    *("requests/asks/portal.py", "requests/scheduling/portal.py", "requests/requests/forms.py"),
    *("static/js/theme.js", "static/js/local_times.js", "static/js/uploads.js"),
)

#: What htmx puts on an element while it asks.
_BY_HTMX = "htmx-added htmx-indicator htmx-request htmx-settling htmx-swapping"

_WORD = re.compile(r"[A-Za-z_][\w-]*")
_REFERENCE = re.compile(r"""\{%\s*(?:include|extends)\s+["']([^"']+)["']""")
_COMPONENT = re.compile(r"\{%\s*(?!end)(\w+)")
_CLASS = re.compile(r"\.(-?[A-Za-z_](?:[\w-]|\\.)*)")
_INSIDE = re.compile(r":[a-z-]+\((?:[^()]|\([^()]*\))*\)")
_VARIABLE = re.compile(r"--[\w-]+")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One served sheet: of the templates that extend one of ``pages``, or of all."""

    pages: tuple[str, ...] = ()
    sources: tuple[str, ...] = SOURCES
    beside: tuple[str, ...] = _BESIDE


SHEETS = {
    "css/staff.css": Sheet(),
    "css/personal.css": Sheet(
        pages=("portal.html", "errors/plain.html"),
        sources=(*SOURCES, PERSONAL),
        beside=_BESIDE_PERSONAL,
    ),
}


@dataclass(frozen=True, slots=True)
class Used:
    """Words that may name a class, and beginnings of words that are put together (``tone-``)."""

    words: frozenset[str]
    beginnings: tuple[str, ...]

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Used":
        """All words of some sources."""
        words = frozenset(word for text in texts for word in _WORD.findall(text))
        return cls(words, tuple(sorted(w for w in words if w.endswith("-") and len(w) > 3)))

    def names(self, selector: str) -> bool:
        """Whether every class that a selector asks for may be there."""
        # What stands in :is(), :not() or :has() is one of several, or must be missing.
        asked = _CLASS.findall(_INSIDE.sub("", selector))
        return all(name in self.words or name.startswith(self.beginnings) for name in asked)


def file_of(name: str) -> Path:
    """The file of a served sheet, made if what it is made of has changed.

    KeyError for a name that is none of :data:`SHEETS`.
    """
    sheet = SHEETS[name]
    root = Path(settings.BASE_DIR)
    sources = [(root / source).read_text() for source in sheet.sources]
    texts = list(_texts(root, sheet))
    key = hashlib.sha256("\0".join([Path(__file__).read_text(), *sources, *texts]).encode())
    kept = root / ".data" / "styles" / f"{Path(name).stem}-{key.hexdigest()[:16]}.css"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        half = kept.with_suffix(f".{os.getpid()}")
        half.write_text(made("".join(sources), Used.of(texts)))
        half.replace(kept)
    return kept


def made(text: str, used: Used) -> str:
    """A sheet with the rules, animations and variables that are used."""
    kept = list(_rules(tinycss2.parse_stylesheet(text, True, True), used))
    while True:
        wanted = set(_VARIABLE.findall(" ".join(_reading(kept)))) | used.words
        slimmer = [slim for rule in kept if (slim := _without(rule, wanted))]
        if slimmer == kept:
            return "\n".join(kept)
        kept = slimmer


def _texts(root: Path, sheet: Sheet) -> Iterator[str]:
    templates = root / "templates"
    files = {path.relative_to(templates).as_posix(): path for path in templates.rglob("*.html")}
    texts = {name: path.read_text() for name, path in sorted(files.items())}
    if sheet.pages:
        wanted = set[str]()
        # Also what extends a page that extends one of them.
        while more := {
            name
            for name, text in texts.items()
            if name not in wanted and _extends(text, (*sheet.pages, *wanted))
        }:
            wanted |= more
        # The renderer of forms names its templates by itself.
        wanted |= {name for name in texts if name.startswith("forms/")}
        names: set[str] = set()
        while new := wanted - names:
            names |= new
            wanted = {found for name in new for found in _named_in(texts[name])} & set(texts)
        texts = {name: texts[name] for name in sorted(names)}
    else:
        yield _BY_HTMX
    yield from texts.values()
    for place in sheet.beside:
        for path in _files_in(root / place):
            if "migrations" not in path.parts and path != Path(__file__):
                yield path.read_text()


def _extends(text: str, pages: Iterable[str]) -> bool:
    return any(f'extends "{page}"' in text for page in pages)


def _files_in(place: Path) -> list[Path]:
    if place.is_file():
        return [place]
    return sorted([*place.rglob("*.py"), *place.glob("*.js")])


def _named_in(text: str) -> Iterator[str]:
    yield from _REFERENCE.findall(text)
    for name in _COMPONENT.findall(text):
        yield f"components/{name}.html"


def _rules(nodes: Iterable[css.Node], used: Used) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, css.QualifiedRule):
            selectors = [s for s in _selectors(tinycss2.serialize(node.prelude)) if used.names(s)]
            if selectors:
                yield f"{','.join(selectors)}{{{tinycss2.serialize(node.content).strip()}}}"
        elif isinstance(node, css.AtRule) and node.lower_at_keyword in {"media", "supports"}:
            inside = tinycss2.parse_rule_list(node.content or [], True, True)
            if kept := "".join(_rules(inside, used)):
                prelude = tinycss2.serialize(node.prelude).strip()
                yield f"@{node.at_keyword} {prelude}{{{kept}}}"
        elif isinstance(node, css.AtRule) and node.lower_at_keyword != "charset":
            yield node.serialize()


@cache
def _selectors(prelude: str) -> tuple[str, ...]:
    found, depth, current = [], 0, ""
    for sign in prelude:
        depth += (sign in "([") - (sign in ")]")
        if sign == "," and not depth:
            found.append(current.strip())
            current = ""
        else:
            current += sign
    return (*found, current.strip())


def _reading(rules: Iterable[str]) -> Iterator[str]:
    """Every ``var(--name`` of some rules."""
    for rule in rules:
        yield from re.findall(r"var\(\s*--[\w-]+", rule)
        if rule.startswith("@keyframes"):
            yield rule


def _without(rule: str, wanted: set[str]) -> str:
    """A rule without the variables that nothing reads; empty when nothing is left."""
    slim = re.sub(
        r"(?<=[{;])\s*(--[\w-]+):(?:[^;{}()\"]|\((?:[^()]|\([^()]*\))*\)|\"[^\"]*\")*(?:;|(?=\}))",
        lambda found: found[0] if found[1] in wanted else "",
        rule,
    )
    return "" if re.fullmatch(r"[^{}]*\{\s*\}", slim) else slim
