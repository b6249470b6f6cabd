"""A transcript as what was said, line by line, by whom and when (TRN-1.a).

WebVTT and SubRip are read by webvtt-py, which passes over what it does not understand; so every
line that should be a time is looked at here first, and named where it is none.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

import webvtt
from django.utils.translation import gettext as _
from webvtt.errors import MalformedCaptionError, MalformedFileError

from activities.transcripts.choices import Format
from activities.transcripts.decoding import Unreadable

MOST_LINES, LONGEST_LINE, MOST_SPEAKERS, LONGEST_LABEL = 20_000, 8_000, 60, 80
_ARROW = "-->"
_VTT_TIMES = re.compile(
    r"\s*(?:\d{1,4}:)?[0-5]?\d:[0-5]?\d\.\d{1,3}\s*-->\s*(?:\d{1,4}:)?[0-5]?\d:[0-5]?\d\.\d{1,3}"
    r"(?:\s.*)?"
)
_SRT_TIMES = re.compile(
    r"\s*\d{1,4}:[0-5]?\d:[0-5]?\d[,.]\d{1,3}\s*-->\s*\d{1,4}:[0-5]?\d:[0-5]?\d[,.]\d{1,3}(?:\s.*)?"
)
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]+)>")
_TAG = re.compile(r"</?(?:c|i|b|u|v|ruby|rt|lang)(?:\.[^\s>]*)?(?:\s[^>]*)?>|<\d[\d:.]*>")
_CLOCK = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})(?:[.,](\d{1,3}))?"
_TIME = re.compile(rf"\[?\(?{_CLOCK}\)?\]?")
_STARTS = re.compile(rf"(?P<open>[\[(]?){_CLOCK}[\])]?\s*(?:[-–]\s+)?")
_ENDS = re.compile(rf"\s+[\[(]?{_CLOCK}[\])]?:?$")
_LABEL = re.compile(r"(?P<who>[^\W\d_][^:：\n]{0,79}?)\s*[:：](?:\s+|$)")
#: Words within names that have no capital, and those that begin a sentence and no name.
_PARTICLE = (
    "von vom van der den zu zur de da do dos das di du la le el al bin binti anak of and und & y e"
    " – - |"
)
_BEGINNING = (
    "the a an my our your his her their this that it and so but one der die das ein eine mein meine"
    " unser unsere ihr ihre es und so aber o os as um uma meu minha nosso nossa isso e mas ini itu"
    " dan tapi kami kita"
)
_PARTICLES, _NO_NAME = frozenset(_PARTICLE.split()), frozenset(_BEGINNING.split())
_LOOKS_TIMED = re.compile(r"[\[(]\s*\d+\s*:")


@dataclass(frozen=True, slots=True)
class Spoken:
    """One line: what was said; ``start`` and ``end`` in milliseconds where the file says so."""

    text: str
    speaker: str = ""
    start: int | None = None
    end: int | None = None


def format_of(text: str) -> Format:
    """What a text is, by what stands in it."""
    if text.lstrip().startswith("WEBVTT"):
        return Format.VTT
    head = [line for line in text.split("\n", 40)[:40] if line.strip()][:6]
    return Format.SRT if any(_ARROW in line for line in head) else Format.TXT


def read(text: str) -> tuple[Format, list[Spoken]]:
    """What was said, in its order; adjoining lines of nobody belong to who spoke last.

    Raises :class:`Unreadable` with the line and what was expected there.
    """
    _require_sane(text)
    kind = format_of(text)
    lines = list(_of_text(text) if kind == Format.TXT else _of_cues(text.strip("\n"), kind, text))
    if not lines:
        raise Unreadable(_("There is nothing in it that somebody said."))
    if len(lines) > MOST_LINES:
        raise Unreadable(_too_many())
    speakers = {line.speaker for line in lines}
    if len(speakers) > MOST_SPEAKERS:
        raise Unreadable(
            _("More than %(most)d people speak in it; each line should be “Name: what they said”.")
            % {"most": MOST_SPEAKERS}
        )
    return kind, lines


def _too_many() -> str:
    return _("It has more than %(most)d lines; split it into several transcripts.") % {
        "most": MOST_LINES
    }


def _require_sane(text: str) -> None:
    # A cue has a number, a time, text and an empty line.
    if text.count("\n") > MOST_LINES * 5:
        raise Unreadable(_too_many())
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > LONGEST_LINE:
            raise Unreadable(
                _("it has %(length)d characters; at most %(most)d were expected.")
                % {"length": len(line), "most": LONGEST_LINE},
                number,
            )


# -- WebVTT and SubRip ---------------------------------------------------------------------------


def _of_cues(text: str, kind: Format, whole: str) -> Iterator[Spoken]:
    offset = len(whole) - len(whole.lstrip("\n"))
    _require_times(text, kind, offset)
    try:
        if kind == Format.VTT:
            captions = webvtt.from_string(text.lstrip()).captions
        else:
            captions = webvtt.from_buffer(iter(text.split("\n")), format="srt").captions
    except (MalformedFileError, MalformedCaptionError):
        raise Unreadable(_not_begun(kind), offset + 1) from None
    if len(captions) < sum(_ARROW in line for line in text.split("\n")):
        raise Unreadable(*_first_lost(text, kind, offset))
    last = ""
    for caption in captions:
        start, end = _ms(caption.start), _ms(caption.end)
        for who, said in _voices(" ".join(caption.raw_text.split())):
            last = who or last
            if said:
                yield Spoken(said, last, start, end)


def _require_times(text: str, kind: Format, offset: int) -> None:
    times = _VTT_TIMES if kind == Format.VTT else _SRT_TIMES
    for number, line in enumerate(text.split("\n"), start=1 + offset):
        if _ARROW in line and not times.fullmatch(line):
            example = (
                "00:01:02.500 --> 00:01:05.000"
                if kind == Format.VTT
                else "00:01:02,500 --> 00:01:05,000"
            )
            raise Unreadable(
                _("times like “%(example)s” were expected.") % {"example": example}, number
            )


def _not_begun(kind: Format) -> str:
    if kind == Format.VTT:
        return _("“WEBVTT” was expected, alone or with a title, and an empty line behind it.")
    return _("the number of the first subtitle was expected, and its times in the line below.")


def _first_lost(text: str, kind: Format, offset: int) -> tuple[str, int]:
    """Where a time stands that nothing was read for: no number above it, or nothing below it."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if _ARROW not in line:
            continue
        above = lines[number - 1].strip() if number else ""
        if kind == Format.SRT and not above.isdigit():
            return _(
                "the number of the subtitle was expected above its times."
            ), number + 1 + offset
        below = lines[number + 1].strip() if number + 1 < len(lines) else ""
        if not below:
            return _("what was said was expected below the times."), number + 1 + offset
    return _not_begun(kind), 1 + offset


