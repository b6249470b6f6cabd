"""Small files as real exports contain them, with the right values, and the neighbours of each.

The values are those of the cases that the specification's data has; nothing outside is read.
"""

import io
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import Workbook

from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import current_tenant_id
from advocates.models import Account, Advocate
from imports import reading
from imports.child import find_headings
from imports.limits import Limits
from imports.models import ImportRun
from imports.selectors import issues_of
from imports.uploads import Upload
from imports.working import run_import
from requests.models import Opportunity
from requests.opportunities.services import seed_stage_mappings

pytestmark = pytest.mark.usefixtures("read_here")

DEALS = "Id,Name,StageName,{}\n"


def load(body: str | bytes, name: str = "file.csv", source: str = "salesforce") -> ImportRun:
    data = body.encode() if isinstance(body, str) else body
    files = [Upload(name, data)]
    return run_import(current_tenant_id(), actor=Actor.system("test"), files=files, source=source)


def said(run: ImportRun) -> list[tuple[int, str, str]]:
    return list(issues_of(run).values_list("row", "column", "severity"))


def sentences(run: ImportRun) -> str:
    return "\n".join(issues_of(run).values_list("problem", flat=True))


def deals(column: str, cells: Iterable[str], separator: str = ",") -> ImportRun:
    """Deals of which only one column matters, d1, d2, …"""
    lines = [f"Id{separator}Name{separator}StageName{separator}{column}"]
    for number, cell in enumerate(cells, start=1):
        quoted = f'"{cell}"' if separator in cell else cell
        lines.append(separator.join([f"d{number}", f"Deal {number}", "Closed Won", quoted]))
    return load("\r\n".join(lines) + "\r\n")


def stored(field: str) -> list[Any]:
    return list(Opportunity.objects.order_by("external_id").values_list(field, flat=True))


@pytest.fixture(autouse=True)
def stages(scope: Tenant) -> None:
    seed_stage_mappings()


def test_scale_words(scope: Tenant) -> None:
    """IMP-1.a: amounts with words for thousands and millions are worth what they say."""
    run = deals("Amount", ["1.2M", "$10K", "5 Mio", "2.5bn", "1200"])
    assert stored("amount") == [1_200_000, 10_000, 5_000_000, 2_500_000_000, 1_200]
    assert stored("currency") == ["EUR", "USD", "EUR", "EUR", "EUR"]
    # Of a dollar sign it is said which one it was taken for.
    assert said(run) == [(3, "Amount", "warning")]
    assert "CAD" in sentences(run)


def test_what_stands_beside_an_amount(scope: Tenant) -> None:
    """IMP-1.a, BAD-1.a, BAD-3: a currency in the cell is taken, anything else refuses the row."""
    run = deals(
        "Amount",
        [
            "Rs.5000",
            "1.500,50 €",
            "CHF 1'200.50",
            "T€ 5",
            "5 apples",
            "1,2M-2M",
            "50%",
            "(500) GBP",
        ],
    )
    assert stored("amount") == [5000, Decimal("1500.50"), Decimal("1200.50"), 5000, -500]
    assert stored("currency") == ["INR", "EUR", "CHF", "EUR", "GBP"]
    assert [row for row, _column, severity in said(run) if severity == "error"] == [6, 7, 8]
    assert "An amount such as" in issues_of(run).filter(row=6).get().accepted


def test_two_currencies_in_a_row(scope: Tenant) -> None:
    """BAD-3: the sign is one of those that the row's currency uses, or the row is refused."""
    run = load(
        "Id,Name,StageName,Amount,CurrencyIsoCode\n"
        "a,A,Closed Won,$5,CAD\nb,B,Closed Won,$5,EUR\nc,C,Closed Won,5,€\nd,D,Closed Won,5,$\n"
    )
    assert stored("currency") == ["CAD", "EUR"]
    assert said(run) == [(3, "Amount", "error"), (5, "CurrencyIsoCode", "error")]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_a_column_tells_its_decimal_mark(scope: Tenant, separator: str) -> None:
    """IMP-1.a: one cell that can be read one way only settles the others."""
    run = deals("Amount", ["1.234,50", "1.500", "12.500", "0,125"], separator)
    assert stored("amount") == [Decimal("1234.50"), 1500, 12500, Decimal("0.12")]
    assert said(run) == []


