"""Importing what a CRM exports, on small files."""

import csv
import io
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from advocacy.events.models import Event
from advocacy.search.models import SearchTerm
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError, NotAllowed
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import current_tenant_id, tenant_scope
from advocates.models import Account, AccountCapacity, Advocate, AdvocateScore, Capacity
from imports import reading, values, walking, working
from imports import services as imports
from imports.batches import rehearse, save
from imports.child import Options, answers
from imports.limits import Limits
from imports.models import ImportRun
from imports.registry import Batch, Row, find_kind
from imports.selectors import files_of, issues_of
from imports.uploads import Upload
from imports.working import run_import
from requests.models import Opportunity
from requests.opportunities.services import seed_stage_mappings

pytestmark = pytest.mark.usefixtures("read_here")

SYSTEM = Actor.system("test")

ACCOUNTS = """External_Id__c,Name,Type,Industry,AnnualRevenue,NumberOfEmployees,BillingCity,\
BillingState,BillingCountry
A-1,Quantum Textiles,Prospect,Manufacturing,7851184,111,Baltimore,Maryland,United States
A-2,Summit Networks,Customer - Channel,Apparel,13651203,32,Portland,Oregon,United States
A-3,Kanfase,Customer - Direct,Finance,1,2500,Wien,,Austria
"""
CONTACTS = """External_Id__c,FirstName,LastName,Email,Phone,MailingState,MailingCountry,\
Account:External_Id__c
C-1,Frank,Murphy,frank@example.com,(484) 580-5365,Michigan,United States,A-1
C-2,Victor,Stone,victor@example.com,,,,A-3
"""
DEALS = """External_Id__c,Name,Account:External_Id__c,StageName,CloseDate,Amount,Type,LeadSource,\
Probability
O-1,Isdom,A-1,Prospecting,2026-10-06,3000000.0,New Customer,Web,8
O-2,Betasoloin,A-2,Closed Won,2026-09-15,2397117.35,New Customer,Email,100
"""
HUB_COMPANIES = """Record ID,Company name,Company Domain Name,Type,Lifecycle Stage,Industry,\
Number of Employees,City,State/Region,Country/Region
11,Kanfase,kanfase.example,Prospect,Customer,Finance,2500,Wien,,Austria
12,Isdom,isdom.example,,Lead,Retail,10,Graz,,Austria
"""
HUB_CONTACTS = """Record ID,First Name,Last Name,Email,Phone Number,Job Title,Contact owner,\
Associated Company (Primary),Associated Company IDs (Primary),Associated Company IDs
21,Ana,Lima,ana@example.com,+43 1,CIO,Jo,Kanfase,11,12;11
"""
HUB_DEALS = """Record ID,Deal Name,Deal Stage,Pipeline,Close Date,Create Date,Deal owner,Amount,\
Deal Type,Associated Company,Associated Company IDs
31,Isdom renewal,Closed Won,Sales,2026-09-15 14:33,2026-01-02 08:00,Ana,1200.5,\
Existing Business,Kanfase; Isdom,11; 12
"""


def load(*files: tuple[str, Any], **kwargs: Any) -> ImportRun:
    uploads = [
        Upload(name, body.encode() if isinstance(body, str) else body) for name, body in files
    ]
    return run_import(current_tenant_id(), actor=SYSTEM, files=uploads, **kwargs)


def accounts(body: str) -> ImportRun:
    return load(("a.csv", "External_Id__c,Name,Type,NumberOfEmployees,BillingCountry\n" + body))


def told() -> int:
    """Events about records, not about imports themselves."""
    return Event.objects.exclude(verb__startswith="import.").count()


def problems(run: ImportRun) -> list[tuple[int, str, str]]:
    return list(issues_of(run).values_list("row", "column", "severity"))


