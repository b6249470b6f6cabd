"""Both parts of a mail are made of the same structure, and say the same (MSG-1)."""

import re
from html.parser import HTMLParser

import pytest
from pytest_django.fixtures import Settings

from advocacy.messaging.body import Body
from advocacy.messaging.layout import as_html
from advocacy.messaging.sending import build_message
from advocacy.messaging.templatetags.mails import given
from advocacy.tenancy.models import Tenant
from tests.factories.messaging import OutgoingMailFactory
from tests.messaging.test_odd_words import FLAGS, TEMPLATES, written

LINK, PAGE = "https://a.example/p/secret/ask/", "https://a.example/t/acme/"


class Reader(HTMLParser):
    """What a person reads of a page, and where its links lead."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[tuple[str, str]] = []
        self._hidden, self._href = 0, ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in ("title", "style")
        if tag == "a":
            self._href = dict(attrs)["href"] or ""
        elif tag in ("br", "p", "blockquote", "td"):
            self.words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("title", "style")
        if tag == "a":
            self._href = ""

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        self.words.append(data)
        if self._href:
            self.links.append((data, self._href))


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    return reader


def html_of(body: Body) -> str:
    return as_html(
        body,
        link=lambda page: f"{LINK}{page}",
        page=lambda: PAGE,
        subject="A subject",
    )


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("facts", [{}, {**dict.fromkeys(FLAGS, False), "accepted": 0}])
@pytest.mark.parametrize("template", TEMPLATES)
def test_both_parts_say_the_same(template: str, facts: dict[str, object]) -> None:
    """MSG-1: word for word; an address behind a label in the text is the label in the HTML."""
    body = written(template, "Tame", **facts).text
    text = body.filled(link=lambda page: f"{LINK}{page}", page=lambda: PAGE)
    shown = read(html_of(body))
    spoken = re.sub(rf":\s+(?:{LINK}|{PAGE})\S*", "", text).replace("\n-- \n", "\n")
    assert flat("".join(shown.words)) == flat(spoken)
    places = re.findall(rf"(?:{LINK}|{PAGE})\S*", text)
    assert [href for _label, href in shown.links] == places


@pytest.mark.parametrize("template", TEMPLATES)
def test_one_button_at_most_and_nothing_from_elsewhere(template: str) -> None:
    """MSG-1: one thing to do; no picture, no sheet, no script that tells who read it."""
    html = html_of(written(template, "Tame").text)
    assert html.count('class="press"') <= 1
    assert not re.search(r"<img|<script|<link|url\(|@import|src=", html)
    assert "prefers-color-scheme:dark" in html


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_address_stands_bare_in_the_html(template: str) -> None:
    """MSG-1: what is pressed has a name."""
    for label, href in read(html_of(written(template, "Tame").text.signed("Acme"))).links:
        assert label != href


def test_a_persons_letter_looks_like_one() -> None:
    """MSG-1.d: nothing around it, no button, no small print."""
    letter = html_of(Body.of("Dear Ana,\n\nthank you.\n\nLena", "de"))
    assert "border:1px solid" not in letter
    assert 'class="press"' not in letter
    assert '<html lang="de"' in letter


def test_what_people_typed_stays_text() -> None:
    """BAD-1, ID-4.b: markup is words, a stranger's address is a link and never the button."""
    html = html_of(Body.of("Hello <b>Ana</b>,\n\nSign in: https://evil.example/a?b=1&c=2.\n"))
    assert "&lt;b&gt;Ana&lt;/b&gt;" in html
    assert ">https://evil.example/a?b=1&amp;c=2</a>." in html
    assert 'class="press"' not in html


@pytest.mark.django_db
def test_it_says_who_sends_it_and_in_which_language(scope: Tenant, settings: Settings) -> None:
    """MSG-1, UI-4: the company in the From line and below the rule, the language of the text."""
    settings.DEFAULT_FROM_EMAIL = "Advocacy <hello@advocacy.example>"
    mail = OutgoingMailFactory(
        body=[{"text": "Hello."}, {"rule": ""}, {"text": "\nYou get this because."}], language="de"
    )
    message = build_message(mail.reload())
    assert message.from_email == "Acme <hello@advocacy.example>"
    assert str(message.body).endswith("You get this because.\n\nAcme\n")
    html = str(message.alternatives[0][0])
    assert '<html lang="de"' in html
    assert "Acme" in "".join(read(html).words)


@pytest.mark.parametrize(
    ("name", "greeted"),
    [("Priya Nair", "Priya"), ("Ana", "Ana"), ("Dr. Ito", "Dr. Ito"), ("J Smith", "J Smith")],
)
def test_colleagues_are_greeted_by_first_name(name: str, greeted: str) -> None:
    """MSG-1.d: as a person would, where the first name can be told."""
    assert given(name) == greeted
