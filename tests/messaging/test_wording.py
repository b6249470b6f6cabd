"""Texts of mails that a tenant writes: fields in words, brackets, previews, ours again (MSG-1)."""

from collections.abc import Callable
from typing import Any, ClassVar

import pytest
from django.conf import settings as project
from django.test import Client
from django.utils import translation

from advocacy.events.models import Event
from advocacy.messaging.body import Marks
from advocacy.messaging.models import MailTemplate, OutgoingMail
from advocacy.messaging.rendering import MissingMergeData
from advocacy.messaging.sending import build_message
from advocacy.messaging.wording import services
from advocacy.messaging.wording.checks import problem_of
from advocacy.messaging.wording.kinds import Field, Kind, compose, every_kind, kind_of
from advocacy.messaging.wording.previews import sample_mail
from advocacy.messaging.wording.text import Written, fields_in, fill
from advocacy.records.resource import registered
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.scope import tenant_scope
from tests.factories.messaging import MailTemplateFactory
from tests.kit.resource import ResourceCase
from tests.support.odd import ODD
from tests.support.rest import api_for

PROBE = Kind(
    "probe",
    "Probe",
    "Never.",
    (
        Field("first name", "first_name", "Their first name", "Ana"),
        Field("how long", "time", "How long", "an hour", known=False),
        Field("answer link", "", "Answer", sort="link", kept=True),
        Field("own line", "own", "Line", sort="own line", kept=True),
    ),
    lambda language: Written("Hello", "Dear {first name},\n\n{own line}\n\nBye"),
    small="You get this because of {first name}.",
)
MAIL_TEMPLATES = next(each for each in registered() if each.name == "mail-templates")


def said(text: str, **values: str) -> str:
    return str(fill(Written("S", text), values, Marks(), "en").text)


def test_what_is_not_known_is_left_out_with_its_brackets() -> None:
    """MSG-1.a, THX-3.a: nothing is invented, and no hole or double blank stays behind."""
    text = "Hi {a}. [You gave {b}.] Fine.\n\n[{c}|{d}]\n\n[{b}\n]{a}"
    assert said(text, a="Ana", b="1 h", c="Won.", d="?") == (
        "Hi Ana. You gave 1 h. Fine.\n\nWon.\n\n1 h\nAna\n"
    )
    assert said(text, a="Ana", d="Later.") == "Hi Ana. Fine.\n\nLater.\n\nAna\n"
    assert said(text, a="Ana") == "Hi Ana. Fine.\n\nAna\n"
    assert said("[sic] {a}", a="Ana") == "[sic] Ana\n"


def test_a_hole_outside_of_brackets_refuses_the_mail() -> None:
    """MSG-1.c: named by its name; blanks are as good as nothing."""
    for values in ({}, {"a": " "}):
        with pytest.raises(MissingMergeData, match=r"\{a\}"):
            said("Hi {a}", **values)


@pytest.mark.parametrize("which", ODD)
def test_fields_are_looked_for_in_the_text_alone(which: str) -> None:
    """MSG-1.a: whatever somebody is called is shown as it is."""
    value = f"x{ODD[which]}" + "{b} [y {b}]"
    mail = compose(PROBE, Written("{first name}", "{first name} z"), {"first_name": value}, "en")
    assert "{b} [y {b}]" in str(mail.text)
    assert mail.subject.startswith("x")


def test_what_must_be_in_it_is_whatever_a_tenant_writes() -> None:
    """MSG-1.a: the link, the place of one's own line and the small print."""
    mail = compose(PROBE, Written("S", "Dear {first name},\n\nBye"), {"first_name": "Ana"}, "en")
    kinds = [next(iter(part)) for part in mail.text.parts]
    assert kinds == ["text", "ownline", "text", "link", "text", "rule", "text"]
    assert mail.text.parts[2]["text"].endswith("Bye\n\nAnswer: ")
    assert "because of Ana" in mail.text.parts[-1]["text"]
    own = Written("S", "{own line}\n\nHere: {answer link}\n\nBye")
    assert str(compose(PROBE, own, {"first_name": "Ana"}, "en").text).count("personal link") == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Hi {surname}", "Nothing is called {surname} in this mail. It knows: {first name}"),
        ("It took {how long}.", "not always known"),
        ("Hi {first name", "without its other half"),
        ("Hi [a [b] {first name}]", "without its other half"),
        ("Hi ] there", "without its other half"),
        ("{answer link} {answer link}", "stands in it twice"),
        ("{answer link} { answer link }", "stands in it twice"),
        ("Hi {}", "Nothing is called {} in this mail"),
        ("Hi {first\nname}", "Nothing is called {first name} in this mail"),
        (f"Hi {{{'name ' * 14}}}", "Nothing is called {name name"),
        ("[{answer link}]", "never left out"),
        (" \u200b", "Write something"),
    ],
)
def test_what_no_mail_knows_is_refused_by_name(text: str, says: str) -> None:
    """MSG-1.a: an unknown field, one that may be missing, half a pair of brackets."""
    assert says in problem_of(PROBE, text)