def test_three_files_in_any_order(scope: Tenant) -> None:
    """IMP-1.a, OPP-1.a: kinds are told from the headings, accounts are saved before what points at
    them.
    """
    seed_stage_mappings()
    run = load(("deals.csv", DEALS), ("people.csv", CONTACTS), ("firms.csv", ACCOUNTS))
    assert [(f.name, f.kind, f.created) for f in files_of(run)] == [
        ("firms.csv", "accounts", 3),
        ("people.csv", "contacts", 2),
        ("deals.csv", "opportunities", 2),
    ]
    assert problems(run) == []
    quantum = Account.objects.get(name="Quantum Textiles")
    assert (quantum.lifecycle, quantum.segment, quantum.country, quantum.region) == (
        "prospect",
        "mid_market",
        "US",
        "na",
    )
    assert Account.objects.filter(lifecycle="customer").count() == 2
    frank = Advocate.objects.get(last_name="Murphy")
    assert (frank.status, frank.account, frank.phone) == ("candidate", quantum, "(484) 580-5365")
    won = Opportunity.objects.get(external_id="O-2")
    assert (won.stage, won.amount, won.currency, won.probability) == (
        "won",
        Decimal("2397117.35"),
        scope.currency,
        100,
    )
    assert AccountCapacity.objects.count() == 3
    assert Capacity.objects.count() == 2


def test_an_import_brings_what_a_score_misses(scope: Tenant) -> None:
    """IDN-1.e, IDN-1.f: what needed data is scored as soon as the import ends."""
    load(("firms.csv", ACCOUNTS), ("people.csv", CONTACTS))
    someone = Advocate.objects.exclude(account=None).order_by("pk")[0]
    before = AdvocateScore.objects.get(advocate=someone)
    assert before.health is None
    assert before.voice is None
    firm = someone.account.identifiers.get().external_id
    person = someone.identifiers.get().external_id
    load(
        (
            "firms.csv",
            f"External_Id__c,Name,HealthScore__c,Adoption__c,AdvocacyAllowed__c\n{firm},{someone.account.name},"
            "95,80,yes\n".encode(),
        ),
        (
            "people.csv",
            "External_Id__c,FirstName,LastName,Account:External_Id__c,CommunicationSkill__c\n"
            f"{person},{someone.first_name},{someone.last_name},{firm},5\n".encode(),
        ),
    )
    row = AdvocateScore.objects.get(advocate=someone)
    assert (row.health, row.outcome, row.voice) == (20, 8, 3)
    assert Account.objects.get(pk=someone.account_id).advocacy_allowed is True


def test_columns_nothing_is_read_from_are_named(scope: Tenant) -> None:
    """IMP-1.a: a company's turnover is not what it pays us; such columns are named, not guessed."""
    run = load(("firms.csv", ACCOUNTS))
    assert run.files.get().unused == ["AnnualRevenue"]
    assert Account.objects.filter(annual_value=None).count() == 3


def test_twice_changes_nothing(scope: Tenant) -> None:
    """IMP-1.c: idempotent by external id; the second run updates no row and tells nothing."""
    files = ("firms.csv", ACCOUNTS), ("people.csv", CONTACTS), ("deals.csv", DEALS)
    load(*files)
    events = told()
    stamps = [
        list(model.objects.order_by("pk").values_list("updated_at", flat=True))
        for model in (Account, Advocate, Opportunity)
    ]
    run = load(*files)
    assert (run.created, run.updated, run.unchanged, run.skipped) == (0, 0, 7, 0)
    assert told() == events
    assert stamps == [
        list(model.objects.order_by("pk").values_list("updated_at", flat=True))
        for model in (Account, Advocate, Opportunity)
    ]


def test_changed_rows_are_updated_and_told(scope: Tenant) -> None:
    """IMP-1.c, AUD-1.a: only what changed is written; a blank cell leaves the value as it is."""
    accounts("A-1,Quantum,Prospect,50,Germany\nA-2,Kanfase,Prospect,50,Germany\n")
    run = accounts("A-1,Quantum,Customer - Direct,,\nA-2,Kanfase,Prospect,50,Germany\n")
    assert (run.updated, run.unchanged) == (1, 1)
    account = Account.objects.get(name="Quantum")
    assert (account.lifecycle, account.employees, account.country) == ("customer", 50, "DE")
    event = Event.objects.get(verb="account.updated")
    assert event.payload["changes"] == {"lifecycle": ["prospect", "customer"]}
    assert Event.objects.filter(verb="import.finished").count() == 2


