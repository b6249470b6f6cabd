"""Write the workbook that shows how a program's past is imported (IMP-2)."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from advocacy import clock
from imports.sample import NAME, sample_workbook


class Command(BaseCommand):
    """The same that Settings → Import offers."""

    help = "Write a workbook with a program's past that can be imported as it is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", nargs="?", default=NAME)

    def handle(self, *args: Any, path: str, **options: Any) -> None:
        Path(path).write_bytes(sample_workbook(clock.now().date()))
        self.stdout.write(path)
