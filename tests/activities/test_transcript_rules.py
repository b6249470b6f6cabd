"""What a transcript is read as, and which sentences are found in it: pure, without a database."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activities.transcripts.choices import Format, Language, Reason
from activities.transcripts.decoding import Unreadable, decoded, tidied
from activities.transcripts.guessing import guess_language, guess_speakers
from activities.transcripts.proposing import judged, propose
from activities.transcripts.reading import MOST_LINES, Spoken, read
from activities.transcripts.sentences import Piece, Sentence, joined, sentences_of
from activities.transcripts.vocabulary import patterns_of
from advocacy.tenancy.ids import uuid7

VTT = """WEBVTT - Review

NOTE made by a meeting tool

intro
00:00:01.000 --> 00:00:04.000 align:start
<v Ana Ruiz>We went from six weeks

00:00:04.000 --> 00:00:06.250
<v Ana Ruiz>to nine days &amp; <b>all</b> <script>alert(1)</script>.</v>

01:00:07.000 --> 01:00:08.000
<v Bob Stone>Nice.</v>
"""
SRT = """1
00:00:01,500 --> 00:00:04,000
Ana Ruiz: Hello there

2
00:00:05,000 --> 00:00:06,000
and more
of it
"""
TXT = """[00:01:02] Ana Ruiz: Hello there
more of it: a lot