def test_the_other_mark(scope: Tenant) -> None:
    """IMP-1.a: the same column as an English one."""
    run = deals("Amount", ["1,234.50", "1,500", "12.500", "0.125"])
    assert stored("amount") == [Decimal("1234.50"), 1500, Decimal("12.50"), Decimal("0.12")]
    assert said(run) == []


@pytest.mark.parametrize("cells", [["1.500", "12.500"], ["1,500", "12,500"]])
def test_nothing_tells_the_decimal_mark(scope: Tenant, cells: list[str]) -> None:
    """IMP-1.a, BAD-1.a: what was decided is said once, at the headings."""
    run = deals("Amount", cells)
    assert stored("amount") == [1500, 12500]
    assert said(run) == [(1, "Amount", "warning")]
    assert "read as 1500" in sentences(run)


def test_a_column_with_both_marks(scope: Tenant) -> None:
    """IMP-1.a: cells that tell themselves are read so; of the others it is said."""
    run = deals("Amount", ["1.234,50", "1,234.50", "1.234,75", "1.500"])
    assert stored("amount") == [
        Decimal("1234.50"),
        Decimal("1234.50"),
        Decimal("1234.75"),
        1500,
    ]
    assert said(run) == [(1, "Amount", "warning")]


def test_employees(scope: Tenant) -> None:
    """IMP-1.a, ACC-1: dots between thousands are no decimals."""
    run = load(
        "Id;Name;NumberOfEmployees\r\ne1;Grand AG;12.000\r\ne2;Mid AG;1.250\r\ne3;K AG;10K\r\n"
        "e4;Part AG;12,5\r\ne5;Range AG;10-20\r\n"
    )
    rows = Account.objects.order_by("name").values_list("name", "employees", "segment")
    assert list(rows) == [
        ("Grand AG", 12000, "enterprise"),
        ("K AG", 10000, "enterprise"),
        ("Mid AG", 1250, "enterprise"),
    ]
    assert [row for row, _column, severity in said(run) if severity == "error"] == [5, 6]


def test_shares_are_percentages(scope: Tenant) -> None:
    """IMP-1.a: where all are below one and some between, 0.75 is 75 %; it is said."""
    run = deals("Probability", ["0.75", "0", "1", "0.5"])
    assert stored("probability") == [75, 0, 100, 50]
    assert said(run) == [(1, "Probability", "warning")]
    run = deals("Probability", ["75 %", "0,5 %", "%20", "100"])
    assert stored("probability") == [75, 1, 20, 100]
    assert said(run) == []


def test_two_digit_years(scope: Tenant) -> None:
    """IMP-1.a: the column tells that the day comes first; the century is said."""
    run = deals("CloseDate", ["25-12-26", "03-04-26"])
    assert stored("closes_on") == [date(2026, 12, 25), date(2026, 4, 3)]
    assert said(run) == [(1, "CloseDate", "warning")]
    assert "2026-12-25" in sentences(run)


