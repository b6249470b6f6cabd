"""Offering to help from the portal: who may, how they come in, what they find (IDN-2, ID-3)."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client

from advocacy import clock as product_clock
from advocacy.events.models import Event
from advocacy.messaging.links import create_link, link_url
from advocacy.messaging.models import OutgoingMail
from advocacy.messaging.sending import build_message
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from advocates.joining.invitations import invite_advocate
from advocates.joining.services import nominate_advocate, return_nomination
from advocates.models import Account, Advocate, Nomination
from portal.models import Newcomer
from portal.services.sign_in import LINKS_PER_ADDRESS, STRANGERS_PER_TENANT
from tests.factories.advocates import AccountFactory, AdvocateFactory
from tests.factories.tenancy import MembershipFactory
from tests.factories.touches import TouchFactory
from tests.support.database import fingerprint
from tests.support.program import Program
from tests.support.time import Clock

OFFER = {"say": "offer", "reasons": "The rollout went so well."}
WHO = {"first_name": "Zoë", "last_name": "Obi", "job_title": "Head of IT"}


def page_of(person: Advocate) -> str:
    """The path of the page on which somebody on record offers to help."""
    link = create_link(
        purpose="volunteer",
        subject_id=person.pk,
        expires_at=product_clock.now() + timedelta(days=14),
    )
    return urlsplit(link_url(link)).path


def mailed(browser: Client, email: str) -> OutgoingMail:
    """The mail an address gets that asked at the sign-in."""
    assert browser.post("/portal/acme/", {"email": email}).status_code == 302
    return OutgoingMail.objects.filter(to_email=email.lower()).latest("created_at")


def path_in(mail: OutgoingMail) -> str:
    """Where the mail's link leads."""
    assert mail.link is not None
    return urlsplit(link_url(mail.link)).path


@pytest.fixture
def person(program: Program) -> Advocate:
    """A contact of the CSM's account who is not in the program."""
    made: Advocate = AdvocateFactory.create(
        first_name="Mei",
        email="mei@quantum.example",
        account=program.advocate.account,
        status="candidate",
        enrolled_at=None,
    )
    return made


@pytest.fixture
def account(program: Program) -> Account:
    """The account whose domain strangers' addresses have."""
    Account.objects.filter(pk=program.advocate.account_id).update(domain="quantum.example")
    return Account.objects.get(pk=program.advocate.account_id)


def test_a_contact_offers_to_help(program: Program, browser: Client, person: Advocate) -> None:
    """IDN-2.d: from the sign-in by a mailed link to a nomination that waits for the program."""
    path = path_in(mailed(browser, "Mei@quantum.example"))
    shown = browser.get(path).text
    assert "Mei, would you like to help?" in shown
    assert "Reference call" in shown
    kind = program.type("testimonial")
    went = browser.post(path, {**OFFER, "kinds": [str(kind.pk)]})
    assert went["Location"] == path
    nomination = Nomination.objects.get()
    assert (nomination.origin, nomination.nominated_by, nomination.state) == (
        "self",
        None,
        "submitted",
    )
    assert [wish.activity_type for wish in nomination.wishes.all()] == [kind]
    assert person.reload().status == "nominated"
    thanked = browser.get(path).text
    for words in ("Thank you, Mei", "The rollout went so well.", "Testimonial", "Alice reads"):
        assert words in thanked
    event = Event.objects.get(verb="nomination.volunteered")
    assert (event.actor_kind, event.payload["wishes"]) == ("advocate", ["testimonial"])
    assert "rollout" not in str(event.payload)
    told = OutgoingMail.objects.get(to_email=program.csm.email)
    assert "Mei" in told.subject
    assert "The rollout went so well." in told.text


def test_what_is_missing_is_named(program: Program, browser: Client, person: Advocate) -> None:
    """BAD-1.a, BAD-1.b: the field is named and what was ticked stays ticked, also behind the
    fold.
    """
    path = page_of(person)
    kind = program.type("guest_article")
    refused = browser.post(path, {"say": "offer", "reasons": " ", "kinds": [str(kind.pk)]})
    assert refused.status_code == 422
    assert 'href="#id_reasons"' in refused.text
    assert '<details class="portal-more" open>' in refused.text
    assert not Nomination.objects.exists()
    assert browser.post(path, {"say": "nonsense"}).status_code == 422
    wrong = browser.post(path, {**OFFER, "kinds": ["no-id"]})
    assert wrong.status_code == 422


