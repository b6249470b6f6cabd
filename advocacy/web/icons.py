"""Tabler's icons, put into the page as SVG so that they take the text's colour and need no font."""

import re
from functools import cache

from django.core.exceptions import ImproperlyConfigured
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from advocacy.web.assets import packages_dir

_NAME = re.compile(r"(?:filled/)?[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_INNER = re.compile(r"<svg[^>]*>(.*)</svg>", re.S)


@cache
def shapes(name: str) -> SafeString:
    """The drawing inside an icon's ``<svg>``; ``filled/star`` names a filled one.

    Raises ``ImproperlyConfigured`` for a name Tabler does not have.
    """
    folder, _, plain = name.rpartition("/")
    path = packages_dir() / "@tabler/icons/icons" / (folder or "outline") / f"{plain}.svg"
    if not _NAME.match(name) or not path.is_file():
        raise ImproperlyConfigured(
            f"Tabler has no icon named {name!r} (tabler.io/icons lists them)"
        )
    inner = _INNER.search(path.read_text(encoding="utf-8"))
    if inner is None:
        raise ImproperlyConfigured(f"{path.name} holds no drawing")
    # Trusted: a file of an installed package, chosen by a checked name.
    return mark_safe(re.sub(r"\s*\n\s*", "", inner[1]))  # noqa: S308


@cache
def svg(name: str, label: str = "", css: str = "") -> SafeString:
    """An icon as markup; hidden from screen readers unless it has a label of its own."""
    paint = 'fill="currentColor"' if name.startswith("filled/") else 'fill="none"'
    voice = (
        format_html('role="img" aria-label="{}"', label)
        if label
        else mark_safe('aria-hidden="true"')
    )
    return format_html(
        '<svg class="icon {}" width="24" height="24" viewBox="0 0 24 24" {} stroke="{}"'
        ' stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" {}>{}</svg>',
        css,
        mark_safe(paint),  # noqa: S308 - one of the two constants above
        "none" if name.startswith("filled/") else "currentColor",
        voice,
        shapes(name),
    )
