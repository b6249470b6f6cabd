"""Folding: accents, case and ways of writing do not matter. And the cutting into words.

The same function folds what is kept and what is asked for, so both are PostgreSQL's. Nothing in it
depends on the database's locale: case is folded by a table made here, letters are separated at a
list of signs.
"""

import re
import string
import unicodedata
from typing import Final

#: Letters that no decomposition takes apart.
_SPELLED: Final = {"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ĳ": "ij"}
_PLAIN: Final = {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ŋ": "n", "ŧ": "t"}
#: As German writes them where there are no dots; what is kept is found both ways.
_DOTTED: Final = {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "ae", "Ö": "oe", "Ü": "ue"}


def _capitals() -> dict[str, str]:
    """Capitals outside ASCII that stay one letter, and theirs in small."""
    found = {}
    for code in range(0x80, 0x590):
        letter = chr(code)
        small = letter.lower()
        if len(small) == 1 and small != letter and unicodedata.normalize("NFKD", letter) == letter:
            found[letter] = small
    return found


def _replaced(text: str, pairs: dict[str, str]) -> str:
    for old, new in pairs.items():
        text = f"replace({text}, '{old}', '{new}')"
    return text


def _quoted(text: str) -> str:
    """A text as SQL writes it; its control characters by their codes."""
    codes = "".join(f"\\x{ord(s):02x}" if not s.isalnum() else s for s in text)
    return f"E'{codes}'"


_small = _capitals() | _PLAIN | {"ς": "σ"}
# Twice, so that a capital like Ł becomes small first and plain then.
_TRANSLATED = (
    f"translate(translate(lower(regexp_replace(normalize($1, NFKD), '[\\u0300-\\u036f]', '', 'g')"
    f" COLLATE \"C\"), '{''.join(_capitals())}', '{''.join(_capitals().values())}'),"
    f" '{''.join(_small)}', '{''.join(_small.values())}')"
)

#: Signs between words. Typographic dashes, quotes and dots are among them.
_SIGNS = (
    r"\s!-/:-@\[-`{-\u007f\u00a0-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u2010-\u205e"
)
_BETWEEN = re.compile(f"[{_SIGNS}]+")

FOLD = f"""
CREATE OR REPLACE FUNCTION search_fold(text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$ SELECT {_replaced(_TRANSLATED, _SPELLED)} $$;
"""

#: The same signs where all is ASCII, for a replacement that needs no pattern.
_ASCII_SIGNS: Final = "".join(
    sign
    for sign in map(chr, range(9, 128))
    if sign in "\t\n\v\f\r \x7f" or sign in string.punctuation
)

# A set, and neither strict nor volatile, so that PostgreSQL writes it out in the statement that
# asks: called for each row it would cost more than what it does. Most words are ASCII.
SPLIT = f"""
CREATE OR REPLACE FUNCTION search_split(given text) RETURNS TABLE (word text)
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT left(found.word, 80)
  FROM string_to_table(translate(lower(given COLLATE "C"), {_quoted(_ASCII_SIGNS)},
                                 repeat(' ', {len(_ASCII_SIGNS)})), ' ') rough,
  LATERAL (
    SELECT rough AS word WHERE octet_length(rough) = length(rough)
    UNION ALL
    SELECT regexp_split_to_table(search_fold(spelled), '[{_SIGNS}]+')
    FROM unnest(ARRAY[rough, {_replaced("normalize(rough, NFC)", _DOTTED)}]) spelled
    WHERE octet_length(rough) <> length(rough)
  ) found WHERE found.word <> ''
$$;
"""

#: The first 24 of the 32 digits of ids that ascend: a time in milliseconds and 40 bits of chance,
#: as in a UUID of version 7.
ID_HEAD = """
CREATE OR REPLACE FUNCTION search_id_head() RETURNS text LANGUAGE sql VOLATILE AS $$
  SELECT lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0')
         || '7' || substr(chance, 1, 3) || '8' || substr(chance, 4, 7)
  FROM replace(gen_random_uuid()::text, '-', '') chance
$$;
"""


_IN_PYTHON: Final = str.maketrans({**_PLAIN, **_SPELLED, "ς": "σ"})


def fold(text: str) -> str:
    """A text as the database folds it, for terms that are worked out before they are kept."""
    parts = unicodedata.normalize("NFKD", text.lower())
    return "".join(each for each in parts if not "\u0300" <= each <= "\u036f").translate(_IN_PYTHON)


def words_of(text: str) -> list[str]:
    """The words of a search as they were typed, the longest first: it narrows most.

    Composed first: what a keyboard makes of two signs is one letter.
    """
    found = dict.fromkeys(w for w in _BETWEEN.split(unicodedata.normalize("NFC", text)) if w)
    return sorted(found, key=len, reverse=True)