def test_offering_twice_is_offering_once(browser: Client, person: Advocate) -> None:
    """IDN-2.d: a second tap, and a second visit, change nothing."""
    path = page_of(person)
    for _tap in range(2):
        assert browser.post(path, OFFER).status_code == 302
    assert Nomination.objects.count() == 1
    assert Event.objects.filter(verb="nomination.volunteered").count() == 1


def test_an_offer_is_taken_back(browser: Client, person: Advocate, tenant: Tenant) -> None:
    """IDN-2.d: the person changes their mind before anybody decided; then offers again."""
    path = page_of(person)
    browser.post(path, OFFER)
    went = browser.post(path, {"say": "back"})
    assert "Your offer is taken back" in browser.get(went["Location"]).text
    assert Nomination.objects.get().state == "withdrawn"
    assert person.reload().status == "candidate"
    assert browser.post(path, {"say": "back"}).status_code == 409
    browser.post(path, OFFER)
    assert Nomination.objects.filter(state="submitted").count() == 1


def test_looking_changes_nothing(
    program: Program, browser: Client, person: Advocate, account: Account, tenant: Tenant
) -> None:
    """ID-3.c: mail scanners follow links, and nobody became a contact by it."""
    paths = [page_of(person), path_in(mailed(browser, "new@quantum.example"))]
    before = fingerprint(tenant)
    for path in paths:
        assert browser.get(path).status_code == 200
    assert fingerprint(tenant) == before


def test_a_stranger_at_a_customer_becomes_a_contact(
    program: Program, browser: Client, account: Account
) -> None:
    """IDN-2.d: the mailed link proves the address; the offer makes contact and nomination, once."""
    path = path_in(mailed(browser, "Zoe@Quantum.example"))
    assert not Advocate.objects.filter(email="zoe@quantum.example").exists()
    assert "Who are you at Quantum Textiles?" in browser.get(path).text
    refused = browser.post(path, {**OFFER, "first_name": "Zoë"})
    assert refused.status_code == 422
    assert 'href="#id_last_name"' in refused.text
    for _tap in range(2):
        assert browser.post(path, {**OFFER, **WHO}).status_code == 302
    made = Advocate.objects.get(email="zoe@quantum.example")
    assert (made.name, made.job_title, made.account, made.status) == (
        "Zoë Obi",
        "Head of IT",
        account,
        "nominated",
    )
    assert Nomination.objects.get().origin == "self"
    assert "Thank you, Zoë" in browser.get(path).text


def test_somebody_put_on_record_meanwhile_is_that_person(
    program: Program, browser: Client, account: Account
) -> None:
    """ADV-1: an import between mail and tap makes no second record."""
    path = path_in(mailed(browser, "zoe@quantum.example"))
    known = AdvocateFactory.create(
        email="zoe@quantum.example", account=account, status="candidate", enrolled_at=None
    )
    assert browser.post(path, {**OFFER, **WHO}).status_code == 302
    assert Nomination.objects.get().advocate == known


@pytest.mark.parametrize(
    "case", ["unknown domain", "two accounts", "a prospect", "anybody's domain"]
)
def test_who_cannot_be_placed_is_told_kindly(
    program: Program, browser: Client, account: Account, case: str
) -> None:
    """IDN-2.d: no guess about where somebody belongs; a person to talk to, and no link."""
    email = "zoe@quantum.example"
    if case == "unknown domain":
        email = "zoe@nowhere.example"
    elif case == "two accounts":
        AccountFactory.create(domain="quantum.example")
    elif case == "a prospect":
        Account.objects.filter(pk=account.pk).update(lifecycle="prospect")
    else:
        Account.objects.filter(pk=account.pk).update(domain="gmail.com")
        email = "zoe@gmail.com"
    mail = mailed(browser, email)
    assert mail.link is None
    assert (mail.sender, mail.reply_to) == (program.manager, program.manager.email)
    assert "/portal/acme/" in str(build_message(mail).body)
    assert not Newcomer.objects.exists()


