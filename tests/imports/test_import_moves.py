"""Where an import may go next (IMP-1): by its state, and by what is being done in it."""

import pytest

from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict
from advocacy.tenancy.models import Tenant
from imports import services
from imports.lifecycle import IMPORT
from imports.models import ImportRun
from tests.factories.imports import ImportRunFactory

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system("tests")


def run(state: str, phase: str) -> ImportRun:
    made: ImportRun = ImportRunFactory.create(state=state, phase=phase, finished_at=None)
    return made


@pytest.mark.parametrize(
    ("state", "phase", "moves"),
    [
        ("queued", "read", {"take", "fail"}),
        ("running", "read", {"take", "read", "refuse", "fail"}),
        ("failed", "read", {"retry"}),
        ("uploaded", "check", {"check", "reread", "start_unchecked"}),
        ("queued", "check", {"reopen", "take", "fail"}),
        ("running", "check", {"reopen", "take", "finish_check", "fail"}),
        ("checked", "check", {"reopen", "start"}),
        ("failed", "check", {"reopen", "retry"}),
        ("queued", "import", {"cancel", "take", "fail"}),
        ("running", "import", {"cancel", "take", "finish", "fail"}),
        ("failed", "import", {"cancel", "retry"}),
        ("done", "import", set()),
        ("cancelled", "import", set()),
        ("refused", "read", set()),
    ],
)
def test_what_is_legal(scope: Tenant, state: str, phase: str, moves: set[str]) -> None:
    """IMP-1: a check goes back to its columns, an import is stopped, reading does neither."""
    assert {move.name for move in IMPORT.legal(run(state, phase))} == moves


def test_the_refusal_names_what_can_be_done(scope: Tenant) -> None:
    """BAD-1: and nothing that the phase does not allow, nor what workers do."""
    failed = run("failed", "check")
    with pytest.raises(Conflict) as refused:
        services.cancel_import(actor=SYSTEM, run=failed)
    assert refused.value.message == (
        "The import is “Did not finish”: “Stop” is not possible now, but: "
        "Change the columns, Go on."
    )
    assert failed.reload().state == "failed"


def test_a_page_older_than_the_run_still_stops_it(scope: Tenant) -> None:
    """BAD-2: a worker took it since; whoever presses the button means the run as it is."""
    stale = run("queued", "import")
    ImportRun.objects.filter(pk=stale.pk).update(state="running")
    assert services.cancel_import(actor=SYSTEM, run=stale).state == "cancelled"