def test_bad_rows_are_reported_and_skipped(scope: Tenant) -> None:
    """IMP-1.b, BAD-1.a: the row, the column, the problem, what is accepted; the others get in."""
    run = accounts(
        "A-1,Quantum,Prospect,many,Atlantis\n"
        "A-2,,Prospect,50,Germany\n"
        ",Kanfase,Prospect,50,Germany\n"
        "\n"
        "A-3,Isdom,Prospect,50,Germany\n"
        "A-3,Isdom again,Prospect,50,Germany\n"
        "A-4,Silis,Prospect,50,Germany,more\n"
        f"A-5,{'x' * 201},Prospect,50,Germany\n"
    )
    assert [account.name for account in Account.objects.all()] == ["Isdom"]
    assert problems(run) == [
        (2, "BillingCountry", "error"),
        (2, "NumberOfEmployees", "error"),
        (3, "Name", "error"),
        (4, "External_Id__c", "error"),
        (7, "External_Id__c", "error"),
        (8, "", "error"),
        (9, "Name", "error"),
    ]
    assert (run.created, run.skipped) == (1, 6)
    first = issues_of(run).first()
    assert "Atlantis" in first.problem
    assert "Germany" in first.accepted


def test_unknown_type_leaves_the_lifecycle(scope: Tenant) -> None:
    """IMP-1.b: an unknown word is a warning, not a guess."""
    accounts("A-1,Quantum,Customer - Direct,50,Germany\n")
    run = accounts("A-1,Quantum,Friend of the house,50,Germany\n")
    assert problems(run) == [(2, "Type", "warning")]
    assert Account.objects.get().lifecycle == "customer"


@pytest.mark.parametrize(
    ("word", "lifecycle"),
    [("Customer", "customer"), ("Customer - Channel", "customer"), ("Prospect", "prospect")]
    + [("Former Customer", "former"), ("Churned", "former"), ("Channel Partner / Reseller", "x")]
    + [("Technology Partner", "prospect"), ("Lead", "prospect"), ("customer", "customer")],
)
def test_account_types(scope: Tenant, word: str, lifecycle: str) -> None:
    """ACC-1.b, IMP-1.a: "Customer - Direct" and "Customer - Channel" are customers."""
    accounts(f"A-1,Quantum,{word},50,Germany\n")
    assert Account.objects.get().lifecycle == ("prospect" if lifecycle == "x" else lifecycle)


def test_contact_needs_its_account(scope: Tenant) -> None:
    """IMP-1.b: a contact of an account nobody knows is refused with what to do."""
    run = load(("people.csv", CONTACTS))
    assert (run.created, run.skipped) == (0, 2)
    issue = issues_of(run).first()
    assert (issue.column, issue.row) == ("Account:External_Id__c", 2)
    assert "import the accounts first" in issue.accepted


def test_contact_by_the_name_of_its_company(scope: Tenant) -> None:
    """IMP-1.a: HubSpot names the company; the name must be one account's."""
    load(("firms.csv", "Record ID,Company name\n1,Kanfase\n2,Twin\n3,Twin\n"))
    run = load(
        (
            "people.csv",
            """Record ID,First Name,Last Name,Job Title,Associated Company
7,Ana,Lima,CIO,Kanfase
8,Jo,Park,,Twin
""",
        )
    )
    ana = Advocate.objects.get()
    assert (ana.account.name, ana.job_title) == ("Kanfase", "CIO")
    assert ana.identifiers.get().source == "hubspot"
    assert problems(run) == [(3, "Associated Company", "error")]


def test_hubspot_exports(scope: Tenant) -> None:
    """IMP-1.a: companies, contacts and deals under the headings HubSpot writes."""
    seed_stage_mappings()
    run = load(("deals.csv", HUB_DEALS), ("people.csv", HUB_CONTACTS), ("firms.csv", HUB_COMPANIES))
    assert (run.created, run.skipped, problems(run)) == (4, 0, [])
    kanfase = Account.objects.get(name="Kanfase")
    assert (kanfase.lifecycle, kanfase.country, kanfase.employees) == ("customer", "AT", 2500)
    assert Advocate.objects.get().account == kanfase
    deal = Opportunity.objects.get()
    assert (deal.account, deal.source, deal.amount) == (kanfase, "hubspot", Decimal("1200.50"))
    assert deal.closes_on.isoformat() == "2026-09-15"


