"""Pictures are drawn anew by a process that can hurt nobody else, without what was written into
them besides: place, camera, comments (decision 57).
"""

import json
import os
import subprocess
import sys
from typing import IO

from django.conf import settings

from advocacy.files.child import ENDS
from advocacy.files.choices import Reason
from advocacy.files.containers import Unfit

MOST_PIXELS = 50_000_000
#: Larger pictures are none that anybody looks at; the limit of a tenant may be lower.
MOST_BYTES = 100 * 1024 * 1024
_MEMORY, _CPU, _WALL = 2 * 1024**3, 60, 120
#: The only variables the process needs; the product's own hold secrets.
_VARIABLES = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT")


def redrawn(file: IO[bytes], kind: str, into: IO[bytes]) -> None:
    """Write the picture in ``file`` into another file. Raises :class:`Unfit` with the reason."""
    limits = {"memory": _MEMORY, "cpu": _CPU, "pixels": MOST_PIXELS, "type": kind}
    file.seek(0)
    try:
        ended = subprocess.run(
            [sys.executable, "-E", "-s", "-B", "-m", "advocacy.files.child", json.dumps(limits)],
            stdin=file,
            stdout=into,
            stderr=subprocess.DEVNULL,
            cwd=settings.BASE_DIR,
            env={name: os.environ[name] for name in _VARIABLES if name in os.environ},
            timeout=_WALL,
            check=False,
        ).returncode
    except subprocess.TimeoutExpired:
        raise Unfit(Reason.UNREADABLE) from None
    if ended:
        raise Unfit(Reason(ENDS.get(ended, Reason.UNREADABLE)))
