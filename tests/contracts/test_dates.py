"""One style a kind of date: a day or a moment (``day``, ``moment``), how long ago (``since``), by
when (``due``); and a letter's long day on personal pages (UI-1).
"""

import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted(
    path for ending in ("html", "txt") for path in (ROOT / "templates").rglob(f"*.{ending}")
)
#: Personal pages read like letters.
LETTERS = ("portal/", "requests/portal/")
_OWN = re.compile(r"\|(?:date|time|naturalday|timesince|timeuntil)\b(?::(\"[^\"]*\"|'[^']*'))?")
#: For a browser's own picker and clock, which people do not read.
_MACHINE = {"'Y-m-d'", '"Y-m-d"', "'c'"}
_LETTER = {'"j F Y"'}
_CODE = re.compile(r"\b(?:date|time)_format\(|\.strftime\(|\"(?:DATE|DATETIME)_FORMAT\"")
#: Where dates are put into words, and what is read by mail programs and charts only.
_WORDS = {
    "advocacy/web/formatting.py",
    "requests/scheduling/slots.py",
}
APPS = ("advocacy", "advocates", "activities", "requests", "benefits", "imports", "portal")


def second_styles(text: str, *, letter: bool) -> list[str]:
    """Filters that write a date in a style of their own."""
    allowed = _MACHINE | (_LETTER if letter else set())
    return [found[0] for found in _OWN.finditer(text) if found[1] not in allowed]


def test_templates_write_dates_in_one_style() -> None:
    """UI-1: no page or mail shows "27 Nov 2026" beside "Fri 27 Nov"."""
    found = {
        name: styles
        for path in TEMPLATES
        if (name := str(path.relative_to(ROOT / "templates")))
        and (styles := second_styles(path.read_text(), letter=name.startswith(LETTERS)))
    }
    assert not found


def test_code_writes_dates_in_one_style() -> None:
    """UI-1: sentences of services take their dates from ``advocacy.web.formatting``."""
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for app in APPS
        for path in sorted((ROOT / app).rglob("*.py"))
        if str(path.relative_to(ROOT)) not in _WORDS
        for line in path.read_text().splitlines()
        if _CODE.search(line)
    ]
    assert not found


def test_the_lint_sees_a_second_style() -> None:
    """UI-1: each is found, a picker's own format is not."""
    assert second_styles('{{ at|date:"j M Y" }}', letter=False)
    assert second_styles("{{ at|timesince }}", letter=True)
    assert not second_styles("min=\"{{ at|date:'Y-m-d' }}\"", letter=False)
    assert not second_styles('{{ at|date:"j F Y" }}', letter=True)
