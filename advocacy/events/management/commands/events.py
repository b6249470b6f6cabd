"""``manage.py events``: verbs and who listens."""

from typing import Any

from django.core.management.base import BaseCommand

from advocacy.events import bus


class Command(BaseCommand):
    """List every event verb with its same-transaction subscribers, in order."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        for verb, subscriptions in bus.listing().items():
            self.stdout.write(f"{verb}: {bus.words(verb)}")
            for entry in subscriptions:
                handler = f"{entry.handler.__module__}.{entry.handler.__qualname__}"
                self.stdout.write(f"  {entry.order:>4}  {handler}: {entry.why}")
