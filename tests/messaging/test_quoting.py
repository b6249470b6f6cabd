"""What somebody wrote above the mail they answer (MSG-5.b)."""

import pytest

from advocacy.messaging.quoting import line_above, own_words, words_of

LINE = line_above("de")
PRIYA = "Priya <priya@acme.example>"
LETTER = f"> {LINE}\n>\n> Dear Ana,\n>\n> would you speak with Isdom?\n"

CASES = {
    "gmail": f"Happy to!\n\nOn Tue, 24 Nov 2026 at 10:00, {PRIYA}\nwrote:\n\n{LETTER}",
    "german": f"Happy to!\n\nAm 24.11.2026 um 10:00 schrieb {PRIYA}:\n{LETTER}",
    "outlook": (
        "Happy to!\n\n________________________________\nFrom: Priya Shah <priya@acme.example>\n"
        f"Sent: Tuesday\nTo: Ana Lima\nSubject: A call\n\n{LINE}\n\nDear Ana,\n"
    ),
    "original": f"Happy to!\n\n-----Original Message-----\nFrom: P\nTo: A\n\n{LINE}\n\nDear Ana",
    "below": f"{LETTER}\n\nHappy to!",
    "without our line": "Happy to!\n\nLe 24 nov. 2026 à 10:00, P. a écrit :\n\n> Dear Ana",
    "nothing quoted": "Happy to!",
}


@pytest.mark.parametrize("name", CASES)
def test_what_they_wrote_is_all_that_is_left(name: str) -> None:
    """MSG-5.b: cut at our own line, whatever the mail program put before it."""
    assert own_words(CASES[name]) == "Happy to!"


def test_words_that_look_like_a_quotation_stay() -> None:
    """MSG-5.b: paragraphs, an address, a colon in the middle; and never nothing at all."""
    text = "Two things:\n\nNext week is fine.\n\nMy number is 0170 123\n\nAna"
    assert own_words(f"{text}\n\nOn Tuesday 3 Priya wrote:\n{LETTER}") == text
    assert own_words(LETTER) == LETTER.strip()


def test_html_is_read_as_words() -> None:
    """MSG-5.b."""
    html = (
        "<head><style>p{color:red}</style></head><p>Happy&nbsp;to!</p><p>Ana</p>"
        f"<blockquote><p>{LINE}</p><p>Dear Ana</p></blockquote>"
    )
    assert own_words(words_of(html)) == "Happy to!\nAna"


def test_what_was_made_to_be_slow_is_read_in_one_pass() -> None:
    """MSG-5.b, PERF: a stranger chooses the length of a line and how deep tags stand in each other;
    each of these took a minute.
    """
    for text in ("1" * 20_000, "-" * 20_000 + "!", "<a " * 7_000):
        assert own_words(text) == text.strip()
    assert words_of("<div>" * 40_000 + "Happy to!") == "Happy to!"
    assert words_of("<br " * 250_000).startswith("<br")
    assert words_of("a < b<!-- c <p>d</p> --><style>p > q {}</style> &lt;e&gt;") == "a < b <e>"
