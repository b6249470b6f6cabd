"""What ``make run`` does to the database before anything serves: migrate, seed the demo once."""

import io
import sys
from pathlib import Path

import django
from django.core.management import call_command, get_commands

from advocacy import heartbeat


def main(sign_ins: Path) -> None:
    """Bring the database up to date; what the demo says about signing in goes to ``sign_ins``."""
    django.setup()
    call_command("migrate", database="owner", interactive=False)
    printed = io.StringIO()
    if "seed_demo" in get_commands():
        call_command("seed_demo", "--if-empty", stdout=printed)
    sign_ins.write_text(printed.getvalue())
    # Those of an earlier run would make its worker look alive for a while.
    heartbeat.forget()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