00:01:10 Bob Stone
That is fine.
The result: we won.
Speaker 2  0:03
yes
"""


def said(text: str) -> list[tuple[str, str, int | None]]:
    return [(line.speaker, line.text, line.start) for line in read(tidied(text))[1]]


def test_webvtt() -> None:
    """TRN-1.a: voices, times, entities; tags of the format go, others are text."""
    kind, lines = read(VTT)
    assert kind == Format.VTT
    assert lines == [
        Spoken("We went from six weeks", "Ana Ruiz", 1000, 4000),
        Spoken("to nine days & all <script>alert(1)</script>.", "Ana Ruiz", 4000, 6250),
        Spoken("Nice.", "Bob Stone", 3_607_000, 3_608_000),
    ]


def test_subrip() -> None:
    """TRN-1.a: who spoke last goes on speaking."""
    kind, lines = read(SRT)
    assert kind == Format.SRT
    assert lines == [
        Spoken("Hello there", "Ana Ruiz", 1500, 4000),
        Spoken("and more of it", "Ana Ruiz", 5000, 6000),
    ]


def test_text() -> None:
    """TRN-1.a: a name before each line, or a time and a name above it; a colon is no name."""
    assert read(TXT)[0] == Format.TXT
    assert said(TXT) == [
        ("Ana Ruiz", "Hello there", 62_000),
        ("Ana Ruiz", "more of it: a lot", None),
        ("Bob Stone", "That is fine.", 70_000),
        ("Bob Stone", "The result: we won.", None),
        ("Speaker 2", "yes", 3000),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings(encoding: str) -> None:
    """TRN-1.a: told by the content, with and without a mark; line ends of every system."""
    data = "Zoë Ruiz: Größe\r\nBob: yes\rZoë Ruiz: no\u2028".encode(encoding)
    assert [(line.speaker, line.text) for line in read(decoded(data))[1]] == [
        ("Zoë Ruiz", "Größe"),
        ("Bob", "yes"),
        ("Zoë Ruiz", "no"),
    ]


def test_ansi() -> None:
    """TRN-1.a: what an old editor of Windows saved."""
    assert read(decoded("Ana: schön – „gut“".encode("cp1252")))[1][0].text == "schön – „gut“"


@pytest.mark.parametrize(
    ("data", "line", "expected"),
    [
        (b"PK\x03\x04rest", 0, "another kind of file (ZIP, Word)"),
        (b"%PDF-1.7", 0, "PDF"),
        (b"\x00\x01\x02\x03\x04\x05", 1, "control character"),
        (b"Ana: one\nAna: \x1b[31mred", 2, "control character"),
        (b"Ana: one\nAna: t\x81wo", 2, "UTF-8"),
        (b"Hello there\nwhat", 1, "Name: what they said"),
        (b"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nHi\n\n1:2 --> 3\nHo", 6, "00:01:02.500 -->"),
        (b"1\n00:00:01,000 --> 0:5\nHi", 2, "00:01:02,500 -->"),
        (b"00:00:01,000 --> 00:00:02,000\nHi", 1, "the number of the first subtitle"),
        (b"Ana: Hi\n[00:99:02] Ana: Ho", 2, "[00:01:02]"),
        (b"", 0, "nothing in it"),
        (b"WEBVTT\n\n", 0, "nothing in it"),
        (b"Ana: " + b"a" * 1_000_000, 1, "1000005 characters"),
        (b"Ana: a\n" * 1_000_000, 0, f"more than {MOST_LINES} lines"),
        (b"".join(b"Person %d: a\n" % n for n in range(90)), 0, "More than 60 people"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_line(
    data: bytes, line: int, expected: str
) -> None:
    """TRN-1.a, BAD-1: the line, and what was expected there; soon, whatever is uploaded."""
    begun = time.process_time()
    with pytest.raises(Unreadable) as refused:
        read(decoded(data))
    assert time.process_time() - begun < 5
    assert refused.value.line == line
    assert expected in str(refused.value)
    assert (f"Line {line}: " in str(refused.value)) == bool(line)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8")))
def test_whatever_comes_is_read_or_refused(data: bytes) -> None:
    """BAD-1: no file makes anything else of it."""
    try:
        lines = read(decoded(data))[1]
    except Unreadable:
        return
    assert all(line.text.strip() for line in lines)


OUTCOMES = [
    ("en", "We went from six weeks to nine days with Flow.", "six weeks", "nine days"),
    ("en", "The report went from 14 to 5 hours.", "14", "5 hours"),
    ("en", "It used to take us six weeks, now it is nine working days.", "six weeks",
     "nine working days"),
    ("en", "Rosters take five hours instead of fourteen.", "fourteen", "five hours"),
    ("de", "Wir sind von sechs Wochen auf neun Tage gekommen.", "sechs Wochen", "neun Tage"),
    ("de", "Früher haben wir zwei volle Tage gebraucht, heute sind es drei Stunden.",
     "zwei volle Tage", "drei Stunden"),
    ("id", "Waktu persetujuan turun dari enam minggu menjadi sembilan hari.", "enam minggu",
     "sembilan hari"),
    ("ms", "Masa kelulusan turun daripada enam minggu kepada sembilan hari.", "enam minggu",
     "sembilan hari"),
    ("pt-br", "Passamos de seis semanas para nove dias na aprovação.", "seis semanas",
     "nove dias"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "before", "after"), OUTCOMES)
def test_an_outcome_is_found_with_before_and_after(
    language: str, text: str, before: str, after: str
) -> None:
    """TRN-1.b: in five languages, numbers in words as well."""
    (found,) = propose([[Piece(1, text)]], language)
    assert found.sentence.text == text
    assert found.reasons[0] == Reason.OUTCOME
    assert (found.before, found.after) == (before, after)


@pytest.mark.parametrize(
    ("language", "text", "reason"),
    [
        ("en", "We saved 40% of our planning time last year.", Reason.NUMBER),
        ("en", "I love it because the support answers at once.", Reason.PRAISE),
        ("en", "It is much faster than the old tool was.", Reason.COMPARISON),
        ("de", "Ich bin begeistert, weil der Support wirklich antwortet.", Reason.PRAISE),
        ("de", "Das ist deutlich schneller als unser altes System.", Reason.COMPARISON),
        ("id", "Saya senang karena timnya selalu membantu kami.", Reason.PRAISE),
        ("id", "Ini lebih cepat daripada sistem lama kami.", Reason.COMPARISON),
        ("ms", "Saya suka kerana sistem ini mudah untuk pasukan kami.", Reason.PRAISE),
        ("ms", "Ini lebih cepat daripada sistem lama kami.", Reason.COMPARISON),
        ("pt-br", "Adoro a ferramenta porque o suporte responde rápido.", Reason.PRAISE),
        ("pt-br", "É mais rápido do que o sistema antigo.", Reason.COMPARISON),
    ],
)
def test_why_a_sentence_is_proposed(language: str, text: str, reason: Reason) -> None:
    """TRN-1.b: a number, praise with its reason, a comparison."""
    (found,) = propose([[Piece(1, text)]], language)
    assert reason in found.reasons


@pytest.mark.parametrize(
    "text",
    [
        "Lunch was nice today with the team.",
        "Did you save 40% of your planning time?",
        "I would not recommend it because it breaks.",
        "We had a day off and then went home.",
        "I love it, it really is great for us.",
        "He would rather leave than stay with them.",
        "Saved 40%.",
    ],
)
def test_what_is_not_worth_quoting(text: str) -> None:
    """TRN-1.b: no number, a question, praise without a reason, too short."""
    assert propose([[Piece(1, text)]], "en") == []


def test_products_and_the_first_person_add_to_it() -> None:
    """TRN-1.b: a product that is named counts, alone it is nothing."""
    turns = [[Piece(1, "We save 3 hours with Flow every week. Flow is the name of the tool.")]]
    (found,) = propose(turns, "en", ["Flow", "Connect"])
    assert found.reasons == (Reason.NUMBER, Reason.PRODUCT, Reason.FIRST_PERSON)
    assert found.score > propose(turns, "en")[0].score


def test_a_sentence_goes_on_in_the_next_line() -> None:
    """TRN-1.b: abbreviations, dates and initials end none; the place is where it begins."""
    turn = [
        Piece(7, "That is it. Am 3. Mai kam Dr. Meier"),
        Piece(8, "zu uns, z.B. mit J. Ruiz. Und so weiter"),
    ]
    assert list(sentences_of(turn)) == [
        Sentence(7, 12, "Am 3. Mai kam Dr. Meier zu uns, z.B. mit J. Ruiz.")
    ]


_LANGUAGES = st.sampled_from([str(code) for code in Language.values])
_BITS = st.sampled_from(
    ["from six weeks to nine days", "because", "great", "we", "40%", "3 hours", ". ", "? ", "Dr.",
     "…", "“Yes.” ", "von", "auf", "zwei Tage", "weil", "toll", "ß", "\u0130", "e\u0301", "🙂",
     "mais rápido do que", "  ", "x" * 40, "A", "Now", "hari", "dari"]
)  # fmt: skip
_LINE = st.lists(_BITS, min_size=1, max_size=14).map(" ".join).map(str.split).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(_LINE.filter(bool), min_size=1, max_size=4), max_size=4), _LANGUAGES)
def test_no_word_is_changed(turns: list[list[str]], language: str) -> None:
    """TRN-1.b: every proposal is a part of what was said, at the place that it says."""
    number, pieces = 0, []
    for turn in turns:
        pieces.append([Piece(number + n, text) for n, text in enumerate(turn, start=1)])
        number += len(turn)
    lines = [piece for turn in pieces for piece in turn]
    for found in propose(pieces, language, ["Now"]):
        sentence = found.sentence
        turn = next(each for each in pieces if sentence.number in [p.number for p in each])
        rest = joined([piece for piece in turn if piece.number >= sentence.number])
        assert rest[sentence.start :].startswith(sentence.text)
        assert sentence.start < len(lines[sentence.number - 1].text)
        assert sentence.text in joined(lines)
        assert found.before in sentence.text
        assert found.after in sentence.text


@pytest.mark.parametrize(
    "text", ["from six " * 900, "five " * 1600, "1" * 8000, "1 000" * 1600, "a " * 4000]
)
def test_no_text_takes_long(text: str) -> None:
    """BAD-1: whatever somebody pastes as one sentence."""
    begun = time.process_time()
    for language in Language.values:
        judged(Sentence(1, 0, text), patterns_of(language), None)
    assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "And that is what we have done with it."),
        ("de", "Und das ist auch nicht das, was wir haben."),
        ("id", "Kami tidak bisa karena itu yang sudah ada."),
        ("ms", "Kami tidak boleh kerana itu yang telah ada."),
        ("pt-br", "Isso foi muito bom para a gente, mas não é com os outros."),
        ("en", "…"),
    ],
)
def test_the_language_is_recognised(language: str, text: str) -> None:
    """TRN-1.b: by its common words."""
    assert guess_language([text]) == language


def test_speakers_are_guessed_by_their_whole_names() -> None:
    """TRN-1.b: accents and order do not matter; who has a namesake is left to be said."""
    ana, one, two = uuid7(), uuid7(), uuid7()
    people = {ana: "Ána Ruiz", one: "Jo Li", two: "Jo Li"}
    labels = ["ana ruiz", "Ruiz, Ana", "Ana Ruiz (Northwind)", "Jo Li", "Alice Best", "Ana"]
    found = guess_speakers(labels, people, ["Alice Best"], "Northwind")
    assert found == {
        "ana ruiz": ana,
        "Ruiz, Ana": ana,
        "Ana Ruiz (Northwind)": ana,
        "Alice Best": True,
    }
