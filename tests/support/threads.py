"""Doing something many times at the same moment."""

import threading
from collections.abc import Callable
from typing import TypeVar

from django.db import connection

Answer = TypeVar("Answer")


def at_once(count: int, post: Callable[[int], Answer]) -> list[Answer]:
    """What ``post(0)``, ``post(1)``… answer, smallest first, when all come at the same moment."""
    start = threading.Barrier(count, timeout=30)
    answers: list[Answer] = []

    def go(number: int) -> None:
        try:
            start.wait()
            answers.append(post(number))
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=[number]) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(answers)  # type: ignore[type-var]
