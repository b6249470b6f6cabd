"""Every rule that is built is named by a test."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command


def test_built_rules_are_proven() -> None:
    """The project's own list against its own tests."""
    call_command("spec_coverage", stdout=StringIO())


def test_an_unproven_rule_is_named(tmp_path: Path) -> None:
    """A built rule without a test fails; an open one may wait; a longer id does not count."""
    rules = tmp_path / "rules.json"
    names = [f"ZZ-{number}" for number in (1, 12, 2, 3)]
    rules.write_text(json.dumps([{"id": name, "built": name != "ZZ-3"} for name in names]))
    texts = tmp_path / "tests"
    texts.mkdir()
    (texts / "test_it.py").write_text('"""Proves ZZ-12 and ZZ-2."""')
    listing = StringIO()
    with pytest.raises(CommandError, match="named by no test: ZZ-1$"):
        call_command("spec_coverage", rules=rules, tests=texts, stdout=listing)
    assert "ZZ-12    built  test_it.py" in listing.getvalue()
    assert "ZZ-3     open   -" in listing.getvalue()
