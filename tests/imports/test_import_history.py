"""Bringing a program's past along from a spreadsheet (IMP-2)."""

import io
from typing import Any

from django.test import Client
from openpyxl import load_workbook

from activities.activities.models import Activity
from activities.loops.models import LoopDuty
from advocacy.events.models import Event
from advocacy.messaging.models import OutgoingMail
from advocacy.tenancy.models import Membership, Tenant
from advocates.changes import tenant_today
from advocates.models import (
    Account,
    Advocate,
    Consent,
    Participation,
    PoolMembership,
    Preference,
    TierStanding,
)
from advocates.people.selectors import preferences_of
from advocates.program.ledger.capacity import advocate_capacity
from benefits.thanks.models import ThankYou
from imports.sample import NAME, SHEETS, sample_workbook
from imports.selectors import files_of, issues_of
from tests.factories.advocates import AccountFactory, AdvocateFactory, set_up
from tests.imports.test_import import load
from tests.imports.test_import_pages import Desk
from tests.support.database import fingerprint
from tests.support.rest import api_for

#: What an import itself leaves, whether it changes anything or not.
_OF_IMPORTS = ("advocates_import", "events_", "django_")


def counts(run: Any) -> list[tuple[str, int, int, int, int]]:
    return [
        (file.kind, file.created, file.updated, file.unchanged, file.skipped)
        for file in files_of(run)
    ]


def test_the_sample_workbook_loads_as_it_is(scope: Tenant, clock: Any) -> None:
    """IMP-2.a, IMP-2.b, ADV-2.e: people, what they like, consents, activities and links to content
    from one workbook; what somebody may still give, when they were last asked and their tier are
    right at once, and nothing else follows. Twice is once.
    """
    set_up()
    run = load((NAME, sample_workbook(tenant_today())))
    assert list(issues_of(run).values_list("row", "column", "problem")) == []
    assert counts(run) == [
        ("accounts", 2, 0, 0, 0),
        ("contacts", 3, 0, 0, 0),
        ("consents", 3, 0, 0, 0),
        ("activities", 5, 0, 0, 0),
    ]
    people = {person.first_name: person for person in Advocate.objects.select_related("account")}
    rita, jonas, marisa = people["Rita"], people["Jonas"], people["Marisa"]
    assert [person.status for person in (rita, jonas, marisa)] == ["active", "paused", "candidate"]
    assert (tenant_today() - rita.enrolled_at.date()).days in (700, 701)
    assert (tenant_today() - rita.last_asked_at.date()).days == 47
    year = [unit.units for unit in Participation.objects.filter(advocate=rita)]
    capacity = advocate_capacity(rita)
    assert capacity is not None
    assert capacity.used == sum(year) > 0
    assert capacity.next_reference_on is not None
    standing = TierStanding.objects.select_related("tier").get(advocate=rita)
    assert standing.activities == 4
    assert standing.tier.rank > 1
    assert preferences_of(rita).appreciation == ["access", "recognition"]
    story = Activity.objects.get(advocate=rita, activity_type__code="case_study")
    assert story.content_url == "https://www.example.com/stories/harbor-analytics"
    assert (story.state, story.participation.origin, story.minutes) == (
        "completed",
        "imported",
        240,
    )
    assert Consent.objects.filter(advocate=rita, use="quote", expires_on__isnull=False).exists()

    for model in (ThankYou, LoopDuty, OutgoingMail):
        assert not model.objects.exists()
    assert Event.objects.filter(verb="activity.imported").count() == 5
    assert not Event.objects.filter(verb="activity.completed").exists()

    before = {
        name: digest
        for name, digest in fingerprint(scope).items()
        if not name.startswith(_OF_IMPORTS)
    }
    again = load((NAME, sample_workbook(tenant_today())))
    assert [row[1:] for row in counts(again)] == [
        (0, 0, 2, 0),
        (0, 0, 3, 0),
        (0, 0, 3, 0),
        (0, 0, 5, 0),
    ]
    after = fingerprint(scope)
    assert [name for name, digest in before.items() if after[name] != digest] == []


