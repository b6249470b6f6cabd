"""The best allocation, as bare numbers (MAT-4)."""

import random
import uuid
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from requests.allocation.problem import (
    Need,
    Pair,
    Problem,
    Room,
    Taking,
    first_come,
    worth,
)
from requests.allocation.solving import _by_branching, best
from tests.support.breadth import examples

PEOPLE = [uuid.UUID(int=n) for n in range(1, 6)]
ACCOUNTS = [uuid.UUID(int=n) for n in range(101, 104)]


def fits_in(problem: Problem, chosen: list[Pair]) -> bool:
    taking = Taking(problem)
    for pair in chosen:
        if not taking.may(pair):
            return False
        taking.take(pair)
    return True


def by_hand(problem: Problem) -> tuple[int, ...]:
    """The greatest worth of all choices there are."""
    pairs = problem.pairs
    choices = (
        [pair for pair, taken in zip(pairs, each, strict=True) if taken]
        for each in product((False, True), repeat=len(pairs))
    )
    return max(worth(problem, chosen) for chosen in choices if fits_in(problem, chosen))


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    need = st.builds(
        Need,
        places=st.integers(0, 3),
        rank=st.integers(0, 2),
        days=st.integers(0, 3),
        units=st.integers(0, 2),
    )
    needs = draw(st.lists(need, min_size=1, max_size=3))
    works_at = {person: draw(st.sampled_from(ACCOUNTS)) for person in PEOPLE}
    possible = st.tuples(st.integers(0, len(needs) - 1), st.sampled_from(PEOPLE))
    chosen = draw(st.lists(possible, unique=True, max_size=8))
    pairs = [Pair(n, who, works_at[who], draw(st.integers(40, 45))) for n, who in chosen]
    room = st.builds(Room, asks=st.integers(0, 3), units=st.integers(0, 3))
    return Problem(needs, pairs, {account: draw(room) for account in ACCOUNTS})


@settings(max_examples=examples(60), deadline=None)
@given(problems())
def test_nothing_is_worth_more(problem: Problem) -> None:
    """MAT-4.a: what the solver finds is the best of all choices, each tried by hand; MAT-4.b:
    within places, companies' limits and one ask a person.
    """
    found = best(problem)
    assert fits_in(problem, found)
    assert worth(problem, found) == by_hand(problem)
    if problem.pairs:
        branched = [problem.pairs[n] for n in _by_branching(problem)]
        assert worth(problem, branched) == worth(problem, found)


def test_never_below_first_come_first_served() -> None:
    """MAT-4.a: on cases too large to try by hand, greedy in any order is never worth more, and is
    worth less sometimes.
    """
    chance, gained = random.Random(4), 0
    for _case in range(6):
        people = [uuid.UUID(int=chance.getrandbits(128)) for _ in range(90)]
        works_at = {who: chance.choice(people[:40]) for who in people}
        needs = [
            Need(chance.randint(1, 3), chance.randint(0, 3), chance.randint(1, 40), 1)
            for _ in range(40)
        ]
        pairs = [
            Pair(n, who, works_at[who], chance.randint(40, 100))
            for n in range(len(needs))
            for who in chance.sample(people, 12)
        ]
        rooms = {who: Room(chance.randint(1, 3), chance.randint(0, 6)) for who in people[:40]}
        problem = Problem(needs, pairs, rooms)
        found = best(problem)
        assert fits_in(problem, found)
        for order in (list(range(40)), chance.sample(range(40), 40)):
            theirs = worth(problem, first_come(problem, order))
            assert worth(problem, found) >= theirs
            gained += worth(problem, found) > theirs
    assert gained


def test_one_person_two_requests() -> None:
    """MAT-4.a: the only one who can do the second is left by the first, which has another."""
    both, other = PEOPLE[:2]
    needs = [Need(1, 0, 5, 1), Need(1, 0, 5, 1)]
    at = ACCOUNTS[0]
    pairs = [Pair(0, both, at, 90), Pair(0, other, at, 50), Pair(1, both, at, 60)]
    problem = Problem(needs, pairs, {at: Room(5, 5)})
    greedy = first_come(problem, [0, 1])
    assert [pair.person for pair in greedy] == [both]
    assert {(pair.need, pair.person) for pair in best(problem)} == {(0, other), (1, both)}
    # Where the company has room for one ask only, the better fit of equals in urgency gets it.
    tight = Problem(needs, pairs, {at: Room(1, 5)})
    assert [(pair.need, pair.person) for pair in best(tight)] == [(0, both)]


def test_nobody_to_ask() -> None:
    assert best(Problem([Need(1, 0, 5, 1)], [], {})) == []
