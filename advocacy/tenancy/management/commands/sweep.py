"""``manage.py sweep``: do what is due, with or without Celery."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from advocacy.tenancy.sweeps import EVERY_SECONDS, run_sweep, sweeps


class Command(BaseCommand):
    """Run every sweep again and again, as a stand-in for worker and beat."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Once, or listing only."""
        parser.add_argument("--once", action="store_true", help="one round; exits 1 on a failure")
        parser.add_argument("--list", action="store_true", help="say what there is and stop")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["list"]:
            for sweep in sweeps():
                self.stdout.write(f"{sweep.name}: every {sweep.every_seconds} s; {sweep.why}")
            return
        while True:
            failures = sum(run_sweep(sweep.name) for sweep in sweeps())
            if options["once"]:
                if failures:
                    raise CommandError(f"{failures} sweep(s) failed; the log says why")
                return
            time.sleep(EVERY_SECONDS)
