"""The tenant's vocabulary: products, use cases, topics, competitors."""

from collections.abc import Iterable

from django.db import models
from django.db.models.functions import Lower

from advocacy.tenancy.text import one_line
from advocates.models import Tag


def tags_named(kind: str, names: Iterable[str]) -> list[Tag]:
    """Tags of a kind by name, made where missing; upper and lower case are the same word."""
    wanted = {
        name.casefold(): name for name in (one_line(name)[:100].strip() for name in names) if name
    }
    if not wanted:
        return []
    found = _find(kind, wanted)
    missing = [name for folded, name in wanted.items() if folded not in found]
    if missing:
        Tag.objects.bulk_create(
            [Tag(kind=kind, name=name) for name in missing], ignore_conflicts=True
        )
        found = _find(kind, wanted)
    return [found[folded] for folded in wanted if folded in found]


def _find(kind: str, wanted: dict[str, str]) -> dict[str, Tag]:
    rows = Tag.objects.annotate(folded=Lower("name")).filter(
        models.Q(folded__in=[name.lower() for name in wanted.values()])
        | models.Q(name__in=list(wanted.values())),
        kind=kind,
    )
    return {tag.name.casefold(): tag for tag in rows}


def set_tags(
    links: type[models.Model], owner: models.Model, role: str, kind: str, names: Iterable[str]
) -> bool:
    """Make these the tags of one kind that a record has; returns whether anything changed.

    ``links`` joins records and tags, ``role`` is its field for the record.
    """
    wanted = {tag.pk: tag for tag in tags_named(kind, names)}
    manager = links._default_manager
    have = dict(manager.filter(**{role: owner, "tag__kind": kind}).values_list("tag_id", "id"))
    gone = [link for tag, link in have.items() if tag not in wanted]
    new = [tag for pk, tag in wanted.items() if pk not in have]
    if gone:
        manager.filter(pk__in=gone).delete()
    if new:
        manager.bulk_create(
            [links(**{role: owner, "tag": tag}) for tag in new], ignore_conflicts=True
        )
    return bool(gone or new)
