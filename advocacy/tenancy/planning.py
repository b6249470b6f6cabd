"""What PostgreSQL's planner knows of small tables, sooner than autovacuum sees to it.

Joins are done in the order they are written in (``scope``), so a statement of a dozen joins over
tables that nobody has analysed may read all of one for each row of another.
"""

from django.db import connection


def analyze_small_tables(*, changed_only: bool = False) -> None:
    """Look at every table of less than 5,000 rows, or at those that changed since.

    What this transaction wrote is seen, but not among what changed: that is counted at its commit.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT analyze_small_tables(%s)", [changed_only])


def keep_plans_fresh() -> None:
    """The sweep of it."""
    analyze_small_tables(changed_only=True)
