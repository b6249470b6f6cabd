"""Looking rows up by words (API-1, UI-3)."""

from typing import Any, TypeVar

from django.db.models import Func, Model, QuerySet, TextField, Value
from django.db.models.functions import Concat

from advocacy.search.folding import words_of
from advocacy.search.models import SearchTerm
from advocacy.web.searching import LONGEST, MOST_WORDS

Row = TypeVar("Row", bound=Model)

#: Shorter words are looked for at the beginning of words alone.
_INSIDE_FROM = 3
#: Behind every text that begins with a word.
_LAST = Value(chr(0x10FFFF), output_field=TextField())


class Fold(Func):
    """A text as terms are kept."""

    function = "search_fold"
    output_field = TextField()


def ids_of(kind: str, word: str) -> QuerySet[Any]:
    """The ids of what a word is a beginning, or inside, of a term."""
    folded = Fold(Value(word))
    found: QuerySet[Any] = SearchTerm.objects.filter(
        kind=kind, term__gte=folded, term__lt=Concat(folded, _LAST)
    )
    if len(word) < _INSIDE_FROM:
        found = found.filter(is_start=True)
    return found.values("object_id")


def searched(text: str) -> list[str]:
    """The first eight words of a search, the longest first."""
    return words_of(text.replace("\x00", " ")[:LONGEST])[:MOST_WORDS]


def matching(rows: QuerySet[Row], kind: str, text: str) -> QuerySet[Row]:
    """The rows of which every word of a search is a beginning, or inside, of a term.

    Accents, case and the order of words do not matter; a search without a word leaves the rows as
    they are.
    """
    for word in searched(text):
        rows = rows.filter(pk__in=ids_of(kind, word))
    return rows