@pytest.mark.parametrize(
    ("cells", "days"),
    [
        (["12/25/26", "03/04/26"], ["2026-12-25", "2026-03-04"]),
        (["31/01/99", "03/04/26"], ["1999-01-31", "2026-04-03"]),
        (["25/12/2026", "03/04/2026"], ["2026-12-25", "2026-04-03"]),
        (["25.12.26", "03.04.26"], ["2026-12-25", "2026-04-03"]),
        (["25.12.26 14:30", "03.04.26 08:15"], ["2026-12-25", "2026-04-03"]),
        (["20261225", "20260403"], ["2026-12-25", "2026-04-03"]),
        (["2026.12.25", "2026/4/3"], ["2026-12-25", "2026-04-03"]),
        (["25. Dezember 2026", "3. März 2026"], ["2026-12-25", "2026-03-03"]),
        (["25 de dezembro de 2026", "3 mar. 2026"], ["2026-12-25", "2026-03-03"]),
        (["25 Desember 2026", "3 Agustus 2026"], ["2026-12-25", "2026-08-03"]),
        (["25 Disember 2026", "3 Ogos 2026"], ["2026-12-25", "2026-08-03"]),
        (["December 25, 2026", "Mar 3rd 2026"], ["2026-12-25", "2026-03-03"]),
        (["25-Dec-26", "3-Mar-26"], ["2026-12-25", "2026-03-03"]),
        (["2026年12月25日", "2026年4月3日"], ["2026-12-25", "2026-04-03"]),
        (["12/25/2026, 2:33 PM", "3/4/2026, 2:33 AM"], ["2026-12-25", "2026-03-04"]),
    ],
)
def test_dates_in_columns(scope: Tenant, cells: list[str], days: list[str]) -> None:
    """IMP-1.a: other separators, months in five languages, times behind."""
    deals("CloseDate", cells)
    assert [day.isoformat() for day in stored("closes_on")] == days


@pytest.mark.parametrize(
    "cell",
    ["2026-12-25 or so", "25.12.2026?", "2026-12-250", "ca. 2026", "Dez 2026", "25.13.2026"]
    + ["2026-12-25 2026", "12.25.2026", "25 Smarch 2026", "251226"],
)
def test_nothing_may_stand_behind_a_date(scope: Tenant, cell: str) -> None:
    """BAD-1.a: what is not understood wholly is refused."""
    assert said(deals("CloseDate", [cell])) == [(2, "CloseDate", "error")]


def test_a_short_year_alone_tells_nothing(scope: Tenant) -> None:
    """BAD-1.a: 03-04-26 could be three days."""
    run = deals("CloseDate", ["03-04-26"])
    assert (run.created, said(run)) == (0, [(2, "CloseDate", "error")])
    assert "several days" in sentences(run)


def test_a_column_with_both_orders(scope: Tenant) -> None:
    """BAD-1.a: the order of most, with a remark, and those that tell themselves as they are."""
    run = deals("CloseDate", ["25/12/2026", "26/12/2026", "12/27/2026", "03/04/2026"])
    days = [f"{day:%d.%m.}" for day in stored("closes_on")]
    assert days == ["25.12.", "26.12.", "27.12.", "03.04."]
    assert said(run) == [(1, "CloseDate", "warning")]


def typed(*rows: Iterable[Any], formats: dict[str, str]) -> bytes:
    """A workbook whose cells have number formats."""
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    for place, code in formats.items():
        book.active[place].number_format = code
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_cells_of_a_workbook(scope: Tenant) -> None:
    """IMP-1.a: what shows 75 % is 75; a bare number among dates is a day, with a remark."""
    data = typed(
        ["Id", "Name", "StageName", "Probability", "CloseDate"],
        ["%1", "percent cell", "Closed Won", 0.75, 46349],
        ["%2", "plain number", "Closed Won", 75, 45983],
        formats={"D2": "0%", "E2": "yyyy-mm-dd"},
    )
    run = load(data, "deals.xlsx")
    assert stored("probability") == [75, 75]
    assert stored("closes_on") == [date(2026, 11, 23), date(2025, 11, 22)]
    assert said(run) == [(3, "CloseDate", "warning")]
    assert "2025-11-22" in sentences(run)


