"""``manage.py spec_coverage``: which clauses are built, and what proves them."""

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

CLAUSE = re.compile(r"\b[A-Z]{2,5}-\d+\.[a-z]\b")


class Command(BaseCommand):
    """List every clause with its state and the tests that name it.

    Exits 1 when a clause of docs/built.txt is named by no test, or is none of docs/clauses.tsv.
    A rule counts as built when each of its clauses is.
    """

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Other places, for its own test."""
        docs = settings.BASE_DIR / "docs"
        parser.add_argument("--clauses", type=Path, default=docs / "clauses.tsv")
        parser.add_argument("--built", type=Path, default=docs / "built.txt")
        parser.add_argument("--tests", type=Path, default=settings.BASE_DIR / "tests")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = [line.split("\t") for line in options["clauses"].read_text().splitlines() if line]
        rules = {clause: rule for clause, rule, _text in rows}
        built = CLAUSE.findall(options["built"].read_text())
        places: dict[str, list[str]] = {}
        for path in sorted(options["tests"].rglob("*.py")):
            for clause in set(CLAUSE.findall(path.read_text())):
                places.setdefault(clause, []).append(path.relative_to(options["tests"]).as_posix())
        for clause in rules:
            state = "built" if clause in built else "open"
            self.stdout.write(f"{clause:9} {state:6} {', '.join(places.get(clause, ['-']))}")
        whole = set(rules.values()) - {
            rule for clause, rule in rules.items() if clause not in built
        }
        self.stdout.write(
            f"{len(built)} of {len(rules)} clauses built,"
            f" {len(whole)} of {len(set(rules.values()))} rules whole"
        )
        _refuse("no clause of the specification", [each for each in built if each not in rules])
        _refuse("said twice", [each for each in set(built) if built.count(each) > 1])
        _refuse(
            "named by a test, but not in the specification",
            [each for each in places if each not in rules],
        )
        _refuse("built, but named by no test", [each for each in built if each not in places])


def _refuse(what: str, clauses: list[str]) -> None:
    if clauses:
        raise CommandError(f"{what}: {', '.join(clauses)}")
