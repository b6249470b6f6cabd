"""Terms: what of a passage is kept to find it by, and what of a question is looked for.

The ranking is BM25 (Robertson and Zaragoza 2009). The part of it that a passage alone decides is
kept beside each term as its weight; how rare a term is, is counted when somebody asks.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from activities.evidence.concepts import related
from activities.evidence.languages import (
    ENGLISH,
    STOP_WORDS,
    base_of,
    language_of,
    stem,
    stems,
)
from advocacy.search.folding import fold

#: How soon a repeated word stops to count (k1), how much a long passage counts less (b), and the
#: length that counts as usual, in terms.
_SATURATION, _LENGTH_COUNTS, _USUAL_LENGTH = 1.2, 0.4, 18.0
#: A word of the title or the measure beside one of the passage itself.
_BESIDE = 0.5
#: A word found by another of its concept, by one of another language, and by what its stem would be
#: in another language.
BY_CONCEPT, BY_FOREIGN, BY_LANGUAGE = 0.5, 0.4, 0.9
MOST_WORDS, LONGEST_TERM = 24, 80

# A number with its separators is one word: 1,200 and 1.200 are 1200, 99.5 stays apart from 995.
_WORD = re.compile(r"\d+(?:[.,\u2019\u202f]\d+)*|[^\W\d_]+(?:[\u2019'][^\W\d_]+)*")
_THOUSANDS = re.compile(r"[.,\u2019\u202f](?=\d{3}(?:\D|$))")
_APOSTROPHE = re.compile(r"[\u2019'].*")
_QUANTITIES = (
    "much many far percent percentage number numbers quantified measured roi wieviel wieviele"
    " prozent zahl zahlen berapa persen angka peratus quanto quanta quantos quantas porcento"
    " numero numeros"
)
_QUANTITY = frozenset(_QUANTITIES.split())


def _tokens(text: str) -> Iterator[tuple[int, int, str]]:
    for found in _WORD.finditer(text):
        word = found.group()
        if word[0].isdigit():
            word = _THOUSANDS.sub("", word).replace(",", ".")
        else:
            word = _APOSTROPHE.sub("", fold(word))
        if word:
            yield found.start(), found.end(), word[:LONGEST_TERM]


def words_in(text: str) -> list[str]:
    """The folded words and numbers of a text, in their order."""
    return [word for _start, _end, word in _tokens(text)]


def language_in(text: str, said: str = "") -> str:
    """The base code of the language a text is in: the one that is said, else by its small words."""
    return base_of(said) or language_of(words_in(text), ENGLISH)


def weighed(text: str, beside: str, language: str) -> dict[str, float]:
    """The terms of a passage with their weights; ``beside`` is what it stands under."""
    stop = STOP_WORDS[language]
    own = Counter(stem(w, language) for w in words_in(text) if w not in stop)
    length = sum(own.values())
    for word in words_in(beside):
        if word not in stop and (term := stem(word, language)) not in own:
            own[term] = 0  # marked: it counts as _BESIDE
    norm = _SATURATION * (1 - _LENGTH_COUNTS + _LENGTH_COUNTS * length / _USUAL_LENGTH)
    found = {}
    for term, count in own.items():
        often = count or _BESIDE
        found[term] = round(often * (_SATURATION + 1) / (often + norm), 4)
    return found


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question looks for: each word with the terms it may be found by, and how much such a
    find counts; whether it asks for a number.
    """

    groups: tuple[dict[str, float], ...]
    wants_number: bool
    language: str

    @property
    def terms(self) -> dict[str, float]:
        """All terms with the most each counts."""
        found: dict[str, float] = {}
        for group in self.groups:
            for term, factor in group.items():
                found[term] = max(factor, found.get(term, 0.0))
        return found


def asked_in(question: str) -> Asked:
    """Take a question in plain words apart; one of stop words alone looks for these."""
    words = words_in(question)
    language = language_of(words)
    telling = [w for w in words if w not in STOP_WORDS[language]] or words
    groups = []
    for word in list(dict.fromkeys(telling))[:MOST_WORDS]:
        spelled = [word]
        if language != ENGLISH and re.search("[aou]e", word):
            # As German writes a dotted letter without the dots.
            spelled.append(re.sub("([aou])e", r"\1", word))
        found = [each for spelling in spelled for each in stems(spelling, language)]
        own, others = related(found[0], language)
        group = dict.fromkeys(others, BY_FOREIGN) | dict.fromkeys(own, BY_CONCEPT)
        group |= dict.fromkeys(found, BY_LANGUAGE)
        group[found[0]] = 1.0
        groups.append(group)
    return Asked(tuple(groups), bool(_QUANTITY & set(words)) or "%" in question, language)


def marked(text: str, asked: Asked, language: str) -> list[tuple[str, bool]]:
    """A passage in pieces: text, and whether it is what was looked for."""
    terms, stop = asked.terms, STOP_WORDS[language]
    pieces: list[tuple[str, bool]] = []
    at = 0
    for start, end, word in _tokens(text):
        if word in stop or stem(word, language) not in terms:
            continue
        if text[at:start]:
            pieces.append((text[at:start], False))
        pieces.append((text[start:end], True))
        at = end
    if text[at:]:
        pieces.append((text[at:], False))
    return pieces