def test_number_formats_of_a_workbook(scope: Tenant) -> None:
    """IMP-1.a: currencies, units and filled up ids are read as they are shown; a number with three
    decimals is never taken for thousands.
    """
    codes = ['#,##0.00 "€"', "[$£-809]#,##0.00", '0.0,,"M"', '0.0"M"', '#,##0.00\\ "USD"', "0.000"]
    values = [1200.5, 1200, 2_500_000, 2.5, 12.125, 1.5]
    data = typed(
        ["Id", "Name", "StageName", "Amount"],
        *([n, f"Deal {n}", "Closed Won", value] for n, value in enumerate(values, start=1)),
        [7, "Deal 7", "Closed Won", 12.345],
        formats={f"D{n}": code for n, code in enumerate(codes, start=2)}
        | {f"A{n}": "00000" for n in range(2, 9)},
    )
    run = load(data, "deals.xlsx")
    assert stored("external_id") == [f"0000{n}" for n in range(1, 8)]
    assert stored("amount") == [
        Decimal(value)
        for value in ("1200.50", "1200", "2500000", "2500000", "12.12", "1.5", "12.34")
    ]
    assert stored("currency") == ["EUR", "GBP", "EUR", "EUR", "USD", "EUR", "EUR"]
    assert said(run) == []


def test_errors_of_a_workbook(scope: Tenant) -> None:
    """BAD-1.a: a formula that failed is no value; a look-up that found nothing is blank."""
    data = typed(
        ["Id", "Name", "Industry", "Country"],
        ["x1", "Acme", "#N/A", "#REF!"],
        ["x2", "Beta", "#N/A", "Norway"],
        formats={},
    )
    load("Id,Name,Industry\nx2,Beta,Retail\n")
    run = load(data, "firms.xlsx")
    assert said(run) == [(2, "Country", "error")]
    assert Account.objects.get().industry == "Retail"


def test_a_quote_that_is_never_closed(scope: Tenant) -> None:
    """BAD-1.a: the file is refused with the row."""
    for body in (
        'Id,Name,BillingCity\r\nq1,"Acme,Oslo\r\nq2,Beta,Paris\r\nq3,Gamma,Rome\r\n',
        # A later quote ends it in the middle of a cell.
        'Id,Name,BillingCity\nq1,"Acme,Oslo\nq2,"Beta",Paris\nq3,Gamma,Rome\n',
        "Id;Name;BillingCity\nq1;'Acme;Oslo\n\"q2;Beta;Paris\n".replace("'", '"'),
    ):
        with pytest.raises(DomainError, match="a quotation mark in row [23] is never closed"):
            load(body)
    assert not Account.objects.exists()


def test_a_row_within_a_cell_is_said(scope: Tenant) -> None:
    """BAD-1.a: two stray quotes swallow a row; the report names the one that has it."""
    run = load('Id,Name,BillingCity\nq1,"Acme,Oslo\nq2,Beta",Paris\nq3,Gamma,Rome\n')
    assert (run.rows, run.created) == (2, 2)
    assert said(run) == [(2, "", "warning")]
    plain = load('Id,Name,BillingCity\nq4,"Delta\nHolding",Rome\n"q5\n",Gamma,Rome\n')
    assert said(plain) == []


def test_stray_quotes_harm_their_row(scope: Tenant) -> None:
    """BAD-1.a: nobody knows where the cells of such a row end; the others get in."""
    run = load('Id,Name,BillingCity\nq1,"Acme "Best" Inc",Oslo\nq2,5" pipes,Rome\n')
    assert said(run) == [(2, "", "error")]
    assert Account.objects.get().name == '5" pipes'


def test_one_bad_byte_harms_its_row(scope: Tenant) -> None:
    """BAD-1.a, BAD-3: the file stays UTF-8, one row does not get in."""
    run = load("Id,Name\r\nb1,Müller & Söhne\r\nb2,Caf".encode() + b"\xe9 Bar\r\nb3,Plain\r\n")
    assert sorted(Account.objects.values_list("name", flat=True)) == ["Müller & Söhne", "Plain"]
    assert said(run) == [(3, "Name", "error")]
    assert run.files.get().encoding == "utf-8"


