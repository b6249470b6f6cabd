"""Two records of one company become one (ADV-1)."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.events.services import record
from advocacy.records.merging import merge_rows, refuse_same
from advocacy.records.writes import stored
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError
from advocates.access import require_change
from advocates.accounts.services import ACCOUNT_FIELDS
from advocates.models import Account, AccountCapacity


def permit_merge(actor: Actor, kept: Account, gone: Account) -> None:
    """Raise unless the actor may, and these are two records of one tenant."""
    require_change(actor, "records.merge", kept)
    refuse_same(kept, gone)


@transaction.atomic
def merge_accounts(
    *, actor: Actor, kept: Account, gone: Account, take: Collection[str] = ()
) -> Account:
    """Make two records one; people, deals and history of both stay, and there is no way back.

    ``take`` names the fields of ``ACCOUNT_FIELDS`` whose value is that of the record that goes.
    Units given at both are facts and may come to more than the company's limit. Locks both rows
    that takes touch, by id. Raises as :func:`~advocates.people.merging.merge_advocates`.
    """
    permit_merge(actor, kept, gone)
    if unknown := set(take) - set(ACCOUNT_FIELDS):
        problem = _("There is no such field; there are: %(names)s.") % {
            "names": ", ".join(ACCOUNT_FIELDS)
        }
        raise DomainError(problem, fields={"take": f"{', '.join(sorted(unknown))}: {problem}"})
    kept, gone = _locked(kept, gone)
    values = {name: getattr(gone, name) for name in take}
    if "segment" in values:
        values["segment_is_set"] = gone.segment_is_set
    taken = [name for name in sorted(take) if stored(kept, name) != stored(gone, name)]
    values["created_at"] = min(kept.created_at, gone.created_at)
    values["updated_at"] = clock.now()
    merge_rows(kept=kept, gone=gone, actor=actor)
    for name, value in values.items():
        setattr(kept, name, value)
    kept.save(update_fields=list(values))
    record("account.merged", kept, actor=actor, payload={"merged": str(gone.pk), "taken": taken})
    return kept.reload()


def _locked(kept: Account, gone: Account) -> tuple[Account, Account]:
    ids = sorted((kept.pk, gone.pk))
    AccountCapacity.objects.bulk_create(
        [AccountCapacity(account_id=pk) for pk in ids], ignore_conflicts=True
    )
    rows = AccountCapacity.objects.select_for_update().filter(account__in=ids)
    list(rows.order_by("account_id"))
    found = {
        row.pk: row
        for row in Account.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
    }
    if len(found) < len(ids):
        raise Conflict(
            _("One of the two has just become part of another record. Look at what is there now."),
            code="merged",
        )
    return found[kept.pk], found[gone.pk]
