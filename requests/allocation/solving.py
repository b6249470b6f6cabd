"""The best allocation there is, found by HiGHS (MAT-4.a, docs/decisions/0037)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from requests.allocation.problem import Pair, Problem, ranks

#: A choice is 0 or 1; the solver answers in floating point.
_CHOSEN = 0.5
#: Prices of whole numbers are whole; what is nearer to 0 is none.
_PRICE = 1e-6


def best(problem: Problem) -> list[Pair]:
    """An allocation of the greatest worth (``problem.worth``); the same one for the same problem.

    One aim after the other: what one has reached is a condition of the next, so that no weight has
    to say how much fit outweighs an urgent place.
    """
    if not problem.pairs:
        return []
    chosen = _without_branching(problem)
    if chosen is None:
        chosen = _by_branching(problem)
    return [problem.pairs[n] for n in chosen]


def _without_branching(problem: Problem) -> list[int] | None:
    """The best where a choice may be half taken; nothing unless all turn out to be taken whole.

    What one aim has reached holds for the next without a row that says so, which would spoil the
    structure that makes the choices whole: what has a price stays as it is. A limit with a price
    stays used up, a choice with a price stays taken or left.
    """
    import numpy
    from scipy.optimize import linprog
    from scipy.sparse import csr_array

    limits = _limits(problem)
    entries = [(r, n, value) for r, (row, _l, _m) in enumerate(limits) for n, value in row.items()]
    row_of, column_of, values = zip(*entries, strict=True)
    shape = (len(limits), len(problem.pairs))
    matrix = csr_array((values, (row_of, column_of)), shape=shape, dtype=float)
    most = numpy.array([most for _row, _least, most in limits], dtype=float)
    used_up = numpy.zeros(shape[0], dtype=bool)
    low, high = numpy.zeros(shape[1]), numpy.ones(shape[1])
    taken = low
    for aim in _aims(problem):
        loose, tight = numpy.flatnonzero(~used_up), numpy.flatnonzero(used_up)
        found = linprog(
            -numpy.asarray(aim, dtype=float),
            A_ub=matrix[loose] if len(loose) else None,
            b_ub=most[loose] if len(loose) else None,
            A_eq=matrix[tight] if len(tight) else None,
            b_eq=most[tight] if len(tight) else None,
            bounds=numpy.column_stack((low, high)),
            method="highs-ds",
        )
        if found.x is None:
            return None
        taken = found.x
        if len(loose):
            used_up[loose[numpy.abs(found.ineqlin.marginals) > _PRICE]] = True
        left, whole = (numpy.abs(side.marginals) > _PRICE for side in (found.lower, found.upper))
        # Of one that is fixed already both sides can have a price; it stays where it is.
        free = low < high
        high = numpy.where(left & free, low, high)
        low = numpy.where(whole & free, high, low)
    if numpy.abs(taken - numpy.round(taken)).max() > _PRICE:
        return None
    return [n for n, value in enumerate(taken) if value > _CHOSEN]


def _by_branching(problem: Problem) -> list[int]:
    """The best of all whole choices, also where units make them cut across each other."""
    rows = _limits(problem)
    chosen: list[int] = []
    for aim in _aims(problem):
        chosen = _solve(aim, rows)
        reached = sum(aim[n] for n in chosen)
        rows.append((dict(enumerate(aim)), reached, None))
    return chosen


#: Coefficients by pair, and the least and the most that their sum may be.
_Row = tuple[dict[int, int], int | None, int | None]


def _aims(problem: Problem) -> Iterable[Sequence[int]]:
    """What is to be made as great as possible, the most important first: a number for each pair."""
    needs, pairs = problem.needs, problem.pairs
    for rank in ranks(problem):
        aim = [int(needs[pair.need].rank == rank) for pair in pairs]
        if any(aim):
            yield aim
    # How many are filled of each rank is settled by now.
    yield [-needs[pair.need].days for pair in pairs]
    yield [pair.fit for pair in pairs]


def _limits(problem: Problem) -> list[_Row]:
    of_need: defaultdict[Any, dict[int, int]] = defaultdict(dict)
    of_person: defaultdict[Any, dict[int, int]] = defaultdict(dict)
    of_account: defaultdict[Any, dict[int, int]] = defaultdict(dict)
    units: defaultdict[Any, dict[int, int]] = defaultdict(dict)
    for n, pair in enumerate(problem.pairs):
        of_need[pair.need][n] = 1
        of_person[pair.person][n] = 1
        if pair.account in problem.rooms:
            of_account[pair.account][n] = 1
            if problem.needs[pair.need].units:
                units[pair.account][n] = problem.needs[pair.need].units
    return [
        *((row, None, problem.needs[need].places) for need, row in of_need.items()),
        *((row, None, 1) for row in of_person.values() if len(row) > 1),
        *((row, None, problem.rooms[account].asks) for account, row in of_account.items()),
        *((row, None, problem.rooms[account].units) for account, row in units.items()),
    ]


def _solve(aim: Sequence[int], rows: Sequence[_Row]) -> list[int]:
    # Here and not above: 50 MB and half a second that only whoever allocates has to pay.
    import numpy
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    entries = [
        (r, n, value) for r, (row, _least, _most) in enumerate(rows) for n, value in row.items()
    ]
    row_of, column_of, values = zip(*entries, strict=True)
    matrix = csr_array((values, (row_of, column_of)), shape=(len(rows), len(aim)), dtype=float)
    low = [-numpy.inf if least is None else least for _row, least, _most in rows]
    high = [numpy.inf if most is None else most for _row, _least, most in rows]
    found = milp(
        c=-numpy.asarray(aim, dtype=float),
        constraints=LinearConstraint(matrix, low, high),
        integrality=numpy.ones(len(aim)),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": 0},
    )
    if found.x is None:
        # Asking nobody breaks no limit, and what was reached can be reached: never by itself.
        raise RuntimeError(f"the solver found nothing: {found.message}")
    return [n for n, value in enumerate(found.x) if value > _CHOSEN]
