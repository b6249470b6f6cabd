"""Writing material, and saying that one has read it (ENB-1)."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.events.services import record
from advocacy.records import writes
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, NotAllowed
from advocates.access import require_change
from advocates.enablement.models import Material, MaterialReading, MaterialVersion

_PARTS = ("audience", "title", "body")


@transaction.atomic
def create_material(*, actor: Actor, **values: Any) -> Material:
    """A text of the tenant's own, behind the others. Raises ``DomainError`` at a field."""
    require_change(actor, "settings.rules")
    last = Material.objects.aggregate(last=Max("position"))["last"] or 0
    row = Material(position=last + 1)
    for name, value in writes.clean(row, values, required=_PARTS).items():
        setattr(row, name, value)
    row.save(force_insert=True)
    _keep(row, actor)
    record("material.written", row, actor=actor, payload={"version": 1})
    return row


@transaction.atomic
def update_material(*, actor: Actor, material: Material, **values: Any) -> Material:
    """Another version, which asks everybody to read it again; the same words make none.

    Locks the row, so that two versions never bear one number.
    """
    require_change(actor, "settings.rules")
    row = Material.objects.select_for_update().get(pk=material.pk)
    checked = writes.clean(row, values, required=[name for name in _PARTS if name in values])
    if not writes.changed_fields(row, checked):
        return row
    if row.version == 1:
        _keep(row, None)
    changes = writes.save_changes(
        row, {**checked, "version": row.version + 1, "changed_at": clock.now()}
    )
    _keep(row, actor)
    payload = {"version": row.version, "fields": [name for name in _PARTS if name in changes]}
    record("material.written", row, actor=actor, payload=payload)
    return row


def _keep(row: Material, actor: Actor | None) -> None:
    MaterialVersion.objects.bulk_create(
        [
            MaterialVersion(
                material=row,
                number=row.version,
                title=row.title,
                body=row.body,
                written_by=actor.membership if actor else None,
                created_at=row.changed_at,
            )
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def complete_material(*, actor: Actor, material: Material, version: int) -> None:
    """The one who acts has worked through a version; a second time changes nothing.

    Raises ``Conflict`` for another version than that of now: nobody has read what was written
    since. Locks the text, so that no version comes in between.
    """
    if actor.membership is None:
        raise NotAllowed(_("Only a colleague reads this."))
    now = Material.objects.select_for_update(no_key=True).get(pk=material.pk)
    if version != now.version:
        problem = _("Version %(now)d counts by now. Load the page again, and read that one.") % {
            "now": now.version
        }
        raise Conflict(problem, code="another_version", fields={"version": problem})
    reading = MaterialReading(material=now, member=actor.membership, version=version)
    before = MaterialReading.objects.filter(material=now, member=actor.membership, version=version)
    if before.exists():
        return
    MaterialReading.objects.bulk_create([reading], ignore_conflicts=True)
    record("material.completed", now, actor=actor, payload={"version": version})
