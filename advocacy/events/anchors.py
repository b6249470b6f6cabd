"""Anchors: signed lines that say how far a tenant's chain has come, kept outside the database.

Who owns the database can cut off the end of the log together with the chain's head, and nothing
in there tells. An anchor that somebody else keeps does (AUD-2): the chain must still pass through
it. A line stands by itself, so a file of anchors may be a whole log with other lines between.
"""

import logging
import re
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from advocacy import clock
from advocacy.events.models import Chain
from advocacy.tenancy.keys import is_signed, signature
from advocacy.tenancy.scope import current_tenant_id

#: Has its own level in the settings, so that a quiet ``LOG_LEVEL`` does not silence it.
log = logging.getLogger("advocacy.events.anchor")

SCHEDULE = "anchor-events"
_SALT = "advocacy.events.anchor"
_LINE = re.compile(
    r"(?P<content>anchor tenant=(?P<tenant>[0-9a-f-]{36}) seq=(?P<seq>[0-9]{1,18})"
    r" digest=(?P<digest>[0-9a-f]{64}) at=(?P<at>[0-9T:.+-]{10,40}))"
    r" signature=(?P<signature>[0-9a-f]{64})"
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a tenant's chain stood at a moment, as a line of ours said it."""

    tenant_id: uuid.UUID
    seq: int
    digest: str
    at: str
    is_signed: bool
    line: int


def anchor_line() -> str:
    """The head of the scope's tenant as a signed line; nothing while nothing is sealed."""
    head = Chain.objects.first()
    if head is None or not head.seq:
        return ""
    content = (
        f"anchor tenant={current_tenant_id()} seq={head.seq} digest={head.digest}"
        f" at={clock.now().isoformat()}"
    )
    return f"{content} signature={signature(_SALT, content)}"


def log_anchor(tenant_id: uuid.UUID) -> None:
    """Write the day's line to the log; the schedule runs it once a day and tenant."""
    if line := anchor_line():
        log.info("%s", line)


def anchors_in(lines: Iterable[str]) -> Iterator[Anchor]:
    """The anchors among the lines of a file, whether their signatures are right or not."""
    for number, text in enumerate(lines, start=1):
        for found in _LINE.finditer(text):
            yield Anchor(
                uuid.UUID(found["tenant"]),
                int(found["seq"]),
                found["digest"],
                found["at"],
                is_signed(_SALT, found["content"], found["signature"]),
                number,
            )
