"""Who a speaker may be, and which language is spoken: guesses by names and common words (TRN-1)."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from activities.transcripts.choices import Language

#: Words that are frequent in one of the languages and rare in the others.
_WORDS = {
    Language.EN: "the and that is was we you it they have with this what for not",
    Language.DE: "und der die das ist wir nicht ein mit auch haben war auf für ich",
    Language.ID: "yang dan itu ini dengan kami untuk tidak karena bisa sudah kalau",
    Language.MS: "yang dan itu ini dengan kami untuk tidak kerana boleh telah kalau",
    Language.PT_BR: "que não para com uma isso mas gente é foi muito porque os",
}
_COMMON = {str(language): frozenset(words.split()) for language, words in _WORDS.items()}


def guess_language(texts: Iterable[str]) -> str:
    """The language most of whose common words stand there; English where nothing says otherwise."""
    counts: Counter[str] = Counter()
    for number, text in enumerate(texts):
        if number >= 400:
            break
        words = re.findall(r"\w+", text.casefold())
        for language, common in _COMMON.items():
            counts[language] += sum(word in common for word in words)
    best = max(Language.values, key=lambda code: counts[code])
    return best if counts[best] else str(Language.EN)


def guess_speakers(
    labels: Sequence[str], people: Mapping[UUID, str], colleagues: Iterable[str], company: str = ""
) -> dict[str, UUID | bool]:
    """By label: the id of the one person at the account of that name, or True for a colleague.

    Only whole names are taken; who is named like two people is left to be said.
    """
    known = {_plain(name): pk for pk, name in people.items()}
    often = Counter(_plain(name) for name in people.values())
    ours = {_plain(name) for name in colleagues}
    found: dict[str, UUID | bool] = {}
    for label in labels:
        name = _plain(re.sub(r"[(|–].*$", "", label).replace(company, "") if company else label)
        turned = _plain(" ".join(reversed(label.split(",")))) if "," in label else name
        for each in (name, turned):
            if each in known and often[each] == 1 and each not in ours:
                found[label] = known[each]
            elif each in ours and each not in known:
                found[label] = True
    return found


def _plain(name: str) -> str:
    folded = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(sign for sign in folded if not unicodedata.combining(sign))
    return " ".join(re.findall(r"\w+", kept))
