"""Every other declared page is accessible: Today, settings, sign-in, personal links (UI-1)."""

from typing import Any

import pytest

from tests.support.walk import walk, walked

NAMES = [name for name in walked() if ":" not in name]
#: In two parts, so that no process is left with all of them when the others are done.
PARTS = {"first": NAMES[::2], "second": NAMES[1::2]}


@pytest.mark.parametrize("part", PARTS)
def test_pages_of_the_house_are_accessible(
    live_server: Any, request: pytest.FixtureRequest, part: str
) -> None:
    """UI-1.a: axe finds nothing, nothing is wider than the screen, the content policy holds."""
    trouble = walk(live_server, PARTS[part], keep=request.config.getoption("--screenshots"))
    assert not trouble, "\n".join(trouble)
