"""What somebody likes to get back, out of one cell of several words (ADV-2.e)."""

import re
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from advocacy import clock
from advocacy.events.services import record_many
from advocacy.tenancy.actors import Actor
from advocates.models import Advocate, Preference
from imports import values
from imports.registry import Row

Appreciation = Preference.Appreciation
FIELD = "appreciation"


def read(cell: str) -> list[str]:
    """Codes out of codes or words, between commas, semicolons or lines."""
    known = {str(each.label).casefold(): each.value for each in Appreciation}
    known |= {each.value: each.value for each in Appreciation}
    words = [word.strip().casefold() for word in re.split(r"[,;|\n]", cell) if word.strip()]
    if unknown := [word for word in words if word not in known]:
        raise values.Odd(
            _("“%(cell)s” is nothing that somebody can like to get back here; it was left out.")
            % {"cell": unknown[0][:50]},
            _("Any of: %(known)s, with commas between.")
            % {"known": ", ".join(Appreciation.values)},
        )
    return sorted({known[word] for word in words})


def shown(codes: Sequence[str]) -> str:
    """In words, for the preview."""
    return ", ".join(str(Appreciation(code).label) for code in codes)


def known_likes(people: Iterable[Advocate]) -> dict[UUID, list[str]]:
    """What is known of some people, in one statement."""
    rows = Preference.objects.filter(advocate__in=list(people))
    return dict(rows.values_list("advocate_id", FIELD))


def differs(row: Row, advocate: Advocate, known: Mapping[UUID, Sequence[str]]) -> bool:
    """Whether a row says something else than what is known."""
    return FIELD in row.values and row.values[FIELD] != sorted(known.get(advocate.pk, ()))


def keep(rows: Sequence[tuple[Row, Advocate]], actor: Actor) -> None:
    """Write what they like; a few statements for all of them."""
    if not rows:
        return
    wanted = {advocate.pk: row.values[FIELD] for row, advocate in rows}
    people = {advocate.pk: advocate for _row, advocate in rows}
    Preference.objects.bulk_create(
        [Preference(advocate=people[pk]) for pk in sorted(people)], ignore_conflicts=True
    )
    found = list(Preference.objects.filter(advocate__in=people).order_by("advocate_id"))
    for wishes in found:
        wishes.appreciation = wanted[wishes.advocate_id]
        wishes.updated_at = clock.now()
    Preference.objects.bulk_update(found, [FIELD, "updated_at"])
    record_many(
        "preferences.saved",
        [(people[pk], {"fields": [FIELD]}, [people[pk].account]) for pk in sorted(people)],
        actor=actor,
    )
