"""Texts that people write in Markdown, as HTML that cannot do harm."""

from functools import cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

#: What a text needs; no picture, which would tell another server who reads, and nothing that runs.
_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "code", "hr", "a"} | {
    *("h2", "h3", "h4", "table", "thead", "tbody", "tr", "th", "td")
}
#: The page has the first heading; a text's own begin below it, whether it starts with # or ##.
_DEEPER = {"h1": "h2", "h4": "h4", "h5": "h4", "h6": "h4"}


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def rendered(text: str) -> SafeString:
    """Markdown as HTML. Markup that somebody typed stands there as text."""
    tokens = _parser().parse(text)
    for token in tokens:
        token.tag = _DEEPER.get(token.tag, token.tag)
    html = _parser().renderer.render(tokens, _parser().options, {})
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )
    return mark_safe(clean)  # noqa: S308 - nh3 has cleaned it
