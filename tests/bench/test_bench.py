"""The benchmarks still run, and what they print adds up. Nothing here is about speed."""

import os
import re
import subprocess
import sys

import pytest

from advocacy.embedded import paths

ROW = re.compile(
    r"^\| (?P<what>[^|]+) \| (?P<value>[\d,.]+) (?P<unit>/s|ms) \| (?P<floor>[\d,.]+) (?P=unit) "
    r"\| (?P<ratio>[\d.]+) × \| (?P<note>[^|]*) \|$",
    re.MULTILINE,
)
SMALL = (
    *("--advocates", "120", "--completions", "600", "--rounds", "1"),
    *("--requests", "8", "--clients", "4", "--asks", "12"),
    *("--database", "advocacy_bench_smoke"),
)


def number(text: str) -> float:
    return float(text.replace(",", ""))


@pytest.mark.full
def test_every_benchmark_runs_beside_its_floor() -> None:
    """CAP-1, MAT-2, TIER-7: at a tiny size, in a database of its own; each figure has its floor
    and their ratio, matches account for everybody, and exactly six of twelve asks go out.
    """
    run = subprocess.run(
        [sys.executable, "-m", "bench", *SMALL],
        cwd=paths.ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "advocacy.settings.test"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-3000:]
    assert "PostgreSQL" in run.stdout
    assert run.stdout.count("\n### ") == 6

    rows = [found.groupdict() for found in ROW.finditer(run.stdout)]
    assert len(rows) == run.stdout.count("\n| ") - run.stdout.count("\n| what ")
    for row in rows:
        value, floor, ratio = (number(row[name]) for name in ("value", "floor", "ratio"))
        assert value > 0 and floor > 0
        expected = floor / value if row["unit"] == "/s" else value / floor
        # Both are printed rounded.
        assert abs(ratio - expected) <= 0.1 + expected / 10, row
    by_name = {row["what"]: row for row in rows}
    assert sum(name.startswith("API: ") for name in by_name) == 4
    assert sum(name.startswith("page: ") for name in by_name) == 2
    for row in rows:
        if row["what"].startswith("everybody else for"):
            asked, enrolled = map(number, re.findall(r"([\d,]+) of ([\d,]+)", row["note"])[0])
            assert 0 < asked <= enrolled <= 120
        if row["what"].startswith("a reference in"):
            best, bare = map(int, re.findall(r"best fit (\d+) \(floor: (\d+)\)", row["note"])[0])
            assert best == bare
    assert "12 sent, 0 refused" in by_name["asks at one advocate, plenty of units left"]["note"]
    assert "6 sent, 6 refused" in by_name["asks at one advocate, 6 units left"]["note"]
    new = [row["note"] for row in rows if "all of them new" in row["what"]]
    known = [row["note"] for row in rows if "all of them known" in row["what"]]
    assert len(new) == len(known) == 2
    assert all("132 new, 0 as before" in note for note in new)
    assert all("0 new, 132 as before" in note for note in known)
