"""Importing moments of accounts."""

from advocacy.events.models import Event
from advocacy.tenancy.models import Tenant
from advocates.models import Moment
from imports.selectors import files_of, issues_of
from tests.imports.test_import import ACCOUNTS, load

MOMENTS = """AccountId,Moment,Moment date,Note
A-1,Business review,2026-01-05,Twice as fast
A-2,renewal,2026-02-01,
A-9,renewal,2026-02-01,
A-1,party,2026-02-01,
A-1,review,2026-01-05,
"""


def test_moments_are_imported_once(scope: Tenant) -> None:
    """MOM-1.a: by import; what is wrong is said at its row, and nothing is doubled."""
    run = load(("firms.csv", ACCOUNTS), ("moments.csv", MOMENTS))
    assert [(f.kind, f.created, f.unchanged) for f in files_of(run)] == [
        ("accounts", 3, 0),
        ("moments", 2, 1),
    ]
    wrong = list(issues_of(run).filter(file__kind="moments").values_list("row", "column"))
    assert [row for row, _column in wrong] == [4, 5]
    first = Moment.objects.get(kind="review")
    assert (first.account.name, first.note, first.state) == (
        "Quantum Textiles",
        "Twice as fast",
        "open",
    )
    assert Event.objects.filter(verb="moment.recorded").count() == 2
    again = load(("moments.csv", MOMENTS.replace("Twice", "Three times")))
    assert [(f.created, f.updated, f.unchanged) for f in files_of(again)] == [(0, 1, 2)]
    told = Event.objects.get(verb="moment.updated")
    assert told.payload["fields"] == ["note"]
    assert "fast" not in str(told.payload)
