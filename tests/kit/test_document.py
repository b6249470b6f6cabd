"""docs/adding-a-resource.md, docs/tour.md: each step names a file that is there and holds it."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import resolve, reverse

from advocacy.rest.scopes import known_scopes

ROOT = Path(settings.BASE_DIR)
TEXT = (ROOT / "docs" / "adding-a-resource.md").read_text()
STEPS = re.findall(r"^\| (\d+) \| `([^`]+)` \| (.+) \|$", TEXT, re.M)
#: Code in the steps' words that stands in the step's file: names with a capital, an underscore or a
#: dot, and calls; what ends in an ellipsis is cut there.
_NAMES = re.compile(r"`([A-Za-z_.]+)(?:[(…][^`]*)?`")


def test_the_steps_are_numbered() -> None:
    """Thirteen, one after the other."""
    assert [int(number) for number, _file, _words in STEPS] == list(range(1, 14))


@pytest.mark.parametrize(("number", "file", "words"), STEPS)
def test_a_step_is_real(number: str, file: str, words: str) -> None:
    """The file exists and holds every name the step promises of it."""
    text = (ROOT / file).read_text()
    for name in _NAMES.findall(words):
        assert name in text, f"step {number}: {file} has no {name}"


#: A rule of moments alone, which no other resource needs.
PECULIAR = {"advocates/moments/asking.py"}


def test_every_file_of_moments_is_a_step() -> None:
    """No step is missing: whatever moments are made of is named."""
    named = {file for _number, file, _words in STEPS}
    made = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "advocates" / "moments").glob("*.py")
        if path.name != "__init__.py"
    }
    assert made - PECULIAR <= named and made >= PECULIAR


def test_what_comes_of_a_manifest_comes() -> None:
    """Each address the document promises is the product's, and the scopes are known."""
    key = "00000000-0000-0000-0000-000000000000"
    for name, args in (("list", ()), ("new", ()), ("detail", (key,)), ("edit", (key,))):
        assert reverse(f"moments:{name}", args=("acme", *args)).startswith("/t/acme/moments/")
    for method, path in re.findall(r"`(?:GET`, `POST`, `)?(PATCH|POST) (/api/v1/\S+)`", TEXT):
        assert resolve(path.replace("{id}", key)), method
    assert set(re.findall(r"`(\w+:(?:read|write))`", TEXT)) <= set(known_scopes())


#: Where the tour's answers are: what its sentences name, and what has to stand there.
TOUR = {
    "advocates/people/asking.py": "class Answer",
    "advocates/program/ledger/capacity/reasons.py": "SENTENCES",
    "requests/matching/exclusions.py": "def ",
    "advocacy/records/lifecycle.py": "def refusal",
    "advocates/moments/work.py": "Work(",
    "advocacy/web/queue.py": "def register_work",
    "advocates/migrations/0002_capacity_guard.py": "guard_participation",
}


@pytest.mark.parametrize("file", TOUR)
def test_the_tour_leads_somewhere(file: str) -> None:
    """docs/tour.md: the files of its answers exist, hold them, and are named there."""
    tour = (ROOT / "docs" / "tour.md").read_text()
    assert TOUR[file] in (ROOT / file).read_text()
    assert Path(file).name in tour
