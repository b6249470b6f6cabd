"""The records that have files, each made known by its app.

    register(Home("activities.asset", lock=lock_piece, on_settled=attach))

The app's own services decide who may put in, see and remove which file; this says only what follows
once a file was checked.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from advocacy.files.models import StoredFile


@dataclass(frozen=True, slots=True)
class Home:
    """``lock`` takes the record's lock, which comes before that of its files. ``on_settled`` runs
    in the transaction in which a file becomes ready or refused; it raises ``DomainError`` where the
    record takes no file any more, which then is refused.
    """

    subject_type: str
    lock: Callable[[uuid.UUID], object]
    on_settled: Callable[[StoredFile], None]


_homes: dict[str, Home] = {}


def register(home: Home) -> None:
    """Make a kind of record known; for ``ready()``."""
    _homes[home.subject_type] = home


def home_of(file: StoredFile) -> Home:
    """What was registered for a file's record. Raises ``LookupError`` where nothing was."""
    return _homes[file.subject_type]
