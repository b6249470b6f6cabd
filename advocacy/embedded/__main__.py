"""Command line: ``python -m advocacy.embedded run [--instance test] -- CMD`` and ``up``."""

import argparse
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from advocacy.embedded import assets, paths, translations
from advocacy.embedded.process import (
    Child,
    EmbeddedError,
    Interrupted,
    Stop,
    end_with_parent,
    spawn,
    stop_all,
)
from advocacy.embedded.services import running
from advocacy.embedded.up import up
from advocacy.settings import env

COMMAND_GRACE = 3.0


def main(arguments: list[str] | None = None) -> int:
    """Run one of the commands; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m advocacy.embedded", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="run a command with PostgreSQL and Redis at hand")
    run.add_argument("--instance", choices=["run", "test"], default="run")
    run.add_argument("--data", type=Path, help="another data directory (kept)")
    run.add_argument("argv", nargs="+", metavar="-- CMD")
    up_ = commands.add_parser("up", help="run the whole product until Ctrl-C")
    up_.add_argument("--data", type=Path, help="another data directory")
    commands.add_parser("build", help="fetch browser assets, compile translations")
    for command in (run, up_):
        command.add_argument("--end-with-parent", action="store_true")
    options = parser.parse_args(arguments)
    if options.command == "build":
        return _build()
    stop = Stop()
    stop.install()
    if options.end_with_parent:
        end_with_parent()
    try:
        if options.command == "up":
            data = options.data.resolve() if options.data else paths.data_dir("run")
            return up(data=data, port=env.number("PORT", 8000), stop=stop)
        data = options.data.resolve() if options.data else paths.data_dir(options.instance)
        scratch = options.instance == "test"
        return run_command(options.argv, data=data, scratch=scratch, stop=stop)
    except EmbeddedError as error:
        print(error, file=sys.stderr)
        return 1
    except PermissionError as error:
        print(
            f"{error.filename} belongs to another user. Advocacy was started here as somebody "
            "else (with sudo?); hand .data over with chown, or remove it.",
            file=sys.stderr,
        )
        return 1
    except Interrupted as interrupted:
        return 128 + interrupted.signum


def _build() -> int:
    try:
        assets.install()
        translations.compile_changed()
    except EmbeddedError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def run_command(argv: list[str], *, data: Path, scratch: bool, stop: Stop) -> int:
    """Run a command with the services up; returns its status as a shell would.

    At a terminal the command shares it, and Ctrl-C is the command's to answer (a Python shell
    goes on). Anywhere else it gets a session of its own, of which nothing is left afterwards.
    """
    terminal = sys.stdin is not None and sys.stdin.isatty()
    with running(data, stop, scratch=scratch, environment=os.environ) as services:
        stop.check()
        try:
            child = spawn(argv[0], argv, env={**os.environ, **services}, own_session=not terminal)
        except (FileNotFoundError, PermissionError):
            raise EmbeddedError(f"{argv[0]}: no such command.") from None
        try:
            _await(child, stop, services.tend, terminal=terminal)
        finally:
            stop_all([child], grace=COMMAND_GRACE)
    status = child.popen.returncode
    if stop.signum is not None:
        return 128 + stop.signum
    return status if status >= 0 else 128 - status


def _await(child: Child, stop: Stop, tend: Callable[[], None], *, terminal: bool) -> None:
    while child.alive:
        if stop.signum == signal.SIGINT and terminal:
            stop.signum = None
        elif stop.signum == signal.SIGINT:
            # Handed on as it is, so that a test run still prints its summary.
            child.send(signal.SIGINT)
            deadline = time.monotonic() + COMMAND_GRACE
            while child.alive and time.monotonic() < deadline:
                time.sleep(0.02)
            return
        elif stop.signum is not None:
            return
        tend()
        time.sleep(0.02)


if __name__ == "__main__":
    sys.exit(main())
