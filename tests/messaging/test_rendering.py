"""Texts of mails (MSG-1)."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from advocacy.messaging import rendering
from advocacy.messaging.body import Body
from advocacy.messaging.rendering import MissingMergeData, render_mail

Write = Callable[[str], object]


@pytest.fixture
def write(tmp_path: Path, settings: Settings) -> Iterator[Write]:
    """``write(text)``: the template ``probe`` says this."""
    (tmp_path / "templates/mail").mkdir(parents=True)
    settings.BASE_DIR = tmp_path
    _forget()
    yield (tmp_path / "templates/mail/probe.txt").write_text
    _forget()


def _forget() -> None:
    rendering._engine.cache_clear()
    rendering._template.cache_clear()


class Person:
    first_name = ""
    name = "Ana & Söhne"


def test_subject_is_the_first_line_and_nothing_is_escaped(write: Write) -> None:
    """MSG-1: merge fields, in plain text."""
    write("Subject: Hello {{ person.name }}\n\nDear {{ person.name }},\n\nAnswer: {% link %}\n")
    mail = render_mail("probe", {"person": Person()}, "en")
    assert mail.subject == "Hello Ana & Söhne"
    assert mail.text.parts == (
        {"text": "Dear Ana & Söhne,\n\nAnswer: "},
        {"link": ""},
        {"text": "\n"},
    )


@pytest.mark.parametrize(
    "text",
    [
        "{{ nobody }}",
        "{{ nobody.name }}",
        "{{ person.first_name }}",
        "{{ person.missing }}",
        "{{ none }}",
        "{{ blank }}",
        "{{ blank|upper }}",
        "{% if person %}{{ blank }}{% endif %}",
        "{% blocktranslate %}Dear {{ nobody }}{% endblocktranslate %}",
        "{% blocktranslate %}Dear {{ none }}{% endblocktranslate %}",
        "{% blocktranslate with name=person.first_name %}Dear {{ name }}{% endblocktranslate %}",
        "{% blocktranslate with name=person.missing %}Dear {{ name }}{% endblocktranslate %}",
    ],
)
def test_hole_in_a_mail_raises(write: Write, text: str) -> None:
    """MSG-1.c: missing merge data blocks the send, in whatever way it is missing."""
    write(f"Subject: Hello\n\n{text}\n")
    with pytest.raises(MissingMergeData):
        render_mail("probe", {"person": Person(), "none": None, "blank": " "}, "en")


def test_optional_data_stands_inside_an_if(write: Write) -> None:
    """MSG-1: a template can say what to do without it."""
    write("Subject: Hello\n\n{% if blank %}{{ blank }}{% else %}there{% endif %}\n")
    assert render_mail("probe", {"blank": ""}, "en").text == Body.of("there\n")


def test_mail_is_written_in_the_asked_language(write: Write) -> None:
    """UI-4: e-mails follow the advocate's language."""
    write("Subject: Hello\n\n{{ day|date:'F' }}\n")
    assert "März" in str(render_mail("probe", {"day": date(2026, 3, 1)}, "de").text)


def test_template_without_subject_is_refused(write: Write) -> None:
    """MSG-1: no mail goes out without a subject."""
    write("Hello\n")
    with pytest.raises(ValueError, match="Subject"):
        render_mail("probe", {}, "en")