def test_ones_own_line_keeps_its_place_in_a_text_from_a_browser() -> None:
    """MSG-1.a, THX-3.a: paragraphs end as a browser sends them; what must be in it stands where it
    would stand otherwise.
    """
    text = "Hello {first name},\n\nthank you.\n\nYours, Ana"
    plain, sent = (
        PROBE.whole(MailTemplate(subject="S", text=each).written)
        for each in (text, text.replace("\n", "\r\n"))
    )
    assert plain == sent
    assert plain.text.index("{") < plain.text.index("Yours, Ana")


def test_a_subject_holds_no_link() -> None:
    """MSG-1.a: it is a line."""
    assert "cannot stand in the subject" in problem_of(PROBE, "{answer link}", is_subject=True)
    assert not problem_of(PROBE, "Hi {first name}", is_subject=True)


@pytest.mark.parametrize("language", [code for code, _name in project.LANGUAGES])
def test_ours_is_right_in_every_language(language: str) -> None:
    """MSG-1.a, UI-4: what we write obeys the same rules, with everything known and with nothing."""
    for kind in every_kind():
        with translation.override(language):
            ours = kind.ours(language)
        assert not problem_of(kind, ours.subject, is_subject=True), kind.code
        assert not problem_of(kind, ours.text), kind.code
        for field in kind.fields:
            if field.kept:
                assert field.name in fields_in(ours.text), f"{kind.code}: {field.name}"
        assert "{" not in str(sample_mail(kind, None, language).text)
        least = {field.key: "x" for field in kind.fields if field.known}
        assert str(compose(kind, None, least, language).text).strip()


@pytest.mark.django_db
class TestMailTemplates(ResourceCase):
    """MSG-1.a: written, changed and put back in the browser and over REST."""

    resource, factory = MAIL_TEMPLATES, MailTemplateFactory
    viewers = editors = "program_manager admin"
    new: ClassVar[dict[str, Any]] = {
        "kind": "thanks-high",
        "language": "de",
        "subject": "Danke",
        "text": "Hallo {first name}, danke für {what they did}.",
    }
    changed: ClassVar[dict[str, Any]] = {"text": "Hello {first name}, thank you."}
    wrong: ClassVar[dict[str, Any]] = {"text": "Hello {surname}"}
    moves: ClassVar[dict[str, Any]] = {
        "send_test": ("program_manager admin", {}, "in_use"),
        "put_back": ("program_manager admin", {}, "put_back"),
        "use_again": ("program_manager admin", {}, "in_use"),
    }

    def test_create(self) -> None:
        """One a mail and language: by hand, and over REST refused where it is there already."""
        assert self.post("new", self.new).status_code == 302
        body = dict(self.new)
        again = self.api.post("mail-templates/", body)
        assert (again.status_code, set(again.json()["errors"])) == (409, {"kind"})
        assert self.api.post("mail-templates/", {**body, "language": "ms"}).status_code == 201
        for name in ("subject", "text"):
            wrong = {**body, "language": "id", name: "{surname}"}
            assert "{surname}" in self.post("new", wrong).content.decode()
            refused = self.api.post("mail-templates/", wrong)
            assert (refused.status_code, set(refused.json()["errors"])) == (422, {name})
        assert self.post("new", {**body, "kind": "nope"}).status_code == 422
        assert self.api.post("mail-templates/", {**body, "kind": "nope"}).status_code == 422

    def test_moves(self) -> None:
        """A test as often as wanted; ours back and one's own again, by hand and over REST."""
        address = f"mail-templates/{self.row.pk}/"
        for name in ("send-test", "send-test", "put-back", "use-again"):
            page = self.client.get(self.url("detail", self.row.pk)).content.decode()
            assert self.url(name, self.row.pk) in page
            assert self.post(name, {}, self.row.pk).status_code == 302
        for name, status in (
            ("send-test", 200),
            ("put-back", 200),
            ("put-back", 409),
            ("send-test", 409),
            ("use-again", 200),
        ):
            assert self.api.post(f"{address}{name}/").status_code == status, name
        assert self.verbs()[:2] == ["mail_template.used_again", "mail_template.put_back"]