def test_contact_moves_with_the_crm(scope: Tenant) -> None:
    """ADV-1.d: another account in the CRM is a move; identity stays."""
    load(("firms.csv", ACCOUNTS), ("people.csv", CONTACTS))
    frank = Advocate.objects.get(last_name="Murphy")
    load(("people.csv", CONTACTS.replace("United States,A-1", "United States,A-2")))
    assert frank.reload().account.name == "Summit Networks"
    assert Event.objects.filter(verb="advocate.moved", subject_id=frank.pk).count() == 1


def test_same_email_is_flagged_not_merged(scope: Tenant) -> None:
    """ADV-1.e, API-4.c: the external id wins; the same address is a remark."""
    load(("firms.csv", ACCOUNTS), ("people.csv", CONTACTS))
    run = load(
        (
            "people.csv",
            "External_Id__c,LastName,Email,Account:External_Id__c\nC-9,Murphy,FRANK@example.com,A-1\n",
        )
    )
    assert problems(run) == [(2, "Email", "warning")]
    assert Advocate.objects.filter(email="frank@example.com").count() == 2
    bad = load(
        (
            "people.csv",
            "External_Id__c,LastName,Email,Account:External_Id__c\nC-8,Murphy,frank(at)x,A-1\n",
        )
    )
    assert problems(bad) == [(2, "Email", "error")]


def test_unknown_stage_is_open_with_a_warning(scope: Tenant) -> None:
    """OPP-1.b: a stage nobody mapped counts as open, and the report says where to map it."""
    seed_stage_mappings()
    load(("firms.csv", ACCOUNTS))
    run = load(("deals.csv", DEALS.replace("Prospecting", "Feeling lucky")))
    assert Opportunity.objects.get(external_id="O-1").stage == "open"
    assert problems(run) == [(2, "StageName", "warning")]
    assert "Settings" in issues_of(run).get().accepted


def test_workbook(scope: Tenant) -> None:
    """IMP-1.a: XLSX with typed cells."""
    book = Workbook()
    sheet = book.active
    for row in csv.reader(io.StringIO(ACCOUNTS)):
        sheet.append([int(cell) if cell.isdigit() else cell for cell in row])
    out = io.BytesIO()
    book.save(out)
    assert load(("firms.xlsx", out.getvalue())).created == 3
    assert Account.objects.get(name="Kanfase").segment == "enterprise"


@pytest.mark.parametrize(
    "body",
    [
        "External_Id__c;Name\nA-1;Müller & Söhne\n".encode(),
        "External_Id__c;Name\nA-1;Müller & Söhne\n".encode("utf-8-sig"),
        "External_Id__c;Name\nA-1;Müller & Söhne\n".encode("cp1252"),
        "External_Id__c\tName\r\nA-1\tMüller & Söhne\r\n".encode("utf-16"),
        'external id (c),"NAME"\n"A-1","Müller & Söhne"'.encode(),
    ],
    ids=["utf-8", "utf-8 with mark", "windows-1252", "utf-16 tabs", "quoted"],
)
def test_encodings_and_delimiters(scope: Tenant, body: bytes) -> None:
    """IMP-1.a, BAD-3: what spreadsheets write is read."""
    body = body.replace(b"external id (c)", b"External Id C")
    assert load(("firms.csv", body)).created == 1
    assert Account.objects.get().name == "Müller & Söhne"


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "empty"),
        (b"External_Id__c,Name\n", "no rows"),
        (b"Colour,Taste\nred,sweet\n", "not recognised"),
        (b"PK\x03\x04 not really", "Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old", ".xlsx"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x81", "no text"),
    ],
)
def test_files_that_cannot_be_taken(scope: Tenant, body: bytes, says: str) -> None:
    """BAD-1.a: a sentence for each, and nothing of the other files is saved."""
    with pytest.raises(DomainError) as refused:
        load(("firms.csv", ACCOUNTS), ("odd.csv", body))
    assert says in refused.value.message
    assert "odd.csv" in refused.value.message
    assert not Account.objects.exists()
    assert not ImportRun.objects.exists()


