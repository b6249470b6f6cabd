"""What else is checked with the log: rows that must be what the log says of them (AUD-2).

The apps above bring their own, in ``AppConfig.ready()``.
"""

from collections.abc import Callable, Iterable, Iterator

_checks: list[Callable[[], Iterable[str]]] = []


def register_check(find: Callable[[], Iterable[str]]) -> None:
    """Have ``find()`` name, in the scope of a tenant, what is not as the log says."""
    if find not in _checks:
        _checks.append(find)


def further_faults() -> Iterator[str]:
    """All that is not as the log of the scope's tenant says."""
    for find in _checks:
        yield from find()
