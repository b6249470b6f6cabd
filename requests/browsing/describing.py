"""What of a person may be told to who must not know who it is (BRW-1, docs/decisions/0042).

All people at customers are divided into groups, one property after the other, and only as far as
each group still holds people of so many companies. What is told of a person is what the way to
their group says, and nothing finer: whoever knows every company and every contact by heart, and
this rule as well, is left with so many companies it could be.
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

#: What is told of a person, the most useful first; each is left out rather than told too finely.
PROPERTIES = ("industry", "segment", "region", "seniority", "function", "language")


class Person(NamedTuple):
    """Somebody at a customer: ``said`` in the order of :data:`PROPERTIES`, blank for not known."""

    pk: uuid.UUID
    company: uuid.UUID
    said: tuple[str, ...]
    tags: frozenset[uuid.UUID]


class Description(NamedTuple):
    """What may be told; blank and without tags where it would be too fine, or is not known."""

    industry: str = ""
    segment: str = ""
    region: str = ""
    seniority: str = ""
    function: str = ""
    language: str = ""
    tags: frozenset[uuid.UUID] = frozenset()


def descriptions(
    people: Sequence[Person], *, of: Collection[uuid.UUID], least: int
) -> dict[uuid.UUID, Description]:
    """Of some of these people, each so that it fits people of at least so many companies among all
    of them; of nobody where there are not even so many. Whom it is asked of changes no answer.
    """
    if companies(people) < least:
        return {}
    wanted = set(of)
    told: dict[uuid.UUID, Description] = {}
    for said, group in _groups(people, wanted, least, ()):
        for tags, part in _by_tags(group, wanted, least):
            found = Description(**dict(zip(PROPERTIES, said, strict=True)), tags=frozenset(tags))
            told |= {each.pk: found for each in part if each.pk in wanted}
    return told


def companies(people: Sequence[Person]) -> int:
    """At how many companies they are."""
    return len({each.company for each in people})


def _groups(
    people: Sequence[Person], wanted: set[uuid.UUID], least: int, said: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], Sequence[Person]]]:
    if len(said) == len(PROPERTIES):
        yield said, people
        return
    for value, group in _split(people, len(said), least).items():
        # Where nobody is of whom anything is to be told, it is told to nobody.
        if not wanted.isdisjoint(each.pk for each in group):
            yield from _groups(group, wanted, least, (*said, value))


def _split(people: Sequence[Person], at: int, least: int) -> dict[str, list[Person]]:
    """By one property; whose value too few have, or who have none, stay together without it.

    Of a handful who stay behind it could be seen that it is none of the values that are told. So
    the smallest groups join them until they are many enough as well.
    """
    by: defaultdict[str, list[Person]] = defaultdict(list)
    for each in people:
        by[each.said[at]].append(each)
    rest, kept = by.pop("", []), dict[str, list[Person]]()
    for value, group in by.items():
        if companies(group) >= least:
            kept[value] = group
        else:
            rest += group
    order = sorted(kept, key=lambda value: (companies(kept[value]), value))
    while rest and order and companies(rest) < least:
        rest += kept.pop(order.pop(0))
    return kept | ({"": rest} if rest else {})


def _by_tags(
    people: Sequence[Person], wanted: set[uuid.UUID], least: int
) -> Iterator[tuple[list[uuid.UUID], Sequence[Person]]]:
    """By products and use cases, the most usual first: who has one, and who is not told to."""
    having: defaultdict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for each in people:
        for tag in each.tags:
            having[tag].add(each.company)
    usual = [tag for tag, where in having.items() if len(where) >= least]
    usual.sort(key=lambda tag: (-len(having[tag]), tag))
    yield from _with_tags(people, usual, wanted, least, [])


def _with_tags(
    people: Sequence[Person],
    usual: Sequence[uuid.UUID],
    wanted: set[uuid.UUID],
    least: int,
    told: list[uuid.UUID],
) -> Iterator[tuple[list[uuid.UUID], Sequence[Person]]]:
    if wanted.isdisjoint(each.pk for each in people):
        return
    for place, tag in enumerate(usual):
        having = [each for each in people if tag in each.tags]
        if companies(having) < least:
            continue
        others = [each for each in people if tag not in each.tags]
        if others and companies(others) < least:
            continue
        following = usual[place + 1 :]
        yield from _with_tags(having, following, wanted, least, [*told, tag])
        if others:
            yield from _with_tags(others, following, wanted, least, told)
        return
    yield told, people
