"""Many people at once, in a few statements whatever their number (IMP-1).

Beside :mod:`advocates.people.services`, whose rules these share: the values come normalised and
checked, and nobody is asked who may, since whoever starts an import was.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from advocacy.events.services import record_many
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.bulk import insert_columns, insert_rows
from advocates.changes import change_payload, write_changes
from advocates.models import Advocate, AdvocateIdentifier, Capacity, Preference
from advocates.people.services import ADVOCATE_CODED, first_capacity, first_preference


@transaction.atomic
def add_people(*, actor: Actor, source: str, people: Sequence[tuple[Advocate, str]]) -> None:
    """Write new people with their ids in ``source``, as :func:`create_advocate` writes one.

    An id that is taken raises ``IntegrityError``, and nobody is written.
    """
    if not people:
        return
    insert_rows([person for person, _id in people])
    ids = [str(person.pk) for person, _id in people]
    insert_columns(
        AdvocateIdentifier,
        {"advocate_id": ids, "external_id": [external_id for _person, external_id in people]},
        source=source,
    )
    insert_columns(Capacity, {"advocate_id": ids}, **first_capacity())
    insert_columns(Preference, {"advocate_id": ids}, **first_preference())
    record_many(
        "advocate.created", [(person, {}, [person.account]) for person, _id in people], actor=actor
    )


@transaction.atomic
def keep_people(*, actor: Actor, changed: Sequence[tuple[Advocate, Mapping[str, Any]]]) -> None:
    """Write people as they are now; ``before`` holds what each of their changed fields was."""
    write_changes(changed)
    for verb, moved in (("advocate.updated", False), ("advocate.moved", True)):
        record_many(
            verb,
            [
                (
                    person,
                    change_payload(person, before, ADVOCATE_CODED),
                    [person.account] if moved else [],
                )
                for person, before in changed
                if ("account" in before) is moved
            ],
            actor=actor,
        )
