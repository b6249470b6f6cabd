"""Saving segments (SEG-1)."""

from typing import Any

from django.db import transaction
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from advocacy.events.services import record
from advocacy.records import writes
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError, NotAllowed
from advocates.models import SavedSegment
from advocates.segments.lifecycle import SEGMENT
from advocates.segments.narrowing import NAME, filters_of, list_of, visible_segments


@transaction.atomic
def save_segment(*, actor: Actor, **values: Any) -> SavedSegment:
    """Save the ``query`` of a list ``of`` people or accounts under a ``name``.

    Raises ``DomainError`` at a field: a filter the list does not have, or a value it does not take.
    """
    SEGMENT.permit(actor, "retire")
    if actor.membership is None:
        raise NotAllowed(_("Only colleagues save segments."))
    segment = SavedSegment(owner=actor.membership)
    _set(segment, values, actor)
    segment.save(force_insert=True)
    record("segment.saved", segment, actor=actor, payload={"of": segment.of})
    return segment


@transaction.atomic
def update_segment(*, actor: Actor, segment: SavedSegment, **values: Any) -> SavedSegment:
    """Another name, another filter, for oneself or for everybody. Raises as saving does."""
    permit_change(actor, segment)
    if segment.shared and values.get("shared") is False and not _is_own(actor, segment):
        problem = _(
            "Only %(name)s can keep it to themselves: you would lose it. Retire it instead."
        ) % {"name": segment.owner.name}
        raise DomainError(problem, fields={"shared": problem})
    before = {name: writes.stored(segment, name) for name in ("name", "of", "query", "shared")}
    _set(segment, values, actor)
    changed = [name for name, value in before.items() if getattr(segment, name) != value]
    if changed:
        segment.save(update_fields=changed)
        record("segment.changed", segment, actor=actor, payload={"fields": changed})
    return segment


@transaction.atomic
def retire_segment(*, actor: Actor, segment: SavedSegment) -> SavedSegment:
    """Let lists offer it no longer; what names it keeps it."""
    permit_segment(actor, segment, "retire")
    SEGMENT.move(segment, "retire")
    record("segment.retired", segment, actor=actor)
    return segment


def permit_segment(actor: Actor, segment: SavedSegment, name: str) -> None:
    """Raise ``NotAllowed`` unless it is one's own, or shared and the actor runs the program."""
    SEGMENT.permit(actor, name)
    member = actor.membership
    if member is None or _is_own(actor, segment):
        return
    if not (segment.shared and member.can("settings.rules")):
        raise NotAllowed(_("This is a colleague's segment. Save one of your own from the list."))


def permit_change(actor: Actor, segment: SavedSegment) -> None:
    """Raise unless the actor may change it, and lists still offer it."""
    permit_segment(actor, segment, "retire")
    SEGMENT.require_editable(segment, "retire")


def _is_own(actor: Actor, segment: SavedSegment) -> bool:
    return actor.membership is not None and segment.owner_id == actor.membership.pk  # type: ignore[attr-defined]


def _set(segment: SavedSegment, values: dict[str, Any], actor: Actor) -> None:
    for name, value in writes.clean(segment, values).items():
        setattr(segment, name, value)
    segment.query = _canonical(segment.of, segment.query, actor)


def _canonical(of: str, query: str, actor: Actor) -> str:
    """The filters that narrow, in the order of their names; of a segment among them its own.

    So that none names another one: a segment that is changed or retired changes no other.
    """
    given: MultiValueDict[str, str] = QueryDict(query.removeprefix("?"))
    filled = {name: [each for each in given.getlist(name) if each.strip()] for name in given}
    asked = {name: values for name, values in filled.items() if values}
    if twice := sorted(name for name, values in asked.items() if len(values) > 1):
        raise _refused(
            _("Give %(twice)s once: of several only one would count.") % {"twice": ", ".join(twice)}
        )
    _inside(of, asked, actor)
    filters = filters_of(of, "")
    unknown = sorted(set(asked) - set(filters.form.fields))
    if unknown:
        raise _refused(
            _("There is no filter %(unknown)s here. Use some of: %(known)s.")
            % {"unknown": ", ".join(unknown), "known": ", ".join(sorted(filters.form.fields))}
        )
    clean = QueryDict(mutable=True)
    for name in sorted(asked):
        clean.setlist(name, asked[name])
    found = filters_of(of, clean.urlencode())
    if not found.form.is_valid():
        raise _refused(
            " ".join(
                f"{found.form.fields[name].label}: {' '.join(map(str, texts))}"
                for name, texts in found.form.errors.items()
            )
        )
    if not found.active_names():
        raise _refused(_("Narrow the list first: a segment needs at least one filter."))
    return clean.urlencode()


def _inside(of: str, asked: dict[str, list[str]], actor: Actor) -> None:
    """Write the filters of a segment that is narrowed further in its place."""
    keys = asked.pop(NAME, [])
    if not keys or actor.membership is None:
        return
    # The list's own field says what a key has to be.
    segment = next(
        (each for each in visible_segments(actor.membership) if str(each.pk) == keys[0]), None
    )
    if segment is None or list_of(segment.of).filters is not list_of(of).filters:
        raise _refused(_("Filter the list itself: this segment is of another one."))
    own = QueryDict(segment.query)
    if twice := sorted(set(own) & set(asked)):
        text = _("“%(name)s” asks for %(twice)s already. Remove one of the two.")
        raise _refused(text % {"name": segment.name, "twice": ", ".join(twice)})
    asked.update({name: own.getlist(name) for name in own})


def _refused(text: str) -> DomainError:
    return DomainError(text, fields={"query": text})