def test_an_address_that_can_be_placed_no_more(
    program: Program, browser: Client, account: Account
) -> None:
    """IDN-2.d: between mail and tap a second account got the domain; said kindly, nothing saved."""
    path = path_in(mailed(browser, "zoe@quantum.example"))
    AccountFactory.create(domain="quantum.example")
    shown = browser.get(path)
    assert shown.status_code == 200
    assert "which of our customers you belong to" in shown.text
    assert browser.post(path, {**OFFER, **WHO}).status_code == 409
    assert not Advocate.objects.filter(email="zoe@quantum.example").exists()


def test_throttled(program: Program, browser: Client, account: Account, clock: Clock) -> None:
    """ID-4.a: an address gets three mails an hour, strangers sixty in all, the others go on."""
    for _try in range(LINKS_PER_ADDRESS.most + 2):
        mailed(browser, "zoe@quantum.example")
    assert OutgoingMail.objects.count() == LINKS_PER_ADDRESS.most
    for number in range(STRANGERS_PER_TENANT.most + 5):
        browser.post(
            "/portal/acme/", {"email": f"n{number}@x.example"}, REMOTE_ADDR=f"10.0.0.{number}"
        )
    assert OutgoingMail.objects.count() == STRANGERS_PER_TENANT.most
    assert path_in(mailed(browser, "frank@quantum.example")).endswith("/home/")
    clock.advance(hours=1, minutes=1)
    assert mailed(browser, "n1@x.example").created_at == product_clock.now()


def test_addresses_of_strangers_are_forgotten(
    program: Program, browser: Client, account: Account, clock: Clock
) -> None:
    """GDPR-1, ID-3.a: after two weeks the link opens nothing, and the address is gone."""
    path = path_in(mailed(browser, "zoe@quantum.example"))
    clock.advance(days=14, minutes=1)
    gone = browser.get(path)
    assert gone.status_code == 410
    assert "/portal/acme/" in gone.text
    mailed(browser, "frank@quantum.example")
    assert not Newcomer.objects.exists()
    assert browser.get(path).status_code == 410


def test_links_are_single_purpose(
    program: Program, browser: Client, person: Advocate, home: str
) -> None:
    """ID-3.a: the page's link opens neither home nor preferences, nor theirs this page."""
    path = page_of(person)
    for page in ("home", "preferences", "ask", "invitation"):
        assert browser.get(path.replace("/volunteer/", f"/{page}/")).status_code == 404
    assert browser.get(home.replace("/home/", "/volunteer/")).status_code == 404


def test_another_tenants_people_are_strangers(
    program: Program, browser: Client, other_tenant: Tenant
) -> None:
    """TEN-1.a: an address known to one company says nothing at another."""
    with tenant_scope(other_tenant):
        MembershipFactory.create(role="program_manager")
    browser.post("/portal/umbrella/", {"email": "frank@quantum.example"})
    assert not OutgoingMail.objects.exists()
    with tenant_scope(other_tenant):
        assert OutgoingMail.objects.get().link is None


def test_who_was_proposed_by_a_colleague(
    program: Program, browser: Client, person: Advocate
) -> None:
    """IDN-2.d: one open nomination a person; they read that they are thought of."""
    nominate_advocate(actor=Actor.member(program.csm), advocate=person, reasons="She is great.")
    path = page_of(person)
    shown = browser.get(path).text
    assert "We have you in mind already, Mei" in shown
    assert "She is great." not in shown
    assert browser.post(path, OFFER).status_code == 302
    assert Nomination.objects.get().origin == "colleague"


