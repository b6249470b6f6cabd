"""``manage.py spec_coverage``: which rules of the specification no test names."""

import json
import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

RULE = re.compile(r"\b[A-Z]{2,4}-\d+\b")


class Command(BaseCommand):
    """List the built rules of docs/rules.json that no test names; exits 1 when there is one."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Other places, for its own test."""
        parser.add_argument("--rules", type=Path, default=settings.BASE_DIR / "docs/rules.json")
        parser.add_argument("--tests", type=Path, default=settings.BASE_DIR / "tests")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare the list with the texts of the tests."""
        rules = {rule["id"]: rule["built"] for rule in json.loads(options["rules"].read_text())}
        places: dict[str, list[str]] = {}
        for path in sorted(options["tests"].rglob("*.py")):
            for rule in set(RULE.findall(path.read_text())) & set(rules):
                places.setdefault(rule, []).append(path.relative_to(options["tests"]).as_posix())
        for rule, built in rules.items():
            state = "built" if built else "open"
            self.stdout.write(f"{rule:8} {state:6} {', '.join(places.get(rule, ['-']))}")
        unproven = [rule for rule, built in rules.items() if built and rule not in places]
        if unproven:
            raise CommandError(f"built, but named by no test: {', '.join(unproven)}")