@pytest.mark.parametrize(
    "body",
    [
        "sep=;\r\nId;Name\r\nx1;Acme\r\n",
        "\ufeffsep=;\r\nId;Name\r\nx1;Acme\r\n",
        '"sep=;"\nId;Name\nx1;Acme\n',
        "SEP=\t\nId\tName\nx1\tAcme\n",
        "sep=^\nId^Name\nx1^Acme\n",
    ],
)
def test_a_line_that_says_the_separator(scope: Tenant, body: str) -> None:
    """IMP-1.a: as Excel writes and reads it; the headings stand in the second line."""
    run = load(body)
    assert (run.rows, run.created, said(run)) == (1, 1, [])
    assert run.files.get().heading_row == 2


@pytest.mark.parametrize(
    ("above", "row"),
    [
        ("Account report\n\n", 3),
        ("Account report\nAs of 2026-11-23, 14:30\nShow: all accounts\n\n", 5),
        (",,\nReport,,2026\n", 3),
        ('"Report, all accounts",,made by Ana\n', 2),
    ],
)
def test_titles_above_the_headings(scope: Tenant, above: str, row: int) -> None:
    """IMP-1.a: what stands above is left out, and rows keep their numbers."""
    run = load(f"{above}Id,Name,NumberOfEmployees\nA-1,Quantum,12\nA-2,Kanfase,many\n")
    file = run.files.get()
    assert (file.heading_row, run.created) == (row, 1)
    assert said(run) == [(row + 2, "NumberOfEmployees", "error")]


def test_words_for_nothing(scope: Tenant) -> None:
    """IMP-1.a: placeholders are blank."""
    run = load(
        "Id,Name,Industry,Website,Country,Type\r\np1,Acme,#N/A,N/A,,NULL\r\n"
        "p2,Beta,NULL,null,,Customer\r\np3,Gamma,-,-,,Customer\r\np4,Delta,Retail,,N/A,Customer\r\n"
    )
    assert (run.created, said(run)) == (4, [])
    rows = Account.objects.order_by("name").values_list("industry", "domain", "country")
    assert list(rows) == [("", "", ""), ("", "", ""), ("Retail", "", ""), ("", "", "")]


def test_words_for_nothing_are_no_names(scope: Tenant) -> None:
    """BAD-1.a: what is needed cannot be a dash, and Namibia and Mr Null are somebody."""
    load("Id,Name,Country\nA-1,Acme,NA\n")
    assert Account.objects.get().country == "NA"
    people = "Id,LastName,AccountId\nC-1,Null,A-1\nC-2,NULL,A-1\nC-3,-,A-1\n"
    assert said(load(people)) == [(3, "LastName", "error"), (4, "LastName", "error")]
    assert Advocate.objects.get().last_name == "Null"


def test_the_dialect_of_bulk_data(scope: Tenant) -> None:
    """IMP-1.a: in Salesforce's interface for bulk data #N/A empties a value, a blank leaves it."""
    head = "Id,Name,Industry,NumberOfEmployees,BillingCountry,NPS__c,Type\n"
    load(f"{head}A-1,Acme,Retail,250,Norway,9,Customer\n")
    load(f"{head}A-1,Acme,,,,,\n")
    account = Account.objects.get()
    assert (account.industry, account.employees, account.country) == ("Retail", 250, "NO")
    run = load(f"{head}A-1,Acme,#N/A,#N/A,#N/A,#N/A,#N/A\n")
    account.refresh_from_db()
    assert (account.industry, account.employees, account.country) == ("", None, "")
    assert (account.nps, account.nps_on, account.segment) == (None, None, "")
    assert account.lifecycle == "customer"
    assert (run.updated, said(run)) == (1, [])
    assert said(load(f"{head}A-1,#N/A,,,,,\n")) == [(2, "Name", "error")]


