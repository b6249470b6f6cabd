"""Evidence search: whether the passage that answers is among the first three, and how soon (EVD-1).

``python -m bench.evidence`` in the services of the tests makes a database of its own and drops it.
The floor of the hits is a plain count of shared words; that of the time one index scan that counts
the passages of the rarest word.
"""

import argparse
from collections.abc import Sequence
from typing import Any

import django


def floor(question: str, passages: Sequence[str], most: int = 3) -> list[int]:
    """The places of the passages that share most words with a question; the earlier on a tie."""
    from activities.evidence.terms import words_in

    asked = set(words_in(question))
    shared = [len(asked & set(words_in(text))) for text in passages]
    return sorted(range(len(passages)), key=lambda at: (-shared[at], at))[:most]


def hits(count: int) -> dict[str, tuple[int, int, int]]:
    """By group: questions, answered among the first three, and by the floor. Needs a scope; writes
    as many passages as there are in all.
    """
    from activities.evidence.indexing import keep_passages
    from activities.evidence.passages import Cut
    from activities.evidence.ranking import rank
    from activities.evidence.terms import asked_in, language_in
    from advocacy.tenancy.ids import uuid7
    from bench.evidence_cases import around, cases

    asked = cases()
    # What stands around comes first, so that a tie is not the answer's.
    texts = [*around(count - len(asked)), *((lang, text) for lang, text, _q in asked)]
    ids = [uuid7() for _text in texts]
    keep_passages(
        "outcome",
        (
            (pk, (0, Cut("", text, "", language_in(text))))
            for pk, (_language, text) in zip(ids, texts, strict=True)
        ),
    )
    from activities.evidence.models import Passage

    of = dict(Passage.objects.filter(object_id__in=ids).values_list("pk", "object_id"))
    plain, first = [text for _language, text in texts], len(texts) - len(asked)
    found: dict[str, tuple[int, int, int]] = {}
    for number, (language, _text, question) in enumerate(asked):
        group = "across" if number >= 48 else language
        best = [of[each.passage_id] for each in rank(asked_in(question), limit=3)]
        mine = ids[first + number] in best
        least = first + number in floor(question, plain)
        total, ours, theirs = found.get(group, (0, 0, 0))
        found[group] = (total + 1, ours + mine, theirs + least)
    return found


def table(found: dict[str, tuple[int, int, int]]) -> str:
    """In Markdown, with all of them below."""
    rows = [*found.items(), ("all", tuple(map(sum, zip(*found.values(), strict=True))))]
    lines = [f"| {name} | {total} | {ours} | {least} |" for name, (total, ours, least) in rows]
    head = (
        "| questions | asked | among the first three | floor: shared words |\n|---|---:|---:|---:|"
    )
    return "\n".join([head, *lines])


def timed(rounds: int) -> tuple[float, float]:
    """Milliseconds of the slowest half's middle over all questions, and of the floor."""
    from time import perf_counter

    from django.db import connection

    from activities.evidence.ranking import rank
    from activities.evidence.terms import asked_in
    from advocacy.tenancy.scope import current_tenant_id
    from bench.evidence_cases import cases

    took: list[float] = []
    for _language, _text, question in cases():
        once = []
        for _round in range(rounds):
            start = perf_counter()
            rank(asked_in(question), limit=80)
            once.append((perf_counter() - start) * 1000)
        took.append(min(once))
    with connection.cursor() as cursor:
        start = perf_counter()
        cursor.execute(
            "SELECT count(*) FROM activities_passageterm WHERE tenant_id = %s AND term = 'deliver'",
            [current_tenant_id()],
        )
        cursor.fetchone()
        least = (perf_counter() - start) * 1000
    return sorted(took)[int(len(took) * 0.75)], least


def main() -> None:
    """Read the sizes and go."""
    parser = argparse.ArgumentParser(prog="bench.evidence", description=__doc__)
    parser.add_argument("--passages", type=int, default=2_000, help="among which is looked")
    parser.add_argument("--timed", type=int, default=100_000, help="passages for the time; 0: none")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--database", default="advocacy_bench")
    given: Any = parser.parse_args()
    django.setup()

    from django.db import connection

    from advocacy.tenancy.models import Tenant
    from advocacy.tenancy.scope import tenant_scope
    from bench.place import a_database, analyze

    with a_database(given.database):
        tenant = Tenant.objects.create(slug="bench", name="Proseware")
        with tenant_scope(tenant):
            print(f"{given.passages:,} passages\n\n{table(hits(given.passages))}", flush=True)
        if given.timed:
            with tenant_scope(tenant):
                more(given.timed - given.passages)
            analyze()
            with tenant_scope(tenant), connection.cursor():
                ours, least = timed(given.rounds)
            print(
                f"\n{given.timed:,} passages: three of four questions within {ours:.0f} ms"
                f" (floor {least:.1f} ms)"
            )


def more(count: int) -> None:
    """So many passages more that answer nothing."""
    from itertools import islice

    from activities.evidence.indexing import keep_passages
    from activities.evidence.passages import Cut
    from advocacy.tenancy.ids import uuid7
    from bench.evidence_cases import around

    texts = around(count)
    while part := list(islice(texts, 5_000)):
        keep_passages("outcome", ((uuid7(), (0, Cut("", text, "", lang))) for lang, text in part))


if __name__ == "__main__":
    main()
