"""The development mailbox."""

from pathlib import Path

import pytest
from django.core import mail
from django.test import Client
from django.urls import NoReverseMatch, reverse
from pytest_django.fixtures import Settings


@pytest.fixture
def box(tmp_path: Path, settings: Settings) -> Path:
    """A mailbox of files, wired up."""
    settings.ROOT_URLCONF = "tests.messaging.urls"
    settings.EMAIL_FILE_PATH = tmp_path
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    return tmp_path


def send(subject: str, text: str, date: str) -> mail.EmailMessage:
    return mail.EmailMessage(
        subject, text, "a@example.com", ["ana@example.com"], headers={"Date": date}
    )


def test_mails_are_listed_newest_first_and_their_links_work(box: Path, client: Client) -> None:
    """MSG-1: what would have been sent can be read and followed."""
    with mail.get_connection() as connection:
        connection.send_messages(
            [
                send(
                    "Older",
                    "See https://x.example/p/abc/ask/ now",
                    "Mon, 02 Mar 2026 10:00:00 -0000",
                ),
                send("Newer – ü", "Zeichen: ü", "Mon, 02 Mar 2026 11:00:00 +0000"),
            ]
        )
    page = client.get("/dev/mail/").content.decode()
    assert page.index("Newer – ü") < page.index("Older")
    name = next(box.glob("*.log")).stem
    letter = client.get(f"/dev/mail/{name}-0/").content.decode()
    assert 'href="https://x.example/p/abc/ask/"' in letter
    assert "Zeichen: ü" in client.get(f"/dev/mail/{name}-1/").content.decode()


def test_empty_box_and_unknown_letter(box: Path, client: Client) -> None:
    """BAD-1: nothing there is a sentence, not an error."""
    assert "No mail yet" in client.get("/dev/mail/").content.decode()
    assert client.get("/dev/mail/nothing-0/").status_code == 404


def test_mailbox_exists_in_development_only(client: Client) -> None:
    """ID-3: it shows links that work, so production has none."""
    with pytest.raises(NoReverseMatch):
        reverse("mailbox")
    assert client.get("/dev/mail/").status_code == 404
