"""Folding: accents, case and ways of writing do not matter. And the cutting into words.

The same function folds what is kept and what is asked for, so both are PostgreSQL's. Nothing in it
depends on the database's locale: case is folded by a table made here, letters are separated at a
list of signs.
"""

import re
import unicodedata
from typing import Final

#: Letters that no decomposition takes apart.
_SPELLED: Final = {"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ĳ": "ij"}
_PLAIN: Final = {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ŋ": "n", "ŧ": "t"}
#: As German writes them where there are no dots; what is kept is found both ways.
_DOTTED: Final = {"ä": "ae", "ö": "oe", "ü": "ue"}


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

WORDS = f"""
CREATE OR REPLACE FUNCTION search_words(texts text[]) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(DISTINCT left(word, 80)), '{{}}')
  FROM unnest(texts) given,
       unnest(ARRAY[given, {_replaced("lower(normalize(given, NFC))", _DOTTED)}]) spelled,
       regexp_split_to_table(search_fold(spelled), '[{_SIGNS}]+') word
  WHERE word <> ''
$$;
"""

#: The rests of words that are long enough to be looked into.
INSIDES = """
CREATE OR REPLACE FUNCTION search_insides(words text[]) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(DISTINCT substr(word, start)), '{}')
  FROM unnest(words) word, generate_series(2, length(word) - 2) start
$$;
"""

WRITE = """
CREATE OR REPLACE FUNCTION search_write(
  home uuid, what text, which uuid, starts text[], insides text[] DEFAULT '{}'
) RETURNS void LANGUAGE sql AS $$
  DELETE FROM search_searchterm s
  WHERE s.tenant_id = home AND s.kind = what AND s.object_id = which
    AND NOT (CASE WHEN s.is_start THEN s.term = ANY (starts) ELSE s.term = ANY (insides) END);
  INSERT INTO search_searchterm (id, tenant_id, kind, object_id, term, is_start)
  SELECT gen_random_uuid(), home, what, which, found.term, found.is_start
  FROM (SELECT unnest(starts), true UNION ALL SELECT unnest(insides), false)
    found(term, is_start)
  ON CONFLICT DO NOTHING;
$$;
"""


def words_of(text: str) -> list[str]:
    """The words of a search as they were typed, the longest first: it narrows most.

    Composed first: what a keyboard makes of two signs is one letter.
    """
    found = dict.fromkeys(w for w in _BETWEEN.split(unicodedata.normalize("NFC", text)) if w)
    return sorted(found, key=len, reverse=True)
