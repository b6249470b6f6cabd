"""Invented numbers for the charts of ``/dev/styleguide/``."""

from typing import Any

from advocacy.web.charts import Chart, Point, Series
from advocacy.web.shapes import Pace

_MONTHS = ("Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov")
_LOW, _MODERATE, _HIGH = Series("Low effort", 3), Series("Moderate", 2), Series("High effort", 1)


def _months(*series: list[int]) -> list[Point]:
    parts = zip(*series, strict=True)
    return [
        Point(f"{month} 2026", of, month, url="#bars")
        for month, of in zip(_MONTHS, parts, strict=True)
    ]


def charts() -> dict[str, Any]:
    """One of each."""
    low = [4, 6, 3, 9, 8, 7, 14, 9, 4, 10, 9, 12]
    moderate = [2, 3, 2, 4, 3, 3, 6, 4, 2, 5, 4, 6]
    high = [1, 0, 1, 2, 1, 2, 4, 1, 1, 2, 2, 3]
    tiers = [("Platinum", 3), ("Gold", 21), ("Silver", 30), ("Community", 56)]
    return {
        "stacked": Chart(
            "stacked",
            "Activities by month",
            "How many were completed, by month and effort",
            "Month",
            [_LOW, _MODERATE, _HIGH],
            _months(low, moderate, high),
        ),
        "goal": Chart(
            "goal",
            "Won with a reference",
            "Thousand euros a month",
            "Month",
            [Series("Won")],
            _months([210, 260, 180, 340, 290, 310, 720, 330, 150, 380, 350, 680]),
            goal=333,
            goal_words="goal: 333 a month",
        ),
        "lines": Chart(
            "lines",
            "Asks and answers",
            "Asks a month",
            "Month",
            [Series("Sent", 1), Series("Accepted", 2), Series("Declined", 3)],
            _months(*[[n * k + k for n in low] for k in (3, 2, 1)]),
        ),
        "area": Chart(
            "area", "Advocates", "People enrolled", "Month", [Series("People")], _months(low)
        ),
        "rows": Chart(
            "rows",
            "References by outcome",
            "deals",
            "Quarter",
            [Series("won", 1), Series("lost", 0), Series("open", 3)],
            [
                Point("Mar-May", [6, 1, 0], url="#rows"),
                Point("Jun-Aug", [8, 1, 1], url="#rows"),
                Point("Sep-Nov", [9, 1, 7], url="#rows"),
            ],
        ),
        "share": Chart(
            "share",
            "Advocates by tier",
            "People in the program",
            "Tier",
            [Series("People")],
            [Point(name, [n], url="#share") for name, n in tiers],
        ),
        "heat": Chart(
            "heat",
            "Who is asked when",
            "Asks by weekday and time of day",
            "Day",
            [Series(hour) for hour in ("8-10", "10-12", "12-14", "14-16", "16-18")],
            [
                Point(day, [(n * 7 + hour * 5) % 13 for hour in range(5)])
                for n, day in enumerate(("Mon", "Tue", "Wed", "Thu", "Fri"))
            ],
        ),
        "spark": Chart(
            "spark", "Thanked in time", "per cent", "Month", [Series("Share")], _months(high)
        ),
        "ahead": Pace(0.97, 1, "97 % thanked in time, goal 95 %", goal=0.95),
        "behind": Pace(0.62, 1, "62 % thanked in time, goal 95 %", goal=0.95),
        "within": Pace(19.1, 40, "19.1 %, guide 17 to 22 %", low=17, high=22),
    }
