"""What a worker does with imports: files are read, rows are checked and imported (IMP-1, BAD-2).

Reading is in ``intake``, walking the rows in ``walking``; both can be broken off at any moment and
gone on with by another worker (``leases``).
"""

import logging
import time
import uuid
from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta

from celery.exceptions import SoftTimeLimitExceeded
from django.db import DatabaseError, InterfaceError, OperationalError
from django.utils.translation import gettext as _

from advocacy.tenancy.actors import Actor
from advocacy.tenancy.scope import tenant_scope
from imports.choices import ImportState
from imports.intake import read_files
from imports.leases import Lease, claim, fail, let_go
from imports.models import ImportRun
from imports.reading import Unreadable
from imports.registry import kinds
from imports.services import cancel_import, file_troubles, start_import
from imports.uploads import Upload, upload_files
from imports.walking import walk

log = logging.getLogger(__name__)

#: A worker takes what else is due after this long; the next one goes on.
SLICE_SECONDS = 30
#: After a database error the next worker may try this soon.
PAUSE = timedelta(seconds=10)


def work_on_imports(tenant_id: uuid.UUID) -> None:
    """The sweep's handler: a slice of time for one tenant's runs, oldest first.

    Must not run inside a transaction. Any number of processes may do this at the same time.
    """
    ends = time.monotonic() + SLICE_SECONDS
    while lease := claim(tenant_id):
        try:
            if not work_on(lease, ends=ends):
                return
        except SoftTimeLimitExceeded:
            raise
        except (OperationalError, InterfaceError):
            # The database is away or two transactions met: the run is not to blame.
            with suppress(DatabaseError):
                let_go(lease, pause=PAUSE)
            raise
        except Exception:
            log.exception("import %s failed", lease.run_id)
            fail(lease)


def work_on(lease: Lease, *, ends: float | None = None) -> bool:
    """Do what a run waits for; True when that is over, or the run is somebody else's by now."""
    return read_files(lease, ends=ends) if lease.is_unread else walk(lease, ends=ends)


def run_import(
    tenant_id: uuid.UUID,
    *,
    actor: Actor,
    files: Iterable[Upload],
    source: str = "",
    encoding: str = "",
) -> ImportRun:
    """Import files here and now, without anybody to look at columns and check.

    Each row gets in whole or not at all; the external id decides what a row is, so a second run
    changes nothing. Each batch commits by itself, unless a transaction is open. Killed, the
    import is finished by a worker; interrupted by hand, it is stopped.

    Raises :class:`Unreadable` when a file cannot be taken at all, before anything is written.
    """
    with tenant_scope(tenant_id):
        run = upload_files(actor=actor, files=files, source=source, encoding=encoding)
        _read_now(run)
        _require_recognised(run)
        start_import(actor=actor, run=run, unchecked=True)
        # In the same transaction, so that no worker has it first.
        lease = claim(tenant_id, run.pk)
    if lease is None:
        raise LookupError(f"import {run.pk} cannot be taken")
    lease.actor = actor
    try:
        walk(lease)
    except KeyboardInterrupt:
        with tenant_scope(tenant_id):
            cancel_import(actor=actor, run=run)
        raise
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        fail(lease)
        raise
    with tenant_scope(tenant_id):
        return run.reload()


def _read_now(run: ImportRun) -> None:
    lease = claim(run.tenant_id, run.pk)
    if lease is None:
        raise LookupError(f"import {run.pk} cannot be taken")
    read_files(lease)
    if run.reload().state == ImportState.REFUSED:
        problems = run.files.exclude(problem="").values_list("problem", flat=True)
        raise Unreadable("\n".join(problems))


def _require_recognised(run: ImportRun) -> None:
    problems = [
        _("%(file)s: the headings were not recognised. %(needed)s.")
        % {
            "file": file.name,
            "needed": "; ".join(
                _("%(kind)s need %(headings)s")
                % {
                    "kind": kind.label,
                    "headings": ", ".join(
                        c.names[0] for c in kind.columns if c.field in kind.marks
                    ),
                }
                for kind in kinds()
            ),
        }
        for file in run.files.all()
        if file_troubles(file, file.columns)
    ]
    if problems:
        raise Unreadable("\n".join(problems))
