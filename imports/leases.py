"""An import in the hands of one worker, for as long as it does not die (BAD-2)."""

import logging
import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.db import models

from advocacy import clock
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import tenant_scope
from advocacy.tenancy.wakeups import wake
from imports.choices import IMPORT_AT_WORK, ImportState
from imports.lifecycle import IMPORT
from imports.models import ImportRun
from imports.services import SWEEP, fail_walk

log = logging.getLogger(__name__)

#: Longer than any batch takes; after a kill the rest waits this long for the next worker.
LEASE = timedelta(minutes=1)
#: As often a run is taken without a batch getting through before it counts as failed.
MAX_ATTEMPTS = 5

_ACTOR = Actor.system("import_crm")


@dataclass(slots=True)
class Lease:
    """A run in the hands of one worker."""

    tenant_id: uuid.UUID
    run_id: uuid.UUID
    token: uuid.UUID
    language: str
    actor: Actor
    #: Its files are to be read; else their rows are walked.
    is_unread: bool


def claim(tenant_id: uuid.UUID, run_id: uuid.UUID | None = None) -> Lease | None:
    """Take the oldest run that nobody has, or a certain one; None when there is none.

    One that was taken too often without getting anywhere is failed instead.
    """
    now = clock.now()
    free = models.Q(leased_until__isnull=True) | models.Q(leased_until__lte=now)
    with tenant_scope(tenant_id):
        waiting = ImportRun.objects.select_for_update(skip_locked=True, of=("self",)).filter(
            free, state__in=IMPORT_AT_WORK
        )
        if run_id is not None:
            waiting = waiting.filter(pk=run_id)
        for run in waiting.select_related("started_by__user").order_by("changed_at", "id"):
            member = run.started_by
            actor = Actor.member(member) if member else _ACTOR
            if run.attempts >= MAX_ATTEMPTS:
                log.error("import %s was taken %d times in vain", run.pk, run.attempts)
                fail_walk(run, actor=actor)
                continue
            token = uuid.uuid4()
            IMPORT.move(
                run, "take", attempts=run.attempts + 1, lease=token, leased_until=now + LEASE
            )
            own = member.user.language if member else ""
            language = own or Tenant.objects.get(pk=tenant_id).language
            return Lease(tenant_id, run.pk, token, language, actor, run.is_unread)
    return None


def let_go(lease: Lease, *, pause: timedelta | None = None) -> None:
    """Leave a run to whoever comes next, at once or after a pause."""
    until = clock.now() + pause if pause else None
    with tenant_scope(lease.tenant_id):
        ImportRun.objects.filter(pk=lease.run_id, lease=lease.token).update(
            lease=None, leased_until=until
        )
        if pause is None:
            wake(SWEEP, lease.tenant_id)


def fail(lease: Lease) -> None:
    """Stop a run in plain sight."""
    with tenant_scope(lease.tenant_id):
        if run := held(lease):
            fail_walk(run, actor=lease.actor)


def held(lease: Lease) -> ImportRun | None:
    """The run, locked, as long as it is this worker's; needs the scope."""
    return (
        ImportRun.objects.select_for_update(no_key=True)
        .filter(pk=lease.run_id, lease=lease.token, state=ImportState.RUNNING)
        .first()
    )


def renew(run: ImportRun, *, got_through: bool) -> None:
    """Keep a run for another while. What got through does not count as an attempt in vain."""
    run.leased_until = clock.now() + LEASE
    if got_through:
        run.attempts = 0
    run.save(update_fields=["attempts", "leased_until"])