def test_who_is_invited_finds_the_invitation(
    program: Program, browser: Client, person: Advocate, clock: Clock
) -> None:
    """ENR-1, ID-3.a: one tap to it, and a fresh one when its link has run out."""
    Advocate.objects.filter(pk=person.pk).update(status="cultivating")
    TouchFactory.create(advocate=person)
    invitation = invite_advocate(
        actor=program.actor,
        advocate=person.reload(),
        sender=program.manager,
        personal_line="You offered it before we asked.",
    )
    path = page_of(person)
    assert "/invitation/" in browser.get(path).text
    clock.advance(days=31)
    path = page_of(person)
    shown = browser.get(path).text
    assert "/invitation/" not in shown
    assert "has run out since" in shown
    went = browser.post(path, {"say": "invitation"})
    browser.post(path, {"say": "invitation"})
    assert "once more" in browser.get(went["Location"]).text
    assert invitation.reload().expires_at > product_clock.now()
    assert OutgoingMail.objects.filter(subject_id=invitation.pk).count() == 2


def test_who_declined_may_change_their_mind(
    program: Program, browser: Client, person: Advocate
) -> None:
    """ENR-1: the 180 days keep us from asking, not them from coming."""
    Advocate.objects.filter(pk=person.pk).update(
        status="declined", declined_at=product_clock.now() - timedelta(days=3)
    )
    path = page_of(person)
    assert "would you like to help?" in browser.get(path).text
    browser.post(path, OFFER)
    assert person.reload().status == "nominated"
    assert [event.verb for event in Event.objects.filter(subject_id=person.pk)] == [
        "advocate.advanced"
    ]


def test_who_was_answered_a_moment_ago(
    program: Program, browser: Client, person: Advocate, clock: Clock
) -> None:
    """IDN-2.d: treated kindly, told from when on they can offer again, and then welcomed back."""
    path = page_of(person)
    browser.post(path, OFFER)
    nomination = Nomination.objects.select_related("advocate__account").get()
    return_nomination(actor=program.actor, nomination=nomination, reason="After your renewal.")
    shown = browser.get(path).text
    assert "Thank you for thinking of us again, Mei" in shown
    assert "Alice answered your offer" in shown
    assert browser.post(path, OFFER).status_code == 409
    assert Nomination.objects.count() == 1
    clock.advance(days=31)
    path = page_of(person)
    assert "we have not forgotten it" in browser.get(path).text
    assert browser.post(path, OFFER).status_code == 302
    assert Nomination.objects.filter(state="submitted").count() == 1


def test_an_alumnus_comes_back(program: Program, browser: Client) -> None:
    """ENR-1, IDN-2.d: by an offer; returned, they are an alumnus again and nobody's candidate."""
    person = program.advocate
    Advocate.objects.filter(pk=person.pk).update(status="alumni")
    path = path_in(mailed(browser, "frank@quantum.example"))
    browser.post(path, OFFER)
    assert person.reload().status == "nominated"
    nomination = Nomination.objects.select_related("advocate__account").get()
    return_nomination(actor=program.actor, nomination=nomination, reason="Not yet.")
    assert person.reload().status == "alumni"


def test_a_member_is_shown_the_way_to_their_page(program: Program, browser: Client) -> None:
    """PRT-1: a link from before they joined leads on, and offers nothing twice."""
    path = page_of(program.advocate)
    shown = browser.get(path).text
    assert "You are with us already, Frank" in shown
    assert browser.post(path, OFFER).status_code == 409
    assert not Nomination.objects.exists()


@pytest.mark.usefixtures("every_language_spoken")
def test_the_page_speaks_the_visitors_language(
    program: Program, browser: Client, account: Account, person: Advocate
) -> None:
    """UI-4: the language of the page they asked on, or their own on record."""
    browser.post(
        "/portal/acme/", {"email": "zoe@quantum.example"}, headers={"accept-language": "de"}
    )
    path = path_in(OutgoingMail.objects.get())
    assert '<html lang="de">' in browser.get(path).text
    browser.post(path, {**OFFER, **WHO})
    assert Advocate.objects.get(email="zoe@quantum.example").language == "de"


def test_nobody_is_written_to_by_who_left(program: Program, browser: Client) -> None:
    """ID-1: the person to talk to is one who is still here, if need be an admin."""
    Membership.objects.filter(pk=program.manager.pk).update(is_active=False)
    admin = MembershipFactory.create(role="admin")
    assert mailed(browser, "zoe@nowhere.example").sender == admin