def test_a_deal_can_lose_its_account(scope: Tenant) -> None:
    """IMP-1.a: also what is a relation."""
    load("Id,Name\nA-1,Acme\n")
    load("Id,Name,StageName,AccountId,Amount\nO-1,Deal,Closed Won,A-1,5\n")
    load("Id,Name,StageName,AccountId,Amount\nO-1,Deal,Closed Won,#N/A,#N/A\n")
    deal = Opportunity.objects.get()
    assert (deal.account, deal.amount) == (None, None)


def test_salesforce_ids_of_both_lengths(scope: Tenant) -> None:
    """IMP-1.c, API-4: 15 and 18 characters are one record, in whichever order they come."""
    load("Id,Name,Type\n0015g00000AbCdEAAV,Acme,Customer\n")
    run = load("Account ID,Account Name,Type\n0015g00000AbCdE,Acme,Customer\n")
    assert (run.created, run.unchanged) == (0, 1)
    run = load("Id,Name,Type\n0015G00000ABCDEAAV,Acme,Customer\n")
    assert (run.created, run.unchanged) == (0, 1)
    # Upper and lower case are different ids.
    run = load("Id,Name,Type\n0015g00000abcde,Other,Customer\n")
    assert run.created == 1
    load("Id,LastName,AccountId\n0035g00000AbCdE,Lima,0015g00000AbCdE\n")
    assert Advocate.objects.get().account.name == "Acme"
    deal = "Id,Name,StageName,AccountId\n{},Deal,Closed Won,0015g00000AbCdEAAV\n"
    load(deal.format("0065g00000AbCdE"))
    assert load(deal.format("0065g00000AbCdEAAV")).unchanged == 1


def test_both_lengths_in_one_file(scope: Tenant) -> None:
    """BAD-1.a: the second row of one record is refused."""
    run = load("Id,Name\n0015g00000AbCdEAAV,Acme\n0015g00000AbCdE,Acme again\n")
    assert said(run) == [(3, "Id", "error")]


def test_an_id_that_was_kept_short_is_found(scope: Tenant) -> None:
    """IMP-1.c: what was imported before both were one record."""
    load("Id,Name\n0015g00000AbCdE,Acme\n", source="erp")
    assert load("Id,Name\n0015g00000AbCdEAAV,Acme\n", source="erp").unchanged == 1


def test_won_and_lost(scope: Tenant) -> None:
    """OPP-1.b: in whichever case."""
    load("Id,Name,Stage\nw1,a,Won\nw2,b,Lost\nw3,c,Closed won\n")
    assert stored("stage") == ["won", "lost", "won"]


def test_won_and_lost_where_nobody_mapped_them(scope: Tenant) -> None:
    """OPP-1.b: an older tenant has no such stages; what they were taken for is said."""
    from requests.models import StageMapping

    StageMapping.objects.all().delete()
    run = load("Id,Name,Stage\nw1,a,Won\nw2,b,closedlost\nw3,c,Gewonnen\nw4,d,Lucky\nw5,e,Won\n")
    assert stored("stage") == ["won", "lost", "won", "open", "won"]
    # Each stage once.
    assert [row for row, _column, _severity in said(run)] == [2, 3, 4, 5]
    assert "counts as won" in sentences(run)


def test_industries_with_slips(scope: Tenant) -> None:
    """IMP-1.b: a word that is nearly another one is kept, and somebody is told."""
    rows = "".join(f"A-{n},Firm {n},Retail trade\n" for n in range(3))
    run = load(
        f"Id,Name,Industry\n{rows}B-1,Tec,technolgy\nB-2,Shop,Retial trade\n"
        "B-3,Tel,telecommunications\nB-4,Mine,Mining\n"
    )
    assert said(run) == [(1, "Industry", "warning")] * 2
    assert "“technolgy” may be meant as “Technology”" in sentences(run)
    assert "“Retial trade” may be meant as “Retail trade”" in sentences(run)


