"""Bytes go with the person they are of (GDPR-1): their rows are found by the records they belong
to, their bytes are removed once the erasure is committed.
"""

import uuid
from collections.abc import Mapping
from typing import Any

from advocacy.files.models import StoredFile
from advocacy.files.services import discard_bytes
from advocacy.records.held import Keeper, Traces
from advocacy.tenancy.base import TenantModel

Found = Mapping[type[TenantModel], set[uuid.UUID]]


def _held(traces: Traces, found: Found) -> list[dict[str, Any]]:
    """Nothing more: an export names each file, with its fingerprint, among the records."""
    return []


def _forget(traces: Traces, found: Found) -> None:
    if pks := found.get(StoredFile):
        discard_bytes(pks)


KEEPER = Keeper("files.bytes", _held, _forget)