def _ms(stamp: str) -> int:
    hours, minutes, seconds = ("0:" * (2 - stamp.count(":")) + stamp).split(":")
    return round((int(hours) * 3600 + int(minutes) * 60) * 1000 + float(seconds) * 1000)


def _voices(raw: str) -> Iterator[tuple[str, str]]:
    """Who says what in one cue; tags of WebVTT go, everything else stays what it is."""
    head, *rest = _VOICE.split(raw)
    if plain := _untagged(head):
        who, said = _labelled(plain)
        yield who, said
    for who, said in zip(rest[::2], rest[1::2], strict=True):
        yield _label(html.unescape(who)), _untagged(said)


def _untagged(raw: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", raw)).replace("\0", "").split())


# -- text ----------------------------------------------------------------------------------------


def _of_text(text: str) -> Iterator[Spoken]:
    who, start = "", None
    for number, raw in enumerate(text.split("\n"), start=1):
        line = " ".join(raw.split())
        if not line:
            continue
        at, line = _timed(line, number)
        if at is not None:
            start = at
        named, said = _labelled(line)
        if not named and not said.strip():
            continue
        if named:
            who = named
        elif at is not None and _is_name(said):
            # “00:01:02 Speaker”, and below it what they said.
            who, said = _label(said), ""
        if not who:
            raise Unreadable(
                _("“Name: what they said” was expected, or a time and a name above it."), number
            )
        if said:
            yield Spoken(said, who, start)
            start = None


def _timed(line: str, number: int) -> tuple[int | None, str]:
    """The time a line begins or ends with, in milliseconds, and the line without it."""
    found = _STARTS.match(line)
    if found is None and (found := _ENDS.search(line)) is not None:
        if not _is_name(line[: found.start()]):
            return None, line
        return _checked(found.groups()[-4:], number), line[: found.start()]
    if found is None:
        if _LOOKS_TIMED.match(line):
            raise _no_time(number)
        return None, line
    rest = line[found.end() :]
    if not found["open"] and rest[:1].isdigit():
        return None, line
    return _checked(found.groups()[-4:], number), rest.lstrip()


def _checked(groups: tuple[str | None, ...], number: int) -> int:
    hours, minutes, seconds, rest = groups
    if int(seconds or 0) > 59 or (hours and int(minutes or 0) > 59):
        raise _no_time(number)
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
    return whole * 1000 + int((rest or "0").ljust(3, "0"))


def _no_time(number: int) -> Unreadable:
    return Unreadable(_("a time like “[00:01:02]” was expected."), number)


def _labelled(line: str) -> tuple[str, str]:
    """Who a line says it is of, and the rest; nobody where it does not begin with a name."""
    found = _LABEL.match(line)
    if found is None or not _is_name(found["who"]):
        return "", line
    return _label(found["who"]), line[found.end() :].strip()


def _is_name(text: str) -> bool:
    """Whether this may be what somebody is called: a few words with capitals, no sentence."""
    words = text.split()
    if not 0 < len(words) <= 6 or len(text) > LONGEST_LABEL:
        return False
    if len(words) > 1 and words[0].casefold() in _NO_NAME:
        return False
    if re.search(r"[!?;]|\.$", text) or (words[0].isdigit() and len(words) == 1):
        return False
    return all(
        word[:1].isupper() or word[:1] in '(“"' or word.isdigit() or word.casefold() in _PARTICLES
        for word in words
    )


def _label(text: str) -> str:
    return " ".join(text.split())[:LONGEST_LABEL]