def test_limits(scope: Tenant, monkeypatch: pytest.MonkeyPatch) -> None:
    """BAD-1.a: too many rows or bytes are said, not cut off."""
    monkeypatch.setattr(reading, "LIMITS", Limits(rows=2))
    with pytest.raises(DomainError, match="more than 2 rows"):
        load(("firms.csv", ACCOUNTS))
    monkeypatch.setattr(reading, "MAX_BYTES", 10)
    with pytest.raises(DomainError, match="larger"):
        load(("firms.csv", ACCOUNTS))


@pytest.mark.parametrize(
    ("cell", "amount"),
    [("1200", "1200"), ("1,200.50", "1200.50"), ("1.200,50", "1200.50"), ("€ 1 200", "1200")]
    + [("1'200.5", "1200.50"), ("3000000.0", "3000000"), ("12,5", "12.50"), ("$1,200", "1200")]
    + [("(500)", "-500"), ("-5", "-5"), ("1.234.567", "1234567"), ("200 EUR", "200")],
)
def test_amounts(cell: str, amount: str) -> None:
    """IMP-1.a: amounts in the usual spellings."""
    assert values.money(cell).value == Decimal(amount)


@pytest.mark.parametrize("cell", ["many", "1e5", "12/5", "--3", "€", "NaN", "9" * 20])
def test_no_amounts(cell: str) -> None:
    """BAD-1.a."""
    with pytest.raises(values.BadValue):
        values.money(cell)


@pytest.mark.parametrize(
    ("cell", "day"),
    [("2026-11-23", "2026-11-23"), ("2026-11-23T08:15:00.000Z", "2026-11-23")]
    + [("23.11.2026", "2026-11-23"), ("11/23/2026", "2026-11-23"), ("1/2/2026", "2026-01-02")]
    + [("23 Nov 2026", "2026-11-23"), ("Nov 23, 2026", "2026-11-23"), ("2026/11/23", "2026-11-23")],
)
def test_dates(cell: str, day: str) -> None:
    """IMP-1.a: dates in the usual spellings."""
    assert values.day(cell).isoformat() == day


@pytest.mark.parametrize("cell", ["2026-13-01", "31.02.2026", "soon", "450000", "13/13/2026"])
def test_no_dates(cell: str) -> None:
    """BAD-1.a."""
    with pytest.raises(values.BadValue):
        values.day(cell)


def test_a_column_of_dates_tells_its_order(scope: Tenant) -> None:
    """IMP-1.a: one date past the twelfth settles the column; nothing to tell is a remark."""
    head = "External_Id__c,Name,Customer since\n"
    load(("a.csv", head + "A-1,Quantum,03/04/2026\nA-2,Kanfase,25/04/2026\n"))
    assert Account.objects.get(name="Quantum").customer_since.isoformat() == "2026-04-03"
    run = load(("a.csv", head + "A-3,Isdom,03/04/2026\n"))
    assert Account.objects.get(name="Isdom").customer_since.isoformat() == "2026-03-04"
    assert problems(run) == [(1, "Customer since", "warning")]


def test_log_keeps_no_personal_data(scope: Tenant) -> None:
    """GDPR-1: neither names nor addresses reach the log."""
    load(("firms.csv", ACCOUNTS), ("people.csv", CONTACTS))
    load(("people.csv", CONTACTS.replace("frank@", "frank.m@")))
    for event in Event.objects.all():
        assert "frank" not in str(event.payload).lower()
        assert "murphy" not in str(event.payload).lower()


def test_only_the_program_imports(tenant: Tenant, bob: Membership, alice: Membership) -> None:
    """ID-2.a: imports.run."""
    with tenant_scope(tenant):
        upload = [Upload("a.csv", ACCOUNTS.encode())]
        with pytest.raises(NotAllowed):
            run_import(tenant.pk, actor=Actor.member(bob), files=upload)
        run = run_import(tenant.pk, actor=Actor.member(alice), files=upload)
        assert run.started_by == alice


