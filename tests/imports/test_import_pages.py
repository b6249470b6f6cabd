"""The import, as a browser sees it: upload, columns, check, import, report."""

import csv
import io
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from advocacy.events.models import Event
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocacy.web.form_versions import VERSION
from advocates.models import Account, Advocate
from imports import leases, reading, uploads, walking, working
from imports.limits import MEGABYTE
from imports.models import ImportChunk, ImportFile, ImportPiece, ImportRun
from imports.services import remove_leftovers
from imports.working import work_on_imports
from tests.support.forms import controls_of, sent
from tests.support.time import Clock

pytestmark = pytest.mark.usefixtures("read_here")

ClientFor = Callable[[Membership | None], Client]
HERE = "/t/acme/settings/import/"

FIRMS = (
    "External_Id__c,Name,Type,Fax\nA-1,Quantum,Customer - Direct,+49 30\nA-2,Kanfase,Prospect,\n"
)
PEOPLE = "External_Id__c,LastName,Account:External_Id__c\nC-1,Lima,A-1\nC-2,Park,=A9\n"


def file(name: str, body: str | bytes) -> SimpleUploadedFile:
    data = body.encode() if isinstance(body, str) else body
    return SimpleUploadedFile(name, data, content_type="text/csv")


class Desk:
    """Alice before the import's pages, and a worker that works when told to."""

    def __init__(self, client: Client, tenant: Tenant) -> None:
        self.client, self.tenant = client, tenant
        self.page = ""

    def choose(self, *files: tuple[str, str | bytes]) -> str:
        """Choose files; the page of the run before a worker has read them."""
        answer = self.client.post(HERE, {"uploads": [file(*each) for each in files]})
        assert answer.status_code == 302, answer.content.decode()
        self.page = answer["Location"]
        return str(self.read())

    def upload(self, *files: tuple[str, str | bytes]) -> str:
        """Choose files and have them read; the page of the run."""
        self.choose(*files)
        self.work()
        return str(self.read())

    def read(self, *, live: bool = False) -> Any:
        """The run's page, or what htmx asks for every second."""
        headers = {"HX-Request": "true", "HX-Target": "div#import-live"} if live else {}
        answer = self.client.get(self.page, headers=headers)
        return answer if live else answer.content.decode()

    def form(self) -> dict[str, str]:
        """What the browser would send from the page of the columns."""
        fields = {}
        for name, body in re.findall(
            r'<select name="([^"]+)"[^>]*>(.*?)</select>', self.read(), re.S
        ):
            chosen = re.search(r'value="([^"]*)" selected', body)
            fields[name] = chosen[1] if chosen else ""
        return fields

    def check(self, **changes: str) -> Any:
        """Press the button below the columns."""
        return self.client.post(self.page, {**self.form(), **changes})

    def press(self, what: str) -> Any:
        """Press one of the run's buttons."""
        return self.client.post(f"{self.page}{what}/")

    def work(self) -> None:
        """Let a worker do what waits."""
        work_on_imports(self.tenant.pk)

    @property
    def run(self) -> ImportRun:
        """The latest run."""
        with tenant_scope(self.tenant):
            run = ImportRun.objects.prefetch_related("files").first()
            assert run is not None
            return run


def rows_of(answer: Any) -> list[list[str]]:
    """The cells of a CSV answer."""
    return list(csv.reader(io.StringIO(answer.content.decode().removeprefix("\ufeff"))))


