"""What no template may contain: the content policy would break it, or a reader would suffer."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines

from advocacy.web import icons

ROOT = Path(settings.BASE_DIR) / "templates"
FILES = sorted(ROOT.rglob("*.html"))
NAMES = [str(path.relative_to(ROOT)) for path in FILES]
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


def source(path: Path) -> str:
    return _COMMENT.sub("", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_template_keeps_the_content_policy(path: Path) -> None:
    """ID-4.b: no inline script, style or handler, nothing evaluated, nothing from elsewhere."""
    if any(part in str(path) for part in MAILS):
        pytest.skip("a mail's body, not a page")
    text = source(path)
    found = [
        f"{what}: {match[0].strip()[:60]!r}"
        for what, pattern in _REFUSED.items()
        for match in pattern.finditer(text)
    ]
    assert not found


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_words_go_through_gettext(path: Path) -> None:
    """UI-4: text between tags is translated; the style guide's invented words are not."""
    name = str(path.relative_to(ROOT))
    if name.startswith("web/styleguide"):
        pytest.skip("invented content")
    text = re.sub(
        r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}",
        "",
        source(path),
        flags=re.S,
    )
    text = _TAG.sub("", re.sub(r"<(script|style|kbd|svg)\b.*?</\1>", "", text, flags=re.S))
    # Quotes may hold a > in an attribute; what is left between tags is what a person reads.
    text = re.sub(r"\"[^\"]*\"|'[^'<>]*'(?=[\s>])", '""', text)
    left = [words.strip() for words in re.findall(r">([^<>]+)<", text)]
    untranslated = [words for words in left if re.search(r"[A-Za-z]{3,}", words)]
    assert untranslated in ([], ["Advocacy"]), f"not translated: {untranslated}"


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_template_compiles_and_its_icons_exist(path: Path) -> None:
    """UI-1: a page nobody opened yet still has no typing mistake in a tag or an icon."""
    engines["django"].get_template(str(path.relative_to(ROOT)))
    for name in re.findall(r"{%\s*icon\s+\"([^\"]+)\"", path.read_text(encoding="utf-8")):
        assert icons.shapes(name)


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
