"""Export and erasure of what is held about a person, and which columns that is (GDPR-1)."""

import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core import checks
from django.db.models import Count, Sum

from activities.activities.choices import ActivityState
from advocacy import clock as product_clock
from advocacy.events.models import Event
from advocacy.events.services import seal
from advocacy.events.verification import verify_chain
from advocacy.messaging.links import LinkGone, create_link, link_url, resolve_link, secret_of
from advocacy.messaging.models import MailState, OutgoingMail, PersonalLink
from advocacy.messaging.sending import TenantOutbox
from advocacy.records import held
from advocacy.records.held import Keeper, is_followed, rows_about
from advocacy.tenancy import classification
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.classification import Columns, columns_of, tenant_models
from advocacy.tenancy.errors import Conflict, DomainError, NotAllowed
from advocacy.tenancy.models import Membership
from advocates.models import (
    Advocate,
    AdvocateIdentifier,
    Erasure,
    Nomination,
    Participation,
    RevenueEvent,
    TierStanding,
)
from advocates.people.consents import record_consent
from advocates.people.privacy import erase_advocate, export_advocate, held_about
from advocates.people.traces import traces_of
from advocates.touches.services import update_touch
from benefits.thanks.models import ThankYou
from imports.models import ImportChunk, Line
from tests.factories.advocates import (
    AdvocateFactory,
    AdvocateIdentifierFactory,
    EnrolledFactory,
    NominationFactory,
    RevenueEventFactory,
)
from tests.factories.imports import ImportChunkFactory
from tests.factories.messaging import OutgoingMailFactory
from tests.factories.requests import AskFactory, RequestFactory
from tests.factories.segments import SavedSegmentFactory
from tests.factories.touches import TouchFactory
from tests.support.database import fingerprint
from tests.support.everything import dump, everything_about, mark, rows_as_text
from tests.support.program import make_program
from tests.support.rest import api_for
from tests.support.time import Clock

NAME = {"first_name": "Zyxa", "last_name": "Quorbel", "email": "zyxa@quorbel.example"}
WHY = "They asked for it in a letter of today"


def erase(manager: Membership, person: Advocate, **given: Any) -> Advocate:
    words = {"name": person.name, "reason": WHY, **given}
    return erase_advocate(actor=Actor.member(manager), advocate=person, **words)


# -- every column is said to be personal or not ----------------------------------------------------