def test_queries_do_not_grow_with_rows(scope: Tenant, django_assert_max_num_queries: Any) -> None:
    """IMP-1.d: a batch takes a few statements, not some per row, and memory holds one batch."""
    many = "".join(f"A-{n},Account {n},Prospect,50,Germany\n" for n in range(400))
    people = "".join(f"C-{n},Lima {n},p{n}@example.com,A-{n}\n" for n in range(400))
    with django_assert_max_num_queries(140):
        accounts(many)
    with django_assert_max_num_queries(130):
        accounts(many)
    with django_assert_max_num_queries(140):
        accounts(many.replace("Prospect", "Customer"))
    with django_assert_max_num_queries(150):
        load(("contacts.csv", "Id,LastName,Email,AccountId\n" + people))


def test_a_hundred_thousand_rows_are_read_in_pieces() -> None:
    """IMP-1.d: as many rows as a file may have come in pieces of one batch; one more is refused."""
    most = reading.LIMITS.rows
    body = "Id,Name\n" + "".join(f"A-{n},Account\n" for n in range(most + 1))
    options = Options(reading.LIMITS, imports.BATCH, 0)
    *said, last = answers(io.BytesIO(body.encode()), options)
    sizes = [len(answer["rows"]) for answer in said if "rows" in answer]
    assert (most, sum(sizes), set(sizes)) == (100_000, most, {imports.BATCH})
    assert last["refused"] == "rows"


def test_a_check_leaves_no_terms_and_an_import_does(scope: Tenant) -> None:
    """IMP-1.b, UI-3.a: what a check writes nobody finds, and what comes after it everybody."""
    kind = find_kind("accounts")
    assert kind is not None
    row = Row(2, {"external_id": "A-1", "name": "Quantum"})
    rehearse(kind, Batch([row], SYSTEM, "salesforce", {}), {})
    assert not SearchTerm.objects.exists()
    save(kind, Batch([row], SYSTEM, "salesforce", {}))
    assert SearchTerm.objects.filter(term="quantum").exists()


def test_command(tenant: Tenant, tmp_path: Any, capsys: Any) -> None:
    """IMP-1: the same from the command line."""
    path = tmp_path / "firms.csv"
    path.write_text(ACCOUNTS + "A-4,,,,,,,,\n")
    call_command("import_crm", str(path), tenant="acme")
    out, err = capsys.readouterr()
    assert "3 created" in out
    assert "row 5 Name" in err
    with pytest.raises(CommandError):
        call_command("import_crm", str(path), tenant="nowhere")
    with pytest.raises(CommandError):
        call_command("import_crm", str(tmp_path / "missing.csv"), tenant="acme")


def test_command_interrupted(
    tenant: Tenant, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """IMP-1.c: Ctrl-C stops; what got in stays, and nobody goes on with the rest."""
    monkeypatch.setattr(imports, "BATCH", 2)
    path = tmp_path / "firms.csv"
    path.write_text(ACCOUNTS)
    real, steps = walking._step, []

    def step(*args: Any) -> bool:
        steps.append(args)
        if len(steps) == 2:
            raise KeyboardInterrupt
        return real(*args)

    monkeypatch.setattr(walking, "_step", step)
    with pytest.raises(CommandError, match="Stopped"):
        call_command("import_crm", str(path), tenant="acme")
    working.work_on_imports(tenant.pk)
    with tenant_scope(tenant):
        assert ImportRun.objects.get().state == "cancelled"
        assert Account.objects.count() == 2


def test_command_broken(tenant: Tenant, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """BAD-2.a: a failure nobody foresaw is shown on the import page, where one can go on."""
    path = tmp_path / "firms.csv"
    path.write_text(ACCOUNTS)
    monkeypatch.setattr(walking, "_walk_chunk", lambda *_args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        call_command("import_crm", str(path), tenant="acme")
    with tenant_scope(tenant):
        assert ImportRun.objects.get().state == "failed"
