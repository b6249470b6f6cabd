"""Many cases in one world: each is undone before the next, and all that fail are told at the end.

Where only the case differs, building the world again for every parameter is most of a test's time.
What a case changes on objects made outside of it stays changed in Python: read them again in it.
"""

import traceback
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from django.db import transaction

from advocacy.tenancy.scope import current_tenant_id, in_scope, tenant_scope


class _Undone(Exception):
    pass


class Cases:
    """``with each("what it is"): …`` for every case; the fixture ``each`` looks at the end."""

    def __init__(self) -> None:
        self.failed: list[str] = []
        self.count = 0

    @contextmanager
    def __call__(self, case: object) -> Iterator[None]:
        """One case, in a savepoint."""
        self.count += 1
        try:
            # An error also makes the scope forget what it read once for all.
            scope: Any = tenant_scope(current_tenant_id()) if in_scope() else nullcontext()
            with transaction.atomic(), scope:
                yield
                raise _Undone
        except _Undone:
            pass
        except Exception:
            self.failed.append(f"{case}:\n{traceback.format_exc()}")

    def tell(self) -> None:
        """Fail when any case did."""
        assert self.count, "there was no case"
        assert not self.failed, f"{len(self.failed)} of {self.count} cases failed:\n" + "\n".join(
            self.failed
        )