ACTIVITIES = """Email,Activity type,Activity date,Asked on,Minutes,Content link
ana@isdom.example,Reference call,2026-01-05,2026-01-02,30,https://x.example/a
ana@isdom.example,reference_call,2026-01-05,,45,
ana@isdom.example,Juggling,2026-01-05,,,
ana@isdom.example,testimonial,2199-01-05,,,
ana@isdom.example,testimonial,2026-01-05,2026-01-06,,
ana@isdom.example,testimonial,2026-01-05,,99999,
ana@isdom.example,testimonial,2026-01-05,,,javascript:alert(1)
two@isdom.example,testimonial,2026-01-05,,,
none@isdom.example,testimonial,2026-01-05,,,
,testimonial,2026-01-05,,,
"""


def test_what_is_wrong_is_said_at_its_row(scope: Tenant, clock: Any) -> None:
    """IMP-2.a, BAD-1: column, problem and what is accepted; the other rows get in."""
    set_up()
    AdvocateFactory(email="ana@isdom.example")
    for _twin in range(2):
        AdvocateFactory(email="two@isdom.example")
    run = load(("past.csv", ACTIVITIES))
    assert counts(run) == [("activities", 1, 1, 0, 8)]
    found = list(issues_of(run).values_list("row", "column"))
    assert found == [
        (4, "Activity type"),
        (5, "Activity date"),
        (6, "Asked on"),
        (7, "Minutes"),
        (8, "Content link"),
        (9, "Email"),
        (10, "Email"),
        (11, ""),
    ] or [row for row, _column in found] == list(range(4, 12))
    assert all(issue.accepted or issue.problem for issue in issues_of(run))
    assert Activity.objects.get().minutes == 45
    late = load(("past.csv", ACTIVITIES.splitlines()[0] + "\n" + ACTIVITIES.splitlines()[2] + "\n"))
    assert counts(late) == [("activities", 0, 0, 1, 0)]


CONSENTS = """Email,Consent,Given on,Expires on,Evidence
ana@isdom.example,Quote,2026-01-05,2027-01-05,A mail
ana@isdom.example,dance,2026-01-05,,
ana@isdom.example,logo,2199-01-05,,
ana@isdom.example,logo,2026-01-05,2025-01-05,
"""


def test_consents_come_with_evidence_and_expiry(scope: Tenant, clock: Any) -> None:
    """IMP-2.a, ADV-4.a: once for a use and day; a later file corrects it."""
    ana = AdvocateFactory(email="ana@isdom.example")
    run = load(("consents.csv", CONSENTS))
    assert counts(run) == [("consents", 1, 0, 0, 3)]
    assert [row for row, _c in issues_of(run).values_list("row", "column")] == [3, 4, 5]
    again = load(("consents.csv", CONSENTS.replace("A mail", "A letter")))
    assert counts(again) == [("consents", 0, 1, 0, 3)]
    consent = Consent.objects.get(advocate=ana)
    assert (consent.use, consent.evidence) == ("quote", "A letter")


def test_who_is_in_the_program_stays_as_they_are(scope: Tenant, clock: Any) -> None:
    """IMP-2.a: what happened here is newer than the spreadsheet."""
    set_up()
    load((NAME, sample_workbook(tenant_today())))
    Advocate.objects.filter(first_name="Rita").update(status="alumni")
    Advocate.objects.filter(first_name="Marisa").update(status="declined", declined_at=None)
    load((NAME, sample_workbook(tenant_today())))
    assert Advocate.objects.get(first_name="Rita").status == "alumni"


