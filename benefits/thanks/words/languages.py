"""The languages letters of thanks are written in: every one of UI-4 (THX-3.a)."""

from pathlib import Path

from django.conf import settings

from advocacy.messaging.wording.text import Written
from benefits.thanks.words.english import ENGLISH
from benefits.thanks.words.german import GERMAN
from benefits.thanks.words.indonesian import INDONESIAN
from benefits.thanks.words.malay import MALAY
from benefits.thanks.words.phrases import Phrases
from benefits.thanks.words.portuguese import PORTUGUESE

LETTERS: dict[str, Phrases] = {
    "en": ENGLISH,
    "de": GERMAN,
    "id": INDONESIAN,
    "ms": MALAY,
    "pt-br": PORTUGUESE,
}
_SUBJECT = "Subject: "


def ours(letter: str, language: str) -> Written:
    """Our own letter of a kind: "low", "executive", "outcome"."""
    folder = Path(settings.BASE_DIR) / "templates/letters/thanks"
    subject, _newline, text = (folder / f"{letter}.{language}.txt").read_text().partition("\n")
    return Written(subject.removeprefix(_SUBJECT), text.strip())
