"""Aggregates of PostgreSQL that Django has no name for."""

from django.db.models import Aggregate


class Median(Aggregate):
    """``percentile_cont(0.5)``: also of lengths of time. Null of no rows."""

    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