def test_other_sheets_are_left_out(scope: Tenant) -> None:
    """IMP-2.a: a sheet nobody recognises is no question, whatever stands in it."""
    set_up()
    book = load_workbook(io.BytesIO(sample_workbook(tenant_today())))
    book.create_sheet("Notes").append(["Remember", "the", "milk"])
    book.create_sheet("Empty")
    out = io.BytesIO()
    book.save(out)
    run = load(("mine.xlsx", out.getvalue()))
    assert [file.name for file in files_of(run)] == [
        "mine.xlsx",
        *(f"mine.xlsx · {name}" for name in list(SHEETS)[1:]),
    ]
    assert Account.objects.count() == 2


def test_the_sample_is_offered_and_checked_in_the_browser(
    scope: Tenant, clock: Any, alice: Membership, desk: Desk, client_for: Any, read_here: None
) -> None:
    """IMP-2.a: downloaded from the page, uploaded as it is, checked without a remark, imported; the
    link stands on the activity's page and over REST.
    """
    set_up()
    browser: Client = client_for(alice)
    page = browser.get(f"/t/{scope.slug}/settings/import/").content.decode()
    address = f"/t/{scope.slug}/settings/import/sample.xlsx"
    assert address in page
    file = browser.get(address)
    assert NAME in file["Content-Disposition"]
    run = load((NAME, file.content))
    assert issues_of(run).count() == 0
    talk = Activity.objects.get(activity_type__code="speaking")
    shown = browser.get(f"/t/{scope.slug}/activities/{talk.pk}/").content.decode()
    assert 'href="https://www.example.com/talks/harbor"' in shown
    row = api_for(alice).get(f"activities/{talk.pk}/").json()
    assert row["content_url"] == "https://www.example.com/talks/harbor"


def test_who_is_in_the_community_pool(scope: Tenant, clock: Any, alice: Membership) -> None:
    """TIER-9.a: day and source of the agreement come along, nobody is written to, and who does not
    belong there is remarked; a second time changes nothing.
    """
    set_up()
    head = "Id,First name,Last name,Account,NPS,Program status,Community pool since,Pool source"
    rows = (
        "P1,Ana,Lima,Acme,10,,2024-01-02,The survey",
        "P2,Ben,Oz,Acme,3,,2024-01-02,The survey",
        "P3,Cy,Ray,Acme,,active,2024-01-02,",
        "P4,Di,Poe,Acme,,,2024-01-03,",
    )
    AccountFactory.create(name="Acme")
    for again in (False, True):
        run = load(("contacts.csv", "\n".join((head, *rows))))
        told = set(issues_of(run).values_list("row", "column"))
        if not again:
            assert {row for row, column in told if column == "Community pool since"} == {3, 4}
        places = {
            (row.advocate.first_name, row.source, str(row.agreed_on), row.evidence)
            for row in PoolMembership.objects.select_related("advocate")
        }
        assert places == {
            ("Ana", "imported", "2024-01-02", "The survey"),
            ("Di", "imported", "2024-01-03", "Imported without a source."),
        }
    assert not OutgoingMail.objects.exists()


LIKES = """Id,LastName,AccountName,Likes to get back
P-1,Reyes,Isdom,"Charity; personal brand"
P-2,Costa,Isdom,a pony
P-3,Lima,Isdom,
"""


def test_what_they_like_comes_along(scope: Tenant, clock: Any) -> None:
    """ADV-2.e, BAD-1: by code or in words; what nobody knows is left out with a remark, a blank
    leaves what is known, and a second time changes nothing.
    """
    set_up()
    AccountFactory(name="Isdom")
    run = load(("Contacts.csv", LIKES.encode()))
    assert counts(run) == [("contacts", 3, 0, 0, 0)]
    (said,) = issues_of(run).values_list("row", "column", "problem")
    assert "a pony" in said[2]
    liked = dict(Preference.objects.values_list("advocate__last_name", "appreciation"))
    assert liked == {"Reyes": ["charity", "personal_brand"], "Costa": [], "Lima": []}
    assert counts(load(("Contacts.csv", LIKES.encode()))) == [("contacts", 0, 0, 3, 0)]
