"""What no template may contain: the content policy would break it, or a reader would suffer."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines

from advocacy.web import icons

ROOT = Path(settings.BASE_DIR) / "templates"
PATHS = {str(path.relative_to(ROOT)): path for path in sorted(ROOT.rglob("*.html"))}
#: Mails are read by mail programs, which know no style sheets.
MAILS = ("messaging/mail", "mail/")

_COMMENT = re.compile(r"{% comment %}.*?{% endcomment %}|{#.*?#}|<!--.*?-->", re.S)
_REFUSED = {
    "a script inside the page (script-src 'self')": re.compile(
        r"<script(?![^>]*\bsrc=)[^>]*>", re.I
    ),
    "a style sheet inside the page (style-src 'self')": re.compile(r"<style[\s>]", re.I),
    "a style attribute (style-src 'self')": re.compile(r"\sstyle\s*=", re.I),
    "an inline handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.I),
    "hx-on, which evaluates text": re.compile(r"\shx-on\b", re.I),
    "a js: value, which evaluates text": re.compile(r"[\"']\s*(?:js|javascript):", re.I),
    "a trigger filter, which evaluates text": re.compile(
        r"hx-trigger(?::\w+)?=\"[^\"]*\[(?!type=)"
    ),
    "something from another host": re.compile(
        r"(?:src|href)=\"(?:https?:)?//(?!www\.w3\.org)", re.I
    ),
    "text marked as safe": re.compile(r"\|\s*safe\b|{%\s*autoescape\s+off"),
    "an Alpine expression (the CSP build knows names only)": re.compile(
        r"\s(?:x-[a-z]+|@[a-z.]+|:[a-z-]+)=\"[^\"]*[(=+?!&|;]"
    ),
}
_TAG = re.compile(r"{%.*?%}|{{.*?}}", re.S)


#: Without their comments.
SOURCES = {name: _COMMENT.sub("", path.read_text("utf-8")) for name, path in PATHS.items()}


def test_templates_keep_the_content_policy() -> None:
    """ID-4.b: no inline script, style or handler, nothing evaluated, nothing from elsewhere."""
    found = [
        f"{name}: {what}: {match[0].strip()[:60]!r}"
        for name, text in SOURCES.items()
        if not name.startswith(MAILS)
        for what, pattern in _REFUSED.items()
        for match in pattern.finditer(text)
    ]
    assert not found, "\n".join(found)


def test_words_go_through_gettext() -> None:
    """UI-4: text between tags is translated; the style guide's invented words are not."""
    found = [
        f"{name}: {untranslated}"
        for name, text in SOURCES.items()
        if not name.startswith("web/styleguide")
        if (untranslated := _untranslated(text)) not in ([], ["Advocacy"])
    ]
    assert not found, "\n".join(found)


def _untranslated(text: str) -> list[str]:
    text = re.sub(
        r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}", "", text, flags=re.S
    )
    text = _TAG.sub("", re.sub(r"<(script|style|kbd|svg)\b.*?</\1>", "", text, flags=re.S))
    # Quotes may hold a > in an attribute; what is left between tags is what a person reads.
    text = re.sub(r"\"[^\"]*\"|'[^'<>]*'(?=[\s>])", '""', text)
    left = [words.strip() for words in re.findall(r">([^<>]+)<", text)]
    return [words for words in left if re.search(r"[A-Za-z]{3,}", words)]


def test_templates_compile_and_their_icons_exist() -> None:
    """UI-1: a page nobody opened yet still has no typing mistake in a tag or an icon."""
    wrong = []
    for name, path in PATHS.items():
        try:
            engines["django"].get_template(name)
            for icon in re.findall(r"{%\s*icon\s+\"([^\"]+)\"", path.read_text(encoding="utf-8")):
                assert icons.shapes(icon), icon
        except Exception as error:  # whatever a tag raises: the others are told as well
            wrong.append(f"{name}: {type(error).__name__}: {error}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<p style="color: red">',
        '<a onclick="x()">',
        '<a hx-on:click="x()">',
        "<a hx-vals='js:{a: 1}'>",
        '<a hx-trigger="keyup[ctrlKey]">',
        '<link href="https://cdn.example/x.css">',
        "{{ x|safe }}",
        '<p x-text="a + b">',
    ],
)
def test_the_lint_sees_what_it_should(text: str) -> None:
    """ID-4: each refused pattern is really found."""
    assert any(pattern.search(text) for pattern in _REFUSED.values())
