"""What of Today can be finished behind a link, declared once for each kind of work (MSG-5.a).

    finish_by_link("duty", DUTY, {"finish": services.finish_duty}, "duty", services.permit_duty)

Title, reason and due time are those of Today's own row; buttons, and who may press them, come from
the lifecycle. What is not declared leads to its page, signed in.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from advocacy.messaging.links import register_purpose
from advocacy.records.lifecycle import Lifecycle, Move, Permit, Text
from advocacy.tenancy.models import Membership

#: The page behind every such link; the link's purpose says of which work.
PATH = "work/"
_BEFORE = "work-"


@dataclass(frozen=True, slots=True)
class ByLink:
    """How a kind of work is finished by link.

    ``services`` a move's name → its service
    ``asks``     a move's name → what it asks for: a field of the service → its label
    ``when``     what a row must be like; else its page is opened
    ``facts``    what one has to know to decide: names and values
    ``letters``  what one has to read: headings and texts of paragraphs
    """

    work: str
    lifecycle: Lifecycle
    services: Mapping[str, Callable[..., Any]]
    subject: str
    permit: Permit | None = None
    asks: Mapping[str, Mapping[str, Text]] = field(default_factory=dict)
    when: Callable[[Any], bool] | None = None
    facts: Callable[[Any], list[tuple[Any, Any]]] | None = None
    letters: Callable[[Any], list[tuple[str, str]]] | None = None

    def offered(self, row: Any, reader: Membership) -> list[Move]:
        """What the reader may press now."""
        if self.when is not None and not self.when(row):
            return []
        moves = self.lifecycle.offered(row, reader, self.permit)
        found = [move for move in moves if move.name in self.services]
        return sorted(found, key=lambda move: not move.primary)


_declared: dict[str, ByLink] = {}


def finish_by_link(
    work: str,
    lifecycle: Lifecycle,
    services: Mapping[str, Callable[..., Any]],
    subject: str,
    permit: Permit | None = None,
    *,
    asks: Mapping[str, Mapping[str, Text]] | None = None,
    when: Callable[[Any], bool] | None = None,
    facts: Callable[[Any], list[tuple[Any, Any]]] | None = None,
    letters: Callable[[Any], list[tuple[str, str]]] | None = None,
) -> None:
    """Declare it; called in an app's ``ready()``."""
    made = ByLink(work, lifecycle, services, subject, permit, asks or {}, when, facts, letters)
    _declared[work] = made
    register_purpose(purpose_of(work), PATH)


def by_link(work: str) -> ByLink | None:
    """How a kind of work is finished by link, if it is."""
    return _declared.get(work)


def purpose_of(work: str) -> str:
    """What a link is for that finishes one thing of a kind of work."""
    return f"{_BEFORE}{work}"


def work_of(purpose: str) -> str:
    """The kind of work of a link's purpose."""
    return purpose.removeprefix(_BEFORE)


def every_purpose() -> list[str]:
    """What the links are for that open the page."""
    return [purpose_of(work) for work in _declared]
