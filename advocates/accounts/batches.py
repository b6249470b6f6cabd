"""Many accounts at once, in a few statements whatever their number (IMP-1).

Beside :mod:`advocates.accounts.services`, whose rules these share: the values come normalised and
checked, and nobody is asked who may, since whoever starts an import was.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from advocacy.events.services import record_many
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.bulk import insert_columns, insert_rows
from advocates.accounts.services import ACCOUNT_CODED
from advocates.changes import change_payload, write_changes
from advocates.models import Account, AccountCapacity, AccountIdentifier


@transaction.atomic
def add_accounts(*, actor: Actor, source: str, accounts: Sequence[tuple[Account, str]]) -> None:
    """Write new accounts with their ids in ``source``, as :func:`create_account` writes one.

    An id that is taken raises ``IntegrityError``, and none is written.
    """
    if not accounts:
        return
    add_bare_accounts(source=source, accounts=accounts)
    insert_columns(AccountCapacity, {"account_id": [account.pk for account, _id in accounts]})
    record_many(
        "account.created",
        [
            (account, {"lifecycle": account.lifecycle, "segment": account.segment}, [])
            for account, _id in accounts
        ],
        actor=actor,
    )


def add_bare_accounts(*, source: str, accounts: Sequence[tuple[Account, str]]) -> None:
    """Accounts and ids alone, of which nobody hears: for a check, which is undone."""
    if not accounts:
        return
    insert_rows([account for account, _id in accounts])
    insert_columns(
        AccountIdentifier,
        {
            "account_id": [account.pk for account, _id in accounts],
            "external_id": [external_id for _account, external_id in accounts],
        },
        source=source,
    )


@transaction.atomic
def keep_accounts(*, actor: Actor, changed: Sequence[tuple[Account, Mapping[str, Any]]]) -> None:
    """Write accounts as they are now; ``before`` holds what each of their changed fields was."""
    write_changes(changed)
    record_many(
        "account.updated",
        [
            (account, change_payload(account, before, ACCOUNT_CODED), [])
            for account, before in changed
        ],
        actor=actor,
    )
