"""Cutting what customers said into passages of a sentence or a few (EVD-1.a)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from activities.assets.choices import SECTIONS
from activities.assets.models import Asset
from activities.evidence.terms import language_in
from advocates.models import Outcome

#: A passage ends with the sentence that brings it to so many characters; a sentence without an
#: end is cut.
LONG_ENOUGH, LONGEST = 160, 600
# A sentence ends with its sign and a blank before something that can begin one; not after a number
# (1. Mai) or a single letter (z. B.).
_ENDS = re.compile(r"(?<=[.!?…])(?<!\b\w\.)(?<!\d\.)[\"”’»)]*\s+(?=[\"“„«(]?[A-ZÀ-ÞĀ-Ž0-9])")
_MARKUP = re.compile(r"^\s*(?:#{1,6}|[-*+>]|\d+[.)])\s+|[*_`]{1,3}|\[([^\]]*)\]\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Cut:
    """A passage before it is kept; ``beside`` is what it stands under, and finds it as well."""

    part: str
    text: str
    beside: str
    language: str


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, as they stand there but for its markup."""
    for line in text.splitlines():
        plain = _MARKUP.sub(lambda found: found.group(1) or "", line).strip()
        for sentence in _ENDS.split(plain) if plain else ():
            while len(sentence) > LONGEST:
                at = sentence.rfind(" ", 0, LONGEST)
                at = at if at > LONG_ENOUGH else LONGEST
                yield sentence[:at].strip()
                sentence = sentence[at:].strip()  # noqa: PLW2901
            if sentence.strip():
                yield sentence.strip()


def cut(text: str) -> Iterator[str]:
    """A text in passages, each of whole sentences and of one paragraph."""
    for paragraph in re.split(r"\n\s*\n", text):
        kept = ""
        for sentence in sentences(paragraph):
            if kept and len(kept) + len(sentence) > LONGEST:
                yield kept
                kept = ""
            kept = f"{kept} {sentence}".strip()
            if len(kept) >= LONG_ENOUGH:
                yield kept
                kept = ""
        if kept:
            yield kept


def passages_of_asset(asset: Asset) -> list[Cut]:
    """The text, then each part; of what lies elsewhere, title and topic are all there is."""
    whole = " ".join(
        filter(None, (asset.title, asset.body, *(getattr(asset, n) for n in SECTIONS)))
    )
    language = language_in(whole, asset.language)
    beside = f"{asset.title} {asset.topic}".strip()
    found = [
        Cut("" if name == "body" else name, text, beside, language)
        for name in ("body", *SECTIONS)
        for text in cut(getattr(asset, name))
    ]
    if not found and asset.title.strip():
        found = [Cut("", asset.title, beside, language)]
    return found


def passages_of_outcome(outcome: Outcome) -> list[Cut]:
    """What was measured first, then the story."""
    if not outcome.metric.strip():
        return []  # erased
    measured = str(outcome)
    if outcome.period:
        measured = f"{measured} ({outcome.period})"
    language = language_in(f"{outcome.metric} {outcome.narrative}")
    use = outcome.use_case.name if outcome.use_case else ""
    beside = f"{outcome.metric} {use}".strip()
    return [
        Cut("", measured, beside, language),
        *(Cut("", text, beside, language) for text in cut(outcome.narrative)),
    ]
