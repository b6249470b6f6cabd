"""Starting a process again when it ends by itself: with patience, and not for ever."""

import contextlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from advocacy.embedded.process import Child, EmbeddedError

#: A process that ends so often within so many seconds is given up.
MOST_ENDS = 5
WITHIN_SECONDS = 60.0
#: Seconds before each new start, counted from the first end of a row.
PAUSES = (0.0, 0.5, 1.0, 2.0)

Start = Callable[[], Child]


def say(line: str) -> None:
    """Print a line; a terminal that went away must not keep us from cleaning up."""
    with contextlib.suppress(OSError):
        print(line, flush=True)


@dataclass
class Kept:
    """One process and how to start it again."""

    child: Child
    again: Start
    #: Where to read why it ended.
    log: str
    ends: list[float] = field(default_factory=list)
    due: float | None = None

    def tend(self) -> None:
        """Look after it once; never waits for it.

        Raises:
            EmbeddedError: it ended five times within a minute.
        """
        if self.due is None:
            if self.child.alive:
                return
            self._ended()
        if self.due is not None and time.monotonic() >= self.due:
            self.child = self.again()
            self.due = None

    def _ended(self) -> None:
        # What it left of itself would hold its port, its socket or its data.
        self.child.sweep()
        now = time.monotonic()
        self.ends = [end for end in self.ends if end > now - WITHIN_SECONDS] + [now]
        status = self.child.popen.returncode
        if len(self.ends) >= MOST_ENDS:
            raise EmbeddedError(
                f"{self.child.name} ended {len(self.ends)} times within a minute, the last time"
                f" with status {status}; {self.log} why. Giving up."
            )
        say(f"{self.child.name} ended by itself (status {status}); starting it again.")
        self.due = now + PAUSES[len(self.ends) - 1]


def tend_all(kept: Sequence[Kept]) -> None:
    """Look after all of them once."""
    for each in kept:
        each.tend()
