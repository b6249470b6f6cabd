"""What the tests of imports share."""

import json
from collections.abc import Callable, Generator, Iterable, Iterator
from typing import IO, Any

import pytest

from advocacy.tenancy.models import Membership, Tenant
from imports import child, reading
from tests.imports.test_import_pages import Desk


@pytest.fixture
def desk(tenant: Tenant, alice: Membership, client_for: Callable[..., Any]) -> Desk:
    """Alice at the pages of the import."""
    return Desk(client_for(alice), tenant)


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Two rows at a time."""
    from imports import services as imports

    monkeypatch.setattr(imports, "BATCH", 2)
    yield


def _read_here(
    name: str,
    stream: IO[bytes],
    *,
    batch: int,
    known: Iterable[str] = (),
    encoding: str = "",
    sheet: int = 0,
) -> Generator[reading.Piece]:
    stream.seek(0)
    options = child.Options(reading.LIMITS, batch, 0, frozenset(known), encoding, sheet)
    said = (json.loads(json.dumps(answer)) for answer in child.answers(stream, options))
    yield from reading.understood(name, said)


@pytest.fixture
def read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are read by the same code, without the process around it: most of a small import's
    time is its start. That process is the subject of ``test_import_reading`` and of
    ``test_import_intake``, which do without this.
    """
    monkeypatch.setattr(reading, "read_file", _read_here)
