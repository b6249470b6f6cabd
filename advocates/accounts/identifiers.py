"""An account's ids in other systems, by hand (ACC-1)."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from advocacy.events.services import record
from advocacy.records import writes
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict
from advocates.access import require_change
from advocates.external_ids import stored_id
from advocates.models import Account, AccountIdentifier


@transaction.atomic
def add_identifier(
    *, actor: Actor, account: Account, source: str, external_id: str
) -> AccountIdentifier:
    """Write down by which id another system knows the account; imports and upserts find it by that.

    Raises ``DomainError`` at a field, ``Conflict`` for an id that is taken, ``NotAllowed``.
    """
    require_change(actor, "accounts.edit", account)
    row = AccountIdentifier(account=account)
    for name, value in writes.clean(row, {"source": source, "external_id": external_id}).items():
        setattr(row, name, value)
    row.external_id = stored_id(row.source, row.external_id)
    keep_identifier(row)
    record("account.identified", account, actor=actor, payload={"source": row.source})
    return row


@transaction.atomic
def remove_identifier(*, actor: Actor, identifier: AccountIdentifier) -> None:
    """Take away an id that was written down in error; ``Conflict`` when it is gone already."""
    account, source = identifier.account, identifier.source
    require_change(actor, "accounts.edit", account)
    gone, _rows = AccountIdentifier.objects.filter(pk=identifier.pk).delete()
    if not gone:
        raise Conflict(_("This id was removed already."))
    record("account.unidentified", account, actor=actor, payload={"source": source})


def keep_identifier(row: AccountIdentifier) -> None:
    """Store it; ``Conflict`` when another account, or this one, has it."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        text = _("An account already has the external id %(id)s of %(source)s.") % {
            "id": row.external_id,
            "source": row.source,
        }
        raise Conflict(text, code="external_id_taken", fields={"external_id": text}) from error
