"""One at a time, where there is no row yet to lock."""

from django.db import connection


def stand_in_line(key: str) -> None:
    """One request about a thing at a time, until the transaction ends: what is read after this is
    what the one before saved. Taken before any row is locked.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"form:{key}"])
