"""Every other declared page is accessible: Today, settings, sign-in, personal links (UI-1)."""

from typing import Any

import pytest

from tests.support.walk import walk, walked

NAMES = [name for name in walked() if ":" not in name]


def test_pages_of_the_house_are_accessible(
    live_server: Any, request: pytest.FixtureRequest
) -> None:
    """UI-1.a: axe finds nothing, nothing is wider than the screen, the content policy holds."""
    trouble = walk(live_server, NAMES, keep=request.config.getoption("--screenshots"))
    assert not trouble, "\n".join(trouble)
