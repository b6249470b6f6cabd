"""Which sentences are worth quoting, and why: found, never written (TRN-1.b).

Rules over words: no model, nothing rewritten, every proposal a part of what was said.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from activities.transcripts.choices import SCORES, SUFFICIENT, Language, Reason
from activities.transcripts.sentences import Piece, Sentence, sentences_of
from activities.transcripts.vocabulary import Patterns, patterns_of

#: The best so many of a transcript are kept.
MOST = 300
LONGEST_VALUE = 60
#: Characters within which the words of a change stand beside its numbers.
_GAP = 80


@dataclass(frozen=True, slots=True)
class Proposal:
    """A sentence worth quoting. ``before`` and ``after`` are of an outcome, as they were said."""

    sentence: Sentence
    reasons: tuple[Reason, ...]
    before: str = ""
    after: str = ""
    score: int = field(default=0)


def propose(
    turns: Iterable[Sequence[Piece]], language: str, products: Collection[str] = ()
) -> list[Proposal]:
    """The best sentences of some turns, in the order in which they were said."""
    patterns = patterns_of(language if language in Language.values else Language.EN)
    names = _names(products)
    found: list[Proposal] = []
    seen: set[str] = set()
    for turn in turns:
        for sentence in sentences_of(turn):
            proposal = judged(sentence, patterns, names)
            if proposal is not None and sentence.text.casefold() not in seen:
                seen.add(sentence.text.casefold())
                found.append(proposal)
    best = sorted(found, key=lambda each: (-each.score, each.sentence.number))[:MOST]
    return sorted(best, key=lambda each: (each.sentence.number, each.sentence.start))


def judged(
    sentence: Sentence, patterns: Patterns, names: re.Pattern[str] | None
) -> Proposal | None:
    """One sentence with the reasons for it; None where there are none, and for a question."""
    text = sentence.text
    if text.rstrip("\"'”’“»)]").endswith("?"):
        return None
    reasons, before, after = [], "", ""
    amounts = [each for each in patterns.amount.finditer(text) if not _is_article(each.group())]
    if pair := _change(text, amounts, patterns):
        reasons.append(Reason.OUTCOME)
        before, after = pair
    if any(patterns.quantity.fullmatch(each.group()) for each in amounts):
        reasons.append(Reason.NUMBER)
    praise = patterns.praise.search(text)
    if (
        praise
        and patterns.because.search(text)
        and not patterns.negation.search(text, 0, praise.start())
    ):
        reasons.append(Reason.PRAISE)
    if patterns.compare.search(text):
        reasons.append(Reason.COMPARISON)
    if not SUFFICIENT & set(reasons):
        return None
    if names is not None and names.search(text):
        reasons.append(Reason.PRODUCT)
    if patterns.first.search(text):
        reasons.append(Reason.FIRST_PERSON)
    score = sum(SCORES[reason] for reason in reasons)
    return Proposal(sentence, tuple(reasons), before, after, score)


def _change(
    text: str, amounts: Sequence[re.Match[str]], patterns: Patterns
) -> tuple[str, str] | None:
    """How it was and how it is, where two numbers that follow each other say so."""
    begin = 0
    for first, second in pairwise(amounts):
        lead, between = text[begin : first.start()][-_GAP:], text[first.end() : second.start()]
        begin = first.end()
        if len(between) > _GAP or first.group().casefold() == second.group().casefold():
            continue
        for was, now in patterns.changes:
            if not now.search(between) or (was is not None and not was.search(lead)):
                continue
            before, after = (second, first) if was is None else (first, second)
            if patterns.quantity.fullmatch(after.group()):
                return before.group()[:LONGEST_VALUE], after.group()[:LONGEST_VALUE]
    return None


def _is_article(quantity: str) -> bool:
    """Whether the number in it is a mere article: “a day”, “eine Woche”."""
    return bool(
        re.match(r"(?:a|an|ein|eine|einen|einem|einer|um|uma)(?:\s|$)", quantity, re.IGNORECASE)
    )


def _names(products: Collection[str]) -> re.Pattern[str] | None:
    known = sorted({each.strip() for each in products if len(each.strip()) > 1}, key=len)
    if not known:
        return None
    return re.compile(
        rf"(?<!\w)(?:{'|'.join(re.escape(each) for each in reversed(known))})(?!\w)", re.IGNORECASE
    )
