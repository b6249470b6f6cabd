"""Accessibility of a page in a real browser, checked with axe-core (UI-1). Needs no network."""

from collections.abc import Sequence
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT

#: WCAG 2.2 A and AA, and the best practices that cost nothing to keep.
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(
    page: Any,
    *,
    within: str | None = None,
    rules: Sequence[str] = (),
    without: Sequence[str] = (),
) -> list[str]:
    """What is wrong with a Playwright page, one readable line per element; empty is good.

    ``rules`` narrows it to these: in a second theme only the colours can differ. ``without`` leaves
    some out. axe's own script is bundled with the package and evaluated past the content policy.
    """
    # In the middle of a fade everything has too little contrast.
    page.emulate_media(reduced_motion="reduce")
    # The phone's sticky bar covers half a button of a scrolled page, which no finger minds.
    page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
    only = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": _TAGS}
    # Everything that passed is most of an answer, and most of the time it takes.
    off = {rule: {"enabled": False} for rule in without}
    options = {"runOnly": only, "rules": off, "resultTypes": ["violations"]}
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate(
        "([within, options]) => axe.run(within || document, options).then(r => r.violations)",
        [within, options],
    )
    return [
        f"{rule['id']} ({rule['impact']}): {rule['help']} — {node['target']}"
        f" {node.get('failureSummary', '').splitlines()[-1:]}"
        for rule in found
        for node in rule["nodes"]
    ]


def use_theme(page: Any, theme: str) -> None:
    """Choose light, dark or auto the way the toggle does, then load the page again."""
    page.evaluate("theme => localStorage.setItem('theme', theme)", theme)
    page.reload()