def test_upload_columns_check_import(desk: Desk) -> None:
    """IMP-1.b, BAD-1.a, AUD-1.a: each step shows what it found, and only the last one writes."""
    page = desk.upload(("people.csv", PEOPLE), ("firms.csv", FIRMS))
    # Accounts come first, with examples and the first rows as they are read.
    assert page.index("firms.csv") < page.index("people.csv")
    assert "Customer - Direct" in page
    assert "Company name" in page
    assert desk.run.state == "uploaded"

    assert desk.check().status_code == 302
    assert "It starts by itself" in desk.read()
    with tenant_scope(desk.tenant):
        assert not Account.objects.exists()
    desk.work()
    page = desk.read()
    assert "1 row would not get in" in page
    # The account of row 2 comes with the same upload; the one of row 3 does not.
    assert "people.csv, row 3" in page
    assert "people.csv, row 2" not in page
    assert "Import 3 records" in page
    with tenant_scope(desk.tenant):
        assert not Account.objects.exists()
        assert not Advocate.objects.exists()
        assert not Event.objects.exclude(verb__startswith="import.").exists()

    assert desk.press("start").status_code == 302
    assert desk.press("start").status_code == 302, "a second click is harmless"
    assert 'role="progressbar"' in desk.read() or "<progress" in desk.read()
    desk.work()
    page = desk.read()
    assert "1 row did not get in" in page
    run = desk.run
    assert (run.state, run.created, run.skipped) == ("done", 3, 1)
    with tenant_scope(desk.tenant):
        assert Advocate.objects.get().account.name == "Quantum"
        verbs = Event.objects.filter(verb__startswith="import.").order_by("at", "pk")
        assert list(verbs.values_list("verb", flat=True)) == [
            "import.uploaded",
            "import.read",
            "import.check_started",
            "import.checked",
            "import.started",
            "import.finished",
        ]
        finished = Event.objects.get(verb="import.finished")
        assert finished.payload == {"created": 3, "updated": 0, "unchanged": 0, "skipped": 1}
        # Of the uploaded rows only the one that did not get in is left.
        assert [line.cells for line in ImportChunk.objects.get().lines] == [["C-2", "Park", "=A9"]]


