"""The committed description of the interface, read once a process."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

COMMITTED = Path(settings.BASE_DIR) / "docs" / "openapi.yaml"
# libyaml's is eight times as fast as the one in Python, which takes seconds.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def description() -> dict[str, Any]:
    """``docs/openapi.yaml``, to be read only."""
    read: dict[str, Any] = yaml.load(COMMITTED.read_bytes(), Loader=_LOADER)
    return read
