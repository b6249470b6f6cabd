"""Every clause that is built is named by a test."""

from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

#: Ids that no specification has, written so that this file does not name them.
A, B, LONGER, NONE = (f"YY-{place}" for place in ("1.a", "1.b", "12.a", "1.z"))
SPEC = Path(settings.BASE_DIR).parent / "shared/spec/clauses.tsv"


def test_built_clauses_are_proven() -> None:
    """The project's own list against its own tests."""
    call_command("spec_coverage", stdout=StringIO())


@pytest.mark.skipif(not SPEC.exists(), reason="the specification does not lie beside this checkout")
def test_the_list_of_clauses_is_the_specifications() -> None:
    """docs/clauses.tsv is a copy; a changed specification is copied in again."""
    assert (settings.BASE_DIR / "docs/clauses.tsv").read_text() == SPEC.read_text()


@pytest.fixture
def project(tmp_path: Path) -> dict[str, Path]:
    """A small specification of two rules, and a test that proves parts of it."""
    clauses, built, tests = tmp_path / "clauses.tsv", tmp_path / "built.txt", tmp_path / "tests"
    clauses.write_text("".join(f"{name}\t{name[:-2]}\tSaid\n" for name in (A, B, LONGER)))
    tests.mkdir()
    (tests / "test_it.py").write_text(f"# Proves {A} and {LONGER}.")
    return {"clauses": clauses, "built": built, "tests": tests}


def test_what_is_open_may_wait(project: dict[str, Path]) -> None:
    """A rule is whole when each of its clauses is built."""
    project["built"].write_text(f"# those that are built\n{A}\n{LONGER}\n")
    listing = StringIO()
    call_command("spec_coverage", stdout=listing, **project)
    assert f"{B:9} open   -" in listing.getvalue()
    assert f"{LONGER:9} built  test_it.py" in listing.getvalue()
    assert "2 of 3 clauses built, 1 of 2 rules whole" in listing.getvalue()


@pytest.mark.parametrize(
    ("built", "problem"),
    [
        (B, f"named by no test: {B}$"),
        (NONE, f"no clause of the specification: {NONE}$"),
        (f"{A} {A}", f"said twice: {A}$"),
    ],
)
def test_what_is_not_proven_is_named(project: dict[str, Path], built: str, problem: str) -> None:
    """A built clause without a test fails, and so does one that nobody wrote."""
    project["built"].write_text(built)
    with pytest.raises(CommandError, match=problem):
        call_command("spec_coverage", stdout=StringIO(), **project)