def test_every_column_is_classified() -> None:
    """GDPR-1.c: tenants' tables and those of nobody, Django's own among them."""
    assert list(classification.faults()) == []


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        (Columns(plain="use given_on"), "Consent.given_by is not said to be personal or not"),
        (Columns(personal="given_by tone"), "there is no column tone"),
        (Columns(personal="use", plain="use"), "use is said to be two things"),
        (Columns(personal="given_on"), "Consent.given_on: say in erased"),
    ],
)
def test_what_is_not_stops_every_command(
    said: Columns, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GDPR-1.c: the system check names model and column."""
    known = {**classification.classified(), "advocates.Consent": said}
    monkeypatch.setattr(classification, "classified", lambda: known)
    errors = [error for error in checks.run_checks() if error.id == "tenancy.E020"]
    assert any(fault in error.msg for error in errors), errors


# -- erasure ---------------------------------------------------------------------------------------


def _totals() -> dict[str, Any]:
    """Counts, money and the ledger, which no erasure changes."""
    ledger = Participation.objects.filter(state__in=["completed", "voided"])
    return {
        "ledger": list(
            ledger.order_by()
            .values("state", "origin", "effort", "activity_type", "account", "counts_for_tier")
            .annotate(n=Count("pk"), units=Sum("units"), minutes=Sum("minutes"))
            .order_by("activity_type", "state", "origin", "account")
        ),
        "money": list(RevenueEvent.objects.values_list("kind", "amount")),
        "rows": {
            model._meta.label: model.objects.count()
            for model in tenant_models()
            if is_followed(model)
            and not columns_of(model).goes
            and model._meta.label not in ("advocates.Erasure", "advocates.TierStanding")
        },
    }


def test_an_erased_person_leaves_no_trace_and_every_total(scope: Any, alice: Membership) -> None:
    """GDPR-1.b: every table that can hold something of a person holds it, marked; afterwards no
    mark is found in any column of any table, and whatever is counted counts the same.
    """
    program = make_program(manager=alice)
    person, other = EnrolledFactory(**NAME), EnrolledFactory(first_name="Bodo", last_name="Bleibt")
    for who in (person, other):
        RevenueEventFactory(account=who.account)
        program.completed(advocate=who, hours_ago=3, minutes=40)
        AdvocateIdentifierFactory(advocate=who)
    made, theirs = everything_about(person), everything_about(other)
    left_out = {
        model._meta.label
        for model in tenant_models()
        if model not in made and model in theirs.keys() ^ made.keys()
    }
    assert not left_out
    marks, kept_marks = mark(made, "zqx"), mark(theirs, "wvu")
    person, other = person.reload(), other.reload()
    identifiers = list(AdvocateIdentifier.objects.filter(advocate=person))
    name, email = person.name, person.email
    RequestFactory(notes=f"Better ask {name} ({email.upper()}), not somebody else.")
    AskFactory(advocate=other, suggested_email=email, decline_reason=f"Ask {name}.")
    OutgoingMailFactory(to_email=email, subject_id=None)
    untouched = rows_as_text(rows_about(other, traces_of(other)))
    before = _totals()
    seal()

    erase(alice, person)
    # One last mail says that it is done; nothing of it is kept once it has left.
    for last in OutgoingMail.objects.filter(kind="erasure-done"):
        TenantOutbox(person.tenant_id).on_sent(last)

    after = dump()
    for word in [*marks, name, email, *(row.external_id for row in identifiers)]:
        found = [
            table for table, rows in after.items() for row in rows if word.lower() in row.lower()
        ]
        assert found == [], f"{word} is still in {found}"
    everything = json.dumps(after)
    assert all(word in everything for word in kept_marks)
    assert _totals() == before | {"rows": _totals()["rows"]}
    added = {
        label: count - before["rows"][label]
        for label, count in _totals()["rows"].items()
        if count != before["rows"][label]
    }
    # A file's bytes go after the commit; until then its key says which.
    left = {"advocates.TierChange", "files.FileDiscard", "messaging.OutgoingMail"}
    assert set(added) <= left, added
    now = rows_as_text(rows_about(other, traces_of(other)))
    changed = [label for label in untouched if now[label] != untouched[label]]
    assert changed == ["requests.Ask"]
    assert "Ask [erased]." in str(now["requests.Ask"])
    seal()
    assert list(verify_chain()) == []
    event = Event.objects.get(verb="advocate.erased")
    assert event.payload == {"before": "active"}


def test_what_was_open_ends(scope: Any, clock: Clock, alice: Membership) -> None:
    """GDPR-1.b: asks are withdrawn, bookings called off, duties end, links die, and no mail goes
    out, neither to the person nor about them.
    """
    program = make_program(manager=alice, **NAME, phone="+49 170 5556677")
    person = program.advocate
    booked = program.scheduled(advocate=person)
    program.completed(advocate=person, hours_ago=1)
    link = create_link(
        purpose="portal", subject_id=person.pk, expires_at=product_clock.now() + timedelta(days=30)
    )
    NominationFactory(advocate=person)

    erased = erase(alice, person)

    assert (erased.status, erased.name, erased.email) == ("alumni", "Erased person", "")
    assert booked.reload().state == ActivityState.CANCELLED
    assert booked.participation.reload().state == "released"
    assert not ThankYou.objects.filter(advocate=person, state="open").exists()
    assert not Nomination.objects.filter(advocate=person, state="submitted").exists()
    assert not TierStanding.objects.filter(advocate=person, tier__isnull=False).exists()
    assert not OutgoingMail.objects.filter(state=MailState.QUEUED).exists()
    with pytest.raises(LinkGone):
        resolve_link(secret_of(link), purposes=["portal"])
    with pytest.raises(Conflict):
        record_consent(
            actor=Actor.member(alice),
            advocate=erased,
            use="quote",
            given_on=product_clock.now().date(),
        )


def test_twice_is_once(scope: Any, alice: Membership) -> None:
    """GDPR-1.b: the second time changes nothing, whoever's name is typed."""
    person = EnrolledFactory(**NAME)
    erase(alice, person)
    before = fingerprint(scope)
    erase(alice, person.reload(), name="whoever")
    assert fingerprint(scope) == before
    assert Erasure.objects.get().reason == WHY


def test_killed_in_the_middle_nothing_is_half(
    scope: Any, alice: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GDPR-1.b: one transaction."""
    person = EnrolledFactory(**NAME)
    before = fingerprint(scope)

    def die(*_given: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setitem(held._keepers, "zz", Keeper("zz", lambda *_given: [], die))
    with pytest.raises(KeyboardInterrupt):
        erase(alice, person)
    assert fingerprint(scope) == before


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": "Zyxa"}, "name"),
        ({"reason": " "}, "reason"),
        ({"reason": "x" * 301}, "reason"),
        ({"reason": "Zyxa Quorbel wrote to us"}, "reason"),
    ],
)
def test_it_is_confirmed_and_has_a_reason(
    scope: Any, alice: Membership, given: dict[str, str], field: str
) -> None:
    """GDPR-1.b: else nothing happens, and a sentence stands at the field."""
    person = EnrolledFactory(**NAME)
    with pytest.raises(DomainError) as refused:
        erase(alice, person, **given)
    assert set(refused.value.fields) == {field}
    assert person.reload().erased_at is None


def test_who_runs_the_program_erases(scope: Any, membership: Any) -> None:
    """GDPR-1.b, ID-2: nobody else does, not even a CSM at an own account."""
    csm = membership("csm")
    person = EnrolledFactory(**NAME, account__owner=csm)
    for actor in (Actor.member(csm), Actor.advocate(person.pk)):
        with pytest.raises(NotAllowed):
            erase_advocate(actor=actor, advocate=person, name=person.name, reason=WHY)


def test_rows_of_uploaded_files_go(scope: Any, alice: Membership) -> None:
    """GDPR-1.b: a row that waits or did not get in, found by id, address or both names."""
    person = EnrolledFactory(**NAME)
    AdvocateIdentifierFactory(advocate=person, source="salesforce", external_id="77")
    rows = [
        Line(2, ["77", "", "somebody"]),
        Line(3, ["78", "Bodo Bleibt", "bodo@example.org"]),
        Line(4, ["79", "Quorbel", "Zyxa"]),
        Line(5, ["80", "", "ZYXA@quorbel.example"]),
        Line(6, ["", "77", "Zyxanne Quorbel"]),
    ]
    chunk = ImportChunkFactory(
        data=ImportChunk.pack(rows),
        file__kind="contacts",
        file__run__source="salesforce",
        file__columns=["external_id", "", ""],
        file__headings=["Id", "Name", "Email"],
    )
    exported = export_advocate(actor=Actor.member(alice), advocate=person)
    assert [row["row"] for row in exported["records"]["imports.rows"]] == [2, 4, 5]
    erase(alice, person)
    left = [line.cells for line in chunk.reload().lines]
    assert left == [["", "", ""], rows[1].cells, ["", "", ""], ["", "", ""], rows[4].cells]


def test_what_another_person_shares_stays_theirs(scope: Any, alice: Membership) -> None:
    """GDPR-1.b: an address or name of two people stays where it may be the other's."""
    person, twin = EnrolledFactory(**NAME), AdvocateFactory(**NAME)
    mail = OutgoingMailFactory(to_email=NAME["email"], to_name="Zyxa Quorbel", subject_id=twin.pk)
    erase(alice, person)
    assert twin.reload().email == NAME["email"]
    assert mail.reload().to_email == NAME["email"]


# -- export ----------------------------------------------------------------------------------------


def test_an_export_holds_everything(scope: Any, alice: Membership) -> None:
    """GDPR-1.a: every mark of every table is in the document; nothing that opens anything is, and
    nothing of anybody else.
    """
    make_program(manager=alice)
    person, other = EnrolledFactory(**NAME), EnrolledFactory(first_name="Bodo")
    marks, foreign = mark(everything_about(person), "zqx"), mark(everything_about(other), "wvu")
    person = person.reload()
    RequestFactory(notes=f"Better ask {person.name}.")
    digests = _digests()
    document = json.dumps(export_advocate(actor=Actor.member(alice), advocate=person))
    assert [word for word in marks if word not in document] == []
    assert [word for word in foreign if word in document] == []
    assert [digest for digest in digests if digest in document] == []
    assert f"Better ask {person.name}." in document
    assert "advocate.enrolled" in document
    own = json.dumps(export_advocate(actor=Actor.advocate(person.pk), advocate=person))
    assert "Better ask" not in own
    assert [word for word in marks if word not in own] == []
    assert sum(count for _kind, count in held_about(person)) > 12


def _digests() -> list[str]:
    return list(PersonalLink.objects.values_list("digest", flat=True))


def test_nobody_exports_somebody_else(scope: Any, membership: Any, alice: Membership) -> None:
    """GDPR-1.a, ID-2."""
    person, other = EnrolledFactory(**NAME), EnrolledFactory()
    for actor in (Actor.member(membership("csm")), Actor.advocate(other.pk)):
        with pytest.raises(NotAllowed):
            export_advocate(actor=actor, advocate=person)


# -- in the browser, over REST, in the portal ------------------------------------------------------


def test_staff_export_and_erase_in_the_browser(
    scope: Any, alice: Membership, client_for: Any
) -> None:
    """GDPR-1.a, GDPR-1.b: from the person's page to the file, and to nothing."""
    person = EnrolledFactory(**NAME)
    browser, home = client_for(alice), f"/t/{scope.slug}/advocates/{person.pk}"
    assert f"{home}/held/" in browser.get(f"{home}/").content.decode()
    page = browser.get(f"{home}/held/").content.decode()
    assert "Preference" in page
    assert f"{home}/erase/" in page
    file = browser.post(f"{home}/held/file/")
    assert file["Content-Disposition"] == 'attachment; filename="zyxa-quorbel.json"'
    assert file.json()["records"]["advocates.advocate"][0]["email"] == NAME["email"]
    form = browser.get(f"{home}/erase/").content.decode()
    assert "cannot be undone" in form
    wrong = browser.post(f"{home}/erase/", {"name": "Zyx", "reason": "They asked for it"})
    assert wrong.status_code == 422
    assert 'value="They asked for it"' in wrong.content.decode()
    done = browser.post(f"{home}/erase/", {"name": "zyxa  quorbel", "reason": "They asked for it"})
    assert done.status_code == 302
    assert "Erased on" in browser.get(f"{home}/held/").content.decode()
    shown = browser.get(f"{home}/").content.decode()
    assert "Erased person" in shown
    assert "Quorbel" not in shown


def test_export_and_erasure_over_rest(scope: Any, alice: Membership) -> None:
    """GDPR-1.a, GDPR-1.b: for a token of who runs the program; problems name the field."""
    person = EnrolledFactory(**NAME)
    api = api_for(alice)
    document = api.post(f"advocates/{person.pk}/export/")
    assert document.status_code == 200, document.content
    assert document.json()["records"]["advocates.advocate"][0]["last_name"] == "Quorbel"
    wrong = api.post(f"advocates/{person.pk}/erase/", {"name": "Zyxa", "reason": "A letter"})
    assert (wrong.status_code, set(wrong.json()["errors"])) == (422, {"name"})
    done = api.post(f"advocates/{person.pk}/erase/", {"name": "Zyxa Quorbel", "reason": "A letter"})
    assert done.status_code == 200, done.content
    assert done.json()["name"] == "Erased person"
    assert done.json()["erased_at"]
    late = api.patch(f"advocates/{person.pk}/", {"last_name": "Quorbel"})
    assert (late.status_code, late.json()["code"]) == (409, "erased")


def test_an_advocate_takes_their_own_data(scope: Any, client_for: Any) -> None:
    """GDPR-1.a: from their own page, by the link alone."""
    person = EnrolledFactory(**NAME)
    link = create_link(
        purpose="portal",
        subject_id=person.pk,
        expires_at=product_clock.now() + timedelta(days=30),
    )
    browser, home = client_for(None), urlsplit(link_url(link)).path
    address = home.replace("/home/", "/data/")
    assert address in browser.get(home).content.decode()
    file = browser.post(address)
    assert file["Content-Disposition"].startswith("attachment")
    assert file.json()["records"]["advocates.advocate"][0]["email"] == NAME["email"]
    assert secret_of(link) not in file.content.decode()
    assert browser.get(address).status_code == 405


def test_a_name_is_found_however_a_text_writes_it(scope: Any, alice: Membership) -> None:
    """GDPR-1.b: over two lines, with two blanks, in the genitive, as a prospect; no longer word."""
    person = AdvocateFactory(first_name="Balthasar", last_name="Knoblauch")
    request = RequestFactory(
        notes="Balthasar\nKnoblauch, Balthasar  Knoblauch, Balthasar Knoblauch’s, Knoblauchsuppe",
        prospect="Balthasar Knoblauch Ltd",
    )
    erase(alice, person)
    request.reload()
    assert request.notes == "[erased], [erased], [erased], Knoblauchsuppe"
    assert request.prospect == "[erased] Ltd"


def test_saved_searches_name_nobody(scope: Any, alice: Membership) -> None:
    """GDPR-1.a, GDPR-1.b: in a segment's filter, as its address spells it, by whole name, address
    or a surname nobody else has; what another person bears as well stays.
    """
    person = AdvocateFactory(**NAME)
    AdvocateFactory(first_name="Zyxa", last_name="Other")
    kept = "q=Zyxa", "q=Bodo+Bleibt", "industry=Banking", "q=Quorbelius"
    gone = "q=Zyxa+Quorbel", "q=zyxa%40quorbel.example", "q=quorbel&status=active"
    rows = {query: SavedSegmentFactory(query=query) for query in (*kept, *gone)}
    exported = export_advocate(actor=Actor.member(alice), advocate=person)
    assert len(exported["records"]["advocates.searches"]) == len(gone)
    erase(alice, person)
    left = {query: row.reload().query for query, row in rows.items()}
    assert [query for query in rows if left[query] == query] == list(kept)
    assert not any(word in left[query].lower() for query in gone for word in ("quorbel", "zyxa"))
    assert left[gone[2]].endswith("&status=active")


def test_nothing_is_recorded_about_who_was_erased(scope: Any, alice: Membership) -> None:
    """GDPR-1.b: not by correcting what was recorded before, nor by moving it to them."""
    person, other = AdvocateFactory(), AdvocateFactory()
    before, elsewhere = TouchFactory(advocate=person), TouchFactory(advocate=other)
    erased = erase(alice, person)
    actor = Actor.member(alice)
    with pytest.raises(Conflict):
        update_touch(actor=actor, touch=before.reload(), note="Came back")
    with pytest.raises(Conflict):
        update_touch(actor=actor, touch=elsewhere.reload(), advocate=erased)