def test_many_deals_as_a_spreadsheet_has_them(scope: Tenant) -> None:
    """IMP-1.a, IMP-1.d: day-first short years, industries with slips, stages Won and Lost."""
    industries = ("Retail", "technolgy", "Finance")
    firms = "".join(f"A-{n},Firm {n},{industries[n % 3]}\n" for n in range(60))
    accounts = load(f"Id,Name,Sector\n{firms}")
    assert (accounts.created, said(accounts)) == (60, [(1, "Sector", "warning")])
    rows = "".join(
        f"D-{n:04};Deal {n};{'Won' if n % 2 else 'Lost'};A-{n % 60};"
        f"{n % 28 + 1:02}-{n % 12 + 1:02}-26;"
        f"{n % 900 + 100}.{n % 1000:03},{n % 100:02}\n"
        for n in range(900)
    )
    run = load(f"Id;Name;Stage;AccountId;CloseDate;Amount\n{rows}")
    assert (run.created, run.skipped) == (900, 0)
    assert said(run) == [(1, "CloseDate", "warning")]
    assert Opportunity.objects.filter(stage="won").count() == 450
    one = Opportunity.objects.get(external_id="D-0123")
    assert (one.closes_on, one.amount) == (date(2026, 4, 12), Decimal("223123.23"))


@pytest.mark.parametrize("cell", ["1.23457E+11", "1,23457E+11", "5e+15"])
def test_an_id_that_a_spreadsheet_has_shortened(scope: Tenant, cell: str) -> None:
    """BAD-1.a: many records would have it."""
    assert said(load(f'Id,Name\n"{cell}",Acme\nA-2E,Beta\n')) == [(2, "Id", "error")]
    assert Account.objects.get().name == "Beta"


def test_a_file_full_of_odd_quotes(scope: Tenant, monkeypatch: pytest.MonkeyPatch) -> None:
    """BAD-1.a: such a file is quoted in some way that nobody knows; no row of it is guessed."""
    monkeypatch.setattr(reading, "LIMITS", Limits(notes=2))
    with pytest.raises(DomainError, match="more than 2 rows with quotation marks"):
        load("Id,Name\n" + "".join(f'{n},"Acme "Best" Inc"\n' for n in range(3)))


def test_accents_apart_from_their_letters(scope: Tenant) -> None:
    """BAD-3: a name is the same from a Macintosh."""
    load("Id,Name\nu1,Zoe\u0308 Mu\u0308ller\nu2,Zoë Müller\n")
    assert set(Account.objects.values_list("name", flat=True)) == {"Zoë Müller"}


def test_titles_above_headings_that_nobody_knows(scope: Tenant) -> None:
    """IMP-1.a: the row that has as many cells as the others holds the headings."""
    body = "Kunden,,Stand 2026\nNr,Firma,Ort,Rang,Farbe,Gruppe\n" + "A-1,Quantum,Wien,1,rot,x\n" * 3
    with pytest.raises(DomainError, match="headings were not recognised"):
        load(body)
    rows = [row.split(",") for row in body.splitlines()]
    assert find_headings(rows, frozenset()) == 1
    # A row with too many cells is no title's opposite.
    assert find_headings([["Nr", "Firma"], ["1", "a", "b", "c", "d"], ["2", "e"]], frozenset()) == 0


def test_many_small_amounts_tell_as_much_as_few_large_ones(scope: Tenant) -> None:
    """IMP-1.a: cells are counted, whatever they are worth."""
    deals("Amount", ["0,50", "0,75", "1000000.5", "1.500"])
    assert stored("amount")[3] == 1500
    deals("Amount", ["0.50", "0.75", "1000000,5", "1.500"])
    assert stored("amount")[3] == Decimal("1.50")