@pytest.mark.django_db
def test_versions_are_told_and_one_text_is_kept(alice: Membership, scope: Tenant) -> None:
    """MSG-1.a: who wrote which version; the words stay out of the log; one a mail and language."""
    actor, row = Actor.member(alice), MailTemplateFactory(kind="thanks-low", language="en")
    services.update_template(actor=actor, mail_template=row, text="Thanks, {first name}.")
    services.update_template(actor=actor, mail_template=row, text="Thanks, {first name}.")
    told = Event.objects.filter(subject_id=row.pk, verb="mail_template.written")
    assert [event.payload for event in told] == [
        {"kind": "thanks-low", "language": "en", "version": 2}
    ]
    values = {"kind": row.kind, "language": "en", "subject": "S", "text": "T"}
    with pytest.raises(Conflict, match="Change that one"):
        services.create_template(actor=actor, **values)
    with pytest.raises(DomainError, match="There is no mail “nope”"):
        services.create_template(actor=actor, **{**values, "kind": "nope"})
    with pytest.raises(DomainError, match="This is the text of"):
        services.update_template(actor=actor, mail_template=row, language="de")


@pytest.mark.django_db
def test_a_test_goes_to_ones_own_address(alice: Membership, scope: Tenant) -> None:
    """MSG-1.b: as it arrives, in text and HTML, with sample data."""
    row = MailTemplateFactory(
        language="en", text="Dear {first name},\n\nthanks for {what they did}.\n\nBye"
    )
    services.send_test(actor=Actor.member(alice), mail_template=row)
    mail = OutgoingMail.objects.get(kind="mail-template-test")
    assert (mail.to_email, mail.subject) == (alice.email, "Test: Thanks, Ana")
    message = build_message(mail)
    html = message.alternatives[0][0]
    for text in (message.body, html):
        assert "thanks for the reference call with Example Ltd." in text
    assert "[…]" in message.body


@pytest.mark.django_db
def test_from_ours_to_a_preview_and_back(
    alice: Membership, tenant: Tenant, client_for: Callable[..., Client]
) -> None:
    """MSG-1.a, MSG-1.b: it starts from ours, shows itself and what is wrong, keeps nothing."""
    client, base = client_for(alice), "/t/acme/mail-templates/"
    page = client.get(base).content.decode()
    assert "kind=thanks-high&amp;language=pt-br" in page
    form = client.get(f"{base}new/?kind=thanks-high&language=de").content.decode()
    assert "vielen Dank für {what they did}" in form
    assert "{how long}" in form and "not always known" in form
    url = f"{base}preview/?kind=thanks-high&language=de"
    shown = client.post(url, {"subject": "S", "text": "Hallo {first name}!"}).content.decode()
    assert "Hallo Ana!" in shown
    full = client.post(url, {"subject": "S", "text": "Danke für {what they did}."})
    assert "Danke für das Referenzgespräch mit Example Ltd." in full.content.decode()
    wrong = client.post(url, {"subject": "S", "text": "Hallo {name}!"}).content.decode()
    assert "Nothing is called {name} in this mail" in wrong
    assert client.post(f"{base}preview/", {"text": "x"}).status_code == 200
    with tenant_scope(tenant):
        assert not MailTemplate.objects.exists()


@pytest.mark.django_db
def test_over_rest_with_previews(alice: Membership, scope: Tenant) -> None:
    """MSG-1.b: which mails there are, what each knows, and how one reads."""
    api, row = api_for(alice), MailTemplateFactory(language="en")
    kinds = {each["kind"]: each for each in api.get("mail-templates/kinds/").json()}
    assert set(kinds) == {kind.code for kind in every_kind()}
    names = [field["name"] for field in kinds["thanks-low"]["fields_known"]]
    assert names[:2] == ["first name", "what they did"]
    (shown,) = api.get(f"mail-templates/{row.pk}/preview/").json()
    assert shown["subject"] == "Thanks, Ana"
    assert "It took 35 minutes." in shown["text"]
    assert kind_of("thanks-low") is not None
