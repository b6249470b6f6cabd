"""What only the whole file tells: ids that stand in it twice, and how its columns are written."""

import difflib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.translation import gettext as _

from advocates.external_ids import stored_id
from imports import values
from imports.blanks import is_blank
from imports.habits import Habit
from imports.limits import Note
from imports.models import Line
from imports.registry import Kind

#: The field that says which record a row is.
KEY = "external_id"
#: More different words than this are no list to compare them with.
_MOST_WORDS = 300
#: How alike a slip is to what was meant.
_ALIKE = 0.85
_INDUSTRIES = (
    "Agriculture", "Apparel", "Automotive", "Banking", "Biotechnology", "Chemicals",
    "Communications", "Construction", "Consulting", "Education", "Electronics", "Employment",
    "Energy", "Engineering", "Entertainment", "Environmental", "Finance", "Food & Beverage",
    "Government", "Healthcare", "Hospitality", "Insurance", "Machinery", "Manufacturing",
    "Marketing", "Media", "Medical", "Not For Profit", "Pharmaceuticals", "Recreation", "Retail",
    "Services", "Shipping", "Software", "Technology", "Telecommunications", "Transportation",
    "Utilities",
)  # fmt: skip


class Remark(NamedTuple):
    """What is to be said about a cell, and whether its row gets in nevertheless."""

    number: int
    field: str
    problem: str
    accepted: str
    got_in: bool


@dataclass(slots=True)
class Survey:
    """What a walk through a file found before its rows are read."""

    #: The row of the headings: what is said about a column is said there.
    heading_row: int = 1
    #: Id → row it stands in first, for ids that stand in several.
    first_rows: dict[str, int] = field(default_factory=dict)
    #: Field → how its cells are written.
    habits: dict[str, Habit] = field(default_factory=dict)
    #: Field → its different words with the number of their rows, where they should be few.
    vocabularies: dict[str, Counter[str]] = field(default_factory=dict)
    #: Row → what is odd about it.
    notes: Mapping[int, str] = field(default_factory=dict)

    @property
    def remarks(self) -> list[Remark]:
        """What is to be said about the file as a whole, at its headings."""
        found = [
            Remark(self.heading_row, name, decided.problem, decided.accepted, True)
            for name, habit in sorted(self.habits.items())
            for decided in habit.decided()
        ]
        for name, words in sorted(self.vocabularies.items()):
            found += self._slips(name, words)
        return found

    def _slips(self, name: str, words: Counter[str]) -> Iterator[Remark]:
        """Words that are no usual industry, but nearly one, or nearly a more frequent word."""
        if len(words) > _MOST_WORDS:
            return
        usual = {word.casefold(): word for word in _INDUSTRIES}
        for word, count in sorted(words.items()):
            if word.casefold() in usual:
                continue
            likelier = {other.casefold(): other for other, n in words.items() if n > count} | usual
            likelier.pop(word.casefold(), None)
            if near := difflib.get_close_matches(word.casefold(), likelier, 1, _ALIKE):
                yield Remark(
                    self.heading_row,
                    name,
                    _("“%(word)s” may be meant as “%(other)s”; it was kept as it is.")
                    % {"word": word, "other": likelier[near[0]]},
                    "",
                    True,
                )


def survey(
    kind: Kind,
    places: Mapping[str, int],
    chunks: Iterable[list[Line]],
    *,
    source: str = "",
    heading_row: int = 1,
    notes: Iterable[Sequence[int | str]] = (),
) -> Survey:
    """Walk a file once before its rows are read."""
    found = Survey(heading_row=heading_row, notes={int(row): str(code) for row, code in notes})
    for column in kind.columns:
        if column.field not in places:
            continue
        if habit := values.HABITS.get(column.read):
            found.habits[column.field] = habit()
        if column.is_vocabulary:
            found.vocabularies[column.field] = Counter()
    seen_by = [(places[name], habit.see) for name, habit in found.habits.items()]
    counted_by = [(places[name], words) for name, words in found.vocabularies.items()]
    key, seen = places.get(KEY, -1), dict[str, int]()
    for line in (line for lines in chunks for line in lines):
        if found.notes.get(line.number) == Note.QUOTES:
            continue
        cells = line.cells
        for place, see in seen_by:
            if place < len(cells) and cells[place] and not is_blank(cells[place]):
                see(cells[place])
        for place, words in counted_by:
            if place < len(cells) and cells[place] and not is_blank(cells[place]):
                words[values.text(cells[place])] += 1
        if 0 <= key < len(cells) and cells[key]:
            cell = stored_id(source, cells[key])
            if (first := seen.setdefault(cell, line.number)) != line.number:
                found.first_rows[cell] = first
    return found