def test_too_much_is_said_at_the_field(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """BAD-1.a: nothing is saved, and the sentence says how much would be taken."""

    def refused(*bodies: str | bytes) -> str:
        files = [file(f"{n}.csv", body) for n, body in enumerate(bodies)]
        answer = desk.client.post(HERE, {"uploads": files})
        assert answer.status_code == 422
        return str(answer.content.decode())

    assert 'id="id_uploads_error"' in refused()
    assert "At most 10 files" in refused(*[FIRMS] * 11)
    monkeypatch.setattr(reading, "MAX_BYTES", MEGABYTE)
    monkeypatch.setattr(uploads, "MAX_TOTAL", 3 * MEGABYTE)
    page = refused(FIRMS, b"x" * (MEGABYTE + 1))
    assert "1.csv is larger than 1 MB" in page
    assert "0.csv is" not in page
    assert "together are larger than 3 MB" in refused(*[b"x" * MEGABYTE] * 4)
    with tenant_scope(desk.tenant):
        assert not ImportRun.objects.exists()
        assert not ImportPiece.objects.exists()
    monkeypatch.setattr(uploads, "MAX_WAITING", 1)
    desk.choose(("firms.csv", FIRMS))
    assert "1 uploads wait to be read" in refused(FIRMS)
    desk.work()
    desk.choose(("firms.csv", FIRMS))


def test_columns_by_hand_are_remembered(desk: Desk, clock: Clock) -> None:
    """IMP-1.a: headings nobody recognises are said by hand, and offered the next time."""
    body = "Kundennummer,Firma,Ort,Ort\nA-1,Quantum,Wien,Graz\n"
    page = desk.upload(("kunden.csv", body))
    assert "Say what this file holds" in page
    with tenant_scope(desk.tenant):
        pk = ImportFile.objects.get().pk
    kind = f"{HERE}files/{pk}/kind/"
    assert desk.client.post(kind, {"kind": "planets"}).status_code == 422
    assert desk.client.post(kind, {"kind": "accounts"}).status_code == 302
    page = desk.read()
    assert "No column is “Id in the CRM” yet" in page
    assert "No column is “Company name” yet" in page

    answer = desk.check(
        **{"f1-accounts-0": "external_id", "f1-accounts-1": "name", "f1-accounts-2": "name"}
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Two columns are “Company name”" in page
    assert '<option value="external_id" selected>' in page, "what was chosen is kept"
    assert desk.check(**{"f1-accounts-0": "planet", "f1-accounts-1": "name"}).status_code == 422
    assert desk.run.state == "uploaded"
    chosen = {
        "f1-accounts-0": "external_id",
        "f1-accounts-1": "name",
        "f1-accounts-2": "",
        "f1-accounts-3": "city",
    }
    assert desk.check(**chosen).status_code == 302
    desk.work()
    desk.press("start")
    desk.work()
    with tenant_scope(desk.tenant):
        assert Account.objects.get().city == "Graz"

    clock.advance(days=40)
    # Other order, same headings.
    page = desk.upload(("kunden.csv", "Ort,Firma,Kundennummer,Ort\nWien,Kanfase,A-2,Linz\n"))
    assert "as you mapped such a file on" in page and ">Mon 2 Mar</time>" in page
    assert desk.form() | {"source": ""} == {
        "f1-accounts-0": "",
        "f1-accounts-1": "name",
        "f1-accounts-2": "external_id",
        "f1-accounts-3": "city",
        "source": "",
    }
    assert "as you mapped" not in desk.upload(("other.csv", "Ort,Firma\nWien,Kanfase\n"))


def test_columns_of_what_the_file_was_said_to_hold_before(desk: Desk) -> None:
    """IMP-1.a, BAD-1: somebody says meanwhile that it holds something else; what was chosen on the
    page of before reaches no column of that, and what was left alone follows.
    """
    desk.upload(("people.csv", PEOPLE))
    form = sent(controls_of(desk.read(), VERSION))
    with tenant_scope(desk.tenant):
        file = ImportFile.objects.get()
    desk.client.post(f"{HERE}files/{file.pk}/kind/", {"kind": "accounts"})
    chosen = {**form, "f1-contacts-1": "first_name"}
    answer = desk.client.post(desk.page, chosen)
    assert answer.status_code == 409
    assert "was removed meanwhile" in answer.text
    assert desk.run.state == "uploaded"
    # Two who agree about what it holds, and not about a column.
    form = sent(controls_of(desk.read(), VERSION))
    with tenant_scope(desk.tenant):
        ImportFile.objects.update(columns=["external_id", "city", ""])
    answer = desk.client.post(desk.page, {**form, "f1-accounts-1": "name"})
    assert (answer.status_code, answer.text.count('class="collision"')) == (409, 1)
    assert desk.client.post(desk.page, sent(controls_of(answer.text, VERSION))).status_code == 302
    with tenant_scope(desk.tenant):
        assert ImportFile.objects.get().columns == ["external_id", "name", ""]


def test_back_to_the_columns(desk: Desk) -> None:
    """IMP-1.a: what a check says can be put right, also while it is under way."""
    desk.upload(("firms.csv", FIRMS))
    desk.check(**{"f1-accounts-2": ""})
    assert desk.press("cancel").status_code == 409, "a check is not cancelled, it is left"
    assert desk.press("columns").status_code == 302
    desk.work()
    assert desk.run.state == "uploaded"
    desk.check()
    desk.work()
    assert desk.run.state == "checked"
    assert desk.check().status_code == 409, "the columns are settled"
    desk.press("columns")
    desk.check(**{"f1-accounts-2": "lifecycle"})
    desk.work()
    desk.press("start")
    desk.work()
    assert desk.press("columns").status_code == 409
    with tenant_scope(desk.tenant):
        assert Account.objects.get(name="Quantum").lifecycle == "customer"


def test_check_tells_what_the_import_will_do(desk: Desk, small_batches: None) -> None:
    """IMP-1.b, BAD-1.a: new, changed, same, twice in the file, unknown reference, unreadable
    cell.
    """
    first = "Id,Name,NumberOfEmployees\n1,One,10\n2,Two,20\n3,Three,30\n"
    desk.upload(("firms.csv", first))
    desk.check()
    desk.work()
    desk.press("start")
    desk.work()
    again = "Id,Name,NumberOfEmployees\n1,One,10\n2,Two,21\n4,Four,40\n4,Four,41\n5,Five,many\n"
    people = "Id,LastName,AccountId,Account Name\nP1,Lima,4,\nP2,Park,5,\nP3,Berg,,Four\n"
    desk.upload(("firms.csv", again), ("people.csv", people))
    desk.check()
    desk.work()

    def counts() -> list[tuple[int, ...]]:
        return [(f.created, f.updated, f.unchanged, f.skipped) for f in desk.run.files.all()]

    promised = counts()
    assert promised == [(1, 1, 1, 2), (2, 0, 0, 1)]
    page = desk.read()
    assert "This id stands in row 4 already." in page
    assert "is no whole number" in page
    assert "There is no account with the id 5." in page
    desk.press("start")
    desk.work()
    assert counts() == promised, "the check says what the import does"


def test_rejected_rows_come_back(desk: Desk, small_batches: None) -> None:
    """IMP-1.b, REP-1: the rows that did not get in, in their own columns, safe to open; corrected
    and uploaded again they get in, as they were meant.
    """
    body = (
        "Id,LastName,Phone,AccountId\n"
        "1,Lima,+49 30 1,A-1\n2,=Park,+49 30 2,A-9\n3,Berg,-5,A-1\n4,'Adda,@x,A-9\n"
    )
    desk.upload(("firms.csv", FIRMS), ("people.csv", body))
    desk.check()
    desk.work()
    desk.press("start")
    desk.work()
    page = desk.read()
    assert "The 2 rows that did not get in" in page
    link = re.search(r'href="([^"]+not-imported\.csv)"', page)
    assert link
    answer = desk.client.get(link[1])
    assert answer["Content-Disposition"] == 'attachment; filename="people-not-imported.csv"'
    rows = rows_of(answer)
    assert rows[0][3:] == ["Id", "LastName", "Phone", "AccountId"]
    assert rows[1][0] == "3"
    assert rows[1][1] == "AccountId: There is no account with the id A-9."
    assert rows[1][3:] == ["2", "'=Park", "'+49 30 2", "A-9"]
    assert rows[2][3:] == ["4", "'Adda", "'@x", "A-9"]

    corrected = answer.content.decode().replace("A-9", "A-2")
    page = desk.upload(("people-not-imported.csv", corrected))
    assert "as you mapped such a file on" in page, "the columns in front are known and left out"
    desk.check()
    desk.work()
    desk.press("start")
    desk.work()
    with tenant_scope(desk.tenant):
        people = {row.last_name: row.phone for row in Advocate.objects.all()}
    assert people == {"Lima": "+49 30 1", "=Park": "+49 30 2", "Berg": "-5", "'Adda": "@x"}


def test_remarks_are_a_file_too(desk: Desk) -> None:
    """BAD-1.a, REP-1: every remark in a file that is safe to open."""
    desk.upload(("people.csv", "Id,LastName,=cmd\n1,,x\n"), ("firms.csv", FIRMS))
    desk.check(**{"f1-contacts-2": "account"})
    desk.work()
    rows = rows_of(desk.client.get(f"{desk.page}errors.csv"))
    assert [row[:3] for row in rows[1:]] == [["people.csv", "2", "LastName"]]


def test_progress_is_drawn_until_it_is_over(desk: Desk, small_batches: None) -> None:
    """IMP-1.c, UI-1: a real progress bar; at the end htmx is sent to the report."""
    desk.upload(("firms.csv", FIRMS + "A-3,Isdom,Prospect,\n"))
    desk.check()
    waiting = desk.read(live=True)
    assert b"<html" not in waiting.content
    assert b'value="0" max="3"' in waiting.content
    lease = working.claim(desk.tenant.pk)
    assert lease is not None
    assert working.work_on(lease, ends=0) is False, "its time is over after one batch"
    assert b'value="2" max="3"' in desk.read(live=True).content
    desk.work()
    over = desk.read(live=True)
    assert (over.status_code, over["HX-Redirect"]) == (204, desk.page)


def test_stop_keeps_what_got_in(desk: Desk, small_batches: None) -> None:
    """IMP-1.c: a stopped import says what got in, and a stopped worker finds nothing to do."""
    desk.upload(("firms.csv", FIRMS + "A-3,Isdom,Prospect,\nA-4,Silis,,\nA-5,Konex,,\n"))
    desk.check()
    desk.work()
    desk.press("start")
    lease = working.claim(desk.tenant.pk)
    assert lease is not None
    working.work_on(lease, ends=0)
    assert working.claim(desk.tenant.pk) is not None, "it was let go"
    assert desk.press("cancel").status_code == 302
    desk.work()
    page = desk.read()
    assert "Stopped after 2 of 5 rows" in page
    with tenant_scope(desk.tenant):
        assert Account.objects.count() == 2
        assert not ImportChunk.objects.exists(), "the rest of the upload is removed"
        assert Event.objects.get(verb="import.cancelled").payload["created"] == 2
    assert desk.press("cancel").status_code == 409
    assert desk.press("retry").status_code == 409


def test_failure_is_visible_and_goes_on(
    desk: Desk, small_batches: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """BAD-2.a, IMP-1.c: something nobody foresaw stops the run in plain sight; a button goes on
    with it.
    """
    desk.upload(("firms.csv", FIRMS + "A-3,Isdom,Prospect,\n"))
    desk.check()
    desk.work()
    desk.press("start")
    real, calls = walking.save, []

    def break_down(*args: Any) -> Any:
        calls.append(1)
        if len(calls) == 2:
            raise ZeroDivisionError
        return real(*args)

    monkeypatch.setattr(walking, "save", break_down)
    desk.work()
    page = desk.read()
    assert "Something went wrong that nobody foresaw" in page
    assert "2 of 3 rows are through" in page
    assert desk.press("retry").status_code == 302
    desk.work()
    run = desk.run
    assert (run.state, run.created, run.rows_done) == ("done", 3, 3)
    with tenant_scope(desk.tenant):
        verbs = Event.objects.filter(verb__startswith="import.").order_by("at", "pk")
        assert list(verbs.values_list("verb", flat=True))[-4:] == [
            "import.started",
            "import.failed",
            "import.retried",
            "import.finished",
        ]


def test_a_run_that_kills_its_workers_is_given_up(desk: Desk, clock: Clock) -> None:
    """BAD-2.a: a run no worker survives ends in plain sight instead of killing on."""
    desk.upload(("firms.csv", FIRMS))
    desk.check()
    for _attempt in range(leases.MAX_ATTEMPTS):
        assert working.claim(desk.tenant.pk) is not None
        assert working.claim(desk.tenant.pk) is None, "somebody has it"
        clock.advance(leases.LEASE)
    assert working.claim(desk.tenant.pk) is None
    assert desk.run.state == "failed"
    assert "nothing was written" in desk.read()
    assert desk.press("retry").status_code == 302
    desk.work()
    assert desk.run.state == "checked"


def test_who_lost_the_lease_writes_nothing(desk: Desk, small_batches: None, clock: Clock) -> None:
    """BAD-2.a: a worker that comes back from the dead finds its run taken over."""
    desk.upload(("firms.csv", FIRMS))
    desk.check()
    late = working.claim(desk.tenant.pk)
    assert late is not None
    clock.advance(leases.LEASE)
    desk.work()
    assert desk.run.state == "checked"
    assert working.work_on(late) is True
    assert desk.run.rows_done == 2


def test_leftovers_are_removed(desk: Desk, clock: Clock) -> None:
    """IMP-1: uploads nobody imports go after a week, rows that did not get in after a month."""
    desk.upload(("firms.csv", FIRMS), ("people.csv", PEOPLE))
    desk.check()
    desk.work()
    desk.press("start")
    desk.work()
    desk.upload(("forgotten.csv", FIRMS))
    for days, runs, chunks in ((6, 2, 2), (2, 1, 1), (23, 1, 0)):
        clock.advance(timedelta(days=days))
        with tenant_scope(desk.tenant):
            remove_leftovers(desk.tenant.pk)
            assert (ImportRun.objects.count(), ImportChunk.objects.count()) == (runs, chunks)
    with tenant_scope(desk.tenant):
        assert Event.objects.filter(verb="import.discarded").count() == 1


def test_throw_away(desk: Desk) -> None:
    """IMP-1: an upload can be thrown away as long as nothing of it is imported."""
    desk.upload(("firms.csv", FIRMS))
    assert desk.press("discard")["Location"] == HERE
    with tenant_scope(desk.tenant):
        assert not ImportRun.objects.exists()
    assert "Nothing was imported yet" in desk.client.get(HERE).content.decode()
    desk.upload(("firms.csv", FIRMS))
    desk.check()
    desk.work()
    desk.press("start")
    assert desk.press("discard").status_code == 409
    assert "firms.csv" in desk.client.get(HERE).content.decode()


def test_remarks_speak_the_language_of_whoever_imports(
    desk: Desk, alice: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    """UI-4: a worker has no browser to tell it the language."""
    from django.utils import translation

    spoken = []
    real = walking._step
    monkeypatch.setattr(
        walking, "_step", lambda *args: (spoken.append(translation.get_language()), real(*args))[1]
    )
    alice.user.language = "de"
    alice.user.save(update_fields=["language"])
    desk.upload(("firms.csv", FIRMS))
    desk.check()
    desk.work()
    assert set(spoken) == {"de"}


def test_only_the_program_imports(bob: Membership, client_for: ClientFor) -> None:
    """ID-2.a: imports.run."""
    assert client_for(bob).get(HERE).status_code == 403
    assert client_for(bob).post(HERE, {"uploads": [file("a.csv", "x")]}).status_code == 403
